import type { Aggregate } from './aggregate.ts';
import { isDay } from './day.ts';
import type { Goal } from './key-result.ts';
import type { MetricKind, Unit } from './metric.ts';

/** Which field of a goal cannot be, and one sentence with the values and the next step. */
export type GoalProblem = { field: string; problem: string };
type GuardrailGoal = Extract<Goal, { kind: 'guardrail' }>;
/** As far back as an evaluation loads points before its cycle. */
export const MAX_TRAILING_DAYS = 180;

type ChangeGoal = Extract<Goal, { kind: 'change' }>;

/** The value that counts as no progress, in the metric's unit; null when it is not known yet or the goal has none. */
export function resolvedStart(goal: Goal): number | null {
  switch (goal.kind) {
    case 'reach':
    case 'guardrail':
      return goal.startValue;
    case 'change':
      return goal.baselineValue;
    case 'accumulate':
    case 'milestone':
    case 'recurring':
      return 0;
  }
}

/**
 * The value that counts as done: of a change `b·(1 + p/100)`, or `b + p/100` in points; of milestones their weight; of
 * a recurring goal how often in all. Null while a baseline is missing or not above zero, and for a range.
 */
export function resolvedTarget(goal: Goal): number | null {
  switch (goal.kind) {
    case 'reach':
    case 'accumulate':
      return goal.targetValue;
    case 'change':
      return changeTarget(goal);
    case 'guardrail':
      if (goal.operator === 'between') return null;
      return goal.operator === 'at_least' ? goal.lower : goal.upper;
    case 'milestone':
      return goal.steps.reduce((sum, step) => sum + step.weight, 0);
    case 'recurring':
      return goal.perPeriod * goal.periods;
  }
}

function changeTarget({ baselineValue, mode, percent }: ChangeGoal): number | null {
  if (baselineValue === null) return null;
  if (mode === 'points') return baselineValue + percent / 100;
  return baselineValue > 0 ? baselineValue * (1 + percent / 100) : null;
}

/** Which way is better. `hold` has no direction: a guardrail is kept or broken. */
export function direction(goal: Goal): 'up' | 'down' | 'hold' {
  if (goal.kind === 'guardrail') return 'hold';
  if (goal.kind === 'change') return goal.percent < 0 ? 'down' : 'up';
  const start = resolvedStart(goal);
  const target = resolvedTarget(goal);
  return start !== null && target !== null && target < start ? 'down' : 'up';
}

/** What stands in the way of this goal, in the order of its fields; empty when it can be judged. */
export function checkGoal(goal: Goal, unit: Unit): GoalProblem[] {
  switch (goal.kind) {
    case 'reach':
      if (goal.startValue !== goal.targetValue) return [];
      return [
        {
          field: 'targetValue',
          problem: `Start and target are both ${goal.targetValue}, so there is no way to go; to hold a value, use a guardrail goal.`,
        },
      ];
    case 'change':
      return checkChange(goal, unit);
    case 'accumulate':
      if (goal.targetValue > 0) return [];
      return [
        {
          field: 'targetValue',
          problem: `An accumulate goal counts up from 0, so its target must be above 0, and it is ${goal.targetValue}.`,
        },
      ];
    case 'guardrail':
      return checkGuardrail(goal);
    case 'milestone':
      return checkMilestones(goal.steps);
    case 'recurring':
      return checkCounts({ perPeriod: goal.perPeriod, periods: goal.periods });
  }
}

/** Whether a goal can be fed by a metric of this kind; null when it can. */
export function checkBinding(goal: Goal, kind: MetricKind): GoalProblem | null {
  if (goal.kind === 'milestone') {
    return { field: 'metric', problem: 'Milestones are checked off by people; they take no metric.' };
  }
  if ((goal.kind !== 'accumulate' && goal.kind !== 'recurring') || kind === 'flow') return null;
  return {
    field: 'metric',
    problem: `Days of a ${kind} metric cannot be added up; use a flow metric, or a reach goal on this one.`,
  };
}

/** Whether points of this kind can become the compared value in that way; null when they can. */
export function checkAggregate(
  goal: Goal,
  kind: MetricKind | null,
  aggregate: Aggregate,
): GoalProblem | null {
  const no = (problem: string): GoalProblem => ({ field: 'aggregate', problem });
  if (goal.kind !== 'reach' && goal.kind !== 'change') {
    return no(`A ${goal.kind} goal looks at each point by itself; leave the aggregate out.`);
  }
  if (typeof aggregate === 'object') {
    const { trailingDays } = aggregate;
    if (!(Number.isInteger(trailingDays) && trailingDays >= 1 && trailingDays <= MAX_TRAILING_DAYS)) {
      return no(
        `trailingDays must be a whole number from 1 to ${MAX_TRAILING_DAYS}, and it is ${trailingDays}.`,
      );
    }
  }
  if (kind === 'distinct' && aggregate !== 'latest') {
    return no('People of several days are never added up: a person seen twice is one. Use the latest point.');
  }
  if (aggregate === 'sum' && kind !== null && kind !== 'flow') {
    return no(`Days of a ${kind} metric cannot be added up; use "mean", or the latest point.`);
  }
  return null;
}

function checkChange(goal: ChangeGoal, unit: Unit): GoalProblem[] {
  const { baselineValue: b, mode, percent } = goal;
  if (percent === 0) {
    return [
      {
        field: 'percent',
        problem: 'A change of 0 % has no way to go; to hold a value, use a guardrail goal.',
      },
    ];
  }
  if (mode === 'points' && unit !== 'ratio') {
    return [
      {
        field: 'mode',
        problem: `Percentage points need a ratio, and the unit is ${unit}; state the target with a reach goal.`,
      },
    ];
  }
  if (b === null) return [];
  if (mode === 'relative' && b <= 0) {
    const problem = `A change of ${percent} % needs a baseline above 0, and it is ${b}; state the target with a reach goal.`;
    return [{ field: 'baselineValue', problem }];
  }
  const target = b + percent / 100;
  if (mode === 'points' && isOutsideRatio(b, target)) {
    const sum = `${shown(b)} % ${percent < 0 ? '-' : '+'} ${Math.abs(percent)} points = ${shown(target)} %`;
    const problem = `${sum}, which a ratio between 0 % and 100 % cannot be; use a relative change, or state the target with a reach goal.`;
    return [{ field: 'percent', problem }];
  }
  return [];
}

/** A ratio that starts above 1, such as net revenue retention, has no upper end; every ratio ends at 0. */
export function isOutsideRatio(baseline: number, target: number): boolean {
  return target < 0 || (target > 1 && baseline <= 1);
}

/** A fraction as percent without the noise of binary fractions: 0.05 - 0.10 is -5, not -5.000000000000001. */
function shown(fraction: number): number {
  return Number((fraction * 100).toPrecision(12));
}

function checkGuardrail(goal: GuardrailGoal): GoalProblem[] {
  const problems: GoalProblem[] = [];
  const { operator, lower, upper, method } = goal;
  if (operator !== 'at_most' && lower === null) {
    problems.push({ field: 'lower', problem: `"${operator}" needs a lower bound.` });
  }
  if (operator !== 'at_least' && upper === null) {
    problems.push({ field: 'upper', problem: `"${operator}" needs an upper bound.` });
  }
  if (operator === 'between' && lower !== null && upper !== null && lower > upper) {
    problems.push({
      field: 'lower',
      problem: `The lower bound ${lower} lies above the upper bound ${upper}; swap them.`,
    });
  }
  if (method === 'share_of_planned' && (goal.checksPlanned ?? 0) <= 0) {
    problems.push({ field: 'checksPlanned', problem: 'A share of planned checks needs their number.' });
  }
  if (method === 'distance') problems.push(...checkDistance(goal));
  return problems;
}

function checkDistance(goal: GuardrailGoal): GoalProblem[] {
  if (goal.operator === 'between') {
    return [
      { field: 'method', problem: 'The distance method needs one bound; use "share_of_checks" for a range.' },
    ];
  }
  const bound = resolvedTarget(goal);
  if (goal.startValue === null) {
    return [{ field: 'startValue', problem: 'The distance method needs a start value to measure from.' }];
  }
  if (goal.startValue !== bound) return [];
  return [
    {
      field: 'startValue',
      problem: `Start and bound are both ${bound}, so there is no distance; use the "latest" method.`,
    },
  ];
}

function checkMilestones(steps: Extract<Goal, { kind: 'milestone' }>['steps']): GoalProblem[] {
  if (steps.length === 0) return [{ field: 'steps', problem: 'A milestone goal needs at least one step.' }];
  return steps.flatMap(({ name, weight, doneOnDay }, index) => {
    const problems: GoalProblem[] = [];
    if (!(weight > 0 && Number.isFinite(weight))) {
      problems.push({
        field: `steps.${index}.weight`,
        problem: `The weight of "${name}" must be above 0, and it is ${weight}.`,
      });
    }
    if (doneOnDay !== null && !isDay(doneOnDay)) {
      problems.push({
        field: `steps.${index}.doneOnDay`,
        problem: `"${doneOnDay}" is not a day of the calendar; write it YYYY-MM-DD.`,
      });
    }
    return problems;
  });
}

function checkCounts(counts: Record<string, number>): GoalProblem[] {
  return Object.entries(counts)
    .filter(([, count]) => !(Number.isInteger(count) && count > 0))
    .map(([field, count]) => ({
      field,
      problem: `${field} must be a whole number above 0, and it is ${count}.`,
    }));
}
