import { Fraction } from 'fraction.js';
import { exact, one } from './exact.ts';

export type BillingInterval = 'day' | 'week' | 'month' | 'year';

const perMonth: Readonly<Record<BillingInterval, Fraction>> = {
  day: new Fraction(365, 12),
  week: new Fraction(52, 12),
  month: one,
  year: new Fraction(1, 12),
};

/**
 * How many billing periods a month has: a twelfth for a year, 52 twelfths for a week.
 *
 * @throws RangeError when the count is not above zero
 */
export function periodsPerMonth(interval: BillingInterval, count: number): Fraction {
  if (!(count > 0)) throw new RangeError(`a price is billed every ${count} ${interval}s`);
  return count === 1 ? perMonth[interval] : perMonth[interval].div(exact(count));
}
