import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RevenueChange, RevenueScope } from '../../../src/app/ports-billing.ts';
import { createRevenueReader } from '../../../src/db/billing/measure/index.ts';
import type { RecordSets } from '../../../src/domain/catalog/index.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { type Stored, scopeOf, storeRevenue } from './support/stored-revenue.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.close());

const berlin = { timeZone: 'Europe/Berlin', discountPolicy: 'recurring' } as const;
const at = (text: string): Date => new Date(text);
const payment = (
  id: string,
  customerId: string,
  paidAt: string,
  amountMinor: number,
  taxMinor = 0,
  currency = 'USD',
) => ({ id, customerId, currency, amountMinor, taxMinor, paidAt: at(paidAt) });

/**
 * A euro is worth 1.10 dollars, from 7 July 1.20. Tax is 20 on each 100.
 *
 * | day    | customer | flow                                             | gross in USD | less tax |
 * | 1 June | dee      | pays 600.00 with tax 100.00                      |              |          |
 * | 6 July | ann      | pays 120.00 with tax 20.00                       |       120.00 |   100.00 |
 * | 6 July | bob      | pays 60.00 euros with tax 10.00, at 1.10         |        66.00 |    55.00 |
 * | 7 July | ann      | pays 240.00 with tax 40.00                       |       240.00 |   200.00 |
 * | 7 July | bob      | pays 120.00 euros with tax 20.00, at 1.20        |       144.00 |   120.00 |
 * | 7 July | a guest  | pays 30.00 with tax 5.00                         |        30.00 |    25.00 |
 * | 7 July | dee      | is given back 90.00 of June: a sixth of it is tax |      -90.00 |   -75.00 |
 * | 7 July | cy       | loses 12.00 of June in a dispute, no tax         |       -12.00 |   -12.00 |
 */
const records: RecordSets = {
  reportingCurrency: 'USD',
  fx: {
    mode: 'daily',
    rates: {
      EUR: [
        { fromDay: '2026-01-01', rate: 1.1 },
        { fromDay: '2026-07-07', rate: 1.2 },
      ],
    },
  },
  customers: [
    { id: 'bob', channel: 'referral' },
    { id: 'dee', channel: 'referral' },
    { id: 'ann', channel: 'ads' },
  ],
  payments: [
    payment('ch_dee', 'dee', '2026-06-01T10:00:00Z', 60_000, 10_000),
    payment('ch_cy', 'cy', '2026-06-02T10:00:00Z', 1_200),
    payment('ch_ann_1', 'ann', '2026-07-06T10:00:00Z', 12_000, 2_000),
    payment('ch_bob_1', 'bob', '2026-07-06T10:00:00Z', 6_000, 1_000, 'EUR'),
    // In Berlin the seventh begins at 22:00 UTC on the sixth.
    payment('ch_ann_2', 'ann', '2026-07-06T22:00:00Z', 24_000, 4_000),
    payment('ch_bob_2', 'bob', '2026-07-07T10:00:00Z', 12_000, 2_000, 'EUR'),
    payment('ch_guest', 'payment:ch_guest', '2026-07-07T10:00:00Z', 3_000, 500),
  ],
  refunds: [
    {
      id: 're_dee',
      paymentId: 'ch_dee',
      amountMinor: 9_000,
      taxMinor: null,
      refundedAt: at('2026-07-07T11:00:00Z'),
      status: 'succeeded',
    },
  ],
  disputes: [
    {
      id: 'dp_cy',
      paymentId: 'ch_cy',
      amountMinor: 1_200,
      status: 'lost',
      closedAt: at('2026-07-07T12:00:00Z'),
    },
  ],
};

const period = (startDay: string, endDay: string) =>
  ({ kind: 'period', startDay, endDay, timeZone: 'Europe/Berlin' }) as const;
/** The values of 6 and of 7 July. */
const days = {
  opening: period('2026-07-06', '2026-07-07'),
  closing: period('2026-07-07', '2026-07-08'),
};
/** 36 days each, which have all but one in common: 1 June leaves, 7 July enters. */
const months = {
  opening: period('2026-06-01', '2026-07-07'),
  closing: period('2026-06-02', '2026-07-08'),
};

type Asked = {
  metric?: string;
  windows?: typeof days | typeof months;
  excludeTax?: boolean;
  limit?: number;
  testCustomers?: string[];
  change?: (scope: RevenueScope, stored: Stored) => RevenueScope | Promise<RevenueScope>;
};

async function ask({ change = (scope) => scope, limit = 20, metric = 'net_revenue', ...given }: Asked) {
  const stored = await storeRevenue(database.pool, records, berlin, given.testCustomers);
  const scope = await change(scopeOf(stored, records), stored);
  const params = metric === 'referral_revenue' ? {} : { excludeTax: given.excludeTax ?? false };
  const reader = createRevenueReader(database);
  return reader.cashChange({ metric, params, windows: given.windows ?? days }, scope, limit);
}
async function changeOf(asked: Asked): Promise<RevenueChange> {
  const found = await ask(asked);
  if ('missing' in found) throw new Error('every rate is known here');
  return found;
}
const byCustomer = ({ customers }: RevenueChange) =>
  customers.map(({ closing, customerId, opening }) => [customerId, closing - opening]);

describe('why net revenue is another on one day than on another', () => {
  it('is told by payments, refunds and disputes that lead from one to the other', async () => {
    const change = await changeOf({});
    // 120.00 + 66.00; 240.00 + 144.00 + 30.00 - 90.00 - 12.00.
    expect(change).toMatchObject({
      openingDay: '2026-07-06',
      closingDay: '2026-07-07',
      opening: 18_600,
      closing: 31_200,
    });
    // 414.00 - 186.00 of payments.
    expect(change.totals).toEqual({ payment: 22_800, refund: -9_000, dispute: -1_200 });
    expect(18_600 + 22_800 - 9_000 - 1_200).toBe(31_200);
  });

  it('names everybody by the largest difference first, and they make up the whole', async () => {
    const change = await changeOf({});
    expect(byCustomer(change)).toEqual([
      ['ann', 12_000],
      ['dee', -9_000],
      ['bob', 7_800],
      ['payment:ch_guest', 3_000],
      ['cy', -1_200],
    ]);
    expect(12_000 - 9_000 + 7_800 + 3_000 - 1_200).toBe(31_200 - 18_600);
    expect(change.others).toBe(0);
    const two = await changeOf({ limit: 2 });
    expect(byCustomer(two).map(([id]) => id)).toEqual(['ann', 'dee']);
    expect(two.others).toBe(3);
  });

  it('leaves tax out where the metric does, at its share of what was given back', async () => {
    const change = await changeOf({ excludeTax: true });
    // 100.00 + 55.00; 200.00 + 120.00 + 25.00 - 75.00 - 12.00.
    expect(change).toMatchObject({
      opening: 15_500,
      closing: 25_800,
      totals: { payment: 19_000, refund: -7_500, dispute: -1_200 },
    });
  });

  it('lists of each the money that only one of the days has, in both currencies', async () => {
    const { customers } = await changeOf({ excludeTax: true });
    expect(customers.find(({ customerId }) => customerId === 'bob')).toEqual({
      customerId: 'bob',
      name: null,
      opening: 5_500,
      closing: 12_000,
      movements: [
        {
          day: '2026-07-06',
          kind: 'payment',
          amountMinor: -5_500,
          currency: 'EUR',
          native: { before: 5_000, after: 0 },
          basis: 'told',
          causes: [],
          record: { id: 'ch_bob_1', paymentId: 'ch_bob_1' },
        },
        {
          day: '2026-07-07',
          kind: 'payment',
          amountMinor: 12_000,
          currency: 'EUR',
          native: { before: 0, after: 10_000 },
          basis: 'told',
          causes: [],
          record: { id: 'ch_bob_2', paymentId: 'ch_bob_2' },
        },
      ],
    });
  });

  it('counts the refund of an older payment on its own day, and says which payment it was', async () => {
    const { customers } = await changeOf({});
    expect(customers.find(({ customerId }) => customerId === 'dee')).toMatchObject({
      opening: 0,
      closing: -9_000,
      movements: [
        {
          day: '2026-07-07',
          kind: 'refund',
          amountMinor: -9_000,
          record: { id: 're_dee', paymentId: 'ch_dee' },
        },
      ],
    });
  });

  it('names a payment without a customer by itself, and customers by their names in the ledger', async () => {
    const change = await changeOf({
      change: async (scope, { connectionId }) => {
        await database.pool.query(
          `INSERT INTO billing_record (connection_id, kind, record_id, at, payload)
           VALUES ($1, 'customer', 'ann', now(), '{"name":"Ann & Sons"}'), ($1, 'payment', 'ch_guest', now(), '{}')`,
          [connectionId],
        );
        return scope;
      },
    });
    const guest = change.customers.find(({ guestPaymentId }) => guestPaymentId === 'ch_guest');
    // What the provider's record says was observed.
    expect(guest).toMatchObject({ closing: 3_000, movements: [{ basis: 'observed' }] });
    expect(change.customers[0]).toMatchObject({ customerId: 'ann', name: 'Ann & Sons' });
    expect(change.customers[0]).not.toHaveProperty('guestPaymentId');
  });

  it('tells of overlapping windows only what lies in one of them', async () => {
    const change = await changeOf({ windows: months });
    // 600.00 + 12.00 + 120.00 + 66.00; the 600.00 of 1 June leave and the 312.00 of 7 July enter.
    expect(change).toMatchObject({ opening: 79_800, closing: 79_800 - 60_000 + 31_200 });
    expect(change.totals).toEqual({ payment: 41_400 - 60_000, refund: -9_000, dispute: -1_200 });
    const ann = change.customers.find(({ customerId }) => customerId === 'ann');
    expect(ann).toMatchObject({ opening: 12_000, closing: 36_000 });
    expect(ann?.movements.map(({ record }) => record?.id)).toEqual(['ch_ann_2']);
  });

  it('does not name who is as they were, nor a customer that is there for a test', async () => {
    const before = {
      opening: period('2026-06-01', '2026-06-02'),
      closing: period('2026-06-03', '2026-06-04'),
    };
    const change = await changeOf({ windows: before });
    // cy's payment of 2 June lies between the two.
    expect(byCustomer(change)).toEqual([['dee', -60_000]]);
    const without = await changeOf({ testCustomers: ['ann'] });
    expect(without).toMatchObject({ opening: 6_600, closing: 7_200 });
    expect(JSON.stringify(without)).not.toContain('ann');
  });
});

it('tells of refunds what was given back, as a positive amount', async () => {
  const change = await changeOf({ metric: 'refunds' });
  expect(change).toMatchObject({
    opening: 0,
    closing: 10_200,
    totals: { payment: 0, refund: 9_000, dispute: 1_200 },
  });
  expect(byCustomer(change)).toEqual([
    ['dee', 9_000],
    ['cy', 1_200],
  ]);
  expect(change.customers[0]?.movements[0]).toMatchObject({ native: { before: 0, after: 9_000 } });
});

it('tells of referral revenue the referred customers alone, less tax', async () => {
  const change = await changeOf({ metric: 'referral_revenue' });
  // bob: 55.00, then 120.00; dee: 75.00 given back.
  expect(change).toMatchObject({ opening: 5_500, closing: 4_500 });
  expect(byCustomer(change)).toEqual([
    ['dee', -7_500],
    ['bob', 6_500],
  ]);
});

it('of one currency is told in that currency, without rates', async () => {
  const change = await changeOf({ change: (scope) => ({ ...scope, onlyCurrency: 'EUR', money: null }) });
  expect(change).toMatchObject({ opening: 6_000, closing: 12_000, customers: [{ customerId: 'bob' }] });
});

it('names the rate that is missing rather than a difference without it', async () => {
  const money = { reportingCurrency: 'USD', fx: undefined };
  expect(await ask({ change: (scope) => ({ ...scope, money }) })).toEqual({
    missing: { currency: 'EUR', day: '2026-07-06' },
  });
});
