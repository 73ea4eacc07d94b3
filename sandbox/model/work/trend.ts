import { DAY_SECONDS, type EpochSeconds } from '../time.ts';

/** How the teams around the product are played: like the company itself, each day from the seed, the anchor and that day. */
export type Stretch = { seed: number; anchorAt: EpochSeconds; untilAt: EpochSeconds };

/** History is 460 days long when a demo begins, and its cycle has been running for 56 of them. */
const CYCLE_AT_DAY = 404;
const CYCLE_DAYS = 56;

/**
 * A quantity that somebody has been working on since the demo's cycle began: `before` until then, `now` where history
 * ends when the demo is made, and on in the same direction for another month.
 */
export function trend(anchorAt: EpochSeconds, before: number, now: number): (at: EpochSeconds) => number {
  return (at) => {
    const elapsed = ((at - anchorAt) / DAY_SECONDS - CYCLE_AT_DAY) / CYCLE_DAYS;
    return before + (now - before) * Math.min(1.5, Math.max(0, elapsed));
  };
}

/** First second of each UTC day from the anchor up to and with the one that `untilAt` lies in. */
export function* daysOf({ anchorAt, untilAt }: Stretch): Generator<EpochSeconds> {
  for (let dayAt = anchorAt; dayAt <= untilAt; dayAt += DAY_SECONDS) yield dayAt;
}
