import { type Aggregate, aggregate } from './aggregate.ts';
import { addDays } from './day.ts';
import { type GoalProblem, MAX_TRAILING_DAYS } from './goal.ts';
import type { Goal } from './key-result.ts';
import { type MetricKind, measured, type Observation } from './metric.ts';

/**
 * How a baseline is captured. `as_compared`: the Key Result's own compared value at the close of the day before it
 * starts, so that both sides have the same window. The others look at single days before the start.
 */
export type BaselineRule =
  | { kind: 'as_compared' }
  | { kind: 'last_value'; days: number }
  | { kind: 'trailing_mean'; days: number };

/** A captured baseline, with the rule and the points that it was made from. */
export type CapturedBaseline = {
  value: number;
  rule: BaselineRule['kind'];
  /** `[startDay, endDay)`. */
  startDay: string;
  endDay: string;
  used: Observation[];
};

/** As long as a stock may stand unread before its last value no longer speaks for the start. */
const LAST_VALUE_DAYS = 7;
const MEAN_DAYS = 28;

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

/**
 * The rule that fits when the owner names none. What is compared over a window is captured over the same window; a
 * level is captured as it stood, and single days of anything else are noise, of which the mean is taken.
 */
export function usualBaselineRule(compared: Aggregate, kind: MetricKind): BaselineRule {
  if (compared === 'last_complete_month' || typeof compared === 'object') return { kind: 'as_compared' };
  if (kind === 'stock' && compared === 'latest') return { kind: 'last_value', days: LAST_VALUE_DAYS };
  return { kind: 'trailing_mean', days: MEAN_DAYS };
}

/** The baseline from the points before `goalStartDay`; null while there is nothing to make it from. */
export function captureBaseline(
  rule: BaselineRule,
  points: readonly Observation[],
  kind: MetricKind,
  compared: Aggregate,
  goalStartDay: string,
): CapturedBaseline | null {
  const before = points.filter((point) => point.day < goalStartDay);
  if (rule.kind === 'as_compared') {
    const { result, used } = aggregate(
      compared,
      kind,
      before,
      addDays(goalStartDay, -MEAN_DAYS),
      addDays(goalStartDay, -1),
    );
    const [first, last] = [used[0], used.at(-1)];
    if (result.value === null || first === undefined || last === undefined) return null;
    return { value: result.value, rule: rule.kind, startDay: first.day, endDay: addDays(last.day, 1), used };
  }
  const found = baselineOfDays(rule.kind, before, kind, goalStartDay, rule.days);
  if (found.value === null) return null;
  const { value, startDay, endDay } = found;
  const used = measured(before).filter((point) => point.day >= startDay && point.day < endDay);
  return { value, rule: rule.kind, startDay, endDay, used };
}

/** What stands in the way of a rule for this goal; null when it can capture its start. */
export function checkBaselineRule(goal: Goal, rule: BaselineRule): GoalProblem | null {
  const no = (problem: string): GoalProblem => ({ field: 'baselineRule', problem });
  if (!takesBaseline(goal)) {
    return no(`A ${goal.kind} goal starts from nothing that is measured; leave the baseline rule out.`);
  }
  if (rule.kind === 'as_compared') return null;
  const { days } = rule;
  if (Number.isInteger(days) && days >= 1 && days <= MAX_TRAILING_DAYS) return null;
  return no(`A baseline looks at 1 to ${MAX_TRAILING_DAYS} days before the start, and not at ${days}.`);
}

/** Whether the goal is measured from a start that can be captured. */
export function takesBaseline(goal: Goal): boolean {
  return (
    goal.kind === 'reach' ||
    goal.kind === 'change' ||
    (goal.kind === 'guardrail' && goal.method === 'distance')
  );
}

/** The goal as it was before its start was known. */
export function withoutBaseline(goal: Goal): Goal {
  if (goal.kind === 'change') return { ...goal, baselineValue: null };
  return goal.kind === 'reach' || goal.kind === 'guardrail' ? { ...goal, startValue: null } : goal;
}
