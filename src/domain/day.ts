import { Temporal } from 'temporal-polyfill';

/**
 * Local days. A day is a `YYYY-MM-DD` string, so that days compare as text; what it spans depends on the time zone:
 * usually 24 hours, 23 to 25 where clocks change, and none at all for a date that a zone skipped (Apia, 30 December
 * 2011). Arithmetic on days is calendar arithmetic and needs no zone.
 */
export type Window = { startDay: string; endDay: string; timeZone: string; startAt: Date; endAt: Date };

const dayMs = 86_400_000;

/** Whether the text is a day that the calendar has: 2026-02-30 is not. */
export function isDay(text: string): boolean {
  return epochDay(text) !== null;
}

/** Whether the text is an IANA time zone name. Offsets such as "+02:00" are not: they cannot know when clocks change. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

type Span = { day: string; startMs: number; endMs: number };

/** Days that were worked out before, by zone and day in UTC: a board asks for the day of thousands of instants of few days. */
const spans = new Map<string, Span[]>();
const MOST_SPANS = 5_000;

/** The local day that an instant belongs to. */
export function localDay(instant: Date, timeZone: string): string {
  const ms = instant.getTime();
  const key = `${timeZone} ${Math.floor(ms / dayMs)}`;
  const known = spans.get(key)?.find(({ startMs, endMs }) => startMs <= ms && ms < endMs);
  if (known !== undefined) return known.day;
  const date = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
  const day = date.toString();
  const start = date.toZonedDateTime(timeZone);
  const end = date.add({ days: 1 }).toZonedDateTime(timeZone);
  // Where clocks change, a day need not be one piece: St. John's once turned back from 00:01 to 23:01.
  if (start.offsetNanoseconds !== end.offsetNanoseconds) return day;
  if (spans.size >= MOST_SPANS) spans.clear();
  const span = { day, startMs: start.epochMilliseconds, endMs: end.epochMilliseconds };
  spans.set(key, [...(spans.get(key) ?? []), span]);
  return day;
}

/**
 * The first instant of a local day. A skipped day starts where the next one does, and so has no length.
 *
 * @throws RangeError when the day or the zone does not exist
 */
export function dayStart(day: string, timeZone: string): Date {
  number(day);
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);
}

/** The first instant after a local day. */
export function dayEnd(day: string, timeZone: string): Date {
  return dayStart(addDays(day, 1), timeZone);
}

/**
 * The instant at which a local clock shows `at` ("HH:MM") on a day. A time that the clock skips becomes the first
 * valid instant after it; of a repeated time the first one counts. Null when the zone skipped the whole day.
 */
export function instantAt(day: string, at: string, timeZone: string): Date | null {
  if (localDay(dayStart(day, timeZone), timeZone) !== day) return null;
  const wanted = Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from(at));
  const found = wanted.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  if (found.toPlainDateTime().equals(wanted)) return new Date(found.epochMilliseconds);
  // Moved back by the length of the gap it lies before the change of clocks, which is the first valid instant.
  const before = wanted.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const change = before.getTimeZoneTransition('next');
  return new Date((change ?? found).epochMilliseconds);
}

export function addDays(day: string, days: number): string {
  return fromNumber(number(day) + days);
}

/** The same day of a later month, or that month's last day when it is shorter: 31 January + 1 is 28 February. */
export function addMonths(day: string, months: number): string {
  number(day);
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** The first day of the day's month. */
export function monthStart(day: string): string {
  number(day);
  return `${day.slice(0, 7)}-01`;
}

/** Days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: string, to: string): number {
  return number(to) - number(from);
}

/** The days of `[startDay, endDay)`, in order; none when the end is not after the start. */
export function eachDay(startDay: string, endDay: string): string[] {
  const first = number(startDay);
  return Array.from({ length: Math.max(0, number(endDay) - first) }, (_, index) => fromNumber(first + index));
}

export function minDay(a: string, b: string): string {
  return a < b ? a : b;
}

export function maxDay(a: string, b: string): string {
  return a > b ? a : b;
}

/**
 * The local days `[startDay, endDay)` with the instants that bound them.
 *
 * @throws RangeError when a day or the zone does not exist, or the end lies before the start
 */
export function windowOf(startDay: string, endDay: string, timeZone: string): Window {
  if (daysBetween(startDay, endDay) < 0)
    throw new RangeError(`the window ends on ${endDay}, before ${startDay}`);
  const startAt = dayStart(startDay, timeZone);
  return { startDay, endDay, timeZone, startAt, endAt: dayStart(endDay, timeZone) };
}

/** Days since 1 January 1970, or null when the text is not a day. */
function epochDay(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null || match[1] === '0000') return null;
  const atMidnight = new Date(`${text}T00:00:00Z`);
  // The parser rolls 2026-02-30 over into March, where it understands it at all.
  if (Number.isNaN(atMidnight.getTime()) || atMidnight.toISOString().slice(0, 10) !== text) return null;
  return atMidnight.getTime() / dayMs;
}

function number(day: string): number {
  const found = epochDay(day);
  if (found === null) throw new RangeError(`"${day}" is not a day of the calendar, written YYYY-MM-DD`);
  return found;
}

function fromNumber(epoch: number): string {
  return new Date(epoch * dayMs).toISOString().slice(0, 10);
}
