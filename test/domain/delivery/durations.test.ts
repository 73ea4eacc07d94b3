import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployment, WorkItem } from '../../../src/domain/delivery/records.ts';
import { march, measure, period } from '../surveys/measure.ts';

const hourMs = 3_600_000;
const begun = new Date('2026-03-02T00:00:00Z');
const item = (hours: number, id = String(hours)): WorkItem => ({
  id,
  createdAt: begun,
  doneAt: new Date(begun.getTime() + hours * hourMs),
});
const leadTime = (items: WorkItem[], params = {}) => measure('lead_time', params, march, { items });

describe('lead time', () => {
  const week = [24, 48, 96, 240].map((hours) => item(hours));

  it('is a mean in days when nothing else is said, with the median beside it', () => {
    // 1, 2, 4 and 10 days: 17/4; the middle two are 2 and 4; p85 lies at 0.85 x 3 = 2.55, so 4 + 0.55 x 6.
    expect(leadTime(week)).toEqual({
      value: 4.25,
      numerator: 17,
      denominator: 4,
      sampleSize: 4,
      beside: { mean: 4.25, median: 3, p85: expect.closeTo(7.3, 12) },
    });
  });

  it.each([
    { stat: 'median', value: 3 },
    { stat: 'p85', value: 7.3 },
  ])(
    '$stat is $value days and gives no quotient, because two of them cannot be combined',
    ({ stat, value }) => {
      const found = leadTime(week, { stat });
      expect(found.value).toBeCloseTo(value, 12);
      expect([found.numerator, found.denominator]).toEqual([undefined, undefined]);
    },
  );

  it.each([
    { hours: [5], p85: 5 },
    { hours: [0, 20], p85: 17 },
    // Twenty-one values 0 to 20: place 0.85 x 20 = 17.
    { hours: Array.from({ length: 21 }, (_, index) => index), p85: 17 },
  ])('p85 of $hours hours is $p85', ({ hours, p85 }) => {
    const items = hours.map((each) => item(each));
    expect(leadTime(items, { stat: 'p85', unit: 'hours' }).value).toBeCloseTo(p85, 12);
  });

  it('can be in hours', () => {
    expect(leadTime(week, { unit: 'hours' })).toMatchObject({ value: 102, numerator: 408 });
  });

  it('belongs to the window in which the work was done, and work still open to none', () => {
    const old = {
      id: 'old',
      createdAt: new Date('2025-01-01T00:00:00Z'),
      doneAt: new Date('2026-02-28T23:59:59Z'),
    };
    const next = { id: 'next', createdAt: begun, doneAt: new Date('2026-04-01T00:00:00Z') };
    const open = { id: 'open', createdAt: begun, doneAt: null };
    expect(leadTime([item(24), old, next, open])).toMatchObject({ value: 1, denominator: 1 });
  });

  it('leaves out what was done before it began and says how many that were', () => {
    const found = leadTime([
      item(24),
      item(0),
      { ...item(5, 'x'), createdAt: new Date('2026-03-20T00:00:00Z') },
    ]);
    expect(found).toMatchObject({ value: 0.5, sampleSize: 2, beside: { endedBeforeStart: 1 } });
  });

  it('has no value without finished work, and another reason when items were not read', () => {
    expect(leadTime([])).toMatchObject({ value: null, reason: 'zero_denominator' });
    expect(leadTime([], { stat: 'median' })).toMatchObject({ value: null, reason: 'zero_denominator' });
    expect(measure('lead_time', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
  });

  it('is the same in any order, and a quantile is never beyond the shortest and longest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1 }), (hours) => {
        const items = hours.map((each, index) => item(each, String(index)));
        expect(leadTime(items.toReversed())).toEqual(leadTime(items));
        const { value } = leadTime(items, { stat: 'p85', unit: 'hours' });
        expect(value).toBeGreaterThanOrEqual(Math.min(...hours));
        expect(value).toBeLessThanOrEqual(Math.max(...hours));
      }),
    );
  });
});

describe('deployments', () => {
  const deploy = (minutes: number, conclusion = 'success', day = 5): Deployment => {
    const startedAt = new Date(Date.UTC(2026, 2, day, 10));
    return { startedAt, finishedAt: new Date(startedAt.getTime() + minutes * 60_000), conclusion };
  };
  const running = { startedAt: begun, finishedAt: null, conclusion: 'success' };
  const deploys = [deploy(2), deploy(3), deploy(61), deploy(40, 'failure'), deploy(1, 'cancelled'), running];

  it('take their mean by default, with the median beside it, where one hung run shows', () => {
    expect(measure('deployment_minutes', { stat: 'median' }, march, { deploys })).toMatchObject({
      value: 3,
      sampleSize: 3,
    });
    expect(measure('deployment_minutes', {}, march, { deploys })).toMatchObject({
      value: 22,
      numerator: 66,
      denominator: 3,
      beside: { median: 3 },
    });
    // 0.85 x 2 = 1.7: 3 + 0.7 x 58.
    expect(measure('deployment_minutes', { stat: 'p85' }, march, { deploys }).value).toBeCloseTo(43.6, 12);
  });

  it('count only when they succeeded and finished', () => {
    expect(measure('deployment_count', {}, march, { deploys }).value).toBe(3);
    expect(measure('deployment_count', {}, march, { deploys: [] }).value).toBe(0);
  });

  it('have no value when they were not read, and no duration when there were none', () => {
    expect(measure('deployment_count', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
    expect(measure('deployment_minutes', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
    expect(measure('deployment_minutes', {}, march, { deploys: [] })).toMatchObject({
      reason: 'zero_denominator',
    });
  });

  it('add up over split windows', () => {
    const many = fc.array(
      fc
        .tuple(fc.integer({ min: -5, max: 40 }), fc.constantFrom('success', 'failure'))
        .map(([day, conclusion]) => deploy(5, conclusion, day)),
    );
    fc.assert(
      fc.property(many, fc.integer({ min: 2, max: 30 }), (found, day) => {
        const cut = `2026-03-${String(day).padStart(2, '0')}`;
        const count = (window: typeof march) =>
          Number(measure('deployment_count', {}, window, { deploys: found }).value);
        expect(count(period('2026-03-01', cut)) + count(period(cut, '2026-04-01'))).toBe(count(march));
      }),
    );
  });
});
