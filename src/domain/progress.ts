import { type Aggregate, aggregate, missingDays } from './aggregate.ts';
import type { Cycle } from './cycle.ts';
import { addDays, minDay } from './day.ts';
import { isOutsideRatio, resolvedTarget } from './goal.ts';
import { guardrailProgress, type Kept } from './guardrail.ts';
import type { Goal, NoValueReason } from './key-result.ts';
import { type MetricKind, measured, type Observation } from './metric.ts';
import { milestoneProgress } from './milestone.ts';
import { recurringProgress } from './recurring.ts';

/** Fraction of the way, unclamped, or why there is none. */
export type Progress = { value: number } | { value: null; reason: NoValueReason };

/** What a goal has come to at the close of a day, and what that was read from. */
export type ProgressReading = Progress & {
  /** In the metric's unit: the value compared, the total so far, or the weight done. */
  current: number | null;
  /** The points that took part. */
  used: Observation[];
  /** Days that an accumulated total lacks. They count neither as zero nor as anything else. */
  missingDays: string[];
  /** For goals that are kept or broken period by period. */
  kept: Kept | null;
};

/** What `progressOf` has to know of the points. A check-in goal has entries on some days and no days to miss. */
export type ProgressTraits = { kind: MetricKind; aggregate?: Aggregate; everyDayExpected: boolean };

type ReachGoal = { startValue: number; targetValue: number };
type ChangeGoal = Extract<Goal, { kind: 'change' }>;

/**
 * How far a metric has travelled from start to target. Not clamped: below 0 it moved away, above 1 the target was
 * beaten, and both are news. Clamp where it is drawn.
 *
 * @returns fraction of the way (0 = start, 1 = target), or null when unmeasured
 * @throws RangeError when start equals target, because no distance is left to measure
 * @see Quantive, "How KR progress is calculated": (actual - initial) / (target - initial)
 */
export function reachProgress(goal: ReachGoal, currentValue: number | null): number | null {
  const distance = goal.targetValue - goal.startValue;
  if (distance === 0) throw new RangeError(`start and target are both ${goal.startValue}`);
  if (currentValue === null) return null;
  return (currentValue - goal.startValue) / distance;
}

/** How far a metric has gone of a change from its captured baseline. */
export function changeProgress(goal: ChangeGoal, currentValue: number | null): Progress {
  const startValue = goal.baselineValue;
  if (startValue === null) return { value: null, reason: 'awaiting_baseline' };
  const targetValue = resolvedTarget(goal);
  if (targetValue === null) return { value: null, reason: 'non_positive_baseline' };
  if (goal.mode === 'points' && isOutsideRatio(startValue, targetValue)) {
    return { value: null, reason: 'impossible_target' };
  }
  return between(startValue, targetValue, currentValue);
}

/** The share of the target that has been counted so far. @throws RangeError when the target is zero */
export function accumulateProgress(goal: { targetValue: number }, total: number | null): number | null {
  return reachProgress({ startValue: 0, targetValue: goal.targetValue }, total);
}

/**
 * The progress of any goal at the close of `asOfDay`. Later points take no part, so that the evaluation of a past day
 * can be repeated. The order of the points does not matter.
 */
export function progressOf(
  goal: Goal,
  observations: readonly Observation[],
  asOfDay: string,
  cycle: Cycle,
  traits: ProgressTraits,
): ProgressReading {
  const inCycle = observations.filter(
    (point) => point.day >= cycle.startDay && point.day < cycle.endDay && point.day <= asOfDay,
  );
  switch (goal.kind) {
    case 'reach':
    case 'change': {
      const rule = traits.aggregate ?? 'latest';
      const { result, used } = aggregate(rule, traits.kind, observations, cycle.startDay, asOfDay);
      const current = result.value;
      const progress = levelProgress(goal, current);
      // A value that could not be made says more than "no observation", but a missing baseline comes first.
      const why = progress.value === null && progress.reason === 'no_observation' && result.value === null;
      return { ...(why ? result : progress), current, used, missingDays: [], kept: null };
    }
    case 'accumulate':
      return accumulated(goal, inCycle, asOfDay, cycle, traits);
    case 'guardrail': {
      const { progress, kept } = guardrailProgress(goal, inCycle, asOfDay, cycle);
      const used = measured(inCycle);
      return { ...progress, current: used.at(-1)?.value ?? null, used, missingDays: [], kept };
    }
    case 'milestone': {
      const { done, value } = milestoneProgress(goal, asOfDay);
      return { value, current: done, used: [], missingDays: [], kept: null };
    }
    case 'recurring': {
      const missing = missingIn(inCycle, asOfDay, cycle, traits);
      const { kept, total, value } = recurringProgress(goal, inCycle, asOfDay, cycle.startDay, missing);
      return { value, current: total, used: measured(inCycle), missingDays: missing, kept };
    }
  }
}

/**
 * The progress that a stated value comes to, in the place of what the points say: the total so far of an accumulated
 * goal, the compared value of the others.
 *
 * @throws RangeError for goals that no single value can speak for
 */
export function progressOfValue(goal: Goal, value: number, asOfDay: string, cycle: Cycle): ProgressReading {
  const stated = { current: value, used: [], missingDays: [] };
  switch (goal.kind) {
    case 'reach':
    case 'change':
      return { ...levelProgress(goal, value), ...stated, kept: null };
    case 'accumulate':
      return { value: value / goal.targetValue, ...stated, kept: null };
    case 'guardrail': {
      const point = { day: asOfDay, value, numerator: null, denominator: null };
      const { progress, kept } = guardrailProgress(
        { ...goal, method: statedMethod(goal) },
        [point],
        asOfDay,
        cycle,
      );
      return { ...progress, ...stated, kept };
    }
    case 'milestone':
    case 'recurring':
      throw new RangeError(`no single value can stand for a ${goal.kind} goal`);
  }
}

/** One stated value is one check: shares of many checks cannot be made from it. */
function statedMethod(goal: Extract<Goal, { kind: 'guardrail' }>): 'latest' | 'distance' {
  return goal.method === 'distance' ? 'distance' : 'latest';
}

function levelProgress(goal: Extract<Goal, { kind: 'reach' | 'change' }>, current: number | null): Progress {
  if (goal.kind === 'change') return changeProgress(goal, current);
  if (goal.startValue === null) return { value: null, reason: 'awaiting_baseline' };
  return between(goal.startValue, goal.targetValue, current);
}

function between(startValue: number, targetValue: number, current: number | null): Progress {
  if (startValue === targetValue) return { value: null, reason: 'degenerate_target' };
  const value = reachProgress({ startValue, targetValue }, current);
  return value === null ? { value, reason: 'no_observation' } : { value };
}

function accumulated(
  goal: Extract<Goal, { kind: 'accumulate' }>,
  inCycle: Observation[],
  asOfDay: string,
  cycle: Cycle,
  traits: ProgressTraits,
): ProgressReading {
  const { result, used } = aggregate('sum', traits.kind, inCycle, cycle.startDay, asOfDay);
  const rest = { used, missingDays: missingIn(inCycle, asOfDay, cycle, traits), kept: null };
  if (result.value === null) return { ...result, current: null, ...rest };
  if (goal.targetValue === 0) {
    return { value: null, reason: 'degenerate_target', current: result.value, ...rest };
  }
  return { value: result.value / goal.targetValue, current: result.value, ...rest };
}

function missingIn(inCycle: Observation[], asOfDay: string, cycle: Cycle, traits: ProgressTraits): string[] {
  if (!traits.everyDayExpected) return [];
  return missingDays(inCycle, cycle.startDay, minDay(addDays(asOfDay, 1), cycle.endDay));
}
