import { addDays, dayStart } from '../day.ts';

/**
 * The local days from one day on, counted 0, 1, 2 … A date that the zone skipped is not among them: it has no length,
 * so nobody could do anything on it. Worked out as far as somebody asks, once, because a lookup in a sorted list is far
 * cheaper per event than time-zone arithmetic.
 */
export type LocalDays = {
  /** Which of the days an instant belongs to. The instant must not lie before the first. */
  indexAt(atMs: number): number;
  dayOf(index: number): string;
  /** The first instant of the day counted `index`. */
  startMs(index: number): number;
  /** The first instant of any day. */
  startOfMs(day: string): number;
};

export function localDaysFrom(firstDay: string, timeZone: string): LocalDays {
  const startsMs: number[] = [];
  const days: string[] = [];
  const knownMs = new Map<string, number>();
  let nextDay = firstDay;

  function startOfMs(day: string): number {
    const found = knownMs.get(day) ?? dayStart(day, timeZone).getTime();
    knownMs.set(day, found);
    return found;
  }
  function grow(): void {
    const day = nextDay;
    nextDay = addDays(day, 1);
    if (startOfMs(day) === startOfMs(nextDay)) return;
    days.push(day);
    startsMs.push(startOfMs(day));
  }

  return {
    startOfMs,
    indexAt(atMs) {
      while ((startsMs.at(-1) ?? atMs) <= atMs) grow();
      return lastNotAfter(startsMs, atMs);
    },
    dayOf(index) {
      while (days.length <= index) grow();
      return days[index] ?? nextDay;
    },
    startMs(index) {
      while (startsMs.length <= index) grow();
      return startsMs[index] ?? startOfMs(nextDay);
    },
  };
}

/** The place of the last number that is not above the wanted one, in a rising list; -1 when all are. */
function lastNotAfter(rising: readonly number[], wanted: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rising[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
