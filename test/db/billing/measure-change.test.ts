import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RevenueChange } from '../../../src/app/ports-billing.ts';
import { keptStatement } from '../../../src/db/billing/measure/cohort.ts';
import { cutsOf } from '../../../src/db/billing/measure/cuts.ts';
import { createRevenueReader } from '../../../src/db/billing/measure/index.ts';
import { slicesStatement } from '../../../src/db/billing/measure/slices.ts';
import type { RecordSets } from '../../../src/domain/catalog/index.ts';
import { steady, stretch, subscription } from '../../domain/billing/support/billing.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { scopeOf, storeRevenue } from './support/stored-revenue.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.close());

const utc = { timeZone: 'UTC', discountPolicy: 'recurring' } as const;
const march = { openingDay: '2026-02-28', closingDay: '2026-03-31' };

/**
 * March: ann 10.00 to 15.00; bob leaves with 6.00; cy starts at 4.00; dee stays at 20.00 euros, worth 1.10 and from
 * 15 March 1.20; eve swaps 10.00 euros for 13.00 dollars on 20 March, when the euros are worth 12.00.
 */
const records: RecordSets = {
  reportingCurrency: 'USD',
  fx: {
    mode: 'daily',
    rates: {
      EUR: [
        { fromDay: '2026-01-01', rate: 1.1 },
        { fromDay: '2026-03-15', rate: 1.2 },
      ],
    },
  },
  subscriptions: [
    subscription('ann', [stretch('2026-01-01', '2026-03-10', 1_000), stretch('2026-03-10', null, 1_500)]),
    subscription('bob', [stretch('2026-01-01', '2026-03-12', 600)]),
    subscription('cy', [stretch('2026-03-05', null, 400)]),
    steady('dee', 2_000, {}, 'EUR'),
    subscription('eve', [stretch('2026-01-01', '2026-03-20', 1_000)], 'EUR'),
    subscription('eve', [stretch('2026-03-20', null, 1_300)]),
  ],
};

async function company(given = records, testCustomers: string[] = []) {
  const stored = await storeRevenue(database.pool, given, utc, testCustomers);
  return { stored, scope: scopeOf(stored, given), reader: createRevenueReader(database) };
}

async function changeOf(limit: number, given = records): Promise<RevenueChange> {
  const { reader, scope } = await company(given);
  const change = await reader.change(march, scope, limit);
  if ('missing' in change) throw new Error('every rate is known here');
  return change;
}

describe('why MRR is another at one close than at another', () => {
  it('is told by totals that lead from the opening to the closing, drift of exchange rates among them', async () => {
    const { opening, closing, totals } = await changeOf(10);
    // 1,000 + 600 + 1.1 x 2,000 + 1.1 x 1,000; 1,500 + 400 + 1.2 x 2,000 + 1,300.
    expect({ opening, closing }).toEqual({ opening: 4_900, closing: 5_600 });
    // Drift: 0.1 x (2,000 + 1,000). Eve's swap: 1,300 - 1.2 x 1,000. Ann's upgrade: 500.
    expect(totals).toEqual({
      new: 400,
      expansion: 600,
      contraction: 0,
      churn: 600,
      reactivation: 0,
      fx: 300,
    });
    expect(opening + 400 + 600 - 600 + 300).toBe(closing);
  });

  it('names those who moved it most first, and counts the others', async () => {
    const change = await changeOf(3);
    // bob -600, ann +500, cy +400, eve 1,300 - 1,100 = 200; dee did nothing.
    expect(change.customers.map(({ customerId }) => customerId)).toEqual(['bob', 'ann', 'cy']);
    expect(change.others).toBe(1);
  });

  it('of referred customers covers these alone', async () => {
    const { reader, scope } = await company();
    const lists = { coupons: [], promotionCodes: [], metadata: [], channels: [] };
    const change = await reader.change(
      march,
      { ...scope, referral: { ...lists, customerIds: ['bob', 'cy'] } },
      10,
    );
    // bob's 600 goes and cy's 400 comes; whatever ann, dee and eve did is somebody else's.
    expect(change).toMatchObject({ opening: 600, closing: 400, others: 0 });
    expect(change).toMatchObject({ totals: { new: 400, churn: 600, expansion: 0, contraction: 0, fx: 0 } });
    expect('customers' in change ? change.customers.map(({ customerId }) => customerId) : []).toEqual([
      'bob',
      'cy',
    ]);
  });

  it('tells of each what was paid at both ends and what happened in between, with causes', async () => {
    const { customers } = await changeOf(10);
    expect(customers.find(({ customerId }) => customerId === 'ann')).toEqual({
      customerId: 'ann',
      name: null,
      opening: 1_000,
      closing: 1_500,
      movements: [
        {
          day: '2026-03-10',
          kind: 'expansion',
          amountMinor: 500,
          currency: 'USD',
          native: { before: 1_000, after: 1_500 },
          basis: 'observed',
          causes: [{ subscriptionId: 'sub_1', what: 'plan', from: 'a', to: 'b' }],
        },
      ],
    });
  });

  it('tells a movement in two currencies in parts that add up to it', async () => {
    const { customers } = await changeOf(10);
    const eve = customers.find(({ customerId }) => customerId === 'eve');
    expect(eve).toMatchObject({ opening: 1_100, closing: 1_300 });
    expect(
      eve?.movements.map(({ kind, currency, amountMinor, native }) => [kind, currency, amountMinor, native]),
    ).toEqual([
      ['expansion', 'EUR', -1_200, { before: 1_000, after: 0 }],
      ['expansion', 'USD', 1_300, { before: 0, after: 1_300 }],
    ]);
  });

  it('calls customers by the names in the ledger', async () => {
    const { reader, scope, stored } = await company();
    await database.pool.query(
      `INSERT INTO billing_record (connection_id, kind, record_id, at, payload)
       VALUES ($1, 'customer', 'bob', now(), '{"name":"Bob & Sons"}')`,
      [stored.connectionId],
    );
    const change = await reader.change(march, scope, 1);
    expect(change).toMatchObject({ customers: [{ customerId: 'bob', name: 'Bob & Sons' }], others: 3 });
  });

  it('of one currency is told in that currency, without rates', async () => {
    const { reader, scope } = await company();
    const change = await reader.change(march, { ...scope, onlyCurrency: 'EUR', money: null }, 10);
    // Eve stops to pay in euros: of euros alone that is a churn.
    expect(change).toMatchObject({
      opening: 3_000,
      closing: 2_000,
      totals: { churn: 1_000, fx: 0 },
      customers: [{ customerId: 'eve', movements: [{ kind: 'churn', amountMinor: 1_000 }] }],
    });
  });

  it('names the rate that is missing rather than a difference without it', async () => {
    const { reader, scope } = await company();
    const money = { reportingCurrency: 'USD', fx: undefined };
    expect(await reader.change(march, { ...scope, money }, 10)).toEqual({
      missing: { currency: 'EUR', day: '2026-02-28' },
    });
  });

  it('does not name a customer that is there for a test', async () => {
    const { reader, scope } = await company(records, ['bob']);
    const change = await reader.change(march, scope, 10);
    expect(change).toMatchObject({ opening: 4_300, totals: { churn: 0 } });
    expect(JSON.stringify(change)).not.toContain('bob');
  });
});

it('stops and names the customer where a stored kind contradicts the stored amounts', async () => {
  const { reader, scope, stored } = await company();
  await database.pool.query(
    `UPDATE mrr_movement SET kind = 'churn' WHERE series_id = $1 AND customer_id = 'cy'`,
    [stored.series.id],
  );
  await expect(reader.change(march, scope, 10)).rejects.toThrow('customer cy');
});

it('finds the rows of a series among those of others by an index', async () => {
  const { pool } = database;
  const { scope, stored } = await company();
  await pool.query(
    `INSERT INTO mrr_series (id, connection_id, time_zone, discount_policy)
     SELECT 'other_' || n, 'other', 'UTC', 'policy_' || n FROM generate_series(1, 20) n`,
  );
  await pool.query(
    `INSERT INTO mrr_movement (series_id, customer_id, day, currency, kind, heads, before_numerator, before_denominator,
       after_numerator, after_denominator, basis)
     SELECT 'other_' || s, 'c' || c, date '2026-01-01' + c % 90, 'USD', 'new', 1, 0, 1, 100, 1, 'observed'
     FROM generate_series(1, 20) s, generate_series(1, 500) c`,
  );
  await pool.query('ANALYZE mrr_movement');
  const days = [{ startDay: '2026-03-01', endDay: '2026-04-01' }];
  const ofStored = { ...scope, series: stored.series };
  for (const { text, values } of [
    slicesStatement(ofStored, cutsOf(days, undefined), { kind: true, referredOnly: false }),
    keptStatement(ofStored, days, 'gross'),
  ]) {
    const plan = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
    const told = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(told).toMatch(/mrr_movement_(series_id_day_idx|pkey)/);
    expect(told).not.toContain('Seq Scan on mrr_movement');
  }
});
