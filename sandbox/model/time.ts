import type { Recurring } from './catalog.ts';

/** Whole seconds since 1970 in UTC: the only clock Stripe knows, so facts keep it as it is. */
export type EpochSeconds = number;
export type Period = { start: EpochSeconds; end: EpochSeconds };

export const HOUR_SECONDS = 3_600;
export const DAY_SECONDS = 86_400;

/** First second of a `YYYY-MM-DD` day in UTC. @throws RangeError when the text is no calendar day */
export function dayStart(day: string): EpochSeconds {
  const milliseconds = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(milliseconds)) {
    throw new RangeError(`"${day}" is not a day like 2026-03-31`);
  }
  return milliseconds / 1_000;
}

export function utcDay(at: EpochSeconds): string {
  return new Date(at * 1_000).toISOString().slice(0, 10);
}

/** 0 = Sunday … 6 = Saturday, in UTC. */
export function weekday(at: EpochSeconds): number {
  return new Date(at * 1_000).getUTCDay();
}

export function toEpochSeconds(instant: Date): EpochSeconds {
  return Math.floor(instant.getTime() / 1_000);
}

/** `count` intervals after the anchor; a month keeps the anchor's day, clamped to the month's length. */
export function addInterval(
  anchorAt: EpochSeconds,
  interval: Recurring['interval'],
  count: number,
): EpochSeconds {
  if (interval === 'day') return anchorAt + count * DAY_SECONDS;
  if (interval === 'week') return anchorAt + count * 7 * DAY_SECONDS;
  const anchor = new Date(anchorAt * 1_000);
  const months = anchor.getUTCMonth() + count * (interval === 'year' ? 12 : 1);
  const year = anchor.getUTCFullYear() + Math.floor(months / 12);
  const month = ((months % 12) + 12) % 12;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const midnight = Date.UTC(year, month, Math.min(anchor.getUTCDate(), lastDay)) / 1_000;
  return midnight + (anchorAt % DAY_SECONDS);
}

const ROUGH_SECONDS = {
  day: DAY_SECONDS,
  week: 7 * DAY_SECONDS,
  month: 2_629_800,
  year: 31_557_600,
} as const;

/** The billing period `[start, end)` that holds an instant; the anchor may lie before or after it. */
export function periodAt(anchorAt: EpochSeconds, recurring: Recurring, at: EpochSeconds): Period {
  const { interval, intervalCount } = recurring;
  const boundary = (index: number) => addInterval(anchorAt, interval, index * intervalCount);
  let index = Math.floor((at - anchorAt) / (ROUGH_SECONDS[interval] * intervalCount));
  while (boundary(index) > at) index -= 1;
  while (boundary(index + 1) <= at) index += 1;
  return { start: boundary(index), end: boundary(index + 1) };
}

/** Cuts instants into local days. One formatter for many instants, because making one is slow. */
export function localDayOf(timeZone: string): (at: EpochSeconds) => string {
  if (timeZone === 'UTC') return utcDay;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (at) => format.format(new Date(at * 1_000));
}

/** A moment in the American working day (13:00 to 22:00 UTC) of the UTC day that starts at `dayAt`. */
export function officeTime(dayAt: EpochSeconds, fraction: number): EpochSeconds {
  return dayAt + 13 * HOUR_SECONDS + Math.floor(fraction * 9 * HOUR_SECONDS);
}

/** Moves an instant on a weekend to the same time on Monday: people buy and cancel at work. */
export function onWorkday(at: EpochSeconds): EpochSeconds {
  const day = weekday(at);
  if (day === 6) return at + 2 * DAY_SECONDS;
  return day === 0 ? at + DAY_SECONDS : at;
}
