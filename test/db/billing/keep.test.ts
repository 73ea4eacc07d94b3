import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LedgerRecord } from '../../../src/domain/billing/ledger-records.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../../support/database.ts';
import { at, batch, derivedOf, ledger, type OpenLedger, openLedger } from './support.ts';

let database: TestDatabase;
let opened: OpenLedger;
beforeEach(async () => {
  database = await freshDatabase();
  opened = await openLedger(database);
});
afterEach(() => database.close());

const rows = async () =>
  (
    await database.pool.query<Record<string, unknown>>(
      'SELECT kind, record_id, customer_id, payload, deleted_at, xmin::text FROM billing_record ORDER BY 1, 2',
    )
  ).rows;

it('stores a batch with its position, and the same batch again touches no row and makes nobody stale', async () => {
  const { store, connectionId, keep, derive, stale } = opened;
  const records = [ledger.customer('c1'), ledger.subscription('s1', 'c1'), ledger.payment('p1', 'c1')];
  const gaps = [
    { kinds: ['dispute' as const], errorClass: 'scope', message: 'No right to disputes.', hint: null },
  ];
  expect(await store.position(connectionId)).toEqual({
    version: 0,
    state: null,
    throughAt: null,
    gaps: [],
    note: '',
  });
  expect(await keep(records, { gaps, throughAt: at('2026-02-01') })).toBe(1);
  expect(await store.position(connectionId)).toEqual({
    version: 1,
    state: { page: 1 },
    throughAt: at('2026-02-01'),
    gaps,
    note: 'page 1',
  });
  expect(await stale()).toEqual(['c1']);
  await derive();
  const before = await rows();
  expect(await keep(records)).toBe(2);
  expect(await rows()).toEqual(before);
  expect(await stale()).toEqual([]);
});

it('lets one of two writers go on, and of the other nothing is written', async () => {
  const { store, connectionId } = opened;
  const both = await Promise.all(
    ['c1', 'c2'].map((id) => store.keep(connectionId, 0, batch([ledger.customer(id)]), [])),
  );
  expect(both.filter((version) => version !== null)).toEqual([1]);
  expect(await rows()).toHaveLength(1);
  expect(await store.keep(connectionId, 0, batch([ledger.customer('c3')]), [])).toBeNull();
  expect(await store.keep(connectionId, 7, batch([ledger.customer('c3')]), [])).toBeNull();
  expect(await rows()).toHaveLength(1);
});

it('ends with the same ledger when it is killed in the middle of a batch and goes on from what is stored', async () => {
  const { store, connectionId, keep } = opened;
  await keep([ledger.customer('c1')]);
  // Somebody holds the customer, so that the records are written and the mark waits.
  const holder = await database.pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM billing_customer FOR UPDATE');
  const second = [ledger.subscription('s1', 'c1'), ledger.invoice('i1', 'c1')];
  const ended = store.keep(connectionId, 1, batch(second, { state: { page: 2 } }), []).then(
    () => 'stored',
    (error: unknown) => String(error),
  );
  await expect
    .poll(async () => {
      const killed = await database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE '%billing_customer%'`,
      );
      return killed.rowCount;
    })
    .toBe(1);
  expect(await ended).toMatch(/terminat/i);
  await holder.query('ROLLBACK');
  holder.release();
  expect(await store.position(connectionId)).toMatchObject({ version: 1, state: { page: 1 } });
  expect(await rows()).toHaveLength(1);
  expect(await store.keep(connectionId, 1, batch(second, { state: { page: 2 } }), [])).toBe(2);
  expect((await rows()).map(({ record_id }) => record_id)).toEqual(['c1', 'i1', 's1']);
});

const known = (): LedgerRecord[] => [
  ledger.customer('c1'),
  ledger.customer('c2'),
  ledger.subscription('s1', 'c1'),
  ledger.payment('p1', 'c1'),
  ledger.payment('p2', 'c2'),
];
it.each<{ what: string; told: () => LedgerRecord[]; stale: string[] }>([
  { what: 'a customer', told: () => [ledger.customer('c1', { name: 'Other' })], stale: ['c1'] },
  {
    what: 'a subscription',
    told: () => [ledger.subscription('s1', 'c1', { currency: 'EUR' })],
    stale: ['c1'],
  },
  { what: 'an invoice', told: () => [ledger.invoice('i1', 'c2')], stale: ['c2'] },
  { what: 'a payment', told: () => [ledger.payment('p1', 'c1', { status: 'failed' })], stale: ['c1'] },
  { what: 'a refund, through its payment', told: () => [ledger.refund('r1', 'p2')], stale: ['c2'] },
  { what: 'a refund, through the intent', told: () => [ledger.refund('r1', 'pi_p2')], stale: ['c2'] },
  { what: 'a dispute, through its payment', told: () => [ledger.dispute('d1', 'p1')], stale: ['c1'] },
  {
    what: 'an observation, through its subscription',
    told: () => [ledger.observation('o1', 's1', '2026-02-03')],
    stale: ['c1'],
  },
  {
    what: 'a payment that is another customer’s now',
    told: () => [ledger.payment('p1', 'c2')],
    stale: ['c1', 'c2'],
  },
  { what: 'a sale to nobody', told: () => [ledger.payment('p3', null)], stale: ['payment:p3'] },
  { what: 'a refund that comes before its payment', told: () => [ledger.refund('r1', 'p9')], stale: [] },
  { what: 'a price that nobody has', told: () => [ledger.price('price_z')], stale: [] },
])('makes stale whom it concerns: $what', async ({ told, stale }) => {
  await opened.keep(known());
  await opened.derive();
  await opened.keep(told());
  expect(await opened.stale()).toEqual(stale);
});

it('makes stale whose records name a price or coupon when that says something else, and nobody otherwise', async () => {
  const { keep, derive, stale } = opened;
  const discount = {
    id: 'di',
    couponId: 'HALF (50%)',
    coupon: null,
    promotionCode: null,
    startAt: at('2026-01-10'),
    endAt: null,
    customerId: null,
    subscriptionId: null,
    itemId: null,
    invoiceId: null,
  };
  await keep([ledger.price('price_a'), ledger.coupon('HALF (50%)'), ledger.coupon('HALF')]);
  await keep([ledger.subscription('s1', 'c1'), ledger.customer('c2', { discount }), ledger.customer('c3')]);
  await derive();
  await keep([ledger.price('price_a'), ledger.coupon('HALF (50%)')]);
  expect(await stale()).toEqual([]);
  await keep([ledger.price('price_a', '2000')]);
  expect(await stale()).toEqual(['c1']);
  await keep([ledger.coupon('HALF', '49')]);
  expect(await stale()).toEqual(['c1']);
  await keep([ledger.coupon('HALF (50%)', '50')]);
  expect(await stale()).toEqual(['c1', 'c2']);
});

it('looks for nobody when a price came to be after everything that was known, and for all when it was missed', async () => {
  const { keep, derive, stale } = opened;
  const throughAt = at('2026-02-01');
  await keep([ledger.subscription('s1', 'c1')], { throughAt });
  await derive();
  await keep([{ ...ledger.price('price_a'), at: at('2026-02-02') }], { throughAt });
  expect(await stale()).toEqual([]);
  await keep([ledger.price('price_b')], { throughAt });
  await keep([ledger.subscription('s2', 'c2', { currency: 'price_c' })], { throughAt });
  await derive();
  await keep([{ ...ledger.price('price_c'), at: throughAt }], { throughAt });
  expect(await stale()).toEqual(['c2']);
});

it('makes those stale who could not be worked out when a price comes', async () => {
  const { keep, derive, stale, store, connectionId } = opened;
  await keep([ledger.customer('c1'), ledger.customer('c2')]);
  const problem = { object: 'price_x', message: 'The price price_x is not known.' };
  await derive([derivedOf('c1', { movements: null, problem })]);
  expect(await store.problems(connectionId, 10)).toEqual([{ customerId: 'c1', ...problem }]);
  await keep([ledger.price('price_x')]);
  expect(await stale()).toEqual(['c1']);
});

it('keeps when a subscription was first seen as it is, until something else was observed in between', async () => {
  const { keep, derive, stale } = opened;
  const seenAt = async () => (await rows()).find(({ kind }) => kind === 'subscription')?.['payload'];
  await keep([ledger.subscription('s1', 'c1', { stateAt: at('2026-02-01') })]);
  await derive();
  await keep([ledger.subscription('s1', 'c1', { stateAt: at('2026-02-05') })]);
  expect(await seenAt()).toMatchObject({ stateAt: '2026-02-01T12:00:00.000Z' });
  expect(await stale()).toEqual([]);
  await keep([
    ledger.observation('o1', 's1', '2026-02-06'),
    ledger.subscription('s1', 'c1', { stateAt: at('2026-02-08') }),
  ]);
  expect(await seenAt()).toMatchObject({ stateAt: '2026-02-08T12:00:00.000Z' });
  expect(await stale()).toEqual(['c1']);
});

it('keeps what is gone at the provider, marks it, and forgets the mark when it is told again', async () => {
  const { keep, derive, stale, store, connectionId } = opened;
  await keep([ledger.customer('c1'), ledger.subscription('s1', 'c1'), ledger.invoice('draft', 'c1')]);
  await derive();
  const gone = at('2026-02-02');
  await keep([], {
    deleted: [
      { kind: 'customer', id: 'c1', at: gone },
      { kind: 'invoice', id: 'draft', at: gone },
      { kind: 'customer', id: 'never-seen', at: gone },
    ],
  });
  expect((await rows()).map(({ kind, deleted_at }) => [kind, deleted_at])).toEqual([
    ['customer', gone],
    ['invoice', gone],
    ['subscription', null],
  ]);
  const [loaded] = await store.loadStale(connectionId, 10);
  expect(loaded).toMatchObject({
    ledger: { customer: { id: 'c1' }, subscriptions: [{ id: 's1' }], invoices: [] },
  });
  await derive();
  await keep([], { deleted: [{ kind: 'customer', id: 'c1', at: at('2026-02-03') }] });
  expect(await stale()).toEqual([]);
  await keep([ledger.customer('c1')]);
  expect((await rows())[0]).toMatchObject({ deleted_at: null });
});

it('tells everything of a customer, dates as dates, and metadata as people wrote it', async () => {
  const { keep, store, connectionId } = opened;
  const metadata = { wonAt: '2026-01-01T00:00:00.000Z' };
  const customer = ledger.customer('c1', { metadata });
  const subscription = ledger.subscription('s1', 'c1');
  const payment = ledger.payment('p1', 'c1');
  const observations = [
    ledger.observation('o2', 's1', '2026-02-04'),
    ledger.observation('o1', 's1', '2026-02-03'),
  ];
  const refund = ledger.refund('r1', 'p1');
  const dispute = ledger.dispute('d1', 'p1');
  await keep([refund, dispute, ...observations]); // before what they hang on
  await keep([customer, subscription, payment, ledger.invoice('i1', 'c1'), ledger.invoice('i2', 'other')]);
  const [loaded] = await store.loadStale(connectionId, 10);
  expect(loaded).toMatchObject({ from: 'ledger', staleSeq: expect.any(BigInt) });
  expect(loaded?.from === 'ledger' && loaded.ledger).toEqual({
    customerId: 'c1',
    customer: customer.data,
    customerObservations: [],
    subscriptions: [subscription.data],
    observations: [observations[1]?.data, observations[0]?.data],
    invoices: [ledger.invoice('i1', 'c1').data],
    payments: [payment.data],
    refunds: [refund.data],
    disputes: [dispute.data],
    watchedSinceAt: null,
  });
});

it('loads a sale to nobody with its invoice and what was given back of it', async () => {
  const { keep, store, connectionId } = opened;
  await keep([ledger.invoice('i1', null, { paymentIds: ['pi_p1'] })]);
  await keep([ledger.payment('p1', null), ledger.refund('r1', 'p1'), ledger.payment('p2', null)]);
  const loaded = await store.loadStale(connectionId, 10);
  expect(loaded).toMatchObject([
    {
      ledger: {
        customerId: 'payment:p1',
        payments: [{ id: 'p1' }],
        invoices: [{ id: 'i1' }],
        refunds: [{ id: 'r1' }],
      },
    },
    { ledger: { customerId: 'payment:p2', payments: [{ id: 'p2' }], invoices: [], refunds: [] } },
  ]);
});

it('hands out those who have waited longest first, and what their records refer to', async () => {
  const { keep, store, connectionId } = opened;
  await keep([ledger.customer('z')]);
  await keep([ledger.customer('a'), ledger.price('price_a'), ledger.coupon('TEN')]);
  expect(await store.loadStale(connectionId, 1)).toMatchObject([{ ledger: { customerId: 'z' } }]);
  const { prices, coupons } = await store.catalogue(connectionId);
  expect([...prices.values()]).toEqual([ledger.price('price_a').data]);
  expect([...coupons.values()]).toEqual([ledger.coupon('TEN').data]);
});

it('keeps an event once, however often it is delivered, until a batch has followed it', async () => {
  const { store, connectionId } = opened;
  const event = (id: string, day: string) => ({
    id,
    at: at(day),
    touched: [{ kind: 'customer' as const, id: 'c1' }],
  });
  expect(await store.lastEventAt(connectionId)).toBeNull();
  const twice = await Promise.all([1, 2].map(() => store.receive(connectionId, event('e2', '2026-02-02'))));
  expect(twice.toSorted()).toEqual(['known', 'new']);
  await store.receive(connectionId, event('e1', '2026-02-01'));
  expect(await store.lastEventAt(connectionId)).toBeInstanceOf(Date);
  expect(await store.openEvents(connectionId)).toEqual([
    event('e1', '2026-02-01'),
    event('e2', '2026-02-02'),
  ]);
  await store.keep(connectionId, 0, batch([]), ['e2']);
  expect(await store.openEvents(connectionId)).toEqual([event('e1', '2026-02-01')]);
  expect(await store.receive(connectionId, event('e2', '2026-02-02'))).toBe('known');
  await moveClock(database.pool, 41 * 86_400_000);
  await store.keep(connectionId, 1, batch([]), ['e1']);
  const left = await database.pool.query<{ event_id: string }>('SELECT event_id FROM billing_event');
  expect(left.rows).toEqual([{ event_id: 'e1' }]);
});
