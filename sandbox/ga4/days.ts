import { DAY_SECONDS, dayStart, type EpochSeconds, utcDay } from '../model/time.ts';
import { invalid } from './errors.ts';
import type { DateRange } from './request.ts';

/** Where an instant lies on the property's wall clock. */
export type LocalHour = { day: string; date: string; hour: string; minute: string }; // 2026-03-02, 20260302, 07, 59
export type LocalClock = (at: EpochSeconds) => LocalHour;

/** Inclusive at both ends, as Google's are. */
export type DayRange = { name: string; startDay: string; endDay: string };

const QUARTER_SECONDS = 900; // every zone's offset is a multiple of it today

/** Cuts instants into local days and hours. Formatting is slow, so each quarter of an hour is formatted once. */
export function localClock(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const known = new Map<number, LocalHour[]>(); // each with its fifteen minutes
  return (at) => {
    const quarter = Math.floor(at / QUARTER_SECONDS);
    const found = known.get(quarter) ?? minutesOf(format.format(quarter * QUARTER_SECONDS * 1_000));
    known.set(quarter, found);
    return found[Math.floor(at / 60) % 15] as LocalHour; // an index below 15 is always there
  };
}

/** @param text when the quarter of an hour begins, such as "2026-03-02, 07:15" */
function minutesOf(text: string): LocalHour[] {
  const day = text.slice(0, 10);
  const common = { day, date: day.replaceAll('-', ''), hour: text.slice(-5, -3) };
  const first = Number(text.slice(-2));
  return Array.from({ length: 15 }, (_, index) => ({
    ...common,
    minute: String(first + index).padStart(2, '0'),
  }));
}

export function addDays(day: string, count: number): string {
  return utcDay(dayStart(day) + count * DAY_SECONDS);
}

export function lengthDays({ startDay, endDay }: DayRange): number {
  return (dayStart(endDay) - dayStart(startDay)) / DAY_SECONDS + 1;
}

const MAX_RANGES = 4;

/** @throws Refusal (400) for what is no date, for an end before its start, and for a name that Google keeps */
export function rangesOf(asked: readonly DateRange[], today: string): DayRange[] {
  if (asked.length === 0) throw invalid('A dateRange or a cohort is required.');
  if (asked.length > MAX_RANGES) {
    throw invalid(`Requests are limited to ${MAX_RANGES} dateRanges. This request is for ${asked.length}.`);
  }
  const ranges = asked.map((range, index) => ({
    name: nameOf(range, index),
    startDay: dayOf(range.startDate, 'startDate', today),
    endDay: dayOf(range.endDate, 'endDate', today),
  }));
  for (const { startDay, endDay } of ranges) {
    if (endDay < startDay) throw invalid(`The endDate ${endDay} is before the startDate ${startDay}.`);
  }
  if (new Set(ranges.map(({ name }) => name)).size < ranges.length) {
    throw invalid('The names of the dateRanges must be different from each other.');
  }
  return ranges;
}

function nameOf({ name }: DateRange, index: number): string {
  if (name === undefined || name === '') return `date_range_${index}`;
  if (!/^(?:date_range_|RESERVED_)/.test(name)) return name;
  throw invalid(`The dateRange name ${name} begins with a reserved prefix.`);
}

/** @throws Refusal (400) for what is no date */
export function dayOf(text: string, field: string, today: string): string {
  if (text === 'today') return today;
  if (text === 'yesterday') return addDays(today, -1);
  const ago = /^(\d{1,5})daysAgo$/.exec(text);
  if (ago !== null) return addDays(today, -Number(ago[1]));
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
  // A date such as 2026-02-30 is parsed to another day.
  if (isDay && utcDay(dayStart(text)) === text) return text;
  throw invalid(`Invalid ${field}: ${text}. Use YYYY-MM-DD, today, yesterday or NdaysAgo.`);
}
