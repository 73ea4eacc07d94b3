import { addDays, dayStart } from '../day.ts';

/** The local day that an instant belongs to, in a time zone fixed beforehand. */
export type DayOf = (instant: Date) => string;

/** The days at whose close something is there, half-open; `toDay` null: it has no end. */
export type DaySpan = { fromDay: string; toDay: string | null };

const dayMs = 86_400_000;

/**
 * Finds days by their first instants, each worked out once: histories hold many instants, but few days. It is the newest
 * day that has begun, which stays true where a clock goes back over midnight and the date is read twice.
 */
export function dayFinder(timeZone: string): DayOf {
  const known = new Map<number, { day: string; startMs: number }>();
  const byNumber = (number: number) => {
    const found = known.get(number);
    if (found !== undefined) return found;
    const day = addDays('1970-01-01', number);
    const made = { day, startMs: dayStart(day, timeZone).getTime() };
    known.set(number, made);
    return made;
  };
  return (instant) => {
    let number = Math.floor(instant.getTime() / dayMs) + 1; // the UTC day's next: no zone is further ahead
    while (byNumber(number).startMs > instant.getTime()) number -= 1;
    return byNumber(number).day;
  };
}

/**
 * At which closes `[fromAt, toAt)` is alive: `from < cut` and `to >= cut`, with the cut at the next midnight. So it
 * counts from the day it begins in up to the day before the one it ends in; an end at midnight still closes the old day.
 */
export function aliveDays(fromAt: Date, toAt: Date | null, dayOf: DayOf): DaySpan {
  return { fromDay: dayOf(fromAt), toDay: toAt === null ? null : dayOf(toAt) };
}

/** Whether a close lies in the span. */
export function isAlive(span: DaySpan, day: string): boolean {
  return span.fromDay <= day && (span.toDay === null || day < span.toDay);
}
