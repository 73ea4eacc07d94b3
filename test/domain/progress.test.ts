import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import type { Goal } from '../../src/domain/key-result.ts';
import { type ProgressTraits, progressOf, reachProgress } from '../../src/domain/progress.ts';

const cycle = { startDay: '2026-07-01', endDay: '2026-10-01', timeZone: 'UTC' };
const stock: ProgressTraits = { kind: 'stock', everyDayExpected: true };
const flow: ProgressTraits = { kind: 'flow', everyDayExpected: true };
const point = (day: string, value: number | null) => ({ day, value, numerator: null, denominator: null });
/** One point a day from the start of the cycle. */
const daily = (...values: (number | null)[]) =>
  values.map((value, i) => point(addDays(cycle.startDay, i), value));

// Oracle: the worked example on Quantive's help page, open bugs from 100 down to 60.
const bugs = { startValue: 100, targetValue: 60 };

it.each([
  { current: 80, progress: 0.5, why: 'halfway down is half done' },
  { current: 50, progress: 1.25, why: 'C7: a beaten target reads above 1' },
  { current: 110, progress: -0.25, why: 'C6: moving away reads below 0' },
  { current: null, progress: null, why: 'C5: unmeasured is not zero' },
])('reachProgress: $why', ({ current, progress }) => {
  expect(reachProgress(bugs, current)).toBe(progress);
});

it('C1: 200 down to 0, now 100, is half done', () => {
  expect(reachProgress({ startValue: 200, targetValue: 0 }, 100)).toBe(0.5);
});

it('C2: refuses a goal with no distance to cover', () => {
  expect(() => reachProgress({ startValue: 5, targetValue: 5 }, 5)).toThrow(RangeError);
});

it('C4: a measured zero is progress like any other value', () => {
  // From 200 down to 0, measured 0: all of it.
  const goal: Goal = { kind: 'reach', startValue: 200, targetValue: 0 };
  expect(progressOf(goal, daily(0), '2026-07-01', cycle, stock)).toMatchObject({ value: 1, current: 0 });
});

it('C8: 40 to 50, still at 40, has made no progress', () => {
  expect(reachProgress({ startValue: 40, targetValue: 50 }, 40)).toBe(0);
});

describe('an accumulate goal', () => {
  const goal: Goal = { kind: 'accumulate', targetValue: 100 };

  it('adds the days of the cycle, and no others', () => {
    const before = point('2026-06-30', 1000);
    const after = point('2026-10-01', 1000);
    const reading = progressOf(goal, [before, ...daily(10, 0, 15), after], '2026-10-05', cycle, flow);
    expect(reading).toMatchObject({ value: 0.25, current: 25 });
  });

  it('names the days without a value instead of calling them zero', () => {
    const reading = progressOf(goal, daily(10, null, 15), '2026-07-04', cycle, flow);
    expect(reading).toMatchObject({ current: 25, missingDays: ['2026-07-02', '2026-07-04'] });
  });

  it('has no value before the first point', () => {
    const reading = progressOf(goal, daily(null), '2026-07-01', cycle, flow);
    expect(reading).toMatchObject({ value: null, reason: 'no_observation', current: null });
  });

  it.each(['stock', 'ratio', 'distinct'] as const)('does not add up the days of a %s', (kind) => {
    const reading = progressOf(goal, daily(10, 15), '2026-07-02', cycle, { kind, everyDayExpected: true });
    expect(reading).toMatchObject({ value: null, reason: 'not_combinable' });
  });

  it('never falls while nothing negative arrives', () => {
    const values = fc.array(fc.nat(1000), { minLength: 2, maxLength: 90 });
    fc.assert(
      fc.property(values, (all) => {
        const points = daily(...all);
        const series = points.map(
          ({ day }) => progressOf(goal, points, day, cycle, flow).value ?? Number.NaN,
        );
        series.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(series[i] ?? 0));
      }),
    );
  });
});

describe('a reach goal', () => {
  const goal: Goal = { kind: 'reach', startValue: 0, targetValue: 100 };

  it('falls back when the value falls back: the latest counts, not the best', () => {
    expect(progressOf(goal, daily(90, 40), '2026-07-02', cycle, stock).value).toBe(0.4);
  });

  it('reads the same whatever comes after the day it speaks for', () => {
    const values = fc.array(fc.option(fc.nat(200)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.nat(59), (all, at) => {
        const asOfDay = addDays(cycle.startDay, at);
        const known = daily(...all).filter(({ day }) => day <= asOfDay);
        expect(progressOf(goal, daily(...all), asOfDay, cycle, stock)).toEqual(
          progressOf(goal, known, asOfDay, cycle, stock),
        );
      }),
    );
  });

  it('moves with the value when the target lies above, and against it when it lies below', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(number, number, number, number, (startValue, targetValue, a, b) => {
        fc.pre(startValue !== targetValue && a < b);
        const [low, high] = [a, b].map((value) => reachProgress({ startValue, targetValue }, value) ?? 0);
        const up = targetValue > startValue;
        expect((low ?? 0) < (high ?? 0)).toBe(up);
      }),
    );
  });

  it('says that it waits for its baseline, also before the first value', () => {
    const open: Goal = { kind: 'reach', startValue: null, targetValue: 100 };
    for (const points of [daily(5), []]) {
      const reading = progressOf(open, points, '2026-07-01', cycle, stock);
      expect(reading).toMatchObject({ value: null, reason: 'awaiting_baseline' });
    }
  });

  it('combines the newest days of a rate by its parts when asked to', () => {
    const rates = [
      { day: '2026-07-01', value: 0.5, numerator: 1, denominator: 2 },
      { day: '2026-07-02', value: 0.1, numerator: 1, denominator: 10 },
      { day: '2026-07-03', value: 0.4, numerator: 4, denominator: 10 },
    ];
    const ratio: ProgressTraits = { kind: 'ratio', everyDayExpected: true, aggregate: { trailingDays: 2 } };
    // (1 + 4) / (10 + 10) = 0.25, from 0 to 0.5 is half.
    const half: Goal = { kind: 'reach', startValue: 0, targetValue: 0.5 };
    expect(progressOf(half, rates, '2026-07-03', cycle, ratio)).toMatchObject({ value: 0.5, current: 0.25 });
  });
});

it('says that there was nothing to divide by, rather than that there was no value', () => {
  const empty = [{ day: '2026-07-01', value: null, numerator: 0, denominator: 0 }];
  const ratio: ProgressTraits = { kind: 'ratio', everyDayExpected: true, aggregate: { trailingDays: 7 } };
  const goal: Goal = { kind: 'reach', startValue: 0, targetValue: 0.5 };
  expect(progressOf(goal, empty, '2026-07-01', cycle, ratio)).toMatchObject({
    value: null,
    reason: 'zero_denominator',
  });
});

it('counts a step from the day it was done', () => {
  const steps = [
    { name: 'a', weight: 1, doneOnDay: '2026-07-10' },
    { name: 'b', weight: 3, doneOnDay: null },
  ];
  const on = (day: string) => progressOf({ kind: 'milestone', steps }, [], day, cycle, stock).value;
  expect([on('2026-07-09'), on('2026-07-10')]).toEqual([0, 0.25]);
});

describe('C15: a flow stated per month', () => {
  const perMonth: ProgressTraits = { kind: 'flow', everyDayExpected: true, aggregate: 'last_complete_month' };
  const goal: Goal = { kind: 'reach', startValue: 0, targetValue: 310 };
  const july = Array.from({ length: 31 }, (_, i) => point(addDays('2026-07-01', i), 5)); // 155
  const august = Array.from({ length: 4 }, (_, i) => point(addDays('2026-08-01', i), 5));

  it('compares the last whole month on the 5th, not the four days since', () => {
    const reading = progressOf(goal, [...july, ...august], '2026-08-04', cycle, perMonth);
    expect(reading).toMatchObject({ value: 0.5, current: 155 });
    expect(reading.used.at(-1)?.day).toBe('2026-07-31');
  });

  it('changes over on the last day of a month, not a day later', () => {
    const reading = progressOf(goal, july, '2026-07-31', cycle, perMonth);
    expect(reading.current).toBe(155);
    expect(progressOf(goal, july, '2026-07-30', cycle, perMonth)).toMatchObject({ reason: 'no_observation' });
  });

  it('falls back to the last month without a hole: a missing day would read as a fall', () => {
    const holed = july.map((item) => (item.day === '2026-07-15' ? { ...item, value: null } : item));
    const june = Array.from({ length: 30 }, (_, i) => point(addDays('2026-06-01', i), 2)); // 60
    const reading = progressOf(goal, [...june, ...holed], '2026-08-04', cycle, perMonth);
    expect(reading.current).toBe(60);
  });
});

describe('C3: a guardrail holds exactly on its bound', () => {
  const guardrail = (operator: 'at_least' | 'at_most' | 'between'): Goal => ({
    kind: 'guardrail',
    operator,
    lower: 10,
    upper: 20,
    method: 'latest',
    checksPlanned: null,
    startValue: null,
  });
  it.each([
    { operator: 'at_least', value: 10, holds: 1 },
    { operator: 'at_least', value: 9.999, holds: 0 },
    { operator: 'at_most', value: 20, holds: 1 },
    { operator: 'at_most', value: 20.001, holds: 0 },
    { operator: 'between', value: 10, holds: 1 },
    { operator: 'between', value: 20, holds: 1 },
    { operator: 'between', value: 20.001, holds: 0 },
  ] as const)('$operator 10/20 at $value: $holds', ({ holds, operator, value }) => {
    expect(progressOf(guardrail(operator), daily(value), '2026-07-01', cycle, stock).value).toBe(holds);
  });
});

it('holds planned checks that were not made against a guardrail, but only those due so far', () => {
  const goal: Goal = {
    kind: 'guardrail',
    operator: 'at_most',
    lower: null,
    upper: 20,
    method: 'share_of_planned',
    checksPlanned: 92,
    startValue: null,
  };
  // 46 of 92 days have passed; 40 checks were made and all held: 40/92 of the goal, 40 of 46 due.
  const reading = progressOf(goal, daily(...Array.from({ length: 40 }, () => 7)), '2026-08-15', cycle, stock);
  expect(reading.value).toBe(40 / 92);
  expect(reading.kept).toEqual({ met: 40, periods: 46, share: 40 / 46 });
});

describe('a recurring goal', () => {
  const weekly: Goal = { kind: 'recurring', perPeriod: 1, periodUnit: 'week', periods: 12, carryOver: false };
  const byHand: ProgressTraits = { kind: 'flow', everyDayExpected: false };
  // Weeks of 1, 8, 15 and 22 July: done 1, 2, 0, 1.
  const entries = [point('2026-07-02', 1), point('2026-07-09', 2), point('2026-07-23', 1)];

  it('judges the weeks that are over, and not the running one', () => {
    // Sunday 26 July lies in week four: three are over, two of them were met.
    expect(progressOf(weekly, entries, '2026-07-26', cycle, byHand).kept).toEqual({
      met: 2,
      periods: 3,
      share: 2 / 3,
    });
    expect(progressOf(weekly, entries, '2026-07-28', cycle, byHand).kept).toEqual({
      met: 3,
      periods: 4,
      share: 0.75,
    });
  });

  it('does not call a week broken that lacks a day', () => {
    const zeros = Array.from({ length: 21 }, (_, i) => point(addDays('2026-07-01', i), i === 16 ? null : 0));
    const measured = zeros.map((item) => ({ ...item, value: item.day === '2026-07-02' ? 1 : item.value }));
    // Week one met, week two broken, week three lacks 17 July: one of two.
    expect(progressOf(weekly, measured, '2026-07-21', cycle, flow).kept).toEqual({
      met: 1,
      periods: 2,
      share: 0.5,
    });
  });

  it('counts months from the start day', () => {
    const monthly: Goal = { ...weekly, periodUnit: 'month', periods: 3 };
    const reading = progressOf(
      monthly,
      [point('2026-07-31', 1), point('2026-09-30', 1)],
      '2026-09-30',
      cycle,
      byHand,
    );
    expect(reading.kept).toEqual({ met: 2, periods: 3, share: 2 / 3 });
    expect(reading.value).toBeCloseTo(2 / 3, 12);
  });
});
