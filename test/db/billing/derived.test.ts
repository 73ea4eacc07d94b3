import { Fraction } from 'fraction.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CashFlow, DerivedCustomer } from '../../../src/domain/billing/derived.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { at, derivedOf, ledger, type OpenLedger, openLedger, row } from './support.ts';

let database: TestDatabase;
let opened: OpenLedger;
beforeEach(async () => {
  database = await freshDatabase();
  opened = await openLedger(database);
});
afterEach(() => database.close());

const movements = async () =>
  (
    await database.pool.query<Record<string, unknown>>(
      `SELECT customer_id, day, currency, kind, heads, before_numerator || '/' || before_denominator AS before,
         after_numerator || '/' || after_denominator AS after, basis, causes, xmin::text
       FROM mrr_movement ORDER BY customer_id, day, currency`,
    )
  ).rows;
const customerRow = async () =>
  (
    await database.pool.query<Record<string, unknown>>(
      'SELECT stale_seq, problem, traits, first_paid_at, several_currencies, is_test FROM billing_customer ORDER BY customer_id',
    )
  ).rows[0];
/** Derives c1 alone anew, as if something about it had been told. */
let telling = 0;
const derive = async (change: Partial<DerivedCustomer>) => {
  telling += 1;
  await opened.keep([ledger.invoice(`told-${telling}`, 'c1')]);
  return opened.derive([derivedOf('c1', change)]);
};
const flow = (
  id: string,
  amountMinor: number,
  day = '2026-01-10',
  change: Partial<CashFlow> = {},
): CashFlow => ({
  kind: 'payment',
  id,
  paymentId: id,
  at: at(day),
  currency: 'USD',
  amountMinor,
  tax: new Fraction(amountMinor, 6),
  ...change,
});

it('stores money exactly, thirds of a cent too, with what caused it', async () => {
  const cause = {
    subscriptionId: 's1',
    what: 'started' as const,
    from: null,
    to: 'active',
    before: new Fraction(0),
    after: new Fraction('1000/3'),
  };
  const first = row('2026-01-10', 0, '1000/3', { heads: 1, causes: [cause] });
  const last = row('2026-02-10', '1000/3', 0, { kind: 'churn', heads: -1, basis: 'reconstructed' });
  expect(await derive({ movements: [[first, last]] })).toEqual({ changedRows: 2 });
  expect(await movements()).toMatchObject([
    {
      customer_id: 'c1',
      day: '2026-01-10',
      kind: 'new',
      heads: 1,
      before: '0/1',
      after: '1000/3',
      basis: 'observed',
      causes: [
        { subscriptionId: 's1', what: 'started', from: null, to: 'active', before: '0', after: '1000/3' },
      ],
    },
    { day: '2026-02-10', kind: 'churn', heads: -1, before: '1000/3', after: '0/1', basis: 'reconstructed' },
  ]);
  expect(await opened.stale()).toEqual([]);
});

it('touches only the rows that differ, and removes those that are gone', async () => {
  const kept = row('2026-01-10', 0, 1000);
  await derive({
    movements: [[kept, row('2026-02-10', 1000, 1500), row('2026-03-10', 1500, 500)]],
    cash: [flow('p1', 1000), flow('p2', 1000), flow('p3', 1000)],
  });
  const before = await movements();
  const changed = await derive({
    movements: [[kept, row('2026-02-10', 1000, 2000)]],
    cash: [flow('p1', 1000), flow('p2', 900)],
  });
  expect(changed).toEqual({ changedRows: 4 }); // a movement and a payment differ, one of each is gone
  const after = await movements();
  expect(after).toHaveLength(2);
  expect(after[0]).toEqual(before[0]); // its transaction is the one that made it
  expect(after[1]).toMatchObject({ after: '2000/1' });
  const cash = await database.pool.query('SELECT record_id, amount_minor FROM cash_flow ORDER BY 1');
  expect(cash.rows).toEqual([
    { record_id: 'p1', amount_minor: '1000' },
    { record_id: 'p2', amount_minor: '900' },
  ]);
  expect(
    await derive({
      movements: [[kept, row('2026-02-10', 1000, 2000)]],
      cash: [flow('p1', 1000), flow('p2', 900)],
    }),
  ).toEqual({
    changedRows: 0,
  });
});

it('moves a payment to the customer that it turns out to be of', async () => {
  await opened.keep([ledger.customer('c1'), ledger.customer('c2')]);
  await opened.derive([derivedOf('c1', { cash: [flow('p1', 1000)] })]);
  await opened.keep([ledger.payment('p1', 'c1')]);
  await opened.keep([ledger.payment('p1', 'c2')]);
  await opened.derive([derivedOf('c2', { cash: [flow('p1', 1000)] })]);
  const cash = await database.pool.query('SELECT customer_id FROM cash_flow');
  expect(cash.rows).toEqual([{ customer_id: 'c2' }]);
});

it.each([
  {
    why: 'a row that begins elsewhere than the one before ended',
    rows: [row('2026-01-10', 0, 1000), row('2026-01-11', '999/1', 0)],
  },
  { why: 'a first row that does not begin at nothing', rows: [row('2026-01-11', 1, 1000)] },
  {
    why: 'a difference of a third of a cent',
    rows: [row('2026-01-10', 0, '1000/3'), row('2026-01-11', '333', 0)],
  },
])('refuses $why, names customer, day and currency, and writes nothing of anybody', async ({ rows }) => {
  await opened.keep([ledger.customer('c0'), ledger.customer('c1')]);
  const fine = derivedOf('c0', { movements: [[row('2026-01-10', 0, 1)]], cash: [flow('p0', 1)] });
  const refused = opened.derive([fine, derivedOf('c1', { movements: [rows] })]);
  await expect(refused).rejects.toThrow(RangeError);
  await expect(refused).rejects.toThrow(/customer c1 in USD begins 2026-01-11/);
  expect(await movements()).toEqual([]);
  expect((await database.pool.query('SELECT 1 FROM cash_flow')).rowCount).toBe(0);
  expect(await opened.stale()).toEqual(['c0', 'c1']);
});

it('checks each currency by itself, and knows who pays in several', async () => {
  await derive({
    movements: [
      [
        row('2026-01-10', 0, 1000),
        row('2026-01-11', 0, 500, { currency: 'EUR' }),
        row('2026-01-12', 1000, 0),
      ],
    ],
  });
  expect(await customerRow()).toMatchObject({ several_currencies: true });
  await derive({ movements: [[row('2026-01-10', 0, 1000)]] });
  expect(await customerRow()).toMatchObject({ several_currencies: false });
});

it('writes nothing for who was touched meanwhile, and leaves them stale', async () => {
  const { store, connectionId, series, keep } = opened;
  await keep([ledger.customer('c1'), ledger.customer('c2')]);
  const loaded = await store.loadStale(connectionId, 10);
  await keep([ledger.customer('c2', { name: 'Other' })]);
  const derived = loaded.map(({ staleSeq }, index) => ({
    staleSeq,
    customer: derivedOf(`c${index + 1}`, { movements: [[row('2026-01-10', 0, 1000)]] }),
  }));
  expect(await store.keepDerived(connectionId, series, derived)).toEqual({ changedRows: 1 });
  expect(await movements()).toMatchObject([{ customer_id: 'c1' }]);
  expect(await opened.stale()).toEqual(['c2']);
  expect(await store.keepDerived(connectionId, series, derived)).toEqual({ changedRows: 0 });
});

it('keeps the movements of before while a customer cannot be worked out, and tells why', async () => {
  await derive({ movements: [[row('2026-01-10', 0, 1000)]] });
  const problem = { object: 'price_x', message: 'The price price_x has a scheme that nobody knows.' };
  await derive({ movements: null, problem, cash: [flow('p1', 1000)] });
  expect(await movements()).toHaveLength(1);
  expect(await customerRow()).toMatchObject({ stale_seq: null, problem });
  expect(await opened.store.problems(opened.connectionId, 5)).toEqual([{ customerId: 'c1', ...problem }]);
  await derive({ movements: [[]] });
  expect(await movements()).toEqual([]);
  expect(await opened.store.problems(opened.connectionId, 5)).toEqual([]);
});

it('freezes how a customer was won at the first payment, once everything before it is known', async () => {
  const traits = (coupon: string, firstPaidAt: Date | null) => ({
    firstPaidAt,
    coupons: [coupon],
    promotionCodes: [`${coupon}-CODE`],
    metadata: { source: coupon },
    channel: coupon,
  });
  const won = (coupon: string) => {
    const { coupons, promotionCodes, metadata, channel } = traits(coupon, null);
    return { coupons, promotionCodes, metadata, channel };
  };
  const paid = at('2026-01-20');
  await opened.keep([ledger.customer('c1')]);
  await derive({ traits: traits('UNPAID', null) });
  await derive({ traits: traits('EARLY', paid) });
  expect(await customerRow()).toMatchObject({ traits: won('EARLY') });
  // The first walk ends: what is told now holds.
  await opened.keep([], { throughAt: at('2026-02-01') });
  await opened.keep([ledger.invoice('i1', 'c1')], { throughAt: at('2026-02-01') });
  await opened.derive([derivedOf('c1', { traits: traits('FIRST', paid) })]);
  await opened.keep([ledger.invoice('i2', 'c1')], { throughAt: at('2026-02-02') });
  await opened.derive([derivedOf('c1', { traits: traits('LATER', paid) })]);
  expect(await customerRow()).toMatchObject({ traits: won('FIRST'), first_paid_at: paid });
  // An even earlier payment comes to be known.
  await opened.keep([ledger.invoice('i3', 'c1')], { throughAt: at('2026-02-03') });
  await opened.derive([derivedOf('c1', { traits: traits('BEFORE', at('2026-01-15')) })]);
  expect(await customerRow()).toMatchObject({ traits: won('BEFORE'), first_paid_at: at('2026-01-15') });
});

it('names some object of a currency', async () => {
  const { store, connectionId } = opened;
  const cause = {
    subscriptionId: 's1',
    what: 'started' as const,
    from: null,
    to: null,
    before: new Fraction(0),
    after: new Fraction(1),
  };
  await derive({
    movements: [[row('2026-01-10', 0, 1000, { currency: 'NOK', causes: [cause] })]],
    cash: [flow('p1', 5, '2026-01-10', { currency: 'SEK' })],
  });
  expect(await store.exampleOf(connectionId, 'NOK')).toEqual({ subscriptionId: 's1', customerId: 'c1' });
  expect(await store.exampleOf(connectionId, 'SEK')).toEqual({ subscriptionId: null, customerId: 'c1' });
  expect(await store.exampleOf(connectionId, 'DKK')).toBeNull();
});
