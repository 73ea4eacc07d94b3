import type { Random } from './random.ts';
import { HOUR_SECONDS } from './time.ts';

/** How long after its end a visit reaches the providers; `queued` when the phone was offline and sends all at once. */
export type Delay = { seconds: number; queued: boolean };

type Odds = { days: number; hours: number };

// About 4 % of everything comes hours late and 0.5 % days late: nearly all of it from phones.
const PHONE: Odds = { days: 0.0125, hours: 0.098 };
const OTHER: Odds = { days: 0.001, hours: 0.008 };

export function visitDelay(rng: Random, phone: boolean): Delay {
  const odds = phone ? PHONE : OTHER;
  const roll = rng.next();
  if (roll < odds.days) return { seconds: rng.int(70 * HOUR_SECONDS, 108 * HOUR_SECONDS), queued: true };
  if (roll < odds.days + odds.hours) {
    return { seconds: rng.int(3 * HOUR_SECONDS, 68 * HOUR_SECONDS), queued: true };
  }
  return { seconds: rng.chance(0.85) ? rng.int(1, 90) : rng.int(90, 5_400), queued: false };
}

/** Fraction of events whose sender never got the receipt, and sent them again. */
export const SENT_TWICE_SHARE = 0.007;

/** How much later the copy comes. */
export function copyDelay(rng: Random): number {
  return rng.chance(0.6) ? rng.int(20, 600) : rng.int(600, 20 * HOUR_SECONDS);
}
