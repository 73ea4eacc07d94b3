import { Temporal } from 'temporal-polyfill';
import type { DayWindow } from './types.ts';

type Span = { fromMs: number; toMs: number; offsetMs: number };

/** Spans of constant offset seen so far, by zone: a year of charges asks for two or three of them. */
const spansByZone = new Map<string, Span[]>();

/**
 * The local day (`YYYY-MM-DD`) in which an instant falls.
 *
 * @throws RangeError for an unknown zone or an instant that is no number
 */
export function localDay(instant: Date | number, timeZone: string): string {
  const ms = typeof instant === 'number' ? instant : instant.getTime();
  return new Date(ms + spanAt(ms, timeZone).offsetMs).toISOString().slice(0, 10);
}

function spanAt(ms: number, timeZone: string): Span {
  const spans = spansByZone.get(timeZone) ?? [];
  const known = spans.find((span) => span.fromMs <= ms && ms < span.toMs);
  if (known !== undefined) return known;
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  const span = {
    fromMs: ms,
    toMs: at.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: at.offsetNanoseconds / 1e6,
  };
  // The instant itself may be the transition, so look back from one millisecond later.
  const before = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  span.fromMs = before?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
  spansByZone.set(timeZone, [span, ...spans]);
  return span;
}

/** The days of a window in order. A date that the zone skipped (Apia, 2011-12-30) is no day. */
export function daysOf(window: Pick<DayWindow, 'startDay' | 'endDay' | 'timeZone'>): string[] {
  const days: string[] = [];
  let date = Temporal.PlainDate.from(window.startDay);
  const end = Temporal.PlainDate.from(window.endDay);
  while (Temporal.PlainDate.compare(date, end) < 0) {
    if (date.toZonedDateTime(window.timeZone).toPlainDate().equals(date)) days.push(date.toString());
    date = date.add({ days: 1 });
  }
  return days;
}

/** The days of a window that have begun: of a day to come there is nothing to say, not even zero. */
export function begunDays(window: Pick<DayWindow, 'startDay' | 'endDay' | 'timeZone'>, now: Date): string[] {
  const today = localDay(now, window.timeZone);
  return daysOf(window).filter((day) => day <= today);
}

/**
 * The instant of local wall time that was written as if it were UTC. Of an hour that the clock shows twice it is the earlier
 * one; of one that it skips, the same distance after the skip.
 */
export function instantOfWall(wallMs: number, timeZone: string): number {
  // No clock is further from UTC than this, and none changes twice in as long.
  const before = spanAt(wallMs - DAY_MS, timeZone).offsetMs;
  const after = spanAt(wallMs + DAY_MS, timeZone).offsetMs;
  const earlier = wallMs - Math.max(before, after);
  const later = wallMs - Math.min(before, after);
  const isShown = (ms: number): boolean => ms + spanAt(ms, timeZone).offsetMs === wallMs;
  if (isShown(earlier)) return earlier;
  return isShown(later) ? later : wallMs - before;
}

const DAY_MS = 86_400_000;
