/** Runs in a row of which nothing was answered, after which a connection is left alone. */
const OPENS_AT = 5;
const FIRST_MS = 60_000;
const LONGEST_MS = 30 * 60_000;

/**
 * How long a connection is left alone after so many runs in a row of which nothing was answered: a minute, twice as long
 * each time, half an hour at most. Null while it is asked as usual. A circuit breaker, as M. Nygard calls it in *Release It!*.
 *
 * @param random 0 (inclusive) to 1 (exclusive): a quarter less or more, so that what failed together does not come back together
 */
export function circuitOpenMs(outagesInRow: number, random: number): number | null {
  if (outagesInRow < OPENS_AT) return null;
  const base = Math.min(FIRST_MS * 2 ** Math.min(outagesInRow - OPENS_AT, 10), LONGEST_MS);
  return Math.trunc(base * (0.75 + 0.5 * random));
}
