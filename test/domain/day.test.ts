import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayStart,
  daysBetween,
  eachDay,
  instantAt,
  isDay,
  isTimeZone,
  localDay,
  windowOf,
} from '../../src/domain/day.ts';

const hours = (from: string, to: string, zone: string) =>
  (dayStart(to, zone).getTime() - dayStart(from, zone).getTime()) / 3_600_000;

describe('a local day is as long as its clocks make it', () => {
  // Clock changes from the IANA database: New York 8 Mar and 1 Nov 2026, Lord Howe 5 Apr and 4 Oct 2026 (half an
  // hour), Apia skipped 30 Dec 2011, Shanghai changed for the last time in 1991.
  it.each([
    { zone: 'America/New_York', day: '2026-03-08', next: '2026-03-09', length: 23 },
    { zone: 'America/New_York', day: '2026-11-01', next: '2026-11-02', length: 25 },
    { zone: 'Australia/Lord_Howe', day: '2026-04-05', next: '2026-04-06', length: 24.5 },
    { zone: 'Australia/Lord_Howe', day: '2026-10-04', next: '2026-10-05', length: 23.5 },
    { zone: 'Pacific/Apia', day: '2011-12-29', next: '2011-12-30', length: 24 },
    { zone: 'Pacific/Apia', day: '2011-12-30', next: '2011-12-31', length: 0 },
    { zone: 'Asia/Shanghai', day: '2026-03-08', next: '2026-03-09', length: 24 },
    { zone: 'UTC', day: '2026-03-08', next: '2026-03-09', length: 24 },
  ])('$day in $zone has $length hours', ({ day, length, next, zone }) => {
    expect(hours(day, next, zone)).toBe(length);
  });

  it('starts Shanghai at 16:00 UTC of the day before', () => {
    expect(dayStart('2026-07-01', 'Asia/Shanghai').toISOString()).toBe('2026-06-30T16:00:00.000Z');
  });

  it('starts a day that has no midnight at its first instant', () => {
    // Beirut moves its clocks at midnight: 29 March 2026 begins at 01:00 summer time, which is 22:00 UTC.
    expect(dayStart('2026-03-29', 'Asia/Beirut').toISOString()).toBe('2026-03-28T22:00:00.000Z');
  });

  it('never calls an instant by a day that Apia skipped', () => {
    expect(localDay(new Date('2011-12-30T09:59:59Z'), 'Pacific/Apia')).toBe('2011-12-29');
    expect(localDay(new Date('2011-12-30T10:00:00Z'), 'Pacific/Apia')).toBe('2011-12-31');
  });
});

const zone = fc.constantFrom(
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Europe/Berlin',
  'UTC',
);
const day = fc.integer({ min: 0, max: 13_000 }).map((n) => addDays('2000-01-01', n));

describe('time zones never lose or double a moment', () => {
  it('puts every instant inside the day it is given', () => {
    const instant = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2035-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, zone, (at, timeZone) => {
        const found = localDay(at, timeZone);
        expect(dayStart(found, timeZone).getTime()).toBeLessThanOrEqual(at.getTime());
        expect(dayStart(addDays(found, 1), timeZone).getTime()).toBeGreaterThan(at.getTime());
      }),
    );
  });

  it('splits a window into parts that meet, and together are the whole', () => {
    fc.assert(
      fc.property(day, fc.nat(60), fc.nat(60), zone, (startDay, first, second, timeZone) => {
        const middle = addDays(startDay, first);
        const end = addDays(middle, second);
        const whole = windowOf(startDay, end, timeZone);
        const [a, b] = [windowOf(startDay, middle, timeZone), windowOf(middle, end, timeZone)];
        expect([a.startAt, a.endAt, b.endAt]).toEqual([whole.startAt, b.startAt, whole.endAt]);
        expect([...eachDay(startDay, middle), ...eachDay(middle, end)]).toEqual(eachDay(startDay, end));
      }),
    );
  });

  it('adds and counts days as inverses', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (from, n) => {
        expect(daysBetween(from, addDays(from, n))).toBe(n);
      }),
    );
  });
});

it.each([
  '2026-02-30',
  '2025-02-29',
  '2026-13-01',
  '2026-1-1',
  '0000-01-01',
  '2026-01-01T00:00',
  '',
  'today',
])('refuses "%s" as a day, and says so', (text) => {
  expect(isDay(text)).toBe(false);
  expect(() => dayStart(text, 'UTC')).toThrow(RangeError);
  expect(() => addDays(text, 1)).toThrow(`"${text}"`);
  expect(() => daysBetween('2026-01-01', text)).toThrow(RangeError);
});

it('knows the leap day', () => {
  expect(isDay('2028-02-29')).toBe(true);
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
});

it('refuses a window that ends before it starts, naming both days', () => {
  expect(() => windowOf('2026-07-02', '2026-07-01', 'UTC')).toThrow('2026-07-01, before 2026-07-02');
});

it.each([
  { from: '2026-01-31', months: 1, to: '2026-02-28' },
  { from: '2026-01-31', months: 2, to: '2026-03-31' },
  { from: '2026-03-01', months: -1, to: '2026-02-01' },
  { from: '2026-11-30', months: 3, to: '2027-02-28' },
])('$from and $months months is $to', ({ from, months, to }) => {
  expect(addMonths(from, months)).toBe(to);
});

it.each([
  { name: 'Asia/Shanghai', known: true },
  { name: 'UTC', known: true },
  { name: 'Australia/Lord_Howe', known: true },
  { name: 'Mars/Olympus', known: false },
  { name: '+02:00', known: false },
  { name: '', known: false },
])('isTimeZone($name) is $known', ({ known, name }) => {
  expect(isTimeZone(name)).toBe(known);
});

describe('instantAt', () => {
  it.each([
    { day: '2026-10-04', at: '02:15', zone: 'Australia/Lord_Howe', utc: '2026-10-03T15:30:00.000Z' },
    { day: '2026-03-29', at: '02:30', zone: 'Europe/Berlin', utc: '2026-03-29T01:00:00.000Z' },
    { day: '2026-10-25', at: '02:30', zone: 'Europe/Berlin', utc: '2026-10-25T00:30:00.000Z' },
    { day: '2026-07-01', at: '09:00', zone: 'Asia/Shanghai', utc: '2026-07-01T01:00:00.000Z' },
  ])('$at on $day in $zone is $utc', ({ at, day: wanted, utc, zone: timeZone }) => {
    expect(instantAt(wanted, at, timeZone)?.toISOString()).toBe(utc);
  });

  it('has no 09:00 on a day that never was', () => {
    expect(instantAt('2011-12-30', '09:00', 'Pacific/Apia')).toBeNull();
  });
});

it('names the same day whatever was asked before, also where a day is torn in two', () => {
  // St. John's, 30 October 2005: at 00:01 clocks went back to 23:01 of the day before. By hand: daylight time is UTC-2:30,
  // so 00:00:30 is 02:30:30Z; the second 23:30 is in standard time, UTC-3:30, at 03:00Z; midnight comes again at 03:30Z.
  const at = ['2005-10-30T02:30:30Z', '2005-10-30T03:00:00Z', '2005-10-30T03:30:00Z', '2005-10-30T02:29:00Z'];
  const days = ['2005-10-30', '2005-10-29', '2005-10-30', '2005-10-29'];
  for (const order of [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [2, 0, 3, 1],
  ]) {
    expect(order.map((each) => localDay(new Date(at[each] ?? ''), 'America/St_Johns'))).toEqual(
      order.map((each) => days[each]),
    );
  }
});
