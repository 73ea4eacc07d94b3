import { describe, expect, it } from 'vitest';
import {
  captureBaseline,
  checkBaselineRule,
  usualBaselineRule,
  withoutBaseline,
} from '../../src/domain/baseline.ts';
import { eachDay } from '../../src/domain/day.ts';
import { checkGoal } from '../../src/domain/goal.ts';
import type { Goal } from '../../src/domain/key-result.ts';
import { type EvaluationInput, evaluateKeyResult } from '../../src/domain/snapshot.ts';

const cycle = { startDay: '2026-07-01', endDay: '2026-10-01', timeZone: 'UTC' };
const point = (day: string, value: number | null, revision = 1) => ({
  day,
  value,
  numerator: null,
  denominator: null,
  revision,
});
const lower: Goal = { kind: 'change', percent: -30, mode: 'relative', baselineValue: null };

const input = (over: Partial<EvaluationInput> = {}, nowText = '2026-07-03T10:00:00Z'): EvaluationInput => ({
  goal: lower,
  unit: 'count',
  paceCurve: { kind: 'linear' },
  cycle,
  source: {
    traits: { kind: 'stock', timeZone: 'UTC', settlesAfterHours: 24, staleAfterDays: 3 },
    health: {
      paused: false,
      connectionState: 'active',
      everyMinutes: 60,
      fetchedAt: new Date(nowText),
      lastFailure: null,
    },
  },
  points: [point('2026-06-29', 180), point('2026-06-30', 200, 3), point('2026-07-01', 170)],
  previous: null,
  now: new Date(nowText),
  ...over,
});

describe('G8: a relative goal measures its own baseline', () => {
  it('captures it over its window with the revision of each point, and is judged by it at once', () => {
    // 30 % down from 200 is 140; at 170 half of the 60 is done.
    const evaluation = evaluateKeyResult(input());
    expect(evaluation.captured).toMatchObject({
      value: 200,
      rule: 'last_value',
      startDay: '2026-06-30',
      endDay: '2026-07-01',
      usedPoints: [{ day: '2026-06-30', revision: 3 }],
    });
    expect(evaluation).toMatchObject({ startValue: 200, targetValue: 140, currentValue: 170, progress: 0.5 });
  });

  it('waits until the last day before the start has settled', () => {
    // 30 June ends on 1 July 00:00 and settles a day later.
    const early = evaluateKeyResult(input({}, '2026-07-01T23:59:00Z'));
    expect(early).toMatchObject({ captured: null, progress: null });
    expect(evaluateKeyResult(input({}, '2026-07-02T00:00:00Z')).captured?.value).toBe(200);
  });

  it('C27: is never measured again once it is frozen, whatever the points say later', () => {
    const frozen: Goal = { ...lower, baselineValue: 200 };
    const restated = input({ goal: frozen, points: [point('2026-06-30', 999), point('2026-07-01', 170)] });
    expect(evaluateKeyResult(restated)).toMatchObject({ captured: null, startValue: 200, progress: 0.5 });
  });

  it('never takes the absence of days before the start for a zero', () => {
    const evaluation = evaluateKeyResult(input({ points: [point('2026-07-01', 170)] }));
    expect(evaluation).toMatchObject({
      captured: null,
      startValue: null,
      progress: null,
      statusReason: { code: 'awaiting_baseline' },
    });
  });

  it('C17: shows no progress where points off the captured value are impossible', () => {
    // 5 % - 10 points = -5 %: a goal like that is refused when its start is known, and impossible when it is found out.
    const points: Goal = { kind: 'change', percent: -10, mode: 'points', baselineValue: null };
    const churn = input({
      goal: points,
      unit: 'ratio',
      points: [point('2026-06-30', 0.05), point('2026-07-01', 0.04)],
    });
    expect(evaluateKeyResult(churn)).toMatchObject({
      startValue: 0.05,
      progress: null,
      statusReason: { code: 'impossible_target' },
    });
    expect(checkGoal({ ...points, baselineValue: 0.05 }, 'ratio')[0]?.problem).toContain(
      '5 % - 10 points = -5 %',
    );
  });
});

describe('the rule of a baseline', () => {
  const week = eachDay('2026-06-24', '2026-07-01').map((day, at) => point(day, at + 1));

  it('uses the window of what is compared, so that both sides have the same length', () => {
    // 28 days of June end on the 30th: as_compared adds up 1 to 7 where only they exist.
    const seven = captureBaseline({ kind: 'as_compared' }, week, 'flow', { trailingDays: 7 }, '2026-07-01');
    expect(seven).toMatchObject({ value: 28, startDay: '2026-06-24', endDay: '2026-07-01' });
    expect(usualBaselineRule({ trailingDays: 7 }, 'flow')).toEqual({ kind: 'as_compared' });
    expect(usualBaselineRule('last_complete_month', 'flow')).toEqual({ kind: 'as_compared' });
  });

  it('captures a level as it stood, and the mean of anything that jumps from day to day', () => {
    expect(usualBaselineRule('latest', 'stock')).toEqual({ kind: 'last_value', days: 7 });
    expect(usualBaselineRule('latest', 'ratio')).toEqual({ kind: 'trailing_mean', days: 28 });
    // (1 + … + 7) ÷ 7 = 4.
    const mean = captureBaseline({ kind: 'trailing_mean', days: 7 }, week, 'stock', 'latest', '2026-07-01');
    expect(mean).toMatchObject({ value: 4, startDay: '2026-06-24' });
  });

  it('does not make a whole window of half a one', () => {
    const half = captureBaseline(
      { kind: 'as_compared' },
      week.slice(3),
      'flow',
      { trailingDays: 7 },
      '2026-07-01',
    );
    expect(half).toBeNull();
  });

  it('is refused for goals that have no start, and for windows that nobody stores', () => {
    const total: Goal = { kind: 'accumulate', targetValue: 10 };
    expect(checkBaselineRule(total, { kind: 'as_compared' })?.problem).toContain('accumulate');
    expect(checkBaselineRule(lower, { kind: 'trailing_mean', days: 181 })?.problem).toContain('1 to 180');
    expect(checkBaselineRule(lower, { kind: 'trailing_mean', days: 180 })).toBeNull();
  });

  it('is forgotten without touching the rest of the goal', () => {
    expect(withoutBaseline({ ...lower, baselineValue: 200 })).toEqual(lower);
  });
});
