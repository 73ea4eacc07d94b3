import { daysBetween } from './day.ts';

/** Gaps that are looked at, and how few say nothing. */
const GAPS = 8;
const FEWEST_GAPS = 3;

/**
 * How many days usually lie between two values: the median of the newest gaps, 1 of a daily series that misses days now
 * and then, 7 of a sheet that is filled in on Fridays. 1 where there is too little to tell.
 *
 * @param days with a value, oldest first
 */
export function rhythmOf(days: readonly { day: string }[]): number {
  const newest = days.slice(-GAPS - 1);
  const gaps = newest
    .slice(1)
    .map(({ day }, index) => daysBetween(newest[index]?.day ?? day, day))
    .toSorted((a, b) => a - b);
  if (gaps.length < FEWEST_GAPS) return 1;
  // Of an even number the smaller: rather late too early than silent too long.
  return gaps[Math.floor((gaps.length - 1) / 2)] ?? 1;
}
