import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReferralRule, RevenueScope } from '../../../src/app/ports-billing.ts';
import { createRevenueReader } from '../../../src/db/billing/measure/index.ts';
import {
  checkParams,
  findMetric,
  type MetricWindow,
  type RecordSets,
} from '../../../src/domain/catalog/index.ts';
import { addDays } from '../../../src/domain/day.ts';
import { parseRecordSets } from '../../../src/records/index.ts';
import { march, stretch, subscription } from '../../domain/billing/support/billing.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { type Stored, scopeOf, storeRevenue } from './support/stored-revenue.ts';

let database: TestDatabase;
let reader: ReturnType<typeof createRevenueReader>;
beforeAll(async () => {
  database = await freshDatabase();
  reader = createRevenueReader(database);
});
afterAll(() => database?.close());

const utc = { timeZone: 'UTC', discountPolicy: 'recurring' } as const;

async function stored(records: RecordSets, testCustomers: string[] = []) {
  const found = await storeRevenue(database.pool, records, utc, testCustomers);
  return { ...found, scope: scopeOf(found, records) };
}

async function measure(
  key: string,
  window: MetricWindow,
  scope: RevenueScope,
  given: Record<string, unknown> = {},
) {
  const metric = findMetric(key);
  const checked = metric === null ? null : checkParams(metric, given);
  if (checked?.ok !== true) throw new Error(`${key} cannot be asked for like this`);
  const [found] = await reader.measure(key, checked.params, [window], scope);
  return found;
}

describe('the revenue vectors, over stored rows', () => {
  // Oracle: the vectors, each with its published page or its arithmetic in the description.
  type Vector = {
    id: string;
    description: string;
    metric: string;
    params: Record<string, unknown>;
    window: { type: string; date: string; start: string; end: string; timeZone: string };
    input: { subscriptions?: unknown; payments?: unknown };
    expected: { value?: number | null; values?: Record<string, number>; reason?: string; tolerance: number };
  };
  const path = new URL('../../vectors/revenue.json', import.meta.url);
  const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: Vector[] };
  // What is computed of plain numbers alone has no rows to be read.
  const known = vectors.filter(
    ({ input }) => input.subscriptions !== undefined || input.payments !== undefined,
  );

  it.each(known)('$id: $description', async ({ metric, params, window, input, expected }) => {
    const parsed = parseRecordSets(input);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { records } = parsed;
    const discountPolicy = (params.discountPolicy as 'recurring' | undefined) ?? 'recurring';
    const rows = await storeRevenue(database.pool, records, { timeZone: window.timeZone, discountPolicy });
    const found = await measure(metric, windowOf(window), scopeOf(rows, records), params);
    if (expected.value === null) expect(found).toMatchObject({ value: null, reason: expected.reason });
    if (typeof expected.value === 'number') {
      expect(Math.abs((found?.value ?? Number.NaN) - expected.value)).toBeLessThanOrEqual(expected.tolerance);
    }
    for (const [name, value] of Object.entries(expected.values ?? {})) {
      expect(Math.abs((found?.parts?.[name] ?? Number.NaN) - value)).toBeLessThanOrEqual(expected.tolerance);
    }
  });

  function windowOf({ type, date, start, end, timeZone }: Vector['window']): MetricWindow {
    if (type === 'snapshot') return { kind: 'snapshot', day: date, timeZone };
    return { kind: 'period', startDay: start, endDay: addDays(end, 1), timeZone };
  }
});

describe('a rate that is missing', () => {
  const euros = subscription('ann', [stretch('2026-01-01', '2026-03-20', 1_000)], 'EUR');
  const yen = subscription('bob', [stretch('2026-03-10', null, 1_000)], 'JPY');
  const records: RecordSets = {
    reportingCurrency: 'USD',
    subscriptions: [euros, yen],
    fx: { mode: 'daily', rates: { EUR: [{ fromDay: '2026-01-01', rate: 1.1 }] } },
    payments: [
      {
        id: 'p1',
        customerId: 'bob',
        currency: 'JPY',
        amountMinor: 5,
        taxMinor: 0,
        paidAt: new Date('2026-03-11T00:00:00Z'),
      },
    ],
    refunds: [],
  };

  it.each([
    { metric: 'mrr_new', window: march, day: '2026-03-10', why: 'yen are first moved on 10 March' },
    { metric: 'mrr', window: day('2026-03-15'), day: '2026-03-15', why: 'yen are held at that close' },
    { metric: 'net_revenue', window: march, day: '2026-03-11', why: 'yen were paid on 11 March' },
  ])(
    'of $metric is named with the first day it is needed on: $why',
    async ({ metric, window, day: first }) => {
      const { scope } = await stored(records);
      expect(await measure(metric, window, scope)).toEqual({
        value: null,
        reason: 'missing_rate',
        missing: { currency: 'JPY', day: first },
      });
    },
  );

  it('leaves alone what needs none, by currency and by day', async () => {
    const { scope } = await stored(records);
    expect(await measure('paying_customers', day('2026-03-15'), scope)).toMatchObject({ value: 2 });
    // 10.00 EUR at 1.1, before the first yen.
    expect(await measure('mrr', day('2026-03-09'), scope)).toMatchObject({ value: 1_100 });
    // Retention asks for the opening's customers only, and those pay in euros: nobody of them is left.
    expect(await measure('nrr', march, scope)).toMatchObject({ value: 0 });
    // Without yen there is nothing to convert from.
    const onlyEuros = { ...scope, onlyCurrency: 'eur', money: null };
    expect(await measure('mrr', day('2026-03-15'), onlyEuros)).toMatchObject({ value: 1_000, sampleSize: 1 });
  });
});

it('never counts the money of customers that are there for a test', async () => {
  const paid = (id: string, customerId: string) => ({
    id,
    customerId,
    currency: 'USD',
    amountMinor: 500,
    taxMinor: 0,
    paidAt: new Date('2026-03-02T00:00:00Z'),
  });
  const start = (who: string) => subscription(who, [stretch('2026-03-01', null, 500)]);
  const { scope } = await stored(
    {
      reportingCurrency: 'USD',
      subscriptions: [start('ann'), start('clock')],
      payments: [paid('p1', 'ann'), paid('p2', 'clock')],
      refunds: [],
    },
    ['clock'],
  );
  expect(await measure('mrr', day('2026-03-31'), scope)).toEqual({ value: 500, sampleSize: 1 });
  expect(await measure('mrr_new', march, scope)).toEqual({ value: 500, sampleSize: 1 });
  expect(await measure('net_revenue', march, scope)).toEqual({ value: 500, sampleSize: 1 });
});

describe('customers won by referral', () => {
  const nobody: ReferralRule = {
    coupons: [],
    promotionCodes: [],
    metadata: [],
    customerIds: [],
    channels: [],
  };
  let company: Stored & { scope: RevenueScope };
  beforeAll(async () => {
    // Each brings a power of ten, so that a sum says whose it is.
    const amounts = { coupon: 1, code: 10, metadata: 100, listed: 1_000, channel: 10_000, none: 100_000 };
    company = await stored({
      reportingCurrency: 'USD',
      subscriptions: Object.entries(amounts).map(([who, amount]) =>
        subscription(who, [stretch('2026-03-02', null, amount)]),
      ),
      payments: Object.entries(amounts).map(([who, amount]) => ({
        id: who,
        customerId: who,
        currency: 'USD',
        amountMinor: amount * 2,
        taxMinor: amount, // half of it is tax, which does not count
        paidAt: new Date('2026-03-02T00:00:00Z'),
      })),
      refunds: [],
    });
    const traits = {
      coupon: { coupons: ['FRIEND', 'OTHER'] },
      code: { promotionCodes: ['ANN10'] },
      metadata: { metadata: { source: 'referral', plan: 'x' } },
      channel: { channel: 'referral' },
    };
    for (const [who, has] of Object.entries(traits)) {
      await database.pool.query(
        'UPDATE billing_customer SET traits = traits || $3 WHERE connection_id = $1 AND customer_id = $2',
        [company.connectionId, who, JSON.stringify(has)],
      );
    }
  });

  it.each([
    { rule: { coupons: ['FRIEND'] }, value: 1, why: 'a coupon' },
    { rule: { promotionCodes: ['ANN10', 'BOB10'] }, value: 10, why: 'a promotion code' },
    { rule: { metadata: [{ key: 'source', value: 'referral' }] }, value: 100, why: 'metadata' },
    {
      rule: { metadata: [{ key: 'source', value: 'x' }] },
      value: 0,
      why: 'nothing where another key has it',
    },
    { rule: { customerIds: ['listed'] }, value: 1_000, why: 'a list' },
    { rule: { channels: ['referral'] }, value: 10_000, why: 'a channel' },
    {
      rule: { coupons: ['FRIEND'], customerIds: ['listed', 'coupon'] },
      value: 1_001,
      why: 'any of them, once',
    },
    { rule: {}, value: 0, why: 'nothing by an empty rule' },
  ])('are told by $why', async ({ rule, value }) => {
    const scope = { ...company.scope, referral: { ...nobody, ...rule } };
    expect((await measure('referral_new_mrr', march, scope))?.value).toBe(value);
    expect((await measure('referral_revenue', march, scope))?.value).toBe(value);
  });
});

describe('trial to paid', () => {
  const cohort: MetricWindow = {
    kind: 'cohort',
    startDay: '2026-03-01',
    endDay: '2026-04-01',
    timeZone: 'America/New_York',
    asOfAt: new Date('2026-06-01T00:00:00Z'),
  };
  const params = { graceDays: 7, withinDays: 21 };

  async function trials(
    rows: [start: string, end: string | null, paid: string | null, isTest?: boolean][],
    now: string,
  ) {
    const { scope, connectionId } = await stored({});
    for (const [index, [start, end, paid, isTest = false]] of rows.entries()) {
      await database.pool.query(
        `INSERT INTO billing_customer (connection_id, customer_id, trial_started_at, trial_ends_at, trial_paid_at, is_test)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [connectionId, `c${index}`, start, end, paid, isTest],
      );
    }
    const [found] = await reader.measure('trial_to_paid_rate', params, [cohort], {
      ...scope,
      series: null,
      now: new Date(now),
    });
    return found;
  }

  it('counts who paid before the trial’s end and the days of grace, of those whose time is up', async () => {
    const found = await trials(
      [
        ['2026-03-05T12:00:00Z', '2026-03-19T12:00:00Z', '2026-03-26T11:59:59Z'], // one second before the deadline
        ['2026-03-05T12:00:00Z', '2026-03-19T12:00:00Z', '2026-03-26T12:00:00Z'], // at the deadline: too late
        ['2026-03-05T12:00:00Z', null, '2026-03-26T11:00:00Z'], // no end: 14 days, and 7 of grace
        ['2026-03-05T12:00:00Z', null, null],
        ['2026-03-05T12:00:00Z', '2026-05-25T12:00:00Z', '2026-05-25T12:00:00Z'], // until 1 June at noon: undecided
        ['2026-03-01T04:59:59Z', null, '2026-03-02T00:00:00Z'], // still February in New York
        ['2026-04-01T04:00:00Z', null, '2026-04-02T00:00:00Z'], // April in New York
        ['2026-03-05T12:00:00Z', null, '2026-03-06T00:00:00Z', true],
      ],
      '2026-06-01T11:00:00Z',
    );
    expect(found).toEqual({
      value: 0.5,
      numerator: 2,
      denominator: 4,
      sampleSize: 4,
      beside: { immature: 1 },
    });
  });

  it('has no value while nobody’s time is up, however many have paid', async () => {
    const found = await trials(
      [['2026-03-05T12:00:00Z', null, '2026-03-06T12:00:00Z']],
      '2026-03-10T00:00:00Z',
    );
    expect(found).toMatchObject({ value: null, reason: 'no_mature_cohort', beside: { immature: 1 } });
  });
});

it('refuses windows that do not ascend, and of another kind, rather than counting them wrongly', async () => {
  const { scope } = await stored({ reportingCurrency: 'USD', subscriptions: [] });
  const params = { discountPolicy: 'recurring' };
  const two = [day('2026-03-02'), day('2026-03-01')];
  await expect(reader.measure('mrr', params, two, scope)).rejects.toThrow('must ascend');
  await expect(reader.measure('mrr', params, [march], scope)).rejects.toThrow('a snapshot is needed');
  await expect(reader.measure('payment_fees', params, [march], scope)).rejects.toThrow(
    'no metric "payment_fees"',
  );
  expect(await reader.measure('mrr', params, [], scope)).toEqual([]);
});

it('knows only metrics of the catalogue', () => {
  expect(reader.metrics.filter((key) => findMetric(key) === null)).toEqual([]);
});

function day(of: string): MetricWindow {
  return { kind: 'snapshot', day: of, timeZone: 'UTC' };
}
