import { random } from '../random.ts';
import { addInterval, DAY_SECONDS, type EpochSeconds, HOUR_SECONDS, utcDay, weekday } from '../time.ts';
import { daysOf, type Stretch, trend } from './trend.ts';

/** What the team keeps in its calendar, its sheets and its blog. */

export type Meeting = {
  uid: string;
  summary: string;
  categories: readonly string[];
  startAt: EpochSeconds;
  endAt: EpochSeconds;
  cancelled: boolean;
};

/** Every so many days, at which time of day, how long, and what is written over it. */
const MEETINGS: readonly {
  tag: string;
  summary: string;
  everyDays: number;
  offset: number;
  hours: number;
}[] = [
  { tag: 'problem-interview', summary: 'Interview: what is hard today', everyDays: 4, offset: 1, hours: 1 },
  {
    tag: 'usability-live',
    summary: 'Usability test with a paper prototype',
    everyDays: 5,
    offset: 4,
    hours: 1,
  },
  { tag: 'churn-interview', summary: 'Call with a customer who left', everyDays: 10, offset: 6, hours: 0.5 },
  { tag: 'meetup', summary: 'Product meet-up', everyDays: 27, offset: 12, hours: 3 },
];
const CANCELLED_SHARE = 0.12;
/** Known this long ahead. */
const AHEAD_SECONDS = 14 * DAY_SECONDS;

/** Meetings of the past and of the coming two weeks. Some were called off. */
export function playCalendar({ anchorAt, seed, untilAt }: Stretch): Meeting[] {
  const meetings: Meeting[] = [];
  for (const { everyDays, hours, offset, summary, tag } of MEETINGS) {
    for (let index = 0; ; index += 1) {
      const dayAt = anchorAt + (offset + index * everyDays) * DAY_SECONDS;
      if (dayAt > untilAt + AHEAD_SECONDS) break;
      const rng = random(seed, tag, index);
      const startAt = dayAt + rng.int(9, 18) * HOUR_SECONDS;
      const cancelled = rng.chance(CANCELLED_SHARE);
      const uid = `${tag}-${index}@acme.example`;
      meetings.push({
        uid,
        summary,
        categories: [tag],
        startAt,
        endAt: startAt + hours * HOUR_SECONDS,
        cancelled,
      });
    }
  }
  return meetings;
}

/** The weekly session in which somebody of the team tells what they learnt: one series, with the days it fell out on. */
export type WeeklySession = {
  uid: string;
  summary: string;
  category: string;
  firstAt: EpochSeconds;
  hours: number;
  leftOut: readonly EpochSeconds[];
};

export function playWeeklySession({ anchorAt, seed, untilAt }: Stretch): WeeklySession {
  const firstAt = anchorAt + ((11 - weekday(anchorAt)) % 7) * DAY_SECONDS + 15 * HOUR_SECONDS; // a Thursday, 15:00
  const leftOut: EpochSeconds[] = [];
  for (let at = firstAt; at <= untilAt + AHEAD_SECONDS; at += 7 * DAY_SECONDS)
    if (random(seed, 'no session', at).chance(0.2)) leftOut.push(at);
  return {
    uid: 'sharing@acme.example',
    summary: 'Knowledge sharing',
    category: 'knowledge-sharing',
    firstAt,
    hours: 1,
    leftOut,
  };
}

export type RemoteTest = { id: string; dayAt: EpochSeconds; status: 'completed' | 'abandoned' };

/** Sessions of a service for remote tests, one a week or so. */
export function playRemoteTests({ anchorAt, seed, untilAt }: Stretch): RemoteTest[] {
  const tests: RemoteTest[] = [];
  for (let index = 0; ; index += 1) {
    const dayAt = anchorAt + (3 + index * 8) * DAY_SECONDS;
    if (dayAt + DAY_SECONDS > untilAt) return tests;
    const status = random(seed, 'remote test', index).chance(0.85) ? 'completed' : 'abandoned';
    tests.push({ id: `rt-${1_000 + index}`, dayAt, status });
  }
}

export type LearningDay = { dayAt: EpochSeconds; learningHours: number; totalHours: number };

/** What the team writes down every Friday: hours spent learning, of all its hours. */
export function playLearning(stretch: Stretch): LearningDay[] {
  const share = trend(stretch.anchorAt, 0.06, 0.125);
  return [...daysOf(stretch)]
    .filter((dayAt) => weekday(dayAt) === 5 && dayAt + DAY_SECONDS <= stretch.untilAt)
    .map((dayAt) => {
      const rng = random(stretch.seed, 'learning', dayAt);
      const totalHours = 36 * rng.int(8, 10);
      const wanted = totalHours * (share(dayAt) + 0.012 * rng.normal());
      return { dayAt, learningHours: Math.max(0, Math.round(wanted * 2) / 2), totalHours };
    });
}

export type PlanDay = { dayAt: EpochSeconds; done: number; planned: number };

/** Items of the team's learning plans, counted every Monday. */
export function playPlans(stretch: Stretch): PlanDay[] {
  const share = trend(stretch.anchorAt, 0.6, 0.76);
  return [...daysOf(stretch)]
    .filter((dayAt) => weekday(dayAt) === 1 && dayAt + DAY_SECONDS <= stretch.untilAt)
    .map((dayAt) => ({ dayAt, planned: 120, done: Math.round(120 * share(dayAt)) }));
}

export type SpendDay = { dayAt: EpochSeconds; minor: number };

/** What was spent on sales and marketing on each day that is over, in cents. */
export function playSpend(stretch: Stretch): SpendDay[] {
  const cents = trend(stretch.anchorAt, 52_000, 38_000);
  return [...daysOf(stretch)]
    .filter((dayAt) => dayAt + DAY_SECONDS <= stretch.untilAt)
    .map((dayAt) => {
      const rng = random(stretch.seed, 'spend', dayAt);
      return { dayAt, minor: Math.round(cents(dayAt) * Math.exp(0.25 * rng.normal())) };
    });
}

export type MonthBooks = { day: string; revenueMinor: number; costMinor: number };

/** Acme's books of each month that is over, written down on its last day: revenue, and cost of what was sold. */
export function playBooks({ anchorAt, seed, untilAt }: Stretch): MonthBooks[] {
  const margin = trend(anchorAt, 0.7, 0.77);
  const months: MonthBooks[] = [];
  const firstAt = Date.parse(`${utcDay(anchorAt).slice(0, 7)}-01T00:00:00Z`) / 1_000;
  for (let index = 1; ; index += 1) {
    const lastAt = addInterval(firstAt, 'month', index) - DAY_SECONDS;
    if (lastAt + DAY_SECONDS > untilAt) return months;
    const rng = random(seed, 'books', index);
    const revenueMinor = Math.round((180_000 + 4_000 * index) * 100 * (1 + 0.02 * rng.normal()));
    const costMinor = Math.round(revenueMinor * (1 - margin(lastAt) + 0.004 * rng.normal()));
    months.push({ day: utcDay(lastAt), revenueMinor, costMinor });
  }
}

export type Post = { id: string; title: string; categories: readonly string[]; publishedAt: EpochSeconds };

/** A post every six days; every third one is about how the team works. */
export function playBlog({ anchorAt, seed, untilAt }: Stretch): Post[] {
  const posts: Post[] = [];
  for (let index = 0; ; index += 1) {
    const publishedAt =
      anchorAt + (2 + 6 * index) * DAY_SECONDS + random(seed, 'post', index).int(8, 16) * HOUR_SECONDS;
    if (publishedAt > untilAt) return posts;
    const category = index % 3 === 0 ? 'product-process' : index % 3 === 1 ? 'news' : 'customers';
    posts.push({
      id: `post-${index + 1}`,
      title: `Post ${index + 1}: ${category}`,
      categories: [category],
      publishedAt,
    });
  }
}

export type CoverageReport = { at: EpochSeconds; percent: number };

/** A report of the default branch each night, and on most working days another one after a merge. */
export function playCoverage(stretch: Stretch): CoverageReport[] {
  const percent = trend(stretch.anchorAt, 40, 48.2);
  const reports: CoverageReport[] = [];
  for (const dayAt of daysOf(stretch)) {
    const rng = random(stretch.seed, 'coverage', dayAt);
    for (let index = weekday(dayAt) % 6 === 0 ? 1 : rng.int(1, 2); index > 0; index -= 1) {
      const at = dayAt + (18 - 5 * index) * HOUR_SECONDS + rng.int(0, 3_599);
      const value = Math.round((percent(at) + 0.15 * rng.normal()) * 100) / 100;
      if (at <= stretch.untilAt) reports.push({ at, percent: value });
    }
  }
  return reports;
}
