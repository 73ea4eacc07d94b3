import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import { combine, isSettled, lastSettledDay, type MetricTraits } from '../../src/domain/metric.ts';

const point = (
  day: string,
  value: number | null,
  numerator: number | null = null,
  denominator: number | null = null,
) => ({
  day,
  value,
  numerator,
  denominator,
});
const traits = (change: Partial<MetricTraits> = {}): MetricTraits => ({
  kind: 'flow',
  timeZone: 'America/New_York',
  settlesAfterHours: 0,
  staleAfterDays: 3,
  ...change,
});

describe('a day settles so many hours after its local end', () => {
  // New York is UTC-4 in August: 11 August ends at 04:00 UTC on the 12th.
  it.each([
    { hours: 0, now: '2026-08-12T03:59:59Z', settled: false },
    { hours: 0, now: '2026-08-12T04:00:00Z', settled: true },
    { hours: 24, now: '2026-08-13T03:59:59Z', settled: false },
    { hours: 24, now: '2026-08-13T04:00:00Z', settled: true },
    { hours: 48, now: '2026-08-14T04:00:00Z', settled: true },
  ])('$hours hours, at $now: $settled', ({ hours, now, settled }) => {
    expect(isSettled('2026-08-11', traits({ settlesAfterHours: hours }), new Date(now))).toBe(settled);
  });

  it('counts hours, not days, across a change of clocks', () => {
    // 1 Nov 2026 has 25 hours in New York and ends at 05:00 UTC; 24 hours later is 05:00 UTC on the 3rd.
    const day = traits({ settlesAfterHours: 24 });
    expect(lastSettledDay(day, new Date('2026-11-03T04:59:59Z'))).toBe('2026-10-31');
    expect(lastSettledDay(day, new Date('2026-11-03T05:00:00Z'))).toBe('2026-11-01');
  });

  it('lets a live reading of a stock count on the day it is taken, and no other', () => {
    const live = traits({ kind: 'stock' });
    const noon = new Date('2026-08-12T16:00:00Z');
    expect([lastSettledDay(live, noon), lastSettledDay(traits(), noon)]).toEqual([
      '2026-08-12',
      '2026-08-11',
    ]);
    expect(isSettled('2026-08-13', live, noon)).toBe(false);
  });
});

describe('how points combine is decided by the kind', () => {
  const days = [point('2026-08-01', 3), point('2026-08-02', 0), point('2026-08-03', 4)];

  it('adds a flow', () => {
    expect(combine('flow', days)).toEqual({ value: 7 });
  });

  it('takes the last day of a stock', () => {
    expect(combine('stock', days)).toEqual({ value: 4 });
  });

  it('divides the sums of a ratio, which is not the mean of the rates', () => {
    // 1 of 2 and 1 of 8: 2/10, where the mean of 0.5 and 0.125 would be 0.3125.
    const rates = [point('2026-08-01', 0.5, 1, 2), point('2026-08-02', 0.125, 1, 8)];
    expect(combine('ratio', rates)).toEqual({ value: 0.2 });
  });

  it('C10: never adds up the people of several days', () => {
    expect(combine('distinct', days)).toEqual({ value: null, reason: 'not_combinable' });
    expect(combine('distinct', days.slice(0, 1))).toEqual({ value: 3 });
  });

  it('does not weigh a rate whose parts are unknown', () => {
    const parts = [point('2026-08-01', 0.5), point('2026-08-02', 0.2, 1, 5)];
    expect(combine('ratio', parts)).toEqual({ value: null, reason: 'not_combinable' });
    expect(combine('ratio', parts.slice(0, 1))).toEqual({ value: 0.5 });
  });

  it('C4: counts a zero, C5: and has no value where there is none', () => {
    expect(combine('flow', [point('2026-08-01', 0)])).toEqual({ value: 0 });
    expect(combine('flow', [point('2026-08-01', null)])).toEqual({ value: null, reason: 'no_observation' });
    expect(combine('ratio', [point('2026-08-01', null, 0, 0)])).toEqual({
      value: null,
      reason: 'zero_denominator',
    });
    expect(combine('stock', [])).toEqual({ value: null, reason: 'no_observation' });
  });

  it('gives the same value in any order of the points', () => {
    const many = fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 50 })), {
      minLength: 1,
    });
    const kind = fc.constantFrom('flow', 'stock', 'ratio', 'distribution', 'distinct');
    fc.assert(
      fc.property(many, kind, fc.infiniteStream(fc.nat()), (values, which, keys) => {
        const points = values.map(([n, d], i) => point(addDays('2026-01-01', i), n / d, n, d));
        const shuffled = points
          .map((item) => ({ item, key: keys.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ item }) => item);
        expect(combine(which, shuffled)).toEqual(combine(which, points));
      }),
    );
  });

  it('gives a flow the same total whole or in two parts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 2 }), fc.nat(), (values, at) => {
        const points = values.map((value, i) => point(addDays('2026-01-01', i), value));
        const cut = 1 + (at % (points.length - 1));
        const total = (some: typeof points) => combine('flow', some).value ?? 0;
        expect(total(points.slice(0, cut)) + total(points.slice(cut))).toBe(total(points));
      }),
    );
  });
});
