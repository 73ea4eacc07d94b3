import { localDay } from '../sdk/index.ts';

/** Further than any zone has ever been from UTC. */
const SEARCHED_SECONDS = 36 * 3_600;

/** One calendar month as instants in whole seconds, `[startsAt, endsAt)`. */
export type Month = { startsAt: number; endsAt: number };

/** The calendar months of a zone that were over at `now`, oldest first, the newest of them `count` in number. */
export function completeMonths(now: Date, timeZone: string, count: number): Month[] {
  const [year = 0, month = 0] = localDay(now, timeZone).split('-').map(Number);
  const starts = Array.from({ length: count + 1 }, (_, index) => {
    const first = new Date(Date.UTC(year, month - 1 - count + index, 1));
    return dayStart(first.toISOString().slice(0, 10), timeZone);
  });
  return starts.slice(1).map((endsAt, index) => ({ startsAt: starts[index] ?? endsAt, endsAt }));
}

/** The first second of a local day, found by halving: days never run backwards. */
function dayStart(day: string, timeZone: string): number {
  const middle = Date.parse(`${day}T00:00:00Z`) / 1_000;
  let before = middle - SEARCHED_SECONDS;
  let found = middle + SEARCHED_SECONDS;
  while (found - before > 1) {
    const half = Math.floor((before + found) / 2);
    if (localDay(half * 1_000, timeZone) < day) before = half;
    else found = half;
  }
  return found;
}
