import { expect, it } from 'vitest';
import { deriveStale } from '../../src/app/derive-billing.ts';
import type { BillingStore, LoadedCustomer } from '../../src/app/ports-billing.ts';
import type { DerivedCustomer } from '../../src/domain/billing/derived.ts';

const paidAt = new Date('2026-03-01T10:00:00Z');

/** Somebody who paid 10 dollars once, as a program would tell it. */
function told(customerId: string, closedAt: Date | null): LoadedCustomer {
  const payment = {
    id: `pay_${customerId}`,
    customerId,
    currency: 'USD',
    amountMinor: 1000,
    taxMinor: 0,
    paidAt,
  };
  const dispute = {
    id: `dp_${customerId}`,
    paymentId: payment.id,
    amountMinor: 1000,
    status: 'lost' as const,
    closedAt,
  };
  return {
    staleSeq: 1n,
    from: 'told',
    told: {
      customerId,
      subscriptions: [],
      payments: [payment],
      refunds: [],
      disputes: [dispute],
      channel: null,
    },
  };
}

/** A store that holds stale customers until they are kept. */
function storeOf(stale: LoadedCustomer[]) {
  const kept: DerivedCustomer[] = [];
  const idOf = (each: LoadedCustomer) =>
    each.from === 'told' ? each.told.customerId : each.ledger.customerId;
  const store = {
    position: async () => ({ version: 1, state: null, throughAt: null, gaps: [], note: '' }),
    listSeries: async () => [],
    catalogue: async () => ({ prices: new Map(), coupons: new Map() }),
    loadStale: async (_: string, limit: number) =>
      stale.filter((each) => !kept.some(({ customerId }) => customerId === idOf(each))).slice(0, limit),
    async keepDerived(_: string, __: unknown, derived: { customer: DerivedCustomer }[]) {
      kept.push(...derived.map(({ customer }) => customer));
      return { changedRows: derived.length };
    },
  } as unknown as BillingStore; // the other questions are not asked
  return { store, kept };
}

it('writes nothing of a customer that does not add up, names them, and goes on with everybody else', async () => {
  // More of them than are worked out at once, so that they could crowd out the others.
  const broken = Array.from({ length: 250 }, (_, index) => told(`broken_${index}`, null));
  const { kept, store } = storeOf([...broken, told('ada', paidAt)]);
  const derived = await deriveStale(store, 'con_1', new AbortController().signal);
  expect(kept.map(({ customerId }) => customerId)).toEqual(['ada']);
  expect(derived.customers).toBe(1);
  expect(derived.broken).toHaveLength(250);
  expect(derived.broken[0]).toMatchObject({
    customerId: 'broken_0',
    message: expect.stringContaining('broken_0'),
  });
});

it('stops between two rows of customers when it is told to', async () => {
  const stopped = new AbortController();
  stopped.abort(new Error('the worker drains'));
  const { kept, store } = storeOf([told('ada', paidAt)]);
  await expect(deriveStale(store, 'con_1', stopped.signal)).rejects.toThrow('the worker drains');
  expect(kept).toEqual([]);
});

it('reads the price list once for many rows of customers, and again as soon as the ledger has moved on', async () => {
  const { kept, store } = storeOf(Array.from({ length: 700 }, (_, index) => told(`c_${index}`, paidAt)));
  const asked: string[] = [];
  // 700 customers are four rows of 200 and one empty look; before the third the mirror of another process keeps a batch.
  const versions = [1, 1, 2, 2];
  const watched: BillingStore = {
    ...store,
    async position(id) {
      asked.push('version');
      return { ...(await store.position(id)), version: versions.shift() ?? 2 };
    },
    async catalogue(id) {
      asked.push('catalogue');
      return store.catalogue(id);
    },
    async loadStale(id, limit) {
      asked.push('stale');
      return store.loadStale(id, limit);
    },
  };
  await deriveStale(watched, 'con_1', new AbortController().signal);
  expect(kept).toHaveLength(700);
  const [row, list] = [['stale', 'version'], ['catalogue']];
  expect(asked).toEqual([...row, ...list, ...row, ...row, ...list, ...row, 'stale']);
});
