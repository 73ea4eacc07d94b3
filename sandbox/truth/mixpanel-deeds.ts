import type { Activity, ProductEvent } from '../model/activity.ts';
import { DAY_SECONDS, dayStart, type EpochSeconds, localDayOf, utcDay, weekday } from '../model/time.ts';

/** One thing that somebody did, once however often it was sent, with the project's day on which it happened. */
export type Deed = Pick<ProductEvent, 'name' | 'personId' | 'properties'> & {
  at: EpochSeconds;
  day: string;
};

export type Unit = 'day' | 'week' | 'month';

/** What a project knows of its people's deeds at a moment, oldest first. */
export function deedsOf(
  activity: readonly Activity[],
  { now, timeZone }: { now: Date; timeZone: string },
): Deed[] {
  const nowAt = now.getTime() / 1_000;
  const dayOf = localDayOf(timeZone);
  const once = new Map<string, Deed>();
  for (const one of activity) {
    if (one.kind !== 'event' || one.seenAt > nowAt || one.at > nowAt) continue;
    const { at, insertId, name, personId, properties } = one;
    if (!once.has(insertId)) once.set(insertId, { name, personId, properties, at, day: dayOf(at) });
  }
  return [...once.values()].toSorted((left, right) => left.at - right.at);
}

/** The day, the Monday or the first of the month that begins the period of a day. */
export function beginningOf(day: string, unit: Unit): string {
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  if (unit === 'day') return day;
  let at = dayStart(day);
  while (weekday(at) !== 1) at -= DAY_SECONDS;
  return utcDay(at);
}
