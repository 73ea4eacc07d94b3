import { expect, it } from 'vitest';
import type { ParamValues } from '../../../src/domain/catalog/types.ts';
import { did, measure, period } from './measure.ts';

const week = period('2026-03-02', '2026-03-09');
const often = (params: ParamValues, events: ReturnType<typeof did>[], window = week) =>
  measure('frequency_rate', params, window, { events });

// a: 2, 3 and 8 March; b: 2 and 3 March, twice on the 3rd; c: once. Three, two and one days.
const events = [
  did('a open 2026-03-02T10:00:00Z'),
  did('a open 2026-03-03T10:00:00Z'),
  did('a open 2026-03-08T23:59:59Z'),
  did('b open 2026-03-02T10:00:00Z'),
  did('b open 2026-03-03T10:00:00Z'),
  did('b share 2026-03-03T22:00:00Z'),
  did('c open 2026-03-05T10:00:00Z'),
  did('c open 2026-03-09T00:00:00Z'), // the next week
];

it('frequency: one of three people is there on three days of the week', () => {
  expect(often({}, events)).toEqual({ value: 1 / 3, numerator: 1, denominator: 3, sampleSize: 3 });
});

it.each([
  { minDays: 1, share: 1, why: 'everybody active is there on a day' },
  { minDays: 2, share: 2 / 3, why: 'a and b; two events of one day are one day' },
  { minDays: 4, share: 0, why: 'nobody, which is a measured zero' },
])('frequency on $minDays days: $why', ({ minDays, share }) => {
  expect(often({ minDays }, events).value).toBeCloseTo(share, 12);
});

it('frequency counts local days: midnight parts two of them wherever it is', () => {
  // 04:59Z and 05:01Z are 23:59 on the 2nd and 00:01 on the 3rd in New York.
  const around = [did('a open 2026-03-03T04:59:00Z'), did('a open 2026-03-03T05:01:00Z')];
  const inNewYork = period('2026-03-02', '2026-03-09', 'America/New_York');
  expect(often({ minDays: 2 }, around, inNewYork).value).toBe(1);
  expect(often({ minDays: 2 }, around).value).toBe(0);
});

it('frequency: what happens to people is no activity, and nobody has no frequency', () => {
  const mails = [did('a mail 2026-03-02T10:00:00Z'), did('a mail 2026-03-03T10:00:00Z')];
  expect(often({ minDays: 2, passiveEvents: ['mail'] }, mails)).toMatchObject({
    value: null,
    reason: 'zero_denominator',
  });
  expect(often({ minCohort: 4 }, events)).toMatchObject({ value: null, reason: 'insufficient_sample' });
});
