import { assert, constantFrom, integer, property } from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { begunDays, daysOf, localDay } from '../../../connectors/sdk/index.ts';

it.each([
  { instant: '2026-03-04T23:30:00Z', timeZone: 'UTC', day: '2026-03-04' },
  { instant: '2026-03-04T23:30:00Z', timeZone: 'America/New_York', day: '2026-03-04' },
  { instant: '2026-03-04T23:30:00Z', timeZone: 'Asia/Tokyo', day: '2026-03-05' },
  { instant: '2026-03-29T00:59:59Z', timeZone: 'Europe/Berlin', day: '2026-03-29' }, // one second before clocks change
  { instant: '2026-03-28T22:59:59Z', timeZone: 'Europe/Berlin', day: '2026-03-28' },
  { instant: '2026-03-28T23:00:00Z', timeZone: 'Europe/Berlin', day: '2026-03-29' },
  { instant: '2026-03-29T22:00:00Z', timeZone: 'Europe/Berlin', day: '2026-03-30' }, // the day had 23 hours
  { instant: '2026-10-25T23:00:00Z', timeZone: 'Europe/Berlin', day: '2026-10-26' }, // and this one 25
])('$instant is $day in $timeZone', ({ instant, timeZone, day }) => {
  expect(localDay(new Date(instant), timeZone)).toBe(day);
  expect(localDay(Date.parse(instant), timeZone)).toBe(day);
});

it('agrees with Temporal for any instant, however the spans were learned', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'UTC',
    'Africa/Casablanca',
  ];
  const instant = integer({
    min: Date.parse('2010-01-01T00:00:00Z'),
    max: Date.parse('2035-01-01T00:00:00Z'),
  });
  assert(
    property(constantFrom(...zones), instant, (timeZone, ms) => {
      const expected = Temporal.Instant.fromEpochMilliseconds(ms)
        .toZonedDateTimeISO(timeZone)
        .toPlainDate()
        .toString();
      expect(localDay(ms, timeZone)).toBe(expected);
    }),
    { numRuns: 500 },
  );
});

it('cuts a hundred thousand payments in well under a second', () => {
  const startMs = Date.parse('2026-01-01T00:00:00Z');
  const startedMs = performance.now();
  for (let index = 0; index < 100_000; index += 1) localDay(startMs + index * 300_000, 'Europe/Berlin');
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});

it('lists the days of a window, without the date that Apia skipped', () => {
  const window = { startDay: '2011-12-29', endDay: '2012-01-01', timeZone: 'Pacific/Apia' };
  expect(daysOf(window)).toEqual(['2011-12-29', '2011-12-31']);
  expect(daysOf({ ...window, timeZone: 'UTC' })).toEqual(['2011-12-29', '2011-12-30', '2011-12-31']);
});

it('knows which days have begun where the window is', () => {
  const window = { startDay: '2026-03-04', endDay: '2026-03-07', timeZone: 'Asia/Tokyo' };
  expect(begunDays(window, new Date('2026-03-04T14:59:59Z'))).toEqual(['2026-03-04']);
  expect(begunDays(window, new Date('2026-03-04T15:00:00Z'))).toEqual(['2026-03-04', '2026-03-05']);
});

it('refuses a zone that does not exist', () => {
  expect(() => localDay(0, 'Mars/Olympus')).toThrow(RangeError);
});
