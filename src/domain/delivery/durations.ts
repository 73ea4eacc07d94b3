import { noValue, quotient, sumOf } from '../activities/quotient.ts';
import type { Measurement, ParamValue } from '../catalog/types.ts';
import { type Statistic, summaryOf } from './statistics.ts';

export type Duration = { startedAt: Date; finishedAt: Date };

/**
 * One number for many durations, each `perMs` milliseconds to one of its unit. All three statistics stand beside it: a
 * mean is pulled up by a few old items, and the median shows by how much. Only of a mean are both sides of the
 * quotient given, because medians of two windows cannot be combined.
 *
 * What ended before it began is a wrong clock and no duration; it takes no part, and how many did is told.
 */
export function durationOf(
  durations: readonly Duration[],
  stat: ParamValue | undefined,
  perMs: number,
): Measurement {
  const lengths = durations.map((each) => each.finishedAt.getTime() - each.startedAt.getTime());
  const valid = lengths.filter((length) => length >= 0).map((length) => length / perMs);
  const summary = summaryOf(valid);
  if (summary === null) return { ...noValue('zero_denominator'), denominator: 0 };
  const endedBeforeStart = lengths.length - valid.length;
  const beside = { ...summary, ...(endedBeforeStart > 0 ? { endedBeforeStart } : {}) };
  const wanted = statisticOf(stat);
  if (wanted === 'mean') return quotient(sumOf(valid), valid.length, { sampleSize: valid.length, beside });
  return { value: summary[wanted], sampleSize: valid.length, beside };
}

function statisticOf(stat: ParamValue | undefined): Statistic {
  return stat === 'median' || stat === 'p85' ? stat : 'mean';
}
