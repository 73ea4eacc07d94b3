import { describe, expect, it } from 'vitest';
import type { Goal } from '../../src/domain/key-result.ts';
import { checkOverride, MAX_OVERRIDE_DAYS, overrideOn } from '../../src/domain/override.ts';
import { type EvaluationInput, evaluateKeyResult } from '../../src/domain/snapshot.ts';

const cycle = { startDay: '2026-07-01', endDay: '2026-10-01', timeZone: 'UTC' };
const reach: Goal = { kind: 'reach', startValue: 0, targetValue: 100 };
const today = '2026-08-16';
const days = (fromDay: string, untilDay: string, value = 50) => ({ value, fromDay, untilDay });

describe('an override', () => {
  it('is in force on its first and its last day, and not beside them', () => {
    const one = { id: 'ovr_1', ...days('2026-08-10', '2026-08-16') };
    expect(overrideOn([one], '2026-08-10')).toBe(one);
    expect(overrideOn([one], '2026-08-16')).toBe(one);
    expect(overrideOn([one], '2026-08-09')).toBeNull();
    expect(overrideOn([one], '2026-08-17')).toBeNull();
  });

  it('gives way to a newer one on the days that both have', () => {
    const [older, newer] = [
      { id: 'ovr_1', ...days('2026-08-01', '2026-08-20') },
      { id: 'ovr_2', ...days('2026-08-15', '2026-08-16') },
    ];
    expect(overrideOn([older, newer], '2026-08-16')).toBe(newer);
    expect(overrideOn([older, newer], '2026-08-17')).toBe(older);
  });

  it('C25: ends, because it lasts a month at most', () => {
    // From 1 to 31 August are 31 days; one more is too many.
    expect(checkOverride(reach, days('2026-08-01', '2026-08-31'), cycle, today)).toEqual([]);
    const [problem] = checkOverride(reach, days('2026-08-01', '2026-09-01'), cycle, today);
    expect(problem).toMatchObject({ field: 'untilDay' });
    expect(problem?.problem).toContain(
      `32 days, and an override lasts ${MAX_OVERRIDE_DAYS} at most; end it by 2026-08-31`,
    );
  });

  it.each([
    {
      given: days('2026-08-10', '2026-08-15'),
      field: 'untilDay',
      says: 'past days keep what was believed then',
    },
    { given: days('2026-08-20', '2026-08-18'), field: 'untilDay', says: 'before it begins on 2026-08-20' },
    { given: days('2026-06-25', '2026-08-18'), field: 'untilDay', says: 'lasts 31 at most' },
    {
      given: days('2026-09-25', '2026-10-02'),
      field: 'fromDay',
      says: 'does not lie in the cycle of 2026-07-01 to 2026-09-30',
    },
    { given: days('2026-08-32', '2026-09-01'), field: 'fromDay', says: 'is not a day of the calendar' },
    { given: days('2026-08-16', '2026-08-17', Number.NaN), field: 'value', says: 'must be a number' },
  ])('is refused: $says', ({ given, field, says }) => {
    const [problem] = checkOverride(reach, given, cycle, today);
    expect(problem?.field).toBe(field);
    expect(problem?.problem).toContain(says);
  });

  it('says what to do instead where no single value can speak for the goal', () => {
    const steps: Goal = { kind: 'milestone', steps: [{ name: 'Talk', weight: 1, doneOnDay: null }] };
    expect(checkOverride(steps, days(today, today), cycle, today)[0]?.problem).toContain('tick its steps');
  });
});

describe('an evaluation under an override', () => {
  const point = (day: string, value: number) => ({
    day,
    value,
    numerator: null,
    denominator: null,
    revision: 1,
  });
  const input = (over: Partial<EvaluationInput>): EvaluationInput => ({
    goal: reach,
    unit: 'count',
    paceCurve: { kind: 'linear' },
    cycle,
    source: {
      traits: { kind: 'stock', timeZone: 'UTC', settlesAfterHours: 24, staleAfterDays: 3 },
      health: {
        paused: false,
        connectionState: 'active',
        everyMinutes: 60,
        fetchedAt: new Date('2026-08-16T09:00:00Z'),
        lastFailure: null,
      },
    },
    points: [point('2026-08-13', 10), point('2026-08-14', 20)],
    previous: null,
    now: new Date('2026-08-16T10:00:00Z'),
    ...over,
  });

  it('C25: takes the stated value, for today, and uses no point of the source', () => {
    const override = { id: 'ovr_1', ...days('2026-08-16', '2026-08-17', 75) };
    expect(evaluateKeyResult(input({ overrides: [override] }))).toMatchObject({
      asOfDay: '2026-08-16',
      currentValue: 75,
      progress: 0.75,
      usedPoints: [],
      override,
    });
  });

  it('C25: lets the source speak again on the day after', () => {
    const override = { id: 'ovr_1', ...days('2026-08-14', '2026-08-15', 75) };
    // A stock that settles a day late: on the 16th the 14th is the newest that counts.
    expect(evaluateKeyResult(input({ overrides: [override] }))).toMatchObject({
      asOfDay: '2026-08-14',
      currentValue: 20,
      override: null,
    });
  });

  it('keeps the state of the data apart: a broken source stays visible', () => {
    const override = { id: 'ovr_1', ...days('2026-08-16', '2026-08-17', 75) };
    const broken = input({ overrides: [override], now: new Date('2026-08-17T10:00:00Z') });
    const paused = {
      ...broken,
      source: { ...broken.source!, health: { ...broken.source!.health, paused: true } },
    };
    expect(evaluateKeyResult(paused)).toMatchObject({ status: 'on_track', dataState: 'paused' });
  });

  it('stands for the total so far of an accumulated goal, and for one check of a guardrail', () => {
    const override = { id: 'ovr_1', ...days('2026-08-16', '2026-08-17', 30) };
    const total = evaluateKeyResult(
      input({ goal: { kind: 'accumulate', targetValue: 120 }, overrides: [override] }),
    );
    expect(total).toMatchObject({ currentValue: 30, progress: 0.25, missingDays: [] });
    const limit: Goal = {
      kind: 'guardrail',
      operator: 'at_most',
      lower: null,
      upper: 20,
      method: 'share_of_checks',
      checksPlanned: null,
      startValue: null,
    };
    expect(evaluateKeyResult(input({ goal: limit, overrides: [override] }))).toMatchObject({ progress: 0 });
  });
});
