import { begunDays, type DayWindow, localDay } from '../sdk/index.ts';

const DAY_MS = 86_400_000;

/** Days from first to last, both inclusive, as Mixpanel asks for them. */
export type DayRange = { fromDay: string; toDay: string };

/** The calendar day so many days later; dates have no zone, so UTC does the counting. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days a range has. */
export function lengthOf({ fromDay, toDay }: DayRange): number {
  return (Date.parse(toDay) - Date.parse(fromDay)) / DAY_MS + 1;
}

/** First and last of days in order; null when there are none. */
export function rangeOf(days: readonly string[]): DayRange | null {
  const [fromDay] = days;
  const toDay = days.at(-1);
  return fromDay === undefined || toDay === undefined ? null : { fromDay, toDay };
}

/** The days of a window that ended at least so many times 24 hours ago. */
export function matureDays(window: DayWindow, now: Date, days: number): string[] {
  // The day's end lies that far back exactly when that instant belongs to a later day.
  const running = localDay(now.getTime() - days * DAY_MS, window.timeZone);
  return begunDays(window, now).filter((day) => day < running);
}

/** The same range cut into parts of about equal length, none longer than `maxDays`. */
export function cutRange(range: DayRange, maxDays: number): DayRange[] {
  const length = lengthOf(range);
  const size = Math.ceil(length / Math.ceil(length / maxDays));
  const parts: DayRange[] = [];
  for (let from = range.fromDay; from <= range.toDay; from = shiftDay(from, size)) {
    const last = shiftDay(from, size - 1);
    parts.push({ fromDay: from, toDay: last < range.toDay ? last : range.toDay });
  }
  return parts;
}

/** As few ranges as cover the same days. */
export function unionOf(ranges: readonly DayRange[]): DayRange[] {
  const union: DayRange[] = [];
  for (const range of ranges.toSorted((left, right) => (left.fromDay < right.fromDay ? -1 : 1))) {
    const last = union.at(-1);
    if (last === undefined || range.fromDay > shiftDay(last.toDay, 1)) union.push({ ...range });
    else if (range.toDay > last.toDay) last.toDay = range.toDay;
  }
  return union;
}
