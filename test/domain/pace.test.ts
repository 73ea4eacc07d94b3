import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import type { Goal, PaceCurve } from '../../src/domain/key-result.ts';
import { expectedSteps } from '../../src/domain/milestone.ts';
import {
  checkPaceCurve,
  expectedOnMeasuredDays,
  expectedProgress,
  expectedValue,
} from '../../src/domain/pace.ts';

// 1 July to 8 October: 100 days, so that every day is one hundredth of a straight line.
const cycle = { startDay: '2026-07-01', endDay: '2026-10-09', timeZone: 'UTC' };
const nth = (n: number) => addDays(cycle.startDay, n - 1);
const phased: PaceCurve = {
  kind: 'phased',
  points: [
    { day: nth(60), progress: 0.6 },
    { day: nth(50), progress: 0.1 },
  ],
};

it.each([
  { day: 0, expected: 0 },
  { day: 25, expected: 0.05 },
  { day: 50, expected: 0.1 },
  { day: 55, expected: 0.35 },
  { day: 60, expected: 0.6 },
  { day: 80, expected: 0.8 },
  { day: 100, expected: 1 },
  { day: 120, expected: 1 },
])('a phased curve runs straight between its points: $expected on day $day', ({ day, expected }) => {
  // 0 to 0.1 over 50 days, to 0.6 over 10, and from there to 1 over the last 40.
  expect(expectedProgress(phased, cycle, nth(day))).toBeCloseTo(expected, 12);
});

it('a curve that names the last day ends where it says', () => {
  const curve: PaceCurve = { kind: 'phased', points: [{ day: nth(100), progress: 0.8 }] };
  expect(expectedProgress(curve, cycle, nth(50))).toBeCloseTo(0.4, 12);
  expect(expectedProgress(curve, cycle, nth(150))).toBe(0.8);
});

it('leaves what was expected of missing days out, wherever they lie', () => {
  const linear: PaceCurve = { kind: 'linear' };
  expect(expectedOnMeasuredDays(linear, cycle, nth(50), [nth(3), nth(40)])).toBeCloseTo(0.48, 12);
  // Day 55 of the phased curve is steep: a day there is 0.05 of the goal.
  expect(expectedOnMeasuredDays(phased, cycle, nth(60), [nth(55)])).toBeCloseTo(0.55, 12);
  expect(expectedOnMeasuredDays(linear, cycle, nth(50), [])).toBe(0.5);
});

it('expects all of its days to come to the whole, and never less tomorrow than today', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<PaceCurve>({ kind: 'linear' }, phased),
      fc.integer({ min: 1, max: 100 }),
      (curve, n) => {
        const days = Array.from({ length: n }, (_, i) => nth(i + 1));
        expect(expectedOnMeasuredDays(curve, cycle, nth(n), days)).toBeCloseTo(0, 9);
        expect(expectedProgress(curve, cycle, nth(n))).toBeGreaterThanOrEqual(
          expectedProgress(curve, cycle, nth(n - 1)),
        );
      },
    ),
  );
});

describe('checkPaceCurve', () => {
  const curve = (...points: { day: string; progress: number }[]): PaceCurve => ({ kind: 'phased', points });
  it.each([
    { bad: curve({ day: '2026-06-30', progress: 0.1 }), names: '2026-06-30' },
    { bad: curve({ day: '2026-10-09', progress: 1 }), names: '2026-10-09' },
    { bad: curve({ day: nth(5), progress: 0.1 }, { day: nth(5), progress: 0.2 }), names: 'twice' },
    { bad: curve({ day: nth(5), progress: Number.NaN }), names: 'NaN' },
  ])('refuses a curve, naming $names', ({ bad, names }) => {
    expect(checkPaceCurve(bad, cycle)?.problem).toContain(names);
  });

  it('takes curves that fit', () => {
    expect(checkPaceCurve(phased, cycle)).toBeNull();
    expect(checkPaceCurve({ kind: 'linear' }, cycle)).toBeNull();
  });
});

const guardrail: Goal = {
  kind: 'guardrail',
  operator: 'at_most',
  lower: null,
  upper: 300,
  method: 'share_of_checks',
  checksPlanned: null,
  startValue: null,
};

it.each<{ why: string; goal: Goal; value: number | null }>([
  // 70,000 + 0.25 × (110,000 − 70,000)
  { why: 'on the way up', goal: { kind: 'reach', startValue: 70_000, targetValue: 110_000 }, value: 80_000 },
  // 100 + 0.25 × (60 − 100)
  { why: 'on the way down', goal: { kind: 'reach', startValue: 100, targetValue: 60 }, value: 90 },
  // 20 % more than 200 is 240; a quarter of the way is 210.
  {
    why: 'of a change from its baseline',
    goal: { kind: 'change', percent: 20, mode: 'relative', baselineValue: 200 },
    value: 210,
  },
  { why: 'as a share of a total', goal: { kind: 'accumulate', targetValue: 920 }, value: 230 },
  // 20 a week in 4 weeks are 80.
  {
    why: 'as a share of all repetitions',
    goal: { kind: 'recurring', perPeriod: 20, periodUnit: 'week', periods: 4, carryOver: false },
    value: 20,
  },
  {
    why: 'nowhere before a baseline',
    goal: { kind: 'reach', startValue: null, targetValue: 5 },
    value: null,
  },
  { why: 'nowhere for a guardrail, which is held', goal: guardrail, value: null },
  {
    why: 'nowhere for steps, which are done or not',
    goal: { kind: 'milestone', steps: [{ name: 'Talk', weight: 1, doneOnDay: null }] },
    value: null,
  },
])('a quarter of the way, the value is expected $why', ({ goal, value }) => {
  expect(expectedValue(goal, 0.25)).toBe(value);
});

describe('steps are expected whole', () => {
  const steps = (...weights: number[]): Extract<Goal, { kind: 'milestone' }> => ({
    kind: 'milestone',
    steps: weights.map((weight, i) => ({ name: `${i}`, weight, doneOnDay: null })),
  });
  it.each([
    { weights: [1], line: 0.99, expected: 0 },
    { weights: [1], line: 1, expected: 1 },
    { weights: [1, 1, 1, 1], line: 0.5, expected: 0.5 },
    { weights: [1, 1, 1, 1], line: 0.74, expected: 0.5 },
    { weights: [2, 3, 5], line: 0.5, expected: 0.5 },
    { weights: [2, 3, 5], line: 0.49, expected: 0.2 },
  ])('of $weights at $line of the line: $expected', ({ expected, line, weights }) => {
    expect(expectedSteps(steps(...weights), line)).toBeCloseTo(expected, 12);
  });
});
