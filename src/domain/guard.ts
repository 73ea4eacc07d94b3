import { type Aggregate, aggregate } from './aggregate.ts';
import { checkAggregate, type GoalProblem } from './goal.ts';
import type { Goal, NoValueReason } from './key-result.ts';
import type { MetricKind, Observation } from './metric.ts';

/**
 * The other half of a pair: a counter-metric that must not worsen while the Key Result is pushed, such as refunds beside
 * conversion. `bound` is inclusive, in the metric's unit; null until it is captured as the value at the cycle's start.
 */
export type Guard = {
  metricVersionId: string;
  operator: 'at_least' | 'at_most';
  bound: number | null;
  /** How points become the value that is held against the bound. */
  aggregate: Aggregate;
};

/** `unknown` says why; a guard that cannot be judged is neither kept nor broken. */
export type GuardState = {
  state: 'kept' | 'broken' | 'unknown';
  bound: number | null;
  currentValue: number | null;
  asOfDay: string | null;
  reason: NoValueReason | null;
};

/** What stands in the way of a guard on a metric of this kind; null when it can be judged. */
export function checkGuard(guard: Pick<Guard, 'aggregate' | 'bound'>, kind: MetricKind): GoalProblem | null {
  if (guard.bound !== null && !Number.isFinite(guard.bound)) {
    return { field: 'bound', problem: `The bound must be a number, and it is ${guard.bound}.` };
  }
  // The bound stands where a reach goal has its target: its values become one in the same way.
  const compared: Goal = { kind: 'reach', startValue: null, targetValue: guard.bound ?? 0 };
  return checkAggregate(compared, kind, guard.aggregate);
}

/** How the counter-metric stands on its newest settled day. The Key Result's own progress is not touched by it. */
export function judgeGuard(
  guard: Guard,
  kind: MetricKind,
  settled: readonly Observation[],
  cycleStartDay: string,
): GuardState {
  const asOfDay = settled.reduce<string | null>(
    (last, point) => (last === null || point.day > last ? point.day : last),
    null,
  );
  const none = { state: 'unknown' as const, bound: guard.bound, currentValue: null, asOfDay };
  if (asOfDay === null) return { ...none, reason: 'no_observation' };
  const { result } = aggregate(guard.aggregate, kind, settled, cycleStartDay, asOfDay);
  if (result.value === null) return { ...none, reason: result.reason };
  if (guard.bound === null) return { ...none, currentValue: result.value, reason: 'awaiting_baseline' };
  const kept = guard.operator === 'at_most' ? result.value <= guard.bound : result.value >= guard.bound;
  return { ...none, state: kept ? 'kept' : 'broken', currentValue: result.value, reason: null };
}
