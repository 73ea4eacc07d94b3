import { describe, expect, it } from 'vitest';
import {
  type Calm,
  type DigestTime,
  digestFromDay,
  dueDigest,
  nextDigest,
  nextOpening,
  weekdayOf,
} from '../../src/domain/calm.ts';

// Instants are written by hand from the IANA database. Berlin: UTC+1, from 29 March 2026 01:00Z to 25 October 2026
// 01:00Z UTC+2. New York: UTC-5, from 8 March 2026 07:00Z to 1 November 2026 06:00Z UTC-4. Lord Howe: UTC+11, from
// 4 April 2026 15:00Z to 3 October 2026 15:30Z UTC+10:30. Shanghai: UTC+8. Apia: UTC-10 until 30 December 2011 10:00Z,
// then UTC+14: Friday the 30th never was. Weekdays: 12 August 2026 is a Wednesday, all 2026 changes fall on Sundays.
const office = [1, 2, 3, 4, 5];
const always = [1, 2, 3, 4, 5, 6, 7];
const night = { from: '22:00', to: '07:00' };
const reader = (over: Partial<Calm>): Calm => ({
  timeZone: 'Europe/Berlin',
  quietHours: night,
  workingDays: office,
  ...over,
});

it.each([
  { day: '2026-08-10', weekday: 1 },
  { day: '2026-08-12', weekday: 3 },
  { day: '2026-08-16', weekday: 7 },
  { day: '2000-02-29', weekday: 2 },
])('$day is weekday $weekday', ({ day, weekday }) => {
  expect(weekdayOf(day)).toBe(weekday);
});

type Opening = { why: string; calm: Calm; at: string; opens: string };
const iso = (instant: string): string => instant.replace('Z', '.000Z');

describe('quiet hours and working days', () => {
  it.each<Opening>([
    {
      why: 'speaks at once in the middle of a working day',
      calm: reader({}),
      at: '2026-08-12T10:00:00Z', // Wednesday 12:00
      opens: '2026-08-12T10:00:00Z',
    },
    {
      why: 'waits for the morning late in the evening',
      calm: reader({}),
      at: '2026-08-12T21:30:00Z', // Wednesday 23:30
      opens: '2026-08-13T05:00:00Z', // Thursday 07:00
    },
    {
      why: 'waits for the same morning after midnight',
      calm: reader({}),
      at: '2026-08-12T22:30:00Z', // Thursday 00:30
      opens: '2026-08-13T05:00:00Z',
    },
    {
      why: 'is quiet from the very minute',
      calm: reader({}),
      at: '2026-08-12T20:00:00Z', // Wednesday 22:00
      opens: '2026-08-13T05:00:00Z',
    },
    {
      why: 'speaks until the very minute',
      calm: reader({}),
      at: '2026-08-12T19:59:59Z',
      opens: '2026-08-12T19:59:59Z',
    },
    {
      why: 'speaks from the very minute on',
      calm: reader({}),
      at: '2026-08-13T05:00:00Z', // Thursday 07:00
      opens: '2026-08-13T05:00:00Z',
    },
    {
      why: 'leaves a weekend alone, and the night before Monday',
      calm: reader({}),
      at: '2026-08-14T20:15:00Z', // Friday 22:15
      opens: '2026-08-17T05:00:00Z', // Monday 07:00
    },
    {
      why: 'knows Saturday by the clock of the reader',
      calm: reader({ timeZone: 'Asia/Shanghai', quietHours: null }),
      at: '2026-08-14T16:30:00Z', // Friday in UTC, Saturday 00:30 in Shanghai
      opens: '2026-08-16T16:00:00Z', // Monday 00:00
    },
    {
      why: 'needs no quiet hours',
      calm: reader({ quietHours: null, workingDays: always }),
      at: '2026-08-15T01:00:00Z',
      opens: '2026-08-15T01:00:00Z',
    },
    {
      why: 'takes equal times for no quiet hours',
      calm: reader({ quietHours: { from: '08:00', to: '08:00' }, workingDays: always }),
      at: '2026-08-15T01:00:00Z',
      opens: '2026-08-15T01:00:00Z',
    },
    {
      why: 'keeps a quiet noon within one day',
      calm: reader({ quietHours: { from: '12:00', to: '14:00' } }),
      at: '2026-08-12T10:30:00Z', // Wednesday 12:30
      opens: '2026-08-12T12:00:00Z',
    },
    {
      why: 'speaks before a quiet noon',
      calm: reader({ quietHours: { from: '12:00', to: '14:00' } }),
      at: '2026-08-11T22:30:00Z', // Wednesday 00:30
      opens: '2026-08-11T22:30:00Z',
    },
    {
      why: 'opens a week with its first open hour, where the quiet ones begin at midnight',
      calm: reader({ quietHours: { from: '00:00', to: '07:00' } }),
      at: '2026-08-15T10:00:00Z', // Saturday 12:00
      opens: '2026-08-17T05:00:00Z', // Monday 07:00, not 00:00
    },
    {
      why: 'keeps quiet until midnight',
      calm: reader({ quietHours: { from: '18:00', to: '00:00' } }),
      at: '2026-08-12T17:00:00Z', // Wednesday 19:00
      opens: '2026-08-12T22:00:00Z', // Thursday 00:00
    },
    {
      why: 'waits a week for the only working day',
      calm: reader({ workingDays: [3] }),
      at: '2026-08-12T20:00:00Z', // Wednesday 22:00
      opens: '2026-08-19T05:00:00Z',
    },
  ])('$why', ({ at, calm, opens }) => {
    expect(nextOpening(calm, new Date(at)).toISOString()).toBe(iso(opens));
  });
});

describe('quiet hours on days of clock changes', () => {
  it.each<Opening>([
    {
      why: 'Berlin, spring: 07:00 comes an hour earlier',
      calm: reader({ workingDays: always }),
      at: '2026-03-28T22:30:00Z', // Saturday 23:30, UTC+1
      opens: '2026-03-29T05:00:00Z', // Sunday 07:00, UTC+2
    },
    {
      why: 'Berlin, autumn: 07:00 comes an hour later',
      calm: reader({ workingDays: always }),
      at: '2026-10-24T21:30:00Z', // Saturday 23:30, UTC+2
      opens: '2026-10-25T06:00:00Z', // Sunday 07:00, UTC+1
    },
    {
      why: 'Berlin, spring: an end that the clock skips is the change itself',
      calm: reader({ quietHours: { from: '22:00', to: '02:30' }, workingDays: always }),
      at: '2026-03-28T23:30:00Z', // Sunday 00:30
      opens: '2026-03-29T01:00:00Z', // 02:00 becomes 03:00
    },
    {
      why: 'Berlin, autumn: of a repeated end the first one counts',
      calm: reader({ quietHours: { from: '22:00', to: '02:30' }, workingDays: always }),
      at: '2026-10-24T23:30:00Z', // Sunday 01:30, UTC+2
      opens: '2026-10-25T00:30:00Z', // the first 02:30
    },
    {
      why: 'Berlin, spring: open hours that the clock skips are not open',
      calm: reader({ quietHours: { from: '02:45', to: '02:15' }, workingDays: always }),
      at: '2026-03-28T20:00:00Z', // Saturday 21:00; 02:00 to 03:00 is missing on Sunday
      opens: '2026-03-30T00:15:00Z', // Monday 02:15, UTC+2
    },
    {
      why: 'New York, spring: the night is an hour shorter',
      calm: reader({ timeZone: 'America/New_York', workingDays: always }),
      at: '2026-03-08T03:00:00Z', // Saturday 22:00, UTC-5
      opens: '2026-03-08T11:00:00Z', // Sunday 07:00, UTC-4
    },
    {
      why: 'New York, autumn: the night is an hour longer',
      calm: reader({ timeZone: 'America/New_York', workingDays: always }),
      at: '2026-11-01T02:00:00Z', // Saturday 22:00, UTC-4
      opens: '2026-11-01T12:00:00Z', // Sunday 07:00, UTC-5
    },
    {
      why: 'New York: what is quiet begins at 22:00 on the new clock',
      calm: reader({ timeZone: 'America/New_York', workingDays: always }),
      at: '2026-03-09T01:59:59Z', // Sunday 21:59:59, UTC-4
      opens: '2026-03-09T01:59:59Z',
    },
    {
      why: 'Lord Howe, autumn: half an hour more',
      calm: reader({ timeZone: 'Australia/Lord_Howe', workingDays: always }),
      at: '2026-04-04T12:00:00Z', // Saturday 23:00, UTC+11
      opens: '2026-04-04T20:30:00Z', // Sunday 07:00, UTC+10:30
    },
    {
      why: 'Lord Howe, spring: half an hour less',
      calm: reader({ timeZone: 'Australia/Lord_Howe', workingDays: always }),
      at: '2026-10-03T12:00:00Z', // Saturday 22:30, UTC+10:30
      opens: '2026-10-03T20:00:00Z', // Sunday 07:00, UTC+11
    },
    {
      why: 'Lord Howe, spring: an end in the skipped half hour is the change itself',
      calm: reader({
        timeZone: 'Australia/Lord_Howe',
        quietHours: { from: '22:00', to: '02:15' },
        workingDays: always,
      }),
      at: '2026-10-03T14:00:00Z', // Sunday 00:30
      opens: '2026-10-03T15:30:00Z', // 02:00 becomes 02:30
    },
    {
      why: 'Apia: Thursday night is followed by the Saturday, which is no working day',
      calm: reader({ timeZone: 'Pacific/Apia' }),
      at: '2011-12-30T09:00:00Z', // Thursday 29 December 23:00
      opens: '2012-01-01T17:00:00Z', // Monday 2 January 07:00
    },
    {
      why: 'Apia: the night goes on over the skipped day',
      calm: reader({ timeZone: 'Pacific/Apia', workingDays: always }),
      at: '2011-12-30T09:00:00Z',
      opens: '2011-12-30T17:00:00Z', // Saturday 31 December 07:00
    },
    {
      why: 'Apia: who works on Fridays only waits for one that exists',
      calm: reader({ timeZone: 'Pacific/Apia', quietHours: null, workingDays: [5] }),
      at: '2011-12-28T12:00:00Z', // Wednesday 28 December 02:00
      opens: '2012-01-05T10:00:00Z', // Friday 6 January 00:00
    },
    {
      why: 'Apia: a Friday evening before it is followed by a Friday two weeks later',
      calm: reader({ timeZone: 'Pacific/Apia', workingDays: [5] }),
      at: '2011-12-24T09:00:00Z', // Friday 23 December 23:00
      opens: '2012-01-05T17:00:00Z', // Friday 6 January 07:00
    },
    {
      why: 'Apia: a quiet noon of a day that never was opens nothing',
      calm: reader({
        timeZone: 'Pacific/Apia',
        quietHours: { from: '12:00', to: '14:00' },
        workingDays: [5, 7],
      }),
      at: '2011-12-28T12:00:00Z',
      opens: '2011-12-31T10:00:00Z', // Sunday 1 January 00:00
    },
  ])('$why', ({ at, calm, opens }) => {
    expect(nextOpening(calm, new Date(at)).toISOString()).toBe(iso(opens));
  });
});

const daily: DigestTime = { period: 'daily', at: '08:00', weekday: 1 };
const weekly: DigestTime = { period: 'weekly', at: '08:00', weekday: 1 };

type Due = { why: string; digest: DigestTime; calm: Calm; after: string; due: string; from: string };
describe('digests', () => {
  // `from`: the first day that the digest which is due then covers.
  it.each<Due>([
    {
      why: 'a daily one comes the same morning and covers yesterday',
      digest: daily,
      calm: reader({}),
      after: '2026-08-12T05:00:00Z', // Wednesday 07:00
      due: '2026-08-12T06:00:00Z',
      from: '2026-08-11',
    },
    {
      why: 'not twice at the same moment',
      digest: daily,
      calm: reader({}),
      after: '2026-08-12T06:00:00Z', // Wednesday 08:00
      due: '2026-08-13T06:00:00Z',
      from: '2026-08-12',
    },
    {
      why: 'the one on Monday covers Friday and the weekend',
      digest: daily,
      calm: reader({}),
      after: '2026-08-14T06:00:00Z', // Friday 08:00
      due: '2026-08-17T06:00:00Z',
      from: '2026-08-14',
    },
    {
      why: 'a weekly one comes on its weekday and covers seven days',
      digest: weekly,
      calm: reader({}),
      after: '2026-08-12T05:00:00Z',
      due: '2026-08-17T06:00:00Z',
      from: '2026-08-10',
    },
    {
      why: 'a weekly one keeps to its weekday, even where that is no working day',
      digest: { ...weekly, weekday: 7 },
      calm: reader({}),
      after: '2026-08-16T06:00:00Z', // Sunday 08:00
      due: '2026-08-23T06:00:00Z',
      from: '2026-08-16',
    },
    {
      why: 'a digest keeps to its own time, even where that is quiet',
      digest: { ...daily, at: '06:30' },
      calm: reader({}),
      after: '2026-08-12T03:00:00Z',
      due: '2026-08-12T04:30:00Z',
      from: '2026-08-11',
    },
    {
      why: 'Berlin: 08:00 stays 08:00 over the change of clocks',
      digest: daily,
      calm: reader({}),
      after: '2026-03-27T07:00:00Z', // Friday 08:00, UTC+1
      due: '2026-03-30T06:00:00Z', // Monday 08:00, UTC+2
      from: '2026-03-27',
    },
    {
      why: 'New York: a time that the clock skips is the change itself',
      digest: { ...daily, at: '02:30' },
      calm: reader({ timeZone: 'America/New_York', workingDays: always }),
      after: '2026-03-07T20:00:00Z', // Saturday
      due: '2026-03-08T07:00:00Z', // Sunday, 02:00 becomes 03:00
      from: '2026-03-07',
    },
    {
      why: 'New York: a time that the clock repeats comes once',
      digest: { ...daily, at: '01:30' },
      calm: reader({ timeZone: 'America/New_York', workingDays: always }),
      after: '2026-11-01T05:30:00Z', // Sunday, the first 01:30
      due: '2026-11-02T06:30:00Z', // Monday 01:30, UTC-5
      from: '2026-11-01',
    },
    {
      why: 'Lord Howe: a time in the skipped half hour is the change itself',
      digest: { ...daily, at: '02:15' },
      calm: reader({ timeZone: 'Australia/Lord_Howe', workingDays: always }),
      after: '2026-10-03T12:00:00Z', // Saturday 22:30
      due: '2026-10-03T15:30:00Z',
      from: '2026-10-03',
    },
    {
      why: 'Apia: the one after the skipped Friday covers the Thursday before it',
      digest: daily,
      calm: reader({ timeZone: 'Pacific/Apia' }),
      after: '2011-12-29T18:00:00Z', // Thursday 29 December 08:00: covered the 28th
      due: '2012-01-01T18:00:00Z', // Monday 2 January 08:00
      from: '2011-12-29',
    },
    {
      why: 'Apia: a weekly one whose Friday never was covers two weeks',
      digest: { ...weekly, weekday: 5 },
      calm: reader({ timeZone: 'Pacific/Apia' }),
      after: '2011-12-23T18:00:00Z', // Friday 23 December 08:00: covered the 16th to the 22nd
      due: '2012-01-05T18:00:00Z', // Friday 6 January 08:00
      from: '2011-12-23',
    },
  ])('$why', ({ after, calm, digest, due, from }) => {
    const dueAt = nextDigest(digest, calm, new Date(after));
    expect(dueAt.toISOString()).toBe(iso(due));
    expect(digestFromDay(digest, calm, dueAt)).toBe(from);
  });

  // Berlin in August: 08:00 is 06:00Z. The 6th is a Thursday, so that the 7th, 10th, 11th and 12th would have been due.
  it.each([
    { now: '2026-08-07T05:59:00Z', due: null, why: 'nothing is due a minute before' },
    { now: '2026-08-07T06:00:00Z', due: ['2026-08-07', '2026-08-07', 0], why: 'on time, none was missed' },
    { now: '2026-08-09T20:00:00Z', due: ['2026-08-07', '2026-08-07', 0], why: 'a weekend later still none' },
    { now: '2026-08-12T09:00:00Z', due: ['2026-08-07', '2026-08-12', 3], why: 'days later it is the newest' },
  ])('$why', ({ due, now }) => {
    const found = dueDigest(daily, reader({}), new Date('2026-08-06T06:00:30Z'), new Date(now));
    const known = (day: string | number | undefined): Date => new Date(`${String(day)}T06:00:00Z`);
    expect(found).toEqual(
      due === null ? null : { firstAt: known(due[0]), at: known(due[1]), missed: due[2] },
    );
  });

  it('refuses a digest that is never due', () => {
    const nobody = reader({ workingDays: [] });
    expect(() => nextDigest(daily, nobody, new Date('2026-08-12T05:00:00Z'))).toThrow(RangeError);
  });

  // From December 2025 on, weeks and months: each digest begins where the one before it ended.
  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
    'digests in %s cover every day once',
    (timeZone) => {
      const localDate = new Intl.DateTimeFormat('en-CA', { timeZone });
      for (const digest of [daily, weekly]) {
        const calm = reader({ timeZone });
        let at = nextDigest(digest, calm, new Date('2025-12-18T12:00:00Z'));
        for (let i = 0; i < 260; i += 1) {
          const next = nextDigest(digest, calm, at);
          expect(digestFromDay(digest, calm, next)).toBe(localDate.format(at));
          at = next;
        }
      }
    },
  );
});
