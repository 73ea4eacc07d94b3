import type { Model } from '../model/model.ts';
import { DAY_SECONDS, type EpochSeconds } from '../model/time.ts';
import { daysOf } from './days.ts';
import { type Deed, deedsOf } from './mixpanel-deeds.ts';

/** What is known of a company's events at a moment: deeds oldest first, and the local days that are told whole. */
export type KnownDeeds = { deeds: readonly Deed[]; days: readonly LocalDay[] };
/** `end`: the first second after it. */
export type LocalDay = { day: string; end: EpochSeconds };
/** By the last day of what a number is about; a day without an entry has none. */
export type ByDay<Value> = Map<string, Value>;
export type Sides = { numerator: number; denominator: number };

/** Raw events are told in whole days of UTC: a local day is whole when it was over at the last midnight of UTC. */
export function knownDeeds(model: Model, options: { now: Date; timeZone: string }): KnownDeeds {
  const midnight = Math.floor(options.now.getTime() / 1_000 / DAY_SECONDS) * DAY_SECONDS;
  const days = daysOf(model, options)
    .map(({ day, lastSecond }) => ({ day, end: lastSecond + 1 }))
    .filter(({ end }) => end <= midnight);
  return { deeds: deedsOf(model.activity, options).filter(({ at }) => at < midnight), days };
}

/** Each person's own deeds, oldest first. */
export function livesOf(deeds: readonly Deed[]): Deed[][] {
  const lives = new Map<string, Deed[]>();
  for (const deed of deeds) {
    const life = lives.get(deed.personId);
    if (life === undefined) lives.set(deed.personId, [deed]);
    else life.push(deed);
  }
  return [...lives.values()];
}

/** That many days up to and with each day, as far as there are any. */
export function* stretches(
  days: readonly LocalDay[],
  length: number,
): Generator<{ last: LocalDay; within: ReadonlySet<string> }> {
  for (const [index, last] of days.entries()) {
    const from = Math.max(0, index + 1 - length);
    yield { last, within: new Set(days.slice(from, index + 1).map(({ day }) => day)) };
  }
}
