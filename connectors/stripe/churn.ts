import type { Coverage } from './coverage.ts';
import type { Month } from './months.ts';
import { Exact } from './schema.ts';

/** Customers who paid when a month opened, and those of them who no longer did when it closed. */
export type MonthChurn = { opening: number; lost: number };

/**
 * The cohort method: whoever comes in the month, or comes back to it after leaving, changes nothing. A month opens and
 * closes with the last second before midnight, so what ends exactly then still closes the old day.
 */
export function monthlyChurn(coverage: Coverage, months: readonly Month[]): MonthChurn[] {
  return months.map(({ startsAt, endsAt }) => {
    const opening = coverage.payingAt(startsAt - 1);
    const closing = coverage.payingAt(endsAt - 1);
    const lost = [...opening].filter((customer) => !closing.has(customer));
    return { opening: opening.size, lost: lost.length };
  });
}

/** The mean of the months' rates; months that opened with nobody have none. Null when no month has one. */
export function meanChurn(months: readonly MonthChurn[]): Exact | null {
  const rates = months
    .filter(({ opening }) => opening > 0)
    .map(({ opening, lost }) => new Exact(lost).div(opening));
  if (rates.length === 0) return null;
  return rates.reduce((sum, rate) => sum.add(rate), new Exact(0)).div(rates.length);
}
