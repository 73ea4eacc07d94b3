import { Exact } from './schema.ts';

export type LtvFormula = 'arpa_over_trailing_churn' | 'arpa_over_churn' | 'margin_adjusted';

export type LtvTerms = {
  formula: LtvFormula;
  grossMargin?: number | undefined;
  assumedMinChurn?: number | undefined;
  maxLifetimeMonths?: number | undefined;
};

export type Lifetime = { value: Exact; months: Exact } | { value: null; reason: 'zero_churn' };

/**
 * What a customer brings before they leave, in the unit of `arpa`: that a month, times the months they stay
 * (1 ÷ monthly churn), times the gross margin where the formula asks for it.
 *
 * @throws RangeError when the formula needs a gross margin and there is none
 * @see https://support.stripe.com/questions/calculating-subscriber-lifetime-value-in-billing for the assumed churn
 */
export function lifetimeValue(arpa: Exact, churn: Exact, terms: LtvTerms): Lifetime {
  // The assumption stands in for a churn of zero only; the cap holds in all cases.
  const used = churn.isZero() ? new Exact(terms.assumedMinChurn ?? 0) : churn;
  const lifetimes = used.isZero() ? [] : [new Exact(1).div(used)];
  if (terms.maxLifetimeMonths !== undefined) lifetimes.push(new Exact(terms.maxLifetimeMonths));
  if (lifetimes.length === 0) return { value: null, reason: 'zero_churn' };
  const months = Exact.min(...lifetimes);
  return { value: arpa.mul(marginOf(terms)).mul(months), months };
}

function marginOf({ formula, grossMargin }: LtvTerms): number {
  if (formula !== 'margin_adjusted') return 1;
  if (grossMargin === undefined) throw new RangeError('margin_adjusted needs a gross margin');
  return grossMargin;
}
