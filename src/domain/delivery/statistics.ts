import { sumOf } from '../activities/quotient.ts';

export const statistics = ['mean', 'median', 'p85'] as const;
export type Statistic = (typeof statistics)[number];

/** The mean, the median and the value that 85 of 100 do not exceed. */
export type Summary = Record<Statistic, number>;

/** @returns null when there is nothing to summarise */
export function summaryOf(values: readonly number[]): Summary | null {
  if (values.length === 0) return null;
  return {
    mean: sumOf(values) / values.length,
    median: quantile(values, 0.5),
    p85: quantile(values, 0.85),
  };
}

/**
 * The quantile at place `share · (n - 1)` of the sorted values, counted from 0; between two of them by their distance.
 * At one half this is the median, and the mean of the two middle values of an even number.
 */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (place - Math.floor(place)) * (above - below);
}
