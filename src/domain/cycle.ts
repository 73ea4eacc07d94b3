import { addDays, daysBetween, isDay, isTimeZone } from './day.ts';

/** The days a Key Result is judged over, `[startDay, endDay)`, in a time zone that never follows the reader. */
export type Cycle = { startDay: string; endDay: string; timeZone: string };

export type CycleResult = { ok: true; cycle: Cycle } | { ok: false; problem: string };

/** A cycle of at least one day, or one sentence that says what is wrong with it. */
export function createCycle(startDay: string, endDay: string, timeZone: string): CycleResult {
  for (const day of [startDay, endDay]) {
    if (!isDay(day))
      return { ok: false, problem: `"${day}" is not a day of the calendar; write it YYYY-MM-DD.` };
  }
  if (!isTimeZone(timeZone)) {
    return { ok: false, problem: `"${timeZone}" is not a time zone; name one like "Europe/Berlin".` };
  }
  if (daysBetween(startDay, endDay) <= 0) {
    const problem =
      startDay === endDay
        ? `The cycle starts and ends on ${startDay}, so it has no day; the end is the day after the last one.`
        : `The cycle ends on ${endDay}, before it starts on ${startDay}; the end must be the later day.`;
    return { ok: false, problem };
  }
  return { ok: true, cycle: { startDay, endDay, timeZone } };
}

export function totalDays(cycle: Cycle): number {
  return daysBetween(cycle.startDay, cycle.endDay);
}

export function lastDay(cycle: Cycle): string {
  return addDays(cycle.endDay, -1);
}

/** Days of the cycle that have passed at the close of `throughDay`: 0 before the start, all of them after the end. */
export function elapsedDays(cycle: Cycle, throughDay: string): number {
  const passed = daysBetween(cycle.startDay, throughDay) + 1;
  return Math.min(Math.max(passed, 0), totalDays(cycle));
}

/**
 * Share of the cycle that has passed at the close of `throughDay`, 0 to 1.
 *
 * @see Engagedly, "Understanding goal measurement types": 1 to 30 April is half over at the close of 15 April
 */
export function elapsed(cycle: Cycle, throughDay: string): number {
  return elapsedDays(cycle, throughDay) / totalDays(cycle);
}
