import { Fraction } from 'fraction.js';
import type pg from 'pg';
import type { RevenueScope, SeriesRecord } from '../../../../src/app/ports-billing.ts';
import type { DiscountPolicy } from '../../../../src/domain/billing/normalise.ts';
import { type Timeline, timelinesOf } from '../../../../src/domain/billing/timeline.ts';
import type { RecordSets } from '../../../../src/domain/catalog/record-sets.ts';

/** Rows of the derived tables, written by hand from the domain's timelines, so that the reader is tested by itself. */

export type Stored = { connectionId: string; series: SeriesRecord };
type Row = { customerId: string; day: string; currency: string; kind: string | null; heads: number } & Sides;
type Sides = { before: Fraction; after: Fraction };

let made = 0;

export async function storeRevenue(
  pool: pg.Pool,
  records: RecordSets,
  by: { timeZone: string; discountPolicy: DiscountPolicy },
  testCustomers: readonly string[] = [],
): Promise<Stored> {
  made += 1;
  const connectionId = `con_${made}`;
  const series = { id: `series_${made}`, connectionId, ...by };
  await pool.query(
    'INSERT INTO mrr_series (id, connection_id, time_zone, discount_policy) VALUES ($1, $2, $3, $4)',
    [series.id, connectionId, by.timeZone, by.discountPolicy],
  );
  const timelines = timelinesOf(records.subscriptions ?? [], by.timeZone, by.discountPolicy);
  const rows = timelines.flatMap(rowsOf);
  await storeCustomers(pool, connectionId, records, rows, testCustomers);
  await storeRows(pool, series.id, rows);
  await storeCash(pool, connectionId, records);
  return { connectionId, series };
}

export function scopeOf(stored: Stored, { reportingCurrency, fx }: RecordSets): RevenueScope {
  return {
    ...stored,
    onlyCurrency: null,
    money: reportingCurrency === undefined ? null : { reportingCurrency, fx },
    referral: null,
    now: new Date('2030-01-01T00:00:00Z'),
  };
}

/** One row a day and currency that changed. */
export function rowsOf({ customerId, steps }: Timeline): Row[] {
  const nothing = new Fraction(0);
  const several = new Set(steps.flatMap(({ mrr }) => [...mrr.keys()])).size > 1;
  return steps.flatMap(({ day, mrr }, index) => {
    const before = steps[index - 1]?.mrr ?? new Map<string, Fraction>();
    const currencies = [...new Set([...before.keys(), ...mrr.keys()])].toSorted();
    const heads = Math.sign(mrr.size) - Math.sign(before.size);
    return currencies
      .map((currency) => ({
        currency,
        before: before.get(currency) ?? nothing,
        after: mrr.get(currency) ?? nothing,
      }))
      .filter((change) => !change.before.equals(change.after))
      .map((change, part) => {
        const grown = change.after.gt(change.before) ? 'expansion' : 'contraction';
        const turned = heads > 0 ? (index === 0 ? 'new' : 'reactivation') : heads < 0 ? 'churn' : null;
        const kind = turned ?? (several ? null : grown);
        return { customerId, day, ...change, kind, heads: part === 0 ? heads : 0 };
      });
  });
}

async function storeCustomers(
  pool: pg.Pool,
  connectionId: string,
  { customers = [], payments = [] }: RecordSets,
  rows: readonly Row[],
  testCustomers: readonly string[],
): Promise<void> {
  const ids = new Set([...rows, ...payments].map(({ customerId }) => customerId));
  for (const { id } of customers) ids.add(id);
  const of = (id: string) => new Set(rows.filter((row) => row.customerId === id).map((row) => row.currency));
  const traits = (id: string) => ({
    firstPaidAt: null,
    coupons: [],
    promotionCodes: [],
    metadata: {},
    channel: customers.find((customer) => customer.id === id)?.channel ?? null,
  });
  const all = [...ids];
  await pool.query(
    `INSERT INTO billing_customer (connection_id, customer_id, traits, several_currencies, is_test)
     SELECT $1, * FROM unnest($2::text[], $3::jsonb[], $4::boolean[], $5::boolean[])`,
    [
      connectionId,
      all,
      all.map((id) => JSON.stringify(traits(id))),
      all.map((id) => of(id).size > 1),
      all.map((id) => testCustomers.includes(id)),
    ],
  );
}

export async function storeRows(pool: pg.Pool, seriesId: string, rows: readonly Row[]): Promise<void> {
  const column = <T>(of: (row: Row) => T): T[] => rows.map(of);
  await pool.query(
    `INSERT INTO mrr_movement (series_id, customer_id, day, currency, kind, heads, before_numerator, before_denominator,
       after_numerator, after_denominator, basis, causes)
     SELECT $1, customer_id, day, currency, kind, heads, bn, bd, an, ad, 'observed',
       '[{"subscriptionId":"sub_1","what":"plan","from":"a","to":"b","before":null,"after":null}]'
     FROM unnest($2::text[], $3::date[], $4::text[], $5::text[], $6::smallint[], $7::numeric[], $8::numeric[],
       $9::numeric[], $10::numeric[]) AS t(customer_id, day, currency, kind, heads, bn, bd, an, ad)`,
    [
      seriesId,
      column((row) => row.customerId),
      column((row) => row.day),
      column((row) => row.currency),
      column((row) => row.kind),
      column((row) => row.heads),
      column((row) => String(row.before.n)),
      column((row) => String(row.before.d)),
      column((row) => String(row.after.n)),
      column((row) => String(row.after.d)),
    ],
  );
}

async function storeCash(pool: pg.Pool, connectionId: string, records: RecordSets): Promise<void> {
  const { payments = [], refunds = [], disputes = [] } = records;
  const add = async (flow: {
    kind: string;
    id: string;
    paymentId: string;
    at: Date | null;
    amount: number;
    tax: Fraction;
  }) => {
    const payment = payments.find(({ id }) => id === flow.paymentId);
    await pool.query('INSERT INTO cash_flow VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
      connectionId,
      flow.kind,
      flow.id,
      payment?.customerId,
      flow.paymentId,
      flow.at,
      payment?.currency,
      flow.amount,
      String(flow.tax.s * flow.tax.n),
      String(flow.tax.d),
    ]);
  };
  for (const { id, paidAt, amountMinor, taxMinor } of payments)
    await add({
      kind: 'payment',
      id,
      paymentId: id,
      at: paidAt,
      amount: amountMinor,
      tax: new Fraction(taxMinor),
    });
  const given = [
    ...refunds
      .filter(({ status }) => status === 'succeeded')
      .map((refund) => ({ kind: 'refund', at: refund.refundedAt, ...refund })),
    ...disputes
      .filter(({ status }) => status === 'lost')
      .map((dispute) => ({ kind: 'dispute', at: dispute.closedAt, taxMinor: null, ...dispute })),
  ];
  for (const { kind, id, paymentId, at, amountMinor, taxMinor } of given) {
    const payment = payments.find((one) => one.id === paymentId);
    // Tax that is not told is the refund's share of the payment's: facts on cash, not the reader's.
    const shared = new Fraction(amountMinor).mul(payment?.taxMinor ?? 0).div(payment?.amountMinor || 1);
    const tax = taxMinor === null ? shared : new Fraction(taxMinor);
    await add({ kind, id, paymentId, at, amount: -amountMinor, tax: tax.neg() });
  }
}
