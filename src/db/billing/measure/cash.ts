import type { RevenueMeasurement } from '../../../app/ports-billing.ts';
import { dayFinder } from '../../../domain/billing/alive.ts';
import { type Fraction, toNumber } from '../../../domain/billing/exact.ts';
import { amount } from '../../../domain/billing/measurement.ts';
import type { ParamValues } from '../../../domain/catalog/types.ts';
import { dayStart } from '../../../domain/day.ts';
import type { Database } from '../../database.ts';
import { type Answer, type Ask, periods, unread } from './ask.ts';
import { type Cuts, cutsOf } from './cuts.ts';
import { isMissing, type Missing, rateOf, withoutRate } from './money.ts';
import { cashRows, statementValues } from './rows.ts';
import { type Entry, runningTotal, times } from './running.ts';

type Group = {
  slice: number;
  first_at: Date;
  currency: string;
  tax_denominator: string;
  amount: string;
  tax: string;
  flows: number;
};
/** What counts of the money that moved, and which of its rows are counted as the sample. */
export type Cash = { referredOnly: boolean; excludeTax: boolean; givenBackOnly: boolean };
/** What a window came to, exactly, and how many rows that is; or the currency without a rate. */
export type CashTotal = { total: Fraction; flows: Fraction } | Missing;

export const netRevenue = cashMetric('net_revenue');
export const refunds = cashMetric('refunds');
export const referralRevenue = cashMetric('referral_revenue');

/** @returns null for a metric that counts no money that moved */
export function cashOf(metric: string, { excludeTax }: ParamValues): Cash | null {
  const all: Cash = { referredOnly: false, excludeTax: excludeTax === true, givenBackOnly: false };
  switch (metric) {
    case 'net_revenue':
      return all;
    case 'refunds':
      return { ...all, givenBackOnly: true };
    case 'referral_revenue':
      return { ...all, referredOnly: true, excludeTax: true };
    default:
      return null;
  }
}

function cashMetric(metric: string): Answer {
  return async (database, ask) => {
    const cash = cashOf(metric, ask.params);
    const totals = cash === null ? null : await cashTotals(database, ask, cash);
    if (totals === null) return ask.windows.map(() => unread);
    return totals.map(
      (found): RevenueMeasurement =>
        isMissing(found) ? withoutRate(found) : amount(found.total, toNumber(found.flows)),
    );
  };
}

/** @returns null where there is no money to count in */
export async function cashTotals({ pool }: Database, ask: Ask, cash: Cash): Promise<CashTotal[] | null> {
  const windows = periods(ask);
  const rate = rateOf(ask.scope);
  const timeZone = windows[0]?.timeZone;
  if (rate === null || timeZone === undefined) return null;
  const cuts = cutsOf(windows, ask.scope.money?.fx);
  const { text, values } = cashStatement(ask, cuts, timeZone, cash);
  const groups = await pool.query<Group>(text, values);
  const dayOf = dayFinder(timeZone);
  const amounts: Entry[] = [];
  const flows: Entry[] = [];
  const unrated: Missing[] = [];
  for (const group of groups.rows) {
    const { slice: at, currency } = group;
    const day = dayOf(group.first_at);
    flows.push({ at, numerator: BigInt(group.flows), denominator: 1n });
    const factor = rate(currency, day);
    if (factor === null) unrated.push({ currency, day });
    else for (const entry of amountsOf(group, cash)) amounts.push(times(entry, factor));
  }
  unrated.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.currency < b.currency ? -1 : 1));
  const total = runningTotal(cuts, amounts);
  const count = runningTotal(cuts, flows);
  return windows.map((days): CashTotal => {
    const missing = unrated.find(({ day }) => day >= days.startDay && day < days.endDay);
    return missing ?? { total: total.within(days), flows: count.within(days) };
  });
}

/** Refunds are negative rows, and told as what was given back. */
function amountsOf(group: Group, { excludeTax, givenBackOnly }: Cash): Entry[] {
  const sign = givenBackOnly ? -1n : 1n;
  const gross = { at: group.slice, numerator: sign * BigInt(group.amount), denominator: 1n };
  if (!excludeTax) return [gross];
  const tax = {
    at: group.slice,
    numerator: -sign * BigInt(group.tax),
    denominator: BigInt(group.tax_denominator),
  };
  return [gross, tax];
}

/** Slices begin at the first instants of local days, which the domain knows and the database need not. */
function cashStatement(ask: Ask, cuts: Cuts, timeZone: string, cash: Cash) {
  const { values, put } = statementValues();
  const instants = cuts.days.map((day) => dayStart(day, timeZone));
  const span = { fromAt: instants[0] ?? new Date(0), toAt: instants.at(-1) ?? new Date(0) };
  const counted = cash.givenBackOnly ? `f.kind <> 'payment'` : `f.kind = 'payment'`;
  const text = `SELECT width_bucket(f.at, ${put(instants)}::timestamptz[]) AS slice, min(f.at) AS first_at, f.currency,
      f.tax_denominator, sum(f.amount_minor)::text AS amount, sum(f.tax_numerator)::text AS tax,
      (count(*) FILTER (WHERE ${counted}))::int AS flows
    ${cashRows(ask.scope, cash.referredOnly, span, put)} ${cash.givenBackOnly ? `AND ${counted}` : ''}
    GROUP BY 1, f.currency, f.tax_denominator`;
  return { text, values };
}
