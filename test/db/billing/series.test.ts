import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../../../src/app/ids.ts';
import { createBillingStore } from '../../../src/db/billing/billing-store.ts';
import { createRateStore } from '../../../src/db/billing/rate-store.ts';
import { createRecordStore } from '../../../src/db/record-store.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { connect, derivedOf, ledger, openLedger, row } from './support.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.close());

const berlin = { timeZone: 'Europe/Berlin', discountPolicy: 'none' as const };
const utc = { timeZone: 'UTC', discountPolicy: 'recurring' as const };

it('makes a series once, whoever asks for it at the same time, and answers in the order asked for', async () => {
  const store = createBillingStore(database);
  const connectionId = await connect(database, 'stub-billing');
  const asked = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      store.ensureSeries(connectionId, index % 2 === 0 ? [utc, berlin] : [berlin, utc]),
    ),
  );
  const ids = asked.map((series, index) =>
    (index % 2 === 0 ? series : series.toReversed()).map(({ id }) => id),
  );
  expect(new Set(ids.map(String)).size).toBe(1);
  expect(asked[1]).toMatchObject([berlin, utc]);
  expect(await store.listSeries(connectionId)).toHaveLength(2);
});

it('makes everybody stale with a series that was not there, so that no row of it is missing', async () => {
  const { store, connectionId, keep, derive, stale, series } = await openLedger(database);
  await keep([ledger.customer('c1'), ledger.customer('c2')]);
  const loaded = await store.loadStale(connectionId, 10);
  await store.ensureSeries(connectionId, [utc, berlin]);
  const late = loaded.map(({ staleSeq }) => ({
    staleSeq,
    customer: derivedOf('c1', { movements: [[row('2026-01-01', 0, 1)]] }),
  }));
  expect(await store.keepDerived(connectionId, series, late)).toEqual({ changedRows: 0 });
  await derive();
  await store.ensureSeries(connectionId, [utc, berlin]);
  expect(await stale()).toEqual([]);
});

const delivery = {
  via: 'push',
  format: 'json',
  digest: 'd',
  idempotencyKey: null,
  actor: 'test',
  note: null,
} as const;
async function sendTo(
  connectionId: string,
  kind: string,
  ...payloads: (Record<string, unknown> & { id: string })[]
) {
  await createRecordStore(database).ingest(
    connectionId,
    { ...delivery, workspaceId: database.workspaceId, digest: newId('ing') },
    {
      kind,
      records: payloads.map((payload) => ({ recordId: payload.id, at: null, payload })),
      through: { day: '2026-03-01', exactly: false },
      timeZone: 'UTC',
    },
  );
}
const fromAt = new Date('2026-01-01T00:00:00Z');
const subscription = (id: string, customerId: string, status = 'active') => ({
  id,
  customerId,
  currency: 'USD',
  segments: [{ fromAt, toAt: null, status, items: [], discounts: [], tax: null }],
});
const payment = (id: string, customerId: string) => ({
  id,
  customerId,
  currency: 'USD',
  amountMinor: 10,
  taxMinor: 0,
  paidAt: fromAt,
});
const refund = (id: string, paymentId: string) => ({
  id,
  paymentId,
  amountMinor: 1,
  taxMinor: null,
  refundedAt: fromAt,
  status: 'succeeded',
});
const dispute = (id: string, paymentId: string) => ({
  id,
  paymentId,
  amountMinor: 1,
  status: 'lost',
  closedAt: fromAt,
});

it('tells customers from records that were sent, with dates as dates', async () => {
  const { connectionId, store } = await openLedger(database, 'records');
  await sendTo(connectionId, 'refunds', refund('r1', 'p1'));
  await sendTo(connectionId, 'disputes', dispute('d1', 'p1'), dispute('d2', 'p9'));
  await sendTo(connectionId, 'payments', payment('p1', 'c1'), payment('p2', 'c2'));
  await sendTo(connectionId, 'subscriptions', subscription('s1', 'c1'));
  await sendTo(connectionId, 'customers', { id: 'c1', channel: 'referral' });
  await sendTo(connectionId, 'responses', { id: 'x', customerId: 'c9' });
  const loaded = await store.loadStale(connectionId, 10);
  expect(loaded.map((one) => (one.from === 'told' ? one.told : null))).toEqual([
    {
      customerId: 'c2',
      subscriptions: [],
      payments: [payment('p2', 'c2')],
      refunds: [],
      disputes: [],
      channel: null,
    },
    {
      customerId: 'c1',
      subscriptions: [subscription('s1', 'c1')],
      payments: [payment('p1', 'c1')],
      refunds: [refund('r1', 'p1')],
      disputes: [dispute('d1', 'p1')],
      channel: 'referral',
    },
  ]);
});

it('makes stale whom a record that was sent concerns, whoever it belonged to before, and nobody by the same again', async () => {
  const { connectionId, derive, stale } = await openLedger(database, 'records');
  await sendTo(connectionId, 'payments', payment('p1', 'c1'), payment('p2', 'c2'));
  await sendTo(connectionId, 'subscriptions', subscription('s1', 'c1'));
  await derive();
  const after = async (kind: string, payload: Record<string, unknown> & { id: string }) => {
    await sendTo(connectionId, kind, payload);
    const found = await stale();
    await derive();
    return found;
  };
  expect(await after('subscriptions', subscription('s1', 'c1'))).toEqual([]);
  expect(await after('subscriptions', subscription('s1', 'c1', 'past_due'))).toEqual(['c1']);
  expect(await after('subscriptions', subscription('s1', 'c2'))).toEqual(['c1', 'c2']);
  expect(await after('refunds', refund('r1', 'p1'))).toEqual(['c1']);
  expect(await after('refunds', refund('r1', 'p2'))).toEqual(['c1', 'c2']);
  expect(await after('disputes', dispute('d1', 'p2'))).toEqual(['c2']);
  expect(await after('customers', { id: 'c3', channel: null })).toEqual(['c3']);
  expect(await after('events', { id: 'e1', customerId: 'c1' })).toEqual([]);
});

it('knows the customers of records that came before there was a series', async () => {
  const connectionId = await connect(database, 'records');
  await sendTo(connectionId, 'subscriptions', subscription('s1', 'c1'));
  await database.pool.query('DELETE FROM billing_customer');
  const store = createBillingStore(database);
  await store.ensureSeries(connectionId, [utc]);
  expect(await store.loadStale(connectionId, 10)).toMatchObject([{ told: { customerId: 'c1' } }]);
});

it('keeps rates as decimal text, the newest telling of a day, and counts those that differ', async () => {
  const rates = createRateStore(database);
  const { workspaceId } = database;
  const rate = (currency: string, fromDay: string, text: string) => ({ currency, fromDay, rate: text });
  const first = [
    rate('EUR', '2026-01-02', '1.0812345678901234'),
    rate('EUR', '2026-01-01', '1.1'),
    rate('JPY', '2026-01-01', '0.0065'),
  ];
  expect(await rates.keepRates(workspaceId, 'table', 'USD', first, 'owner')).toBe(3);
  expect(
    await rates.keepRates(workspaceId, 'table', 'USD', [rate('EUR', '2026-01-01', '1.10')], 'owner'),
  ).toBe(0);
  const again = [rate('JPY', '2026-01-01', '0.0066'), rate('JPY', '2026-01-01', '0.0067')];
  expect(await rates.keepRates(workspaceId, 'table', 'USD', again, 'owner')).toBe(1);
  expect(await rates.keepRates(workspaceId, 'table', 'USD', [], 'owner')).toBe(0);
  expect(await rates.rates(workspaceId, 'table', 'USD')).toEqual([
    rate('EUR', '2026-01-01', '1.1'),
    rate('EUR', '2026-01-02', '1.0812345678901234'),
    rate('JPY', '2026-01-01', '0.0067'),
  ]);
  expect(await rates.rates(workspaceId, 'table', 'EUR')).toEqual([]);
  await expect(
    rates.keepRates(workspaceId, 'table', 'USD', [rate('EUR', '2026-01-03', '0')], 'x'),
  ).rejects.toThrow(/rate/);
});
