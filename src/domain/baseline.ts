import { addDays } from './day.ts';
import { type MetricKind, measured, type Observation } from './metric.ts';

/** A captured baseline with what it was captured from: the days `[startDay, endDay)`, `samples` of them measured. */
export type Baseline =
  | { value: number; startDay: string; endDay: string; samples: number }
  | { value: null; reason: 'awaiting_baseline' };

/** One period of a metric that is reported by period; `complete` once it is over and settled. */
export type PeriodValue = { startDay: string; endDay: string; value: number | null; complete: boolean };

const awaiting: Baseline = { value: null, reason: 'awaiting_baseline' };

/** The last complete period that ended before the goal began. */
export function baselineOfLastPeriod(periods: readonly PeriodValue[], goalStartDay: string): Baseline {
  const before = periods
    .filter((period) => period.complete && period.endDay <= goalStartDay)
    .toSorted((a, b) => (a.endDay < b.endDay ? -1 : 1))
    .at(-1);
  if (before === undefined || before.value === null) return awaiting;
  return { value: before.value, startDay: before.startDay, endDay: before.endDay, samples: 1 };
}

/**
 * The value just before the goal began, from daily points: the newest of the `days` before it, or over all of them,
 * their mean (of a ratio: its numerators over its denominators). Days without a value are left out, never zero.
 */
export function baselineOfDays(
  rule: 'last_value' | 'trailing_mean',
  points: readonly Observation[],
  kind: MetricKind,
  goalStartDay: string,
  days: number,
): Baseline {
  const startDay = addDays(goalStartDay, -days);
  const before = measured(points).filter((point) => point.day >= startDay && point.day < goalStartDay);
  const last = before.at(-1);
  if (last === undefined) return awaiting;
  if (rule === 'last_value') {
    return { value: last.value, startDay: last.day, endDay: addDays(last.day, 1), samples: 1 };
  }
  const window = { startDay, endDay: goalStartDay, samples: before.length };
  const weight = before.reduce((sum, point) => sum + (point.denominator ?? 0), 0);
  if ((kind === 'ratio' || kind === 'distribution') && weight > 0) {
    const parts = before.reduce((sum, point) => sum + (point.numerator ?? 0), 0);
    return { value: parts / weight, ...window };
  }
  return { value: before.reduce((sum, point) => sum + point.value, 0) / before.length, ...window };
}
