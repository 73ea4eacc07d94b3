import { describe, expect, it } from 'vitest';
import { daysWith, entry, ics, read, window } from './support/read.ts';

const NEW_YORK = 'America/New_York';
const march = window('2026-03-01', '2026-04-01', NEW_YORK);
const APRIL = { now: '2026-04-20T12:00:00Z' };

describe('events held by day', () => {
  it('are counted on the local day on which they begin, on both sides of a clock change', async () => {
    const entries = [
      entry('1', '2026-03-07T23:59'), // the last minute of the 7th in New York
      entry('2', '2026-03-08T00:00'), // the 8th has 23 hours there
      entry('3', '2026-03-08T23:59'),
      entry('4', '2026-03-09T00:00'),
    ];
    expect(await daysWith({ entries }, march, APRIL)).toEqual({
      '2026-03-07': '1',
      '2026-03-08': '2',
      '2026-03-09': '1',
    });
    // 04:59 and 05:00 UTC of the 8th, 03:59 and 04:00 UTC of the 9th; eight hours later in Shanghai.
    const shanghai = window('2026-03-07', '2026-03-11', 'Asia/Shanghai');
    expect(await daysWith({ entries }, shanghai, APRIL)).toEqual({ '2026-03-08': '2', '2026-03-09': '2' });
  });

  it('count when they are over, and not before', async () => {
    const entries = [
      entry('1', '2026-03-20T07:00'),
      entry('2', '2026-03-20T07:30'),
      entry('3', '2026-03-21T09:00'),
    ];
    const days = window('2026-03-19', '2026-03-23', NEW_YORK);
    // Noon UTC is 08:00 there: the first ended this minute, the second goes on for half an hour.
    expect((await read({ entries }, days)).values).toEqual({ '2026-03-19': '0', '2026-03-20': '1' });
    const later = await read({ entries }, days, { now: '2026-03-20T12:30:00Z' });
    expect(later.values).toEqual({ '2026-03-19': '0', '2026-03-20': '2' });
  });

  it('of several days count on the first, once the last is over', async () => {
    const entries = [entry('1', '2026-03-17', { days: 3, zone: null })]; // 17, 18 and 19 March
    const days = window('2026-03-17', '2026-03-21', NEW_YORK);
    const during = await read({ entries }, days, { now: '2026-03-20T03:59:59Z' }); // 23:59:59 of the 19th there
    expect(during.values).toEqual({ '2026-03-17': '0', '2026-03-18': '0', '2026-03-19': '0' });
    const after = await read({ entries }, days, { now: '2026-03-20T04:00:00Z' });
    expect(after.values).toEqual({
      '2026-03-17': '1',
      '2026-03-18': '0',
      '2026-03-19': '0',
      '2026-03-20': '0',
    });
  });

  it('of whole days and of floating times are those of the metric’s zone', async () => {
    const entries = [
      entry('1', '2026-03-10', { zone: null }),
      entry('2', '2026-03-10T00:30', { zone: null }),
    ];
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Shanghai']) {
      expect(await daysWith({ entries }, window('2026-03-09', '2026-03-12', zone), APRIL)).toEqual({
        '2026-03-10': '2',
      });
    }
  });

  it('leave out what was cancelled, and what its title says was missed', async () => {
    const entries = [
      entry('1', '2026-03-10T09:00', { cancelled: true }),
      entry('2', '2026-03-10T10:00', { title: 'Interview Ann (No-show)' }),
      entry('3', '2026-03-10T11:00', { title: 'Interview Bob NO SHOW' }),
      entry('4', '2026-03-10T12:00', { title: '访谈 张三（客户未到）' }),
      entry('5', '2026-03-10T13:00', { title: 'Casino shows, and the piano showroom' }),
      entry('6', '2026-03-10T14:00', { title: 'Interview Cid: moved' }),
    ];
    expect(await daysWith({ entries }, march, APRIL)).toEqual({ '2026-03-10': '2' }); // 5 and 6
    const params = { leaveOut: ['moved'] };
    expect(await daysWith({ entries }, march, { ...APRIL, params })).toEqual({ '2026-03-10': '4' }); // all but 1 and 6
  });

  it.each([
    { title: 'Ann #problem-interview', counts: true },
    { title: '#Problem-Interview: Bob', counts: true },
    { title: '[problem-interview] Cid', counts: true },
    { title: 'Call, problem-interview', counts: true },
    { title: '访谈#problem-interview，张三', counts: true },
    { title: 'Dan #problem-interview-2', counts: false },
    { title: 'Eve #my-problem-interview', counts: false },
    { title: 'Fay problem interview', counts: false },
    { title: 'see https://x.example/a#problem-interview', counts: false },
    { title: 'Gus', categories: ['Other', 'PROBLEM-INTERVIEW'], counts: true },
    { title: 'Hal', categories: ['problem-interview, later'], counts: false },
  ])('by a tag are those that carry it whole: $title $categories', async ({ counts, ...more }) => {
    const entries = [entry('1', '2026-03-10T09:00', more)];
    for (const tag of ['problem-interview', '#Problem-Interview']) {
      const found = await daysWith({ entries }, march, { ...APRIL, params: { tag } });
      expect(found).toEqual(counts ? { '2026-03-10': '1' } : {});
    }
  });

  it('are one however often the calendar tells of them, in the newest telling', async () => {
    const told = (sequence: number, day: string, more: string[] = []) => [
      'BEGIN:VEVENT',
      'UID:1',
      `SEQUENCE:${sequence}`,
      `DTSTART:202603${day}T090000Z`,
      `DTEND:202603${day}T100000Z`,
      ...more,
      'END:VEVENT',
    ];
    const made = ics(...told(1, '05'), ...told(2, '06'), ...told(1, '07'));
    expect(await daysWith({ made }, march, APRIL)).toEqual({ '2026-03-06': '1' });
    // Cancelled in a later telling.
    const cancelled = ics(...told(3, '06', ['STATUS:CANCELLED']), ...told(2, '06'));
    expect(await daysWith({ made: cancelled }, march, APRIL)).toEqual({});
  });
});

describe('events that repeat', () => {
  it('keep their hour on the wall through a clock change', async () => {
    // Mondays at 21:00: 02:00 UTC of Tuesday in winter, 01:00 in summer (from 8 March on), so Tuesdays in UTC.
    const entries = [entry('1', '2026-02-23T21:00', { repeats: { every: 'week' } })];
    const local = await daysWith({ entries }, march, APRIL);
    expect(Object.keys(local)).toEqual([
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
      '2026-03-23',
      '2026-03-30',
    ]);
    const utc = await read({ entries }, window('2026-03-03', '2026-03-11'), {
      ...APRIL,
      metric: 'event_hours',
    });
    expect(utc.values).toMatchObject({ '2026-03-03': '3600', '2026-03-04': '0', '2026-03-10': '3600' });
  });

  it('end after their number, or with their last day', async () => {
    const week = (uid: string, more: object) => [
      entry(uid, '2026-03-02T18:00', { repeats: { every: 'week', ...more } }),
    ];
    expect(Object.keys(await daysWith({ entries: week('1', { times: 3 }) }, march, APRIL))).toEqual([
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
    ]);
    // The 16th is the last day; 18:00 there is 22:00 UTC.
    expect(
      Object.keys(await daysWith({ entries: week('1', { untilDay: '2026-03-16' }) }, march, APRIL)),
    ).toHaveLength(3);
    // Its end is told in UTC: the last second of the 15th is 03:59:59 of the 16th.
    expect(
      Object.keys(await daysWith({ entries: week('1', { untilDay: '2026-03-15' }) }, march, APRIL)),
    ).toHaveLength(2);
    // From years ago, as often as there is room for.
    const old = [entry('2', '2019-01-07T09:00', { repeats: { every: 'day', times: 5_000 } })];
    expect(Object.keys(await daysWith({ entries: old }, march, APRIL))).toHaveLength(31);
  });

  it('take place neither on days that are taken out, nor where one was moved from, but where it was moved to', async () => {
    const entries = [
      entry('1', '2026-03-02T09:00', {
        repeats: { every: 'week', on: ['MO'] },
        without: ['2026-03-09T09:00'],
        also: ['2026-03-12T09:00'],
        changed: [
          { of: '2026-03-16T09:00', start: '2026-03-18T14:00' },
          { of: '2026-03-23T09:00', cancelled: true },
        ],
      }),
    ];
    expect(Object.keys(await daysWith({ entries }, march, APRIL))).toEqual([
      '2026-03-02',
      '2026-03-12',
      '2026-03-18',
      '2026-03-30',
    ]);
  });

  it('that were moved into the days from outside count, and out of them do not', async () => {
    const entries = [
      entry('1', '2026-01-05T09:00', {
        repeats: { every: 'month' },
        changed: [
          { of: '2026-02-05T09:00', start: '2026-03-03T09:00' },
          { of: '2026-03-05T09:00', start: '2026-04-02T09:00' },
        ],
      }),
    ];
    expect(await daysWith({ entries }, march, APRIL)).toEqual({ '2026-03-03': '1' });
  });

  it('count by the tag of each time of theirs', async () => {
    const entries = [
      entry('1', '2026-03-02T09:00', {
        title: 'Slot for a talk',
        repeats: { every: 'week' },
        changed: [
          { of: '2026-03-09T09:00', title: 'Talk with Ann #interview' },
          { of: '2026-03-16T09:00', title: 'Talk with Bob #interview no-show' },
        ],
      }),
    ];
    expect(await daysWith({ entries }, march, { ...APRIL, params: { tag: 'interview' } })).toEqual({
      '2026-03-09': '1',
    });
  });

  it('may be another from some time on', async () => {
    const entries = [
      entry('1', '2026-03-02T09:00', {
        title: 'Sync',
        repeats: { every: 'week', times: 5 },
        changed: [
          {
            of: '2026-03-16T09:00',
            start: '2026-03-17T10:00',
            minutes: 30,
            title: 'Share #learning',
            andLater: true,
          },
        ],
      }),
    ];
    // Mondays until the 9th, then Tuesdays: 17, 24 and 31 March.
    expect(Object.keys(await daysWith({ entries }, march, APRIL))).toEqual([
      '2026-03-02',
      '2026-03-09',
      '2026-03-17',
      '2026-03-24',
      '2026-03-31',
    ]);
    const hours = await daysWith({ entries }, march, {
      ...APRIL,
      metric: 'event_hours',
      params: { tag: 'learning' },
    });
    expect(hours).toMatchObject({ '2026-03-17': '1800', '2026-03-24': '1800', '2026-03-31': '1800' });
  });

  it('of which only one time is told count that one', async () => {
    const made = ics(
      'BEGIN:VEVENT',
      'UID:1',
      'RECURRENCE-ID:20260305T090000Z',
      'DTSTART:20260306T150000Z',
      'DURATION:PT30M',
      'END:VEVENT',
    );
    expect(await daysWith({ made }, march, APRIL)).toEqual({ '2026-03-06': '1' });
  });

  it('of whole days repeat as days in every zone', async () => {
    const entries = [
      entry('1', '2026-03-03', {
        zone: null,
        repeats: { every: 'week', interval: 2, untilDay: '2026-03-31' },
        without: ['2026-03-17'],
      }),
    ];
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles']) {
      const days = await daysWith({ entries }, window('2026-03-01', '2026-04-03', zone), APRIL);
      expect(Object.keys(days)).toEqual(['2026-03-03', '2026-03-31']);
    }
  });

  it('are taken out by a day alone, in UTC, or in another zone, as calendars write it', async () => {
    const lines = (exdate: string) =>
      ics(
        'BEGIN:VEVENT',
        'UID:1',
        'DTSTART;TZID=America/New_York:20260302T210000',
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;COUNT=3',
        exdate,
        'END:VEVENT',
      );
    // 21:00 of the 3rd is 02:00 UTC of the 4th, and 10:00 of the 4th in Shanghai.
    for (const exdate of [
      'EXDATE;VALUE=DATE:20260303',
      'EXDATE:20260304T020000Z',
      'EXDATE;TZID=Asia/Shanghai:20260304T100000',
      'EXRULE:FREQ=DAILY;INTERVAL=3;COUNT=1',
    ]) {
      const found = Object.keys(await daysWith({ made: lines(exdate) }, march, APRIL));
      // The rule of exceptions begins with the start of the event, and its only time is that.
      expect(found).toEqual(
        exdate.startsWith('EXRULE') ? ['2026-03-03', '2026-03-04'] : ['2026-03-02', '2026-03-04'],
      );
    }
  });
});

describe('time zones', () => {
  it('with a name of Outlook’s own are those that the calendar describes', async () => {
    const entries = [
      entry('1', '2026-03-06T23:30', { repeats: { every: 'day', times: 4 } }),
      entry('2', '2026-10-31T23:30', { repeats: { every: 'day', times: 2 } }),
    ];
    const world = { entries, zoneNames: { [NEW_YORK]: '(UTC-05:00) Eastern Time; US, Canada' } };
    const year = { now: '2026-12-01T00:00:00Z' };
    const local = await daysWith(world, window('2026-03-01', '2026-12-01', NEW_YORK), year);
    expect(Object.keys(local)).toEqual([
      '2026-03-06',
      '2026-03-07',
      '2026-03-08',
      '2026-03-09',
      '2026-10-31',
      '2026-11-01',
    ]);
    // 23:30 is 04:30 UTC in winter and 03:30 in summer: the same in London, of the next day.
    const london = await read(world, window('2026-03-07', '2026-03-11', 'Europe/London'), {
      ...year,
      metric: 'event_hours',
    });
    expect(Object.values(london.values)).toEqual(['3600', '3600', '3600', '3600']);
  });

  const described = (start: string) =>
    ics(
      'BEGIN:VTIMEZONE',
      'TZID:Our office',
      'BEGIN:STANDARD',
      'DTSTART:16010101T020000',
      'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11',
      'TZOFFSETFROM:-0400',
      'TZOFFSETTO:-0500',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T020000',
      'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0400',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'UID:1',
      `DTSTART;TZID="Our office":${start}`,
      'DURATION:PT1M',
      'END:VEVENT',
    );

  it.each([
    { why: 'winter', start: '20260307T235900', utc: '2026-03-08T04:59' },
    {
      why: 'the hour that is skipped, which means the offset before',
      start: '20260308T023000',
      utc: '2026-03-08T07:30',
    },
    { why: 'summer', start: '20260308T030000', utc: '2026-03-08T07:00' },
    {
      why: 'the first of the two hours that look the same',
      start: '20261101T013000',
      utc: '2026-11-01T05:30',
    },
    { why: 'winter again', start: '20261101T020000', utc: '2026-11-01T07:00' },
  ])('as a calendar describes them, with rules: $why', async ({ start, utc }) => {
    // Held exactly one minute after it began, to the second.
    const day = utc.slice(0, 10);
    const days = window(day, new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10));
    const end = Date.parse(`${utc}:00Z`) + 60_000;
    const at = async (ms: number) =>
      (await read({ made: described(start) }, days, { now: new Date(ms).toISOString() })).values[day];
    expect([await at(end - 1_000), await at(end)]).toEqual(['0', '1']);
  });

  it('that nobody describes are an error, and no guess', async () => {
    const made = ics('BEGIN:VEVENT', 'UID:1', 'DTSTART;TZID=Our office:20260302T090000', 'END:VEVENT');
    await expect(read({ made }, march, APRIL)).rejects.toMatchObject({
      errorClass: 'schema_drift',
      code: '/TZID',
    });
  });

  it('are known by the end of a longer name as well', async () => {
    const made = ics(
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTART;TZID=/mozilla.org/20050126_1/Asia/Shanghai:20260302T070000',
      'DURATION:PT1H',
      'END:VEVENT',
    );
    // 07:00 in Shanghai is 18:00 of the day before in New York.
    expect(await daysWith({ made }, march, APRIL)).toEqual({ '2026-03-01': '1' });
  });
});

describe('time in events by day', () => {
  it('is that part of each event which lies on the day; whole days name no hours', async () => {
    const entries = [
      entry('1', '2026-03-03T22:30', { minutes: 150 }), // 90 minutes of the 3rd, 60 of the 4th
      entry('2', '2026-03-04T09:00', { minutes: 20 }),
      entry('3', '2026-03-04', { zone: null }),
    ];
    const { reading } = await read({ entries }, window('2026-03-03', '2026-03-06', NEW_YORK), {
      ...APRIL,
      metric: 'event_hours',
    });
    expect(reading.points).toEqual([
      { day: '2026-03-03', value: '5400' },
      { day: '2026-03-04', value: '4800' }, // 3,600 and 1,200 seconds
      { day: '2026-03-05', value: '0' },
    ]);
  });

  it('is exact on the day on which clocks change, for times and for days of a duration', async () => {
    const made = ics(
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTART;TZID=America/New_York:20260308T010000',
      'DTEND;TZID=America/New_York:20260308T040000',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:2',
      'DTSTART;TZID=America/New_York:20260307T120000',
      'DURATION:P1D',
      'END:VEVENT',
    );
    const { values } = await read({ made }, window('2026-03-07', '2026-03-10', NEW_YORK), {
      ...APRIL,
      metric: 'event_hours',
    });
    // The second: 12 hours of the 7th, and until noon of the 8th, which are 11; the first: 01:00 to 04:00 are 2.
    expect(values).toEqual({ '2026-03-07': '43200', '2026-03-08': '46800', '2026-03-09': '0' });
  });
});

it('a calendar that leaves out older events says nothing of the days before', async () => {
  const config = { address: '/x', pastDays: 2 };
  const { reading } = await read({ made: ics() }, window('2026-03-17', '2026-03-21'), { config });
  expect(reading.points.map(({ day }) => day)).toEqual(['2026-03-18', '2026-03-19', '2026-03-20']);
  expect(reading.completeness.notes).toEqual([
    'the calendar tells of days from 2026-03-18 on: nothing is said of those before',
  ]);
});

it('one run asks for the calendar once, and what is said of it is late by its cache', async () => {
  const entries = [
    entry('1', '2026-03-20T06:00', { enteredAt: '2026-03-20T09:59:00Z' }),
    entry('2', '2026-03-20T06:30', { enteredAt: '2026-03-20T10:01:00Z' }),
  ];
  // The copy is of 08:00 at 11:59, and of noon at noon: both were entered between the two.
  const day = window('2026-03-20', '2026-03-21', NEW_YORK);
  const at = async (now: string) =>
    (await read({ entries, cacheSeconds: 4 * 3_600 }, day, { now })).values['2026-03-20'];
  expect([await at('2026-03-20T11:59:00Z'), await at('2026-03-20T12:00:00Z')]).toEqual(['0', '2']);
});
