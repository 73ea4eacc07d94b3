import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../src/domain/activities/records.ts';
import { march, measure, period, snapshot } from '../surveys/measure.ts';

const entry = (id: string, change: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id,
  at: new Date('2026-03-10T12:00:00Z'),
  value: 1,
  label: null,
  note: null,
  url: null,
  ...change,
});

describe('activities', () => {
  const count = (entries: ActivityEntry[], params = {}) =>
    measure('activity_count', params, march, { entries });

  it('count what carries the label, or everything when no label is asked for', () => {
    const entries = [entry('1', { label: 'interview' }), entry('2', { label: 'Interviewed' }), entry('3')];
    expect(count(entries, { label: 'interview' })).toEqual({ value: 1, sampleSize: 1 });
    expect(count(entries)).toEqual({ value: 3, sampleSize: 3 });
  });

  it('let a correction take back what it corrects, down to below nothing', () => {
    const entries = [entry('1', { value: 5 }), entry('2', { value: -2 })];
    expect(count(entries).value).toBe(3);
    expect(count([entry('2', { value: -2 })]).value).toBe(-2);
  });

  it('are zero when nothing was done, and unknown when nobody was asked', () => {
    expect(count([])).toEqual({ value: 0, sampleSize: 0 });
    expect(measure('activity_count', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
  });

  it('belong to the local day on which they happened', () => {
    // 31 March 16:30 UTC is already April in Shanghai.
    const entries = [entry('1', { at: new Date('2026-03-31T16:30:00Z') })];
    const window = period('2026-03-01', '2026-04-01', 'Asia/Shanghai');
    expect(measure('activity_count', {}, window, { entries }).value).toBe(0);
    expect(count(entries).value).toBe(1);
  });

  it('add up over split windows and do not depend on order', () => {
    const entries = fc.array(
      fc
        .tuple(
          fc.integer({ min: 0, max: 45 * 24 }),
          fc.integer({ min: -3, max: 9 }),
          fc.constantFrom('a', 'b', null),
        )
        .map(([hours, value, label]) =>
          entry(`${hours}`, { at: new Date(Date.UTC(2026, 1, 20, hours)), value, label }),
        ),
    );
    fc.assert(
      fc.property(entries, fc.integer({ min: 2, max: 30 }), (found, day) => {
        const cut = `2026-03-${String(day).padStart(2, '0')}`;
        const total = (window: typeof march, records = found) =>
          Number(measure('activity_count', { label: 'a' }, window, { entries: records }).value);
        expect(total(period('2026-03-01', cut)) + total(period(cut, '2026-04-01'))).toBe(total(march));
        expect(total(march, found.toReversed())).toBe(total(march));
      }),
    );
  });

  it('give the same sum of fractions in any order, to the last digit', () => {
    const entries = [0.1, 0.2, 0.3, 1e9].map((value, index) => entry(String(index), { value }));
    expect(count(entries.toReversed())).toEqual(count(entries));
  });
});

describe('learning plans', () => {
  const today = snapshot('2026-03-31');
  const plan = (personId: string, planned: number, completed: number) => ({ personId, planned, completed });
  const completion = (plans: ReturnType<typeof plan>[], params = {}) =>
    measure('learning_plan_completion', params, today, { plans });

  it('are pooled by default: nine of fifteen, not the mean of the people', () => {
    const plans = [plan('a', 10, 9), plan('b', 2, 0), plan('c', 3, 0)];
    expect(completion(plans)).toEqual({ value: 0.6, numerator: 9, denominator: 15, sampleSize: 3 });
    expect(completion(plans, { aggregation: 'macro' })).toMatchObject({ denominator: 3, sampleSize: 3 });
  });

  it.each(['pooled', 'macro'])('%s leaves out whoever planned nothing, whatever they did', (aggregation) => {
    const plans = [plan('a', 4, 2), plan('b', 0, 7)];
    expect(completion(plans, { aggregation })).toMatchObject({ value: 0.5, sampleSize: 1 });
  });

  it('count a person once in the mean when their plan comes in two rows', () => {
    // Ann: 3 of 4 in two rows; Bob: 0 of 1. Mean of two people (0.75 + 0)/2.
    const plans = [plan('ann', 2, 2), plan('ann', 2, 1), plan('bob', 1, 0)];
    expect(completion(plans, { aggregation: 'macro' })).toMatchObject({ value: 0.375, denominator: 2 });
  });

  it('have no value when nobody planned anything, and another reason when they were not read', () => {
    expect(completion([plan('a', 0, 0)])).toMatchObject({ value: null, reason: 'zero_denominator' });
    expect(completion([], { aggregation: 'macro' })).toMatchObject({ reason: 'zero_denominator' });
    const notRead = { value: null, reason: 'no_observation' };
    expect(measure('learning_plan_completion', {}, today, {})).toEqual(notRead);
  });
});

describe('learning time', () => {
  const hours = (personId: string, at: string, learning: number, total: number) => ({
    personId,
    at: new Date(at),
    learning,
    total,
  });

  it('is hours over hours of the window, not the mean of the people', () => {
    // (8 + 4) / (160 + 80) = 0.05; the April hours stay out.
    const records = [
      hours('a', '2026-03-02T00:00:00Z', 8, 160),
      hours('b', '2026-03-31T23:00:00Z', 4, 80),
      hours('b', '2026-04-01T00:00:00Z', 40, 40),
    ];
    expect(measure('learning_time_share', {}, march, { hours: records })).toEqual({
      value: 0.05,
      numerator: 12,
      denominator: 240,
      sampleSize: 2,
    });
  });

  it('is zero when people worked and did not learn, and no number when nobody logged any time', () => {
    const worked = [hours('a', '2026-03-02T00:00:00Z', 0, 8)];
    expect(measure('learning_time_share', {}, march, { hours: worked }).value).toBe(0);
    expect(measure('learning_time_share', {}, march, { hours: [] })).toMatchObject({
      reason: 'zero_denominator',
    });
    expect(measure('learning_time_share', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
  });
});
