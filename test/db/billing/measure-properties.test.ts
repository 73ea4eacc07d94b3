import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRevenueReader } from '../../../src/db/billing/measure/index.ts';
import { type DiscountPolicy, discountPolicies } from '../../../src/domain/billing/normalise.ts';
import type {
  Discount,
  Dispute,
  FxRates,
  Payment,
  PriceItem,
  Refund,
  Segment,
  Subscription,
} from '../../../src/domain/billing/records.ts';
import { computeMetric, type MetricWindow, type RecordSets } from '../../../src/domain/catalog/index.ts';
import { addDays, dayStart } from '../../../src/domain/day.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { scopeOf, storeRevenue } from './support/stored-revenue.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.close());

// Three weeks around something odd in the calendar, as in the tests of the movements.
const places = [
  { timeZone: 'Pacific/Apia', firstDay: '2011-12-20' },
  { timeZone: 'America/St_Johns', firstDay: '2010-11-01' },
  { timeZone: 'America/New_York', firstDay: '2026-03-01' },
  { timeZone: 'Asia/Shanghai', firstDay: '2026-03-01' },
];
type Place = (typeof places)[number];
const length = 21;
const people = ['ann', 'bob', 'cy', 'dee', 'eve'];
const currencies = ['USD', 'EUR', 'JPY', 'KWD'];

function instantIn({ timeZone, firstDay }: Place) {
  const offsetMs = fc.oneof(fc.constantFrom(0, -1, 1), fc.integer({ min: 0, max: 86_399_999 }));
  return fc
    .tuple(fc.integer({ min: -5, max: length + 5 }), offsetMs)
    .map(([days, ms]) => new Date(dayStart(addDays(firstDay, days), timeZone).getTime() + ms));
}

const itemOf: fc.Arbitrary<PriceItem> = fc.record({
  unitAmountMinor: fc.constantFrom(0, 999, 1_200, 12_345),
  quantity: fc.integer({ min: 0, max: 3 }),
  interval: fc.constantFrom('day', 'week', 'month', 'year'),
  intervalCount: fc.constantFrom(1, 3),
  usage: fc.constantFrom('licensed', 'licensed', 'metered'),
});

function discountIn(place: Place): fc.Arbitrary<Discount> {
  return fc.record({
    percentOff: fc.constantFrom(12.5, 33, 100),
    amountOffMinor: fc.constant(null),
    duration: fc.constantFrom('forever', 'repeating', 'once'),
    startAt: instantIn(place),
    endAt: fc.option(instantIn(place)),
  });
}

function subscriptionIn(place: Place, currencyOf: (who: string, other: string) => string) {
  const plan = fc.record({
    status: fc.constantFrom<Segment['status']>('active', 'active', 'past_due', 'trialing', 'canceled'),
    items: fc.array(itemOf, { minLength: 1, maxLength: 2 }),
    discounts: fc.array(discountIn(place), { maxLength: 1 }),
    tax: fc.constantFrom(null, { inclusive: true, ratePercent: 19 }),
  });
  return fc
    .record({
      id: fc.uuid(),
      who: fc.constantFrom(...people),
      other: fc.constantFrom(...currencies),
      instants: fc.array(instantIn(place), { minLength: 2, maxLength: 6 }),
      plans: fc.array(plan, { minLength: 6, maxLength: 6 }),
      isOpen: fc.boolean(),
    })
    .map(({ id, who, other, instants, plans, isOpen }): Subscription => {
      const sorted = instants.toSorted((a, b) => a.getTime() - b.getTime());
      const segments = plans.slice(0, sorted.length - 1).map((each, index) => ({
        ...each,
        fromAt: sorted[index] ?? new Date(0),
        toAt: isOpen && index === sorted.length - 2 ? null : (sorted[index + 1] ?? null),
      }));
      return { id, customerId: who, currency: currencyOf(who, other), segments };
    });
}

/** Daily rates that may begin only in the middle, or be missing altogether; or constant ones. */
function ratesIn({ firstDay }: Place): fc.Arbitrary<FxRates> {
  const first = fc.constantFrom('2000-01-01', '2000-01-01', '2000-01-01', addDays(firstDay, 8));
  const dated = fc
    .tuple(
      first,
      fc.array(fc.tuple(fc.integer({ min: 0, max: length }), fc.integer({ min: 1, max: 30_000 })), {
        maxLength: 8,
      }),
    )
    .map(([fromDay, rates]) => [
      { fromDay, rate: 1.0937 },
      ...[...new Map(rates)]
        .map(([day, rate]) => ({ fromDay: addDays(firstDay, day), rate: rate / 10_000 }))
        .filter((rate) => rate.fromDay > fromDay),
    ]);
  return fc.oneof(
    fc.record({ EUR: dated, JPY: dated, KWD: dated }).map((rates) => ({ mode: 'daily' as const, rates })),
    fc.constant({ mode: 'constant' as const, rates: { EUR: 1.1, JPY: 0.0065, KWD: 3.25 } }),
    fc.constant({ mode: 'constant' as const, rates: { EUR: 1.1, KWD: 3.25 } }),
  );
}

function cashIn(place: Place) {
  const payment = fc.record({
    customerId: fc.constantFrom(...people),
    currency: fc.constantFrom(...currencies),
    amountMinor: fc.integer({ min: 0, max: 5_000 }),
    share: fc.constantFrom(0, 0.2),
    paidAt: instantIn(place),
    back: fc.option(
      fc.record({
        at: instantIn(place),
        part: fc.constantFrom(0.5, 1),
        how: fc.constantFrom<Refund['status'] | 'lost' | 'won'>('succeeded', 'pending', 'lost', 'won'),
        taxMinor: fc.constantFrom(null, 3),
      }),
    ),
  });
  return fc.array(payment, { maxLength: 8 }).map((given) => {
    const payments: Payment[] = [];
    const refunds: Refund[] = [];
    const disputes: Dispute[] = [];
    for (const [index, { share, back, ...rest }] of given.entries()) {
      const id = `p${index}`;
      payments.push({ id, ...rest, taxMinor: Math.floor(rest.amountMinor * share) });
      if (back === null) continue;
      const { at, how, taxMinor } = back;
      const of = { id: `b${index}`, paymentId: id, amountMinor: Math.floor(rest.amountMinor * back.part) };
      if (how === 'lost' || how === 'won') disputes.push({ ...of, status: how, closedAt: at });
      else refunds.push({ ...of, taxMinor, refundedAt: at, status: how });
    }
    return { payments, refunds, disputes };
  });
}

/** Windows of any length, also overlapping ones; starts and ends ascend. */
const spans = fc
  .array(fc.tuple(fc.integer({ min: -3, max: length }), fc.integer({ min: 1, max: 15 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pairs) => {
    const starts = pairs.map(([start]) => start).toSorted((a, b) => a - b);
    const ends = pairs.map(([start, days]) => start + days).toSorted((a, b) => a - b);
    return starts.map((start, index) => ({ start, end: ends[index] ?? start + 1 }));
  });

const cases = fc.tuple(fc.constantFrom(...places), fc.boolean()).chain(([place, mixed]) => {
  // Most customers pay in one currency; where companies are mixed, anybody may pay in any.
  const own = (who: string) => currencies[people.indexOf(who) % currencies.length] ?? 'USD';
  const currencyOf = (who: string, other: string) => (mixed ? other : own(who));
  return fc.record({
    place: fc.constant(place),
    subscriptions: fc.array(subscriptionIn(place, currencyOf), { maxLength: 8 }),
    fx: ratesIn(place),
    cash: cashIn(place),
    discountPolicy: fc.constantFrom<DiscountPolicy>(...discountPolicies),
    spans,
    referred: fc.subarray(people),
  });
});
type Case = typeof cases extends fc.Arbitrary<infer One> ? One : never;

function recordsOf({ subscriptions, fx, cash, referred }: Case): RecordSets {
  const customers = people.map((id) => ({ id, channel: referred.includes(id) ? 'referral' : null }));
  return { reportingCurrency: 'USD', subscriptions, fx, customers, ...cash };
}

function windowsOf({ place: { firstDay, timeZone }, spans: days }: Case) {
  const periods = days.map(
    ({ start, end }): MetricWindow => ({
      kind: 'period',
      startDay: addDays(firstDay, start),
      endDay: addDays(firstDay, end),
      timeZone,
    }),
  );
  const snapshots = days.map(
    ({ start }): MetricWindow => ({
      kind: 'snapshot',
      day: addDays(firstDay, start),
      timeZone,
    }),
  );
  return { periods, snapshots };
}

const snapshots = ['mrr', 'arr', 'arpa', 'paying_customers'];
const ofMrr: [string, Record<string, string>][] = [
  ...[
    'mrr_movements',
    'mrr_new',
    'mrr_expansion',
    'mrr_contraction',
    'mrr_churn',
    'mrr_reactivation',
    'referral_new_mrr',
    'nrr',
    'grr',
    'gross_mrr_churn_rate',
    'net_mrr_churn_rate',
    'new_paying_customers',
  ].map((key): [string, Record<string, string>] => [key, {}]),
  ['logo_churn_rate', { method: 'cohort' }],
  ['logo_churn_rate', { method: 'events' }],
  ['logo_churn_rate', { method: 'stripe' }],
];
const ofCash: [string, Record<string, boolean>][] = [
  ['net_revenue', { excludeTax: false }],
  ['net_revenue', { excludeTax: true }],
  ['refunds', { excludeTax: false }],
  ['refunds', { excludeTax: true }],
  ['referral_revenue', {}],
];

type Told = Awaited<ReturnType<ReturnType<typeof createRevenueReader>['measure']>>[number];

/** The reader tells more of a missing rate than the catalogue: which. */
function plain({ missing, ...measurement }: Told) {
  expect(missing !== undefined).toBe('reason' in measurement && measurement.reason === 'missing_rate');
  return measurement;
}

describe('metrics of any company, in any zone, at any rates, under any discount policy', () => {
  it('are over stored rows exactly what the catalogue makes of the records', async () => {
    const reader = createRevenueReader(database);
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const records = recordsOf(given);
        const { discountPolicy } = given;
        const by = { timeZone: given.place.timeZone, discountPolicy };
        const stored = await storeRevenue(database.pool, records, by);
        const scope = scopeOf(stored, records);
        const windows = windowsOf(given);
        const asked = [
          ...snapshots.map((key) => [key, { discountPolicy }, windows.snapshots] as const),
          ...ofMrr.map(([key, params]) => [key, { ...params, discountPolicy }, windows.periods] as const),
          ...ofCash.map(([key, params]) => [key, params, windows.periods] as const),
        ];
        const check = async ([key, params, over]: (typeof asked)[number]) => {
          const found = (await reader.measure(key, params, over, scope)).map(plain);
          const wanted = over.map((window) => computeMetric(key, params, window, records));
          expect([key, params, found]).toEqual([key, params, wanted]);
        };
        await Promise.all(asked.map(check));
      }),
      { numRuns: 100 },
    );
  }, 240_000);

  it('of one currency are what they would be if there were no other', async () => {
    const reader = createRevenueReader(database);
    await fc.assert(
      fc.asyncProperty(cases, fc.constantFrom('EUR', 'JPY'), async (given, currency) => {
        const all = recordsOf(given);
        const { discountPolicy } = given;
        const by = { timeZone: given.place.timeZone, discountPolicy };
        const stored = await storeRevenue(database.pool, all, by);
        const scope = { ...scopeOf(stored, all), onlyCurrency: currency, money: null };
        const subscriptions = given.subscriptions.filter((one) => one.currency === currency);
        const records = { ...all, subscriptions, reportingCurrency: currency };
        const windows = windowsOf(given);
        const asked = [
          ...snapshots.map((key) => [key, { discountPolicy }, windows.snapshots] as const),
          ...ofMrr.map(([key, params]) => [key, { ...params, discountPolicy }, windows.periods] as const),
        ];
        for (const [key, params, over] of asked) {
          const found = await reader.measure(key, params, over, scope);
          expect([key, params, found]).toEqual([
            key,
            params,
            over.map((window) => computeMetric(key, params, window, records)),
          ]);
        }
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});
