import type { Cycle } from '../domain/cycle.ts';
import { eachDay, maxDay } from '../domain/day.ts';
import type { MetricTraits, Observation } from '../domain/metric.ts';
import { expectedProgress, expectedValue } from '../domain/pace.ts';
import { progressOf } from '../domain/progress.ts';
import type { KeyResultRecord } from './ports.ts';

/** One day of the cycle, in the metric's unit: what the goal had come to, and what was expected. */
export type GoalDay = { day: string; value: number | null; expected: number | null };

/**
 * The goal's own line: for an accumulated goal the running total, otherwise the compared value of each day. `points` is
 * in the order of its days.
 */
export function goalSeries(
  { aggregate, goal, paceCurve }: Pick<KeyResultRecord, 'aggregate' | 'goal' | 'paceCurve'>,
  metric: Pick<MetricTraits, 'kind'> | null,
  cycle: Cycle,
  points: readonly Observation[],
  today: string,
): GoalDay[] {
  const last = points.at(-1)?.day ?? null;
  return eachDay(cycle.startDay, cycle.endDay).map((day) => {
    const known = metric !== null && last !== null && day <= last && day <= maxDay(today, cycle.startDay);
    const value = known
      ? progressOf(goal, points, day, cycle, {
          kind: metric.kind,
          everyDayExpected: true,
          ...(aggregate === null ? {} : { aggregate }),
        }).current
      : null;
    const expected = expectedValue(goal, expectedProgress(paceCurve, cycle, day));
    return { day, value, expected };
  });
}
