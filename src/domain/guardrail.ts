import { type Cycle, elapsed } from './cycle.ts';
import type { Goal } from './key-result.ts';
import { measured, type Observation } from './metric.ts';
import type { Progress } from './progress.ts';

type GuardrailGoal = Extract<Goal, { kind: 'guardrail' }>;

/**
 * In how many of the periods that have passed the promise was kept. A guardrail's period is one check: a day with a
 * value. `share` is what the status is judged by, 1 when no period was broken.
 */
export type Kept = { met: number; periods: number; share: number };

/** Whether a value keeps the promise. Bounds are inclusive: at exactly 300 ms "at most 300 ms" holds. */
export function isInside(goal: GuardrailGoal, value: number): boolean {
  const aboveLower = goal.operator === 'at_most' || goal.lower === null || value >= goal.lower;
  const belowUpper = goal.operator === 'at_least' || goal.upper === null || value <= goal.upper;
  return aboveLower && belowUpper;
}

/**
 * Progress of a guardrail by its method: `latest` is 1 or 0; `share_of_checks` a running average of compliance;
 * `share_of_planned` grows to its final value, and a check that was not made counts against it; `distance` can pass 1.
 *
 * @see Profit.co, "How do the two progress calculations for the control KPI key result work"
 */
export function guardrailProgress(
  goal: GuardrailGoal,
  observations: readonly Observation[],
  asOfDay: string,
  cycle: Cycle,
): { progress: Progress; kept: Kept | null } {
  const checks = measured(observations).filter((point) => point.day <= asOfDay);
  const latest = checks.at(-1);
  if (latest === undefined) return { progress: { value: null, reason: 'no_observation' }, kept: null };
  const met = checks.filter((point) => isInside(goal, point.value)).length;
  switch (goal.method) {
    case 'latest':
      return single(isInside(goal, latest.value) ? 1 : 0, goal, latest.value);
    case 'share_of_checks': {
      const share = met / checks.length;
      return { progress: { value: share }, kept: { met, periods: checks.length, share } };
    }
    case 'share_of_planned':
      return shareOfPlanned(goal, met, checks.length, elapsed(cycle, asOfDay));
    case 'distance': {
      const value = distance(goal, latest.value);
      if (value === null) return { progress: { value, reason: 'degenerate_target' }, kept: null };
      return single(value, goal, latest.value);
    }
  }
}

function single(value: number, goal: GuardrailGoal, latest: number): { progress: Progress; kept: Kept } {
  return { progress: { value }, kept: { met: isInside(goal, latest) ? 1 : 0, periods: 1, share: value } };
}

/** Progress divides by all planned checks, the status by those that were due so far: else it is red until the end. */
function shareOfPlanned(goal: GuardrailGoal, met: number, made: number, elapsedShare: number) {
  const planned = goal.checksPlanned;
  if (planned === null || planned <= 0) {
    const progress: Progress = { value: null, reason: 'zero_denominator' };
    return { progress, kept: null };
  }
  const due = Math.max(made, Math.floor(planned * elapsedShare));
  return { progress: { value: met / planned }, kept: { met, periods: due, share: met / due } };
}

/** @see Profit.co, "distance from target": at most 1.00 with 0.80 is 120 %, with 1.50 it is 50 % */
function distance(goal: GuardrailGoal, value: number): number | null {
  const bound = goal.operator === 'at_least' ? goal.lower : goal.upper;
  if (bound === null || goal.startValue === null || bound === goal.startValue) return null;
  if (goal.operator === 'at_least') return (value - goal.startValue) / (bound - goal.startValue);
  return 1 - (value - bound) / Math.abs(bound - goal.startValue);
}
