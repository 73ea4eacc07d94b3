import { describe, expect, it } from 'vitest';
import { parseCalendar } from '../../../connectors/calendar/client.ts';
import { daysWith, ics, read, window } from './support/read.ts';

const march = window('2026-03-01', '2026-04-01');
const APRIL = { now: '2026-04-20T12:00:00Z' };
const event = (uid: string, ...more: string[]) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTART:20260302T090000Z',
  'DURATION:PT1H',
  ...more,
  'END:VEVENT',
];
/** A limit that is found out only at the end would take minutes. */
const SOON_MS = 30_000;

describe('rules without end', () => {
  it.each([
    { rule: 'FREQ=SECONDLY', code: 'rule_too_long' },
    { rule: 'FREQ=MINUTELY', code: 'rule_too_long' },
    { rule: 'FREQ=SECONDLY;COUNT=100000000', code: 'rule_too_long' },
    { rule: 'FREQ=DAILY;COUNT=1000000', start: '16010101T090000Z', code: 'rule_too_long' },
    {
      rule: `FREQ=DAILY;BYHOUR=${hours()};BYMINUTE=${hours()};BYSECOND=${hours()}`,
      code: 'rule_too_dense',
    },
  ])('are given up with one sentence: $rule', async ({ code, rule, start }) => {
    const made = ics(...event('1', `RRULE:${rule}`)).replace('20260302T090000Z', start ?? '20200101T090000Z');
    const startedMs = performance.now();
    const outcome = read({ made }, march, APRIL);
    await expect(outcome).rejects.toMatchObject({ errorClass: 'too_large', code, remedy: { by: 'owner' } });
    await expect(outcome).rejects.toThrow(/^The calendar at 127\.0\.0\.1:\d+ has an event that repeats/);
    expect(performance.now() - startedMs).toBeLessThan(SOON_MS);
  });

  it.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYDAY=1TH;BYSETPOS=2',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;INTERVAL=7;BYDAY=SU',
  ])('that never come true end, and their start counts: %s', async (rule) => {
    const startedMs = performance.now();
    expect(await daysWith({ made: ics(...event('1', `RRULE:${rule}`)) }, march, APRIL)).toEqual({
      '2026-03-02': '1',
    });
    expect(performance.now() - startedMs).toBeLessThan(SOON_MS);
  });

  it.each(['FREQ=OFTEN', 'INTERVAL=2', 'FREQ=DAILY;INTERVAL=0', 'FREQ=YEARLY;RSCALE=CHINESE', 'every day'])(
    'that cannot be read are an error: %s',
    async (rule) => {
      await expect(read({ made: ics(...event('1', `RRULE:${rule}`)) }, march, APRIL)).rejects.toMatchObject({
        errorClass: 'schema_drift',
      });
    },
  );
});

const hours = () => Array.from({ length: 24 }, (_, hour) => hour).join(',');

describe('too much of it', () => {
  it('a million events are given up at the 50,001st', () => {
    const text = ics('BEGIN:VEVENT\r\nEND:VEVENT\r\n'.repeat(1_000_000));
    const startedMs = performance.now();
    expect(() => parseCalendar('calendar.example', text)).toThrow('has more than 50000 events');
    expect(performance.now() - startedMs).toBeLessThan(SOON_MS);
  });

  it('fifty thousand events are worked through', async () => {
    const many = Array.from({ length: 50_000 }, (_, index) => event(String(index)).join('\r\n'));
    const startedMs = performance.now();
    expect(await daysWith({ made: ics(many.join('\r\n')) }, march, APRIL)).toEqual({ '2026-03-02': '50000' });
    expect(performance.now() - startedMs).toBeLessThan(SOON_MS);
  });

  it('five thousand events that repeat are enough', async () => {
    const many = Array.from({ length: 5_001 }, (_, index) =>
      event(String(index), 'RRULE:FREQ=YEARLY'),
    ).flat();
    await expect(read({ made: ics(...many) }, march, APRIL)).rejects.toMatchObject({
      code: 'too_many_series',
    });
  });

  it('lines of megabytes are passed over where nothing is read of them, and refused where it is', async () => {
    const long = 'x'.repeat(4_000_000);
    const folded = `ATTACH;ENCODING=BASE64:${'QUJD\r\n '.repeat(300_000)}QUJD`;
    const made = ics(...event('1', `DESCRIPTION:${long}`, folded, 'SUMMARY:Talk #interview'));
    expect(await daysWith({ made }, march, { ...APRIL, params: { tag: 'interview' } })).toEqual({
      '2026-03-02': '1',
    });
    for (const line of [`SUMMARY:${long}`, `SUMMARY:${'a\r\n '.repeat(70_000)}`]) {
      await expect(read({ made: ics(...event('1', line)) }, march, APRIL)).rejects.toMatchObject({
        errorClass: 'too_large',
        code: 'line_too_long',
      });
    }
  });

  it('parts inside of parts are refused', async () => {
    const made = ics('BEGIN:VEVENT\r\n'.repeat(20));
    await expect(read({ made }, march, APRIL)).rejects.toMatchObject({ code: 'too_many_components' });
  });
});

describe('what is no whole calendar', () => {
  const whole = ics(...event('1'));
  it.each([
    {
      why: 'one that stops before its end',
      made: whole.slice(0, whole.indexOf('END:VCALENDAR')),
      code: 'calendar_cut_off',
    },
    { why: 'one whose event does not end', made: whole.replace('END:VEVENT\r\n', ''), code: 'unbalanced' },
    { why: 'other text', made: 'Sign in to continue', code: 'no_calendar' },
    { why: 'an event by itself', made: event('1').join('\r\n'), code: 'no_calendar' },
    { why: 'a web page', made: '<html></html>', type: 'text/html', code: 'wrong_content_type' },
    {
      why: 'bytes of another encoding',
      made: Buffer.from(whole.replace('UID:1', 'UID:\xe9'), 'latin1'),
      code: 'invalid_encoding',
    },
  ])('is not believed: $why', async ({ code, ...sent }) => {
    await expect(read(sent, march, APRIL)).rejects.toMatchObject({ errorClass: 'bad_payload', code });
  });

  it.each([
    { why: 'no UID', made: whole.replace('UID:1\r\n', ''), code: '/events/0/uid' },
    { why: 'no start', made: whole.replace(/DTSTART.*\r\n/, ''), code: '/events/0/start' },
    {
      why: 'a start that is no time',
      made: whole.replace('20260302T090000Z', '20260231T090000Z'),
      code: '/events/0/start',
    },
    { why: 'a duration that is none', made: whole.replace('PT1H', 'one hour'), code: '/events/0/duration' },
    {
      why: 'exceptions that are no times',
      made: whole.replace('END:VEVENT', 'EXDATE:never\r\nEND:VEVENT'),
      code: '/events/0/exceptions/0',
    },
  ])('is refused as a whole when an event has $why', async ({ code, made }) => {
    await expect(read({ made }, march, APRIL)).rejects.toMatchObject({ errorClass: 'schema_drift', code });
  });

  it('but an empty calendar is one, and its days are zeros', async () => {
    const { values } = await read({ made: ics() }, window('2026-03-01', '2026-03-03'));
    expect(values).toEqual({ '2026-03-01': '0', '2026-03-02': '0' });
  });

  it('several calendars in one answer are one, and lines may end in any way', async () => {
    const made = `\ufeff${ics(...event('1'))}${ics(...event('2'))}`.replaceAll('\r\n', '\n');
    expect(await daysWith({ made }, march, APRIL)).toEqual({ '2026-03-02': '2' });
  });
});

it('events that end before they begin are of no length', async () => {
  const made = ics(...event('1')).replace('DURATION:PT1H', 'DTEND:20260301T090000Z');
  const { values } = await read({ made }, window('2026-03-01', '2026-03-03'), { metric: 'event_hours' });
  expect(values).toEqual({ '2026-03-01': '0', '2026-03-02': '0' });
  expect(await daysWith({ made }, march, APRIL)).toEqual({ '2026-03-02': '1' });
});
