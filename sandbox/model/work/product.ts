import { random } from '../random.ts';
import { seasonFactor, weekFactor } from '../rhythm.ts';
import { DAY_SECONDS, type EpochSeconds, utcDay } from '../time.ts';
import { daysOf, type Stretch, trend } from './trend.ts';

/** Acme's own database, as its nightly export shows it: whole days (UTC) that are over. */

/** One person's day in the app. */
export type AppDay = { day: string; person: number; sessions: number };
/** Somebody who pays for the app by the month. */
export type AppSubscriber = {
  person: number;
  startedOn: string;
  endedOn: string | null;
  monthlyCents: number;
};
/** One title watched by one person on a day. */
export type Play = { day: string; person: number; title: number; releasedOn: string; minutes: number };
/** A merchant's store on a day; each step counts sessions. */
export type StoreDaySales = {
  day: string;
  store: number;
  sessions: number;
  carts: number;
  checkouts: number;
};

/** Only what the goals of today look at: a year and more of single plays would weigh tens of megabytes. */
const KEPT_DAYS = 300;

function* exported(stretch: Stretch): Generator<EpochSeconds> {
  const firstAt = Math.floor(stretch.untilAt / DAY_SECONDS) * DAY_SECONDS - KEPT_DAYS * DAY_SECONDS;
  for (const dayAt of daysOf(stretch))
    if (dayAt >= firstAt && dayAt + DAY_SECONDS <= stretch.untilAt) yield dayAt;
}

const APP_USERS = 160;

export function playAppDays(stretch: Stretch): AppDay[] {
  const sessions = trend(stretch.anchorAt, 5, 10);
  const days: AppDay[] = [];
  for (const dayAt of exported(stretch)) {
    const rng = random(stretch.seed, 'app', dayAt);
    const day = utcDay(dayAt);
    for (let person = 1; person <= APP_USERS; person += 1)
      if (rng.chance(0.3 * weekFactor(dayAt)))
        days.push({ day, person, sessions: 1 + rng.poisson(sessions(dayAt) - 1) });
  }
  return days;
}

const SUBSCRIBERS_AT_START = 520;

/** About one in twenty leaves in a month; those who come pay a little more than those who went. */
export function playSubscribers({ anchorAt, seed, untilAt }: Stretch): AppSubscriber[] {
  const subscribers: AppSubscriber[] = [];
  const come = (dayAt: EpochSeconds, startedAt: EpochSeconds) => {
    const person = subscribers.length + 1;
    const rng = random(seed, 'subscriber', person);
    const stays = Math.floor((-Math.log(1 - rng.next()) * 30.4) / leaving(dayAt));
    const endedAt = dayAt + stays * DAY_SECONDS;
    const monthlyCents = rng.pick([2_900, 3_900, 3_900, 4_900]) + (dayAt > anchorAt ? 200 : 0);
    const endedOn = endedAt + DAY_SECONDS <= untilAt ? utcDay(endedAt) : null;
    subscribers.push({ person, startedOn: utcDay(startedAt), endedOn, monthlyCents });
  };
  const leaving = trend(anchorAt, 0.055, 0.043);
  for (let index = 0; index < SUBSCRIBERS_AT_START; index += 1) come(anchorAt, anchorAt - 30 * DAY_SECONDS);
  for (const dayAt of daysOf({ seed, anchorAt, untilAt: untilAt - DAY_SECONDS })) {
    for (let count = random(seed, 'new subscribers', dayAt).poisson(1.05); count > 0; count -= 1)
      come(dayAt, dayAt);
  }
  return subscribers;
}

const VIEWERS = 420;
const TITLES = 60;
const RELEASE_EVERY_DAYS = 9;

/** Some watch a lot and some little; a new title comes out every nine days and is watched most while it is new. */
export function playPlays(stretch: Stretch): Play[] {
  const { anchorAt, seed } = stretch;
  const minutes = trend(anchorAt, 31, 41);
  const curious = trend(anchorAt, 0.16, 0.42);
  const plays: Play[] = [];
  for (const dayAt of exported(stretch)) {
    const rng = random(seed, 'plays', dayAt);
    const day = utcDay(dayAt);
    const newest = Math.floor((dayAt - anchorAt) / DAY_SECONDS / RELEASE_EVERY_DAYS) + TITLES;
    for (let person = 1; person <= VIEWERS; person += 1) {
      if (!rng.chance(0.25 + 0.4 * ((person % 7) / 7))) continue;
      const fresh = rng.chance(curious(dayAt) * (0.2 + (person % 5) / 5));
      const title = fresh ? newest - rng.int(0, 2) : newest - rng.int(4, TITLES);
      const releasedOn = utcDay(anchorAt + (title - TITLES) * RELEASE_EVERY_DAYS * DAY_SECONDS);
      plays.push({
        day,
        person,
        title,
        releasedOn,
        minutes: Math.max(2, Math.round(minutes(dayAt) + 9 * rng.normal())),
      });
    }
  }
  return plays;
}

const STORES = 36;

export function playStores(stretch: Stretch): StoreDaySales[] {
  const { anchorAt, seed } = stretch;
  const buying = trend(anchorAt, 0.02, 0.0265);
  const leaving = trend(anchorAt, 0.7, 0.59);
  const days: StoreDaySales[] = [];
  for (const dayAt of exported(stretch)) {
    const day = utcDay(dayAt);
    for (let store = 1; store <= STORES; store += 1) {
      const rng = random(seed, 'store', store, dayAt);
      // A few stores are so small that a month of theirs says nothing.
      const size = store > 33 ? 2 : 40 + 9 * (store % 11);
      const sessions = rng.poisson(size * seasonFactor(dayAt));
      const wanted = buying(dayAt) * (0.6 + 0.8 * ((store % 10) / 9));
      const checkouts = draws(rng.next, sessions, wanted);
      const given = draws(rng.next, sessions - checkouts, (wanted * leaving(dayAt)) / (1 - leaving(dayAt)));
      days.push({ day, store, sessions, carts: checkouts + given, checkouts });
    }
  }
  return days;
}

function draws(next: () => number, times: number, probability: number): number {
  let hits = 0;
  for (let left = times; left > 0; left -= 1) if (next() < probability) hits += 1;
  return hits;
}
