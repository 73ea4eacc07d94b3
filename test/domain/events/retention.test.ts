import { expect, it } from 'vitest';
import type { MetricWindow } from '../../../src/domain/catalog/types.ts';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import { cohort, did, measure } from './measure.ts';

const year = cohort('2026-01-01', '2027-01-01', '2028-01-01T00:00:00Z');
function retention(events: ProductEvent[], params = {}, window: MetricWindow = year) {
  return measure('retention', { startEvent: 'sign_up', ...params }, window, { events });
}
function back(start: string, again: string, params: object, window?: MetricWindow) {
  return retention([did(`a sign_up ${start}`), did(`a open ${again}`)], params, window).value;
}

it('is the one-month retention of days 30 to 59 unless told otherwise', () => {
  const start = '2026-03-01T10:00:00Z';
  expect(back(start, '2026-03-31T09:59:59Z', {})).toBe(0);
  expect(back(start, '2026-03-31T10:00:00Z', {})).toBe(1); // day 30 begins
  expect(back(start, '2026-04-30T09:59:59Z', {})).toBe(1); // day 59 ends
  expect(back(start, '2026-04-30T10:00:00Z', {})).toBe(0);
});

it('28 days after 31 January is calendar month 1, and no rolling month', () => {
  const pair = ['2026-01-31T10:00:00Z', '2026-02-28T10:00:00Z'] as const;
  const month = { criterion: 'on', unit: 'month', n: 1 };
  expect(back(...pair, { ...month, clock: 'calendar' })).toBe(1);
  expect(back(...pair, { ...month, clock: 'rolling' })).toBe(0);
});

it('calendar month 2 of 31 January is March, whole', () => {
  const month2 = { criterion: 'on', unit: 'month', n: 2, clock: 'calendar' };
  const seen = (again: string) => back('2026-01-31T10:00:00Z', again, month2);
  expect([seen('2026-02-28T23:59:59Z'), seen('2026-03-01T00:00:00Z')]).toEqual([0, 1]);
  expect([seen('2026-03-31T23:59:59Z'), seen('2026-04-01T00:00:00Z')]).toEqual([1, 0]);
});

it('"24 hours later" and "the next day" part ways when clocks change', () => {
  const newYork = cohort('2026-01-01', '2027-01-01', '2028-01-01T00:00:00Z', 'America/New_York');
  const day1 = { criterion: 'on', unit: 'day', n: 1 };
  // Spring, 8 March has 23 hours: from noon on the 7th to noon on the 8th is the next day, and not yet 24 hours.
  const spring = ['2026-03-07T12:00:00-05:00', '2026-03-08T12:00:00-04:00'] as const;
  expect(back(...spring, { ...day1, clock: 'calendar' }, newYork)).toBe(1);
  expect(back(...spring, { ...day1, clock: 'rolling' }, newYork)).toBe(0);
  // Autumn, 1 November has 25 hours: from 00:00 to 23:30 of one day are 24 and a half hours.
  const autumn = ['2026-11-01T00:00:00-04:00', '2026-11-01T23:30:00-05:00'] as const;
  expect(back(...autumn, { ...day1, clock: 'calendar' }, newYork)).toBe(0);
  expect(back(...autumn, { ...day1, clock: 'rolling' }, newYork)).toBe(1);
});

it('a day of 24 and a half hours on Lord Howe is one day', () => {
  // On 5 April 2026 clocks there go back from 02:00 (+11) to 01:30 (+10:30): 24 h 30 min pass until midnight.
  const lordHowe = cohort('2026-01-01', '2027-01-01', '2028-01-01T00:00:00Z', 'Australia/Lord_Howe');
  const day1 = { criterion: 'on', unit: 'day', n: 1, clock: 'calendar' };
  const start = '2026-04-05T00:00:00+11:00';
  expect(back(start, '2026-04-05T23:59:59+10:30', day1, lordHowe)).toBe(0);
  expect(back(start, '2026-04-06T00:00:00+10:30', day1, lordHowe)).toBe(1);
});

it('the day after 29 December 2011 in Apia is the 31st: the zone skipped the 30th', () => {
  const apia = cohort('2011-12-29', '2011-12-30', '2012-03-01T00:00:00Z', 'Pacific/Apia');
  const day = (n: number) => ({ criterion: 'on', unit: 'day', n, clock: 'calendar' });
  const pair = ['2011-12-29T12:00:00-10:00', '2011-12-31T12:00:00+14:00'] as const;
  expect(back(...pair, day(1), apia)).toBe(1);
  expect(back(...pair, day(2), apia)).toBe(0);
});

it('a calendar bracket is made of local days', () => {
  const bracket = { criterion: 'bracket', bracketDays: [1, 2], clock: 'calendar' };
  const seen = (again: string) => back('2026-03-01T22:00:00Z', again, bracket);
  expect([seen('2026-03-01T23:59:59Z'), seen('2026-03-02T00:00:00Z')]).toEqual([0, 1]);
  expect([seen('2026-03-03T23:59:59Z'), seen('2026-03-04T00:00:00Z')]).toEqual([1, 0]);
});

it('weeks begin on Monday unless told otherwise', () => {
  // 8 March 2026 is a Sunday.
  const week1 = { criterion: 'on', unit: 'week', n: 1, clock: 'calendar' };
  const pair = ['2026-03-08T10:00:00Z', '2026-03-09T10:00:00Z'] as const;
  expect(back(...pair, week1)).toBe(1);
  expect(back(...pair, { ...week1, weekStart: 'sunday' })).toBe(0);
  expect(back('2026-03-09T10:00:00Z', '2026-03-15T23:59:59Z', week1)).toBe(0);
});

it('a return is strictly later than the start', () => {
  const day0 = { criterion: 'on', unit: 'day', n: 0 };
  expect(back('2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', day0)).toBe(0);
  expect(back('2026-03-01T10:00:00Z', '2026-03-01T10:00:00.001Z', day0)).toBe(1);
});

it('with times cut to the hour, later means in a later hour', () => {
  const day0 = { criterion: 'on', unit: 'day', n: 0, roundTo: 'hour' };
  expect(back('2026-03-01T10:05:00Z', '2026-03-01T10:55:00Z', day0)).toBe(0);
  expect(back('2026-03-01T10:05:00Z', '2026-03-01T11:00:00Z', day0)).toBe(1);
});

it('cuts to the hour of the local clock, which may begin at half past in UTC', () => {
  // Kolkata is 5 h 30 min ahead: 17:59 there is cut to 17:00 there, so day 1 begins at 17:00 the next day.
  const kolkata = cohort('2026-12-01', '2026-12-02', '2027-01-01T00:00:00Z', 'Asia/Kolkata');
  const day1 = { criterion: 'on', unit: 'day', n: 1, roundTo: 'hour' };
  expect(back('2026-12-01T17:59:00+05:30', '2026-12-02T17:00:00+05:30', day1, kolkata)).toBe(1);
  expect(back('2026-12-01T17:59:00+05:30', '2026-12-02T16:59:00+05:30', day1, kolkata)).toBe(0);
});

it('on or after: mature once the bucket is over, counted until asOf, and shown as still open', () => {
  const after = { criterion: 'on_or_after', unit: 'day', n: 1 };
  const events = [
    did('a sign_up 2026-03-01T10:00:00Z'),
    did('a open 2026-03-20T10:00:00Z'),
    did('b sign_up 2026-03-01T10:00:00Z'),
  ];
  const at = (asOf: string) => retention(events, after, cohort('2026-03-01', '2026-03-02', asOf));
  expect(at('2026-03-03T09:59:59Z')).toMatchObject({ value: null, reason: 'no_mature_cohort' });
  expect(at('2026-03-03T10:00:00Z')).toMatchObject({ value: 0, beside: { stillOpen: 2 } });
  expect(at('2026-03-20T10:00:00Z')).toMatchObject({ value: 0, beside: { stillOpen: 2 } });
  expect(at('2026-03-20T10:00:01Z')).toMatchObject({ value: 0.5, beside: { stillOpen: 1 } });
});

it('is mature the moment the bucket ends', () => {
  const day1 = { criterion: 'on', unit: 'day', n: 1 };
  const events = [did('a sign_up 2026-03-01T10:00:00Z'), did('a open 2026-03-02T12:00:00Z')];
  const at = (asOf: string) => retention(events, day1, cohort('2026-03-01', '2026-03-02', asOf));
  expect(at('2026-03-03T10:00:00Z')).toMatchObject({ value: 1, numerator: 1, denominator: 1, sampleSize: 1 });
  expect(at('2026-03-03T09:59:59.999Z')).toMatchObject({ value: null, beside: { immature: 1 } });
});

it('what happens to people is not their coming back', () => {
  const params = { passiveEvents: ['mail_sent'], criterion: 'on', unit: 'day', n: 1 };
  const events = [did('a sign_up 2026-03-01T10:00:00Z'), did('a mail_sent 2026-03-02T12:00:00Z')];
  expect(retention(events, params).value).toBe(0);
  expect(retention(events, { ...params, returnEvent: 'mail_sent' }).value).toBe(1);
});

it('simple average: each cohort counts alike, in the unit asked for', () => {
  // Monday 5 January: a returns, b does not. Tuesday 6: c returns. Monday 12: d does not.
  const signups = ['a 05', 'b 05', 'c 06', 'd 12'].map((text) => {
    const [user, day] = text.split(' ');
    return did(`${user} sign_up 2026-01-${day}T10:00:00Z`);
  });
  const events = [...signups, did('a open 2026-01-06T12:00:00Z'), did('c open 2026-01-07T12:00:00Z')];
  const day1 = { criterion: 'on', unit: 'day', n: 1, average: 'simple' };
  expect(retention(events, { ...day1, average: 'pooled' }).value).toBe(0.5); // 2 of 4
  expect(retention(events, { ...day1, cohortUnit: 'day' }).value).toBe(0.5); // (1/2 + 1 + 0)/3
  expect(retention(events, { ...day1, cohortUnit: 'week' }).value).toBeCloseTo(1 / 3, 12); // (2/3 + 0)/2
  expect(retention(events, { ...day1, cohortUnit: 'month' }).value).toBe(0.5); // one cohort
});

it('simple average: a cohort without mature people has no rate, rather than zero', () => {
  const events = [
    did('a sign_up 2026-01-05T10:00:00Z'),
    did('a open 2026-01-06T12:00:00Z'),
    did('b sign_up 2026-01-12T10:00:00Z'),
  ];
  const params = { criterion: 'on', unit: 'day', n: 1, average: 'simple', cohortUnit: 'week' };
  const window = cohort('2026-01-05', '2026-01-19', '2026-01-13T00:00:00Z');
  expect(retention(events, params, window)).toMatchObject({ value: 1, denominator: 1, sampleSize: 1 });
  expect(retention(events, { ...params, minCohort: 2 }, window)).toMatchObject({
    reason: 'insufficient_sample',
  });
});
