import { type Random, random } from '../random.ts';
import { weekFactor } from '../rhythm.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS, weekday } from '../time.ts';
import { daysOf, type Stretch, trend } from './trend.ts';

/** What customers say: in support, in surveys and in the stores. */

export type Ticket = {
  id: number;
  createdAt: EpochSeconds;
  requesterId: number;
  tags: readonly string[];
  channel: 'email' | 'web' | 'chat';
  solvedAt: EpochSeconds | null;
};

/** About as many a month as the product has users times what each asks, which falls. */
export function playTickets(stretch: Stretch, usersAMonth: number): Ticket[] {
  const each = trend(stretch.anchorAt, 2.3, 1.3);
  const usability = trend(stretch.anchorAt, 0.07, 0.075);
  const tickets: Ticket[] = [];
  for (const dayAt of daysOf(stretch)) {
    const rng = random(stretch.seed, 'tickets', dayAt);
    const mean = (usersAMonth * each(dayAt) * weekFactor(dayAt)) / 30.4;
    const count = Math.max(0, Math.round(mean + Math.sqrt(mean) * rng.normal()));
    const times = Array.from({ length: count }, () => dayAt + rng.int(0, DAY_SECONDS - 1)).toSorted(
      (a, b) => a - b,
    );
    for (const createdAt of times) {
      const tags = [
        ...(rng.chance(usability(dayAt)) ? ['usability'] : [rng.pick(['billing', 'how_to', 'account'])]),
        ...(rng.chance(0.02) ? ['spam'] : rng.chance(0.015) ? ['closed_by_merge'] : []),
      ];
      const solvedAt = createdAt + rng.int(1, 120) * HOUR_SECONDS;
      if (createdAt > stretch.untilAt) continue;
      tickets.push({
        id: 10_000 + tickets.length,
        createdAt,
        requesterId: rng.int(1, Math.max(1, usersAMonth)),
        tags,
        channel: rng.pick(['email', 'web', 'chat']),
        solvedAt: solvedAt <= stretch.untilAt ? solvedAt : null,
      });
    }
  }
  return tickets;
}

export type SurveyAnswer = {
  id: string;
  respondent: string;
  score: number;
  landedAt: EpochSeconds;
  submittedAt: EpochSeconds;
};

/** "How likely are you to recommend us", asked by mail: about four a day answer. */
export function playUserSurvey(stretch: Stretch): SurveyAnswer[] {
  const mean = trend(stretch.anchorAt, 7.9, 9.1);
  const answers: SurveyAnswer[] = [];
  for (const dayAt of daysOf(stretch)) {
    const rng = random(stretch.seed, 'form answers', dayAt);
    const count = rng.poisson(4.5 * weekFactor(dayAt));
    for (let index = 0; index < count; index += 1) {
      const submittedAt = dayAt + rng.int(6 * HOUR_SECONDS, 22 * HOUR_SECONDS);
      const score = scored(rng, mean(dayAt), 1.7);
      answers.push(
        answer(`u${dayAt / DAY_SECONDS}x${index}`, `user-${rng.int(1, 4_000)}`, score, submittedAt, rng),
      );
    }
  }
  return answers.filter(({ submittedAt }) => submittedAt <= stretch.untilAt);
}

const WAVE_DAYS = 28;
const TEAM = 24;

/** The team is asked every four weeks, on a Tuesday or so, and answers within three days. */
export function playTeamSurvey(stretch: Stretch): SurveyAnswer[] {
  const mean = trend(stretch.anchorAt, 7.8, 9.1);
  const answers: SurveyAnswer[] = [];
  for (
    let waveAt = stretch.anchorAt + 4 * DAY_SECONDS;
    waveAt <= stretch.untilAt;
    waveAt += WAVE_DAYS * DAY_SECONDS
  ) {
    for (let member = 1; member <= TEAM; member += 1) {
      const rng = random(stretch.seed, 'team answers', waveAt, member);
      if (rng.chance(0.15)) continue;
      const submittedAt = waveAt + rng.int(9 * HOUR_SECONDS, 65 * HOUR_SECONDS);
      answers.push(
        answer(
          `t${waveAt / DAY_SECONDS}x${member}`,
          `member-${member}`,
          scored(rng, mean(waveAt), 1.1),
          submittedAt,
          rng,
        ),
      );
    }
  }
  return answers.filter(({ submittedAt }) => submittedAt <= stretch.untilAt);
}

function answer(
  id: string,
  respondent: string,
  score: number,
  submittedAt: EpochSeconds,
  rng: Random,
): SurveyAnswer {
  return { id, respondent, score, landedAt: submittedAt - rng.int(15, 400), submittedAt };
}

/** What lies above ten is cut off, which takes about this much from the mean of wide answers. */
function scored(rng: Random, mean: number, spread: number): number {
  const cut = spread > 1.5 ? 0.12 : 0;
  return Math.min(10, Math.max(0, Math.round(mean + cut + spread * rng.normal())));
}

/** How many gave one star, two, … five on a day (UTC) in a country's store. */
export type StoreDay = { dayAt: EpochSeconds; country: string; stars: readonly number[] };

export const STORE_COUNTRIES = ['us', 'de'] as const;
/** The rating was reset with the new version, when the cycle began. */
const RESET_DAY = 404;

/** Ratings given since the reset. */
export function playAppStore(stretch: Stretch): StoreDay[] {
  return ratings(stretch, 'app store', 4.0, 4.32, STORE_COUNTRIES);
}

function ratings(
  stretch: Stretch,
  store: string,
  before: number,
  now: number,
  countries: readonly string[],
): StoreDay[] {
  const mean = trend(stretch.anchorAt, before, now);
  const days: StoreDay[] = [];
  for (const dayAt of daysOf({ ...stretch, anchorAt: stretch.anchorAt + RESET_DAY * DAY_SECONDS })) {
    for (const [index, country] of countries.entries()) {
      const rng = random(stretch.seed, store, country, dayAt);
      const given = Array.from({ length: rng.poisson(index === 0 ? 26 : 9) }, () =>
        starFor(rng, mean(dayAt)),
      );
      const stars = [1, 2, 3, 4, 5].map((star) => given.filter((each) => each === star).length);
      // A day's ratings are known at its end.
      if (dayAt + DAY_SECONDS <= stretch.untilAt) days.push({ dayAt, country, stars });
    }
  }
  return days;
}

function starFor(rng: Random, mean: number): 1 | 2 | 3 | 4 | 5 {
  // Fives and ones, as in the stores, with a mean of what is wanted.
  const five = (mean - 2.35) / 2.65;
  if (rng.next() < five) return 5;
  return rng.weighted([
    [4, 4],
    [3, 2.5],
    [2, 1],
    [1, 4.1],
  ] as const);
}

/** What Google Play tells of the newest version: a daily mean, and the mean of all its ratings so far. */
export type PlayDay = { dayAt: EpochSeconds; version: string; daily: number | null; total: number };

const VERSION_DAYS = 60;

export function playGooglePlay(stretch: Stretch): PlayDay[] {
  const mean = trend(stretch.anchorAt, 4.2, 4.7);
  const days: PlayDay[] = [];
  let [sum, count, version] = [0, 0, ''];
  for (const [index, dayAt] of [...daysOf(stretch)].entries()) {
    // A version begins with what its first users say; the newest came out as the cycle began.
    const number = Math.floor((index + VERSION_DAYS - (RESET_DAY % VERSION_DAYS)) / VERSION_DAYS);
    if (`${100 + number}` !== version) [sum, count, version] = [0, 0, `${100 + number}`];
    const rng = random(stretch.seed, 'play', dayAt);
    const today = rng.poisson(weekday(dayAt) % 6 === 0 ? 9 : 6);
    let stars = 0;
    for (let left = today; left > 0; left -= 1) stars += starFor(rng, mean(dayAt));
    sum += stars;
    count += today;
    if (count === 0 || dayAt + DAY_SECONDS > stretch.untilAt) continue;
    days.push({ dayAt, version, daily: today === 0 ? null : stars / today, total: sum / count });
  }
  return days;
}
