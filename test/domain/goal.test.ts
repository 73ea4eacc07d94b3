import { describe, expect, it } from 'vitest';
import {
  checkAggregate,
  checkBinding,
  checkGoal,
  direction,
  resolvedStart,
  resolvedTarget,
} from '../../src/domain/goal.ts';
import type { Goal } from '../../src/domain/key-result.ts';

const change = (over: Partial<Extract<Goal, { kind: 'change' }>> = {}): Goal => ({
  kind: 'change',
  percent: -10,
  mode: 'relative',
  baselineValue: 0.2,
  ...over,
});
const guardrail = (over: Partial<Extract<Goal, { kind: 'guardrail' }>> = {}): Goal => ({
  kind: 'guardrail',
  operator: 'at_most',
  lower: null,
  upper: 300,
  method: 'share_of_checks',
  checksPlanned: null,
  startValue: null,
  ...over,
});
const sentences = (goal: Goal, unit: Parameters<typeof checkGoal>[1] = 'ratio') =>
  checkGoal(goal, unit).map(({ problem }) => problem);

it('C2: refuses a start that equals the target, with the value and the way out', () => {
  const [problem] = checkGoal({ kind: 'reach', startValue: 42, targetValue: 42 }, 'count');
  expect(problem?.field).toBe('targetValue');
  expect(problem?.problem).toContain('both 42');
  expect(problem?.problem).toContain('use a guardrail goal');
});

describe('C17: percentage points', () => {
  it('refuses 10 points off a churn of 5 %, with the arithmetic', () => {
    const [problem] = sentences(change({ mode: 'points', baselineValue: 0.05 }));
    expect(problem).toContain('5 % - 10 points = -5 %');
    expect(problem).toContain('use a relative change');
  });

  it('refuses a target above 100 % of a rate that starts below', () => {
    expect(sentences(change({ mode: 'points', percent: 10, baselineValue: 0.95 }))[0]).toContain(
      '95 % + 10 points = 105 %',
    );
  });

  it('lets a retention that already passed 100 % go on', () => {
    expect(sentences(change({ mode: 'points', percent: 20, baselineValue: 1.23 }))).toEqual([]);
  });

  it.each([
    { baselineValue: 0.1, percent: -10 },
    { baselineValue: 0.9, percent: 10 },
    { baselineValue: 0.2, percent: -10 },
  ])('takes $baselineValue with $percent points, up to the very end of the scale', (over) => {
    expect(sentences(change({ mode: 'points', ...over }))).toEqual([]);
  });

  it('refuses points on something that is no ratio', () => {
    expect(sentences(change({ mode: 'points' }), 'money')[0]).toContain('money');
  });
});

it.each([
  { goal: change({ percent: 0 }), unit: 'ratio', names: 'guardrail' },
  { goal: change({ baselineValue: 0 }), unit: 'count', names: 'it is 0' },
  { goal: change({ baselineValue: -3 }), unit: 'money', names: 'it is -3' },
  { goal: { kind: 'accumulate', targetValue: 0 }, unit: 'count', names: 'above 0' },
  { goal: guardrail({ upper: null }), unit: 'duration', names: 'upper bound' },
  { goal: guardrail({ operator: 'at_least' }), unit: 'score', names: 'lower bound' },
  {
    goal: guardrail({ operator: 'between', lower: 5, upper: 4 }),
    unit: 'score',
    names: '5 lies above the upper bound 4',
  },
  { goal: guardrail({ method: 'share_of_planned' }), unit: 'score', names: 'number' },
  { goal: guardrail({ method: 'distance' }), unit: 'score', names: 'start value' },
  { goal: guardrail({ method: 'distance', startValue: 300 }), unit: 'score', names: 'both 300' },
  { goal: { kind: 'milestone', steps: [] }, unit: 'count', names: 'at least one step' },
  {
    goal: { kind: 'milestone', steps: [{ name: 'Talk', weight: 0, doneOnDay: null }] },
    unit: 'count',
    names: '"Talk"',
  },
  {
    goal: { kind: 'recurring', perPeriod: 1.5, periodUnit: 'week', periods: 12, carryOver: false },
    unit: 'count',
    names: 'perPeriod',
  },
] as const)('refuses $goal.kind because of "$names"', ({ goal, names, unit }) => {
  const problems = sentences(goal as Goal, unit);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(names);
});

it('finds nothing wrong with goals as people write them', () => {
  const goals: Goal[] = [
    { kind: 'reach', startValue: 70_000_00, targetValue: 110_000_00 },
    { kind: 'reach', startValue: null, targetValue: 5 },
    change(),
    change({ baselineValue: null }),
    guardrail(),
    guardrail({ operator: 'between', lower: 4, upper: 4 }),
    { kind: 'recurring', perPeriod: 1, periodUnit: 'quarter', periods: 4, carryOver: true },
    { kind: 'milestone', steps: [{ name: 'Talk', weight: 1, doneOnDay: '2026-05-01' }] },
  ];
  expect(goals.flatMap((goal) => checkGoal(goal, 'ratio'))).toEqual([]);
});

describe('the target of a change', () => {
  it.each([
    { over: {}, target: 0.18, why: '20 % less a tenth of itself' },
    { over: { mode: 'points' as const }, target: 0.1, why: '20 % less 10 points' },
    { over: { percent: -100 }, target: 0, why: 'down to nothing' },
    { over: { percent: 25, baselineValue: 2 }, target: 2.5, why: 'up by a quarter' },
    { over: { baselineValue: null }, target: null, why: 'no baseline yet' },
    { over: { baselineValue: 0 }, target: null, why: 'a percentage of nothing' },
  ])('is $target: $why', ({ over, target }) => {
    const found = resolvedTarget(change(over));
    // 0.2 less a tenth is 0.18000000000000002 in binary.
    expect(found === null ? null : Number(found.toFixed(12))).toBe(target);
  });
});

it('reads the direction from the numbers', () => {
  expect(direction({ kind: 'reach', startValue: 35, targetValue: 10 })).toBe('down');
  expect(direction({ kind: 'reach', startValue: -5, targetValue: 0 })).toBe('up');
  expect(direction(change())).toBe('down');
  expect(direction(guardrail())).toBe('hold');
  expect(resolvedStart({ kind: 'accumulate', targetValue: 9 })).toBe(0);
});

it('C10: refuses to accumulate days of anything but a flow', () => {
  const goal: Goal = { kind: 'accumulate', targetValue: 9 };
  expect(checkBinding(goal, 'flow')).toBeNull();
  expect(checkBinding(goal, 'distinct')?.problem).toContain('distinct');
  expect(checkBinding({ kind: 'reach', startValue: 1, targetValue: 9 }, 'distinct')).toBeNull();
});

describe('a window that the goal looks over', () => {
  const reach: Goal = { kind: 'reach', startValue: 0.2, targetValue: 0.3 };

  it.each([
    { kind: 'ratio', aggregate: { trailingDays: 28 } },
    { kind: 'flow', aggregate: 'sum' },
    { kind: 'stock', aggregate: 'mean' },
    { kind: 'flow', aggregate: 'last_complete_month' },
    { kind: 'distinct', aggregate: 'latest' },
  ] as const)('may be $aggregate of a $kind', ({ kind, aggregate }) => {
    expect(checkAggregate(reach, kind, aggregate)).toBeNull();
  });

  it('trap 9: never adds up people over days', () => {
    expect(checkAggregate(reach, 'distinct', { trailingDays: 7 })?.problem).toContain(
      'a person seen twice is one',
    );
  });

  it.each([0, 181, 2.5])('refuses %s days, with the bounds', (trailingDays) => {
    expect(checkAggregate(reach, 'ratio', { trailingDays })?.problem).toBe(
      `trailingDays must be a whole number from 1 to 180, and it is ${trailingDays}.`,
    );
  });

  it('refuses the sum of a rate, and any window on a goal that looks at each day', () => {
    expect(checkAggregate(reach, 'ratio', 'sum')?.problem).toContain('cannot be added up');
    expect(checkAggregate(guardrail(), 'flow', 'mean')?.problem).toContain('looks at each point by itself');
  });
});
