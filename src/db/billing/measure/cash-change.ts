import type {
  CashChangeAsked,
  RevenueChange,
  RevenueReader,
  RevenueScope,
} from '../../../app/ports-billing.ts';
import { type Fraction, sum, toNumber, zero } from '../../../domain/billing/exact.ts';
import { addDays, dayStart } from '../../../domain/day.ts';
import type { Database } from '../../database.ts';
import { type Ask, periods } from './ask.ts';
import { cashOf, cashTotals } from './cash.ts';
import { cashCustomers } from './cash-change-customers.ts';
import { apart, type CashPair, countedOf } from './cash-pair.ts';
import { cutsOf } from './cuts.ts';
import { isMissing, rateOf } from './money.ts';
import { cashRows, statementValues } from './rows.ts';

const cashKinds = ['payment', 'refund', 'dispute'] as const;
type CashKind = (typeof cashKinds)[number];

/**
 * Why money that moved came to another sum in one window than in another: by kind, and the customers who changed it most.
 * What lies in both windows is the same in both, and is no reason.
 *
 * @throws RangeError when the windows are no two periods in their order, or opening and customers do not make the closing
 */
export async function readCashChange(
  database: Database,
  { metric, params, windows }: CashChangeAsked,
  scope: RevenueScope,
  limit: number,
): ReturnType<RevenueReader['cashChange']> {
  const ask: Ask = { params, scope, windows: [windows.opening, windows.closing] };
  const [opening, closing] = periods(ask);
  const cash = cashOf(metric, params);
  const rate = rateOf(scope);
  if (cash === null) throw new RangeError(`"${metric}" counts no money that moved`);
  if (opening === undefined || closing === undefined || closing.endDay <= opening.endDay)
    throw new RangeError(`a change of ${metric} was asked for without a later window`);
  const [before, after] = (await cashTotals(database, ask, cash)) ?? [];
  if (rate === null || before === undefined || after === undefined)
    throw new RangeError(`a change of ${metric} was asked for without a currency to tell it in`);
  if (isMissing(before)) return { missing: before };
  if (isMissing(after)) return { missing: after };
  const pair: CashPair = { opening, closing, timeZone: closing.timeZone, cash, rate };
  const moved = await movedBy(database, scope, pair);
  assertIdentity(metric, before.total, moved, after.total);
  const movers = moversOf(moved);
  const named = movers.slice(0, limit);
  return {
    openingDay: addDays(opening.endDay, -1),
    closingDay: addDays(closing.endDay, -1),
    opening: toNumber(before.total),
    closing: toNumber(after.total),
    totals: totalsOf(moved),
    customers: await cashCustomers(database, scope, pair, named),
    others: movers.length - named.length,
  } satisfies RevenueChange;
}

type Group = {
  slice: number;
  customer_id: string;
  kind: CashKind;
  currency: string;
  tax_denominator: string;
  amount: string;
  tax: string;
};
/** What a customer's money of a kind adds to the difference. */
type Moved = { customerId: string; kind: CashKind; amount: Fraction };

async function movedBy({ pool }: Database, scope: RevenueScope, pair: CashPair): Promise<Moved[]> {
  const { cash, rate, timeZone } = pair;
  const { entered, left } = apart(pair);
  const cuts = cutsOf([left, entered], scope.money?.fx);
  const at = (day: string) => dayStart(day, timeZone);
  const span = { fromAt: at(left.startDay), toAt: at(entered.endDay) };
  const { values, put } = statementValues();
  const groups = await pool.query<Group>(
    `SELECT width_bucket(f.at, ${put(cuts.days.map(at))}::timestamptz[]) AS slice, f.customer_id, f.kind, f.currency,
       f.tax_denominator, sum(f.amount_minor)::text AS amount, sum(f.tax_numerator)::text AS tax
     ${cashRows(scope, cash.referredOnly, span, put)} ${cash.givenBackOnly ? `AND f.kind <> 'payment'` : ''}
       AND (f.at < ${put(at(left.endDay))} OR f.at >= ${put(at(entered.startDay))})
     GROUP BY 1, f.customer_id, f.kind, f.currency, f.tax_denominator`,
    values,
  );
  return groups.rows.map((row) => {
    const day = cuts.days[row.slice - 1] ?? left.startDay;
    const counted = countedOf(cash, row.amount, row.tax, row.tax_denominator);
    const value = counted.mul(rate(row.currency, day) ?? zero); // the totals of both windows would have told of a missing one
    return { customerId: row.customer_id, kind: row.kind, amount: day < left.endDay ? value.neg() : value };
  });
}

function assertIdentity(metric: string, opening: Fraction, moved: readonly Moved[], closing: Fraction): void {
  const reached = opening.add(sum(moved.map(({ amount }) => amount)));
  if (reached.equals(closing)) return;
  const amounts = [opening, reached, closing].map((each) => each.toFraction());
  throw new RangeError(
    `${metric} starts at ${amounts[0]} and its money leads to ${amounts[1]}, not to ${amounts[2]}`,
  );
}

function totalsOf(moved: readonly Moved[]): Record<CashKind, number> {
  const of = (wanted: CashKind) =>
    toNumber(sum(moved.filter(({ kind }) => kind === wanted).map(({ amount }) => amount)));
  return { payment: of('payment'), refund: of('refund'), dispute: of('dispute') };
}

/**
 * Everybody who changed the sum, or a part of it, the largest difference first; equal ones by name, so that the list does
 * not jump. Who pays as much in one window as in the other changed nothing.
 */
function moversOf(moved: readonly Moved[]): string[] {
  const byCustomer = new Map<string, Map<CashKind, Fraction[]>>();
  for (const { amount, customerId, kind } of moved) {
    const own = byCustomer.get(customerId) ?? new Map<CashKind, Fraction[]>();
    byCustomer.set(customerId, own.set(kind, [...(own.get(kind) ?? []), amount]));
  }
  return [...byCustomer]
    .map(([customerId, own]) => ({ customerId, parts: [...own.values()].map((amounts) => sum(amounts)) }))
    .filter(({ parts }) => parts.some((part) => !part.equals(zero)))
    .map(({ customerId, parts }) => ({ customerId, size: toNumber(sum(parts).abs()) }))
    .toSorted((a, b) => b.size - a.size || (a.customerId < b.customerId ? -1 : 1))
    .map(({ customerId }) => customerId);
}
