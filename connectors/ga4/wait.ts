import { localDay } from '../sdk/index.ts';

const HOUR_MS = 3_600_000;
const PACIFIC = 'America/Los_Angeles';

/** Until the next full hour: Google says "in under an hour", so it is the latest moment. */
export function untilNextHourMs(now: Date): number {
  return HOUR_MS - (now.getTime() % HOUR_MS);
}

/** Until midnight in California, when the tokens of a day come back. */
export function untilPacificMidnightMs(now: Date): number {
  const today = localDay(now, PACIFIC);
  // Clocks change at two in the morning and by a full hour, so midnight is a full hour of UTC.
  for (let at = now.getTime() + untilNextHourMs(now); ; at += HOUR_MS) {
    if (localDay(at, PACIFIC) !== today) return at - now.getTime();
  }
}
