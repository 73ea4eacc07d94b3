import type { Fraction } from 'fraction.js';
import type { RecordSets } from '../catalog/record-sets.ts';
import type { Measurement } from '../catalog/types.ts';
import { exact, min, one, sum, toNumber, zero } from './exact.ts';
import { noValue, quotient } from './measurement.ts';

/**
 * How the value of a customer's lifetime is reckoned. All of them multiply what a customer brings in a month by the
 * months that customers stay, and differ in what they call each.
 *
 * @see https://help.chartmogul.com/hc/en-us/articles/203359061 for `arpa_over_trailing_churn`: the mean of the six
 *   months before, without the running one. `revenue` is ProfitWell's ARPU / (1 - retention), without its smoothing.
 */
export const ltvFormulas = [
  'arpa_over_churn',
  'margin_adjusted',
  'arpa_over_trailing_churn',
  'revenue',
] as const;
export type LtvFormula = (typeof ltvFormulas)[number];

/** What a lifetime is taken to be where churn is zero, and at most. Absent: no such rule. */
export type LifetimeRules = { assumedMinChurn?: number; maxLifetimeMonths?: number };

const trailingMonths = 6;

export function ltv(records: RecordSets, formula: LtvFormula, rules: LifetimeRules): Measurement {
  const { arpa } = records;
  const margin = formula === 'margin_adjusted' ? records.grossMargin : 1;
  const churn = monthlyChurn(records, formula);
  if (arpa === undefined || margin === undefined || churn === null) return noValue('no_observation');
  if (churn.months === 0) return noValue('insufficient_sample');
  const lifetime = lifetimeMonths(churn.rate, rules);
  if (lifetime === null) return noValue('zero_churn');
  const value = exact(arpa).mul(exact(margin)).mul(lifetime);
  return {
    value: toNumber(value),
    beside: { lifetimeMonths: toNumber(lifetime), churnMonths: churn.months },
  };
}

/** Spend per customer won with it. The lag of a sales cycle lies between the inputs: who gives them shifts the spend. */
export function cac({ spend, newCustomers }: RecordSets): Measurement {
  if (spend === undefined || newCustomers === undefined) return noValue('no_observation');
  return quotient(exact(spend), exact(newCustomers), newCustomers);
}

/** Months until the margin on a customer has paid for winning it. A margin that earns nothing never does. */
export function cacPaybackMonths({ cac, arpa, grossMargin }: RecordSets): Measurement {
  if (cac === undefined || arpa === undefined || grossMargin === undefined) return noValue('no_observation');
  const earned = exact(arpa).mul(exact(grossMargin));
  // Below zero the quotient would be negative, and so look like the quickest payback of all.
  if (earned.lt(0)) return noValue('zero_denominator');
  return quotient(exact(cac), earned);
}

/** Of recognised revenue, what its costs leave. */
export function grossMargin({ revenue, cogs }: RecordSets): Measurement {
  if (revenue === undefined || cogs === undefined) return noValue('no_observation');
  return quotient(exact(revenue).sub(exact(cogs)), exact(revenue));
}

/** The churn that a formula divides by, and how many months it is of; null when it was not given. */
function monthlyChurn(records: RecordSets, formula: LtvFormula): { rate: Fraction; months: number } | null {
  if (formula === 'arpa_over_trailing_churn') {
    const rates = records.churnRates?.slice(0, -1).slice(-trailingMonths);
    if (rates === undefined) return null;
    const total = sum(rates.map((rate) => exact(rate)));
    return { rate: rates.length === 0 ? zero : total.div(rates.length), months: rates.length };
  }
  if (formula === 'revenue') {
    const { netRetention } = records;
    return netRetention === undefined ? null : { rate: one.sub(exact(netRetention)), months: 1 };
  }
  return records.churnRate === undefined ? null : { rate: exact(records.churnRate), months: 1 };
}

/** 1 / churn, never above the cap. Net retention above 1 is churn below zero: nobody's lifetime ends by it either. */
function lifetimeMonths(churn: Fraction, rules: LifetimeRules): Fraction | null {
  const cap = rules.maxLifetimeMonths === undefined ? null : exact(rules.maxLifetimeMonths);
  const assumed = exact(rules.assumedMinChurn ?? 0);
  const rate = churn.gt(0) ? churn : assumed;
  if (!rate.gt(0)) return cap;
  return cap === null ? rate.inverse() : min(rate.inverse(), cap);
}
