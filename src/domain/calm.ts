import { addDays, dayEnd, dayStart, instantAt, localDay } from './day.ts';

/** When a reader may be spoken to, in the reader's own zone. */
export type Calm = {
  timeZone: string;
  /** Nothing is sent from the one time of day ("22:00") until the other; may span midnight. Null: at any time. */
  quietHours: { from: string; to: string } | null;
  /** ISO weekdays on which something may be sent, 1 for Monday; at least one. */
  workingDays: readonly number[];
};

/** A summary comes on every working day, or on one weekday (ISO, 1 for Monday), at a time of the reader's day. */
export type DigestTime = { period: 'daily' | 'weekly'; at: string; weekday: number };

/** Longer than any stretch without a working day, a skipped calendar day included. */
const SEARCH_DAYS = 16;

/** The first moment from `at` on in which the reader may be spoken to. */
export function nextOpening(calm: Calm, at: Date): Date {
  for (const day of daysFrom(at, calm.timeZone)) {
    if (!calm.workingDays.includes(weekdayOf(day))) continue;
    for (const [openAt, closeAt] of openHours(calm, day)) {
      if (openAt < closeAt && closeAt > at) return openAt > at ? openAt : at;
    }
  }
  return at;
}

/** The first moment after `after` at which a digest is due. Daily ones keep to working days, weekly ones to their own. */
export function nextDigest({ at, period, weekday }: DigestTime, calm: Calm, after: Date): Date {
  const weekdays = period === 'weekly' ? [weekday] : calm.workingDays;
  for (const day of daysFrom(after, calm.timeZone)) {
    if (!weekdays.includes(weekdayOf(day))) continue;
    const due = instantAt(day, at, calm.timeZone);
    if (due !== null && due > after) return due;
  }
  throw new RangeError(`no digest is ever due on the weekdays ${weekdays.join(', ')}`);
}

/** A digest that is due: since when the first one was, when the newest one was, and how many were missed before that. */
export type DueDigest = { firstAt: Date; at: Date; missed: number };

/** What is due now when the last digest was at `after`; null when nothing is. */
export function dueDigest(time: DigestTime, calm: Calm, after: Date, now: Date): DueDigest | null {
  const firstAt = nextDigest(time, calm, after);
  if (firstAt > now) return null;
  const due: DueDigest = { firstAt, at: firstAt, missed: 0 };
  for (let next = nextDigest(time, calm, firstAt); next <= now; next = nextDigest(time, calm, next)) {
    due.at = next;
    due.missed += 1;
  }
  return due;
}

/**
 * The first day that a digest which is due then covers: the day on which the one before it came, so that none is left
 * out where a zone skipped the day of a digest. The last one is the day before.
 */
export function digestFromDay({ at, period }: DigestTime, calm: Calm, dueAt: Date): string {
  const back = period === 'weekly' ? -7 : -1;
  const wasDue = (day: string): boolean =>
    (period === 'weekly' || calm.workingDays.includes(weekdayOf(day))) &&
    instantAt(day, at, calm.timeZone) !== null;
  let day = addDays(localDay(dueAt, calm.timeZone), back);
  while (!wasDue(day)) day = addDays(day, back);
  return day;
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function daysFrom(at: Date, timeZone: string): string[] {
  const today = localDay(at, timeZone);
  return Array.from({ length: SEARCH_DAYS }, (_, index) => addDays(today, index));
}

/** The stretches of a day outside the quiet hours, in order; one of no length where the clock skips it. */
function openHours({ quietHours, timeZone }: Calm, day: string): [Date, Date][] {
  const [start, end] = [dayStart(day, timeZone), dayEnd(day, timeZone)];
  if (quietHours === null || quietHours.from === quietHours.to) return [[start, end]];
  const quietFrom = instantAt(day, quietHours.from, timeZone) ?? start;
  const quietTo = instantAt(day, quietHours.to, timeZone) ?? start;
  if (quietHours.from > quietHours.to) return [[quietTo, quietFrom]];
  return [
    [start, quietFrom],
    [quietTo, end],
  ];
}
