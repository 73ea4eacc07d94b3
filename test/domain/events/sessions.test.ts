import { expect, it } from 'vitest';
import type { MetricWindow } from '../../../src/domain/catalog/types.ts';
import { did, measure, period } from './measure.ts';

const march = period('2026-03-01', '2026-04-01');
function count(times: string[], params = {}, window: MetricWindow = march) {
  return measure('session_count', params, window, { events: times.map((at) => did(`a open ${at}`)) }).value;
}

it('a gap of exactly 30 minutes starts a new session, a millisecond less does not', () => {
  expect(count(['2026-03-02T10:00:00Z', '2026-03-02T10:30:00Z'])).toBe(2);
  expect(count(['2026-03-02T10:00:00Z', '2026-03-02T10:29:59.999Z'])).toBe(1);
  expect(count(['2026-03-02T10:00:00Z', '2026-03-02T10:05:00Z'], { gapMinutes: 5 })).toBe(2);
});

it('the gap is from event to event, not from the start of the session', () => {
  expect(count(['2026-03-02T10:00:00Z', '2026-03-02T10:20:00Z', '2026-03-02T10:40:00Z'])).toBe(1);
});

it('a session over midnight belongs whole to the day it started on', () => {
  const times = ['2026-03-02T23:50:00Z', '2026-03-03T00:10:00Z', '2026-03-03T00:30:00Z'];
  const events = times.map((at) => did(`a open ${at}`));
  const on = (day: string, next: string, key: string) =>
    measure(key, {}, period(day, next), { events }).value;
  expect(on('2026-03-02', '2026-03-03', 'session_count')).toBe(1);
  expect(on('2026-03-02', '2026-03-03', 'avg_session_minutes')).toBe(40); // 23:50 to 00:30
  expect(on('2026-03-03', '2026-03-04', 'session_count')).toBe(0);
  expect(on('2026-03-03', '2026-03-04', 'avg_session_minutes')).toBeNull();
});

it('the evening with the skipped hour has no gap in it', () => {
  // New York, 8 March 2026: 01:45 (-05) and 03:10 (-04) are 25 minutes apart.
  const window = period('2026-03-08', '2026-03-09', 'America/New_York');
  expect(count(['2026-03-08T01:45:00-05:00', '2026-03-08T03:10:00-04:00'], {}, window)).toBe(1);
});

it('one event alone is a session of no length', () => {
  const events = [did('a open 2026-03-02T10:00:00Z')];
  expect(measure('avg_session_minutes', {}, march, { events })).toEqual({
    value: 0,
    numerator: 0,
    denominator: 1,
    sampleSize: 1,
  });
});

it('receiving a mail does not open a session', () => {
  const events = [did('a mail_sent 2026-03-02T09:00:00Z'), did('a open 2026-03-02T10:00:00Z')];
  expect(measure('session_count', { passiveEvents: ['mail_sent'] }, march, { events }).value).toBe(1);
});

it('days are counted per user: 4 sessions over 3 user-days, whatever the number of days in the window', () => {
  // a: two on the 2nd (10 and 20 minutes), one on the 3rd (30); b: one on the 3rd (0). 60 minutes.
  const at = (userId: string, start: string, end: string) => ({
    userId,
    startAt: new Date(`2026-03-${start}:00Z`),
    endAt: new Date(`2026-03-${end}:00Z`),
  });
  const sessions = [
    at('a', '02T10:00', '02T10:10'),
    at('a', '02T20:00', '02T20:20'),
    at('a', '03T10:00', '03T10:30'),
    at('b', '03T10:00', '03T10:00'),
    at('b', '28T10:00', '28T09:00'), // its clock ran backwards: a session, of no length, on a fourth user-day
  ];
  const first = { sessions: sessions.slice(0, 4) };
  expect(measure('sessions_per_user_day', {}, march, first)).toMatchObject({
    numerator: 4,
    denominator: 3,
    sampleSize: 2,
  });
  expect(measure('time_in_app_per_user_day', {}, march, first).value).toBe(20);
  expect(measure('avg_session_minutes', {}, march, first).value).toBe(15);
  expect(measure('time_in_app_per_user_day', {}, march, { sessions }).value).toBe(15);
});

it('user-days are local days: 23:30 and 00:30 in Shanghai are two, in UTC one', () => {
  const events = [did('a open 2026-03-02T15:30:00Z'), did('a open 2026-03-02T16:30:00Z')];
  const perDay = (timeZone: string) =>
    measure('sessions_per_user_day', {}, period('2026-03-01', '2026-04-01', timeZone), { events }).value;
  expect([perDay('Asia/Shanghai'), perDay('UTC')]).toEqual([1, 2]);
});

it('takes sessions from a source that cuts them itself, even when there are none', () => {
  const events = [did('a open 2026-03-02T10:00:00Z')];
  expect(measure('session_count', {}, march, { sessions: [], events }).value).toBe(0);
  expect(measure('session_count', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
  expect(measure('sessions_per_user_day', {}, march, { sessions: [] })).toMatchObject({
    reason: 'zero_denominator',
  });
  expect(measure('sessions_per_user_day', { minCohort: 2 }, march, { events })).toMatchObject({
    reason: 'insufficient_sample',
  });
});
