import { DAY_SECONDS, dayStart, utcDay } from '../model/time.ts';
import type {
  LearningDay,
  Meeting,
  MonthBooks,
  PlanDay,
  Post,
  RemoteTest,
  WeeklySession,
} from '../model/work/office.ts';

/** What the team really did by the close of a day (UTC), one entry after the other. */

const closeOf = (day: string): number => dayStart(day) + DAY_SECONDS;
const isWithin = (at: number, fromDay: string, day: string): boolean =>
  at >= dayStart(fromDay) && at < closeOf(day);

/** Meetings with a tag that began on one of the days and took place. */
export function trueHeld(meetings: readonly Meeting[], tag: string, fromDay: string, day: string): number {
  return meetings.filter(
    ({ cancelled, categories, startAt }) =>
      !cancelled && categories.includes(tag) && isWithin(startAt, fromDay, day),
  ).length;
}

/** Weeks from one day to another in which the session took place. */
export function trueSessions({ firstAt, leftOut }: WeeklySession, fromDay: string, day: string): number {
  let count = 0;
  for (let at = firstAt; at < closeOf(day); at += 7 * DAY_SECONDS)
    if (at >= dayStart(fromDay) && !leftOut.includes(at)) count += 1;
  return count;
}

export function trueRemoteTests(tests: readonly RemoteTest[], fromDay: string, day: string): number {
  return tests.filter(({ dayAt, status }) => status === 'completed' && isWithin(dayAt, fromDay, day)).length;
}

export function truePosts(posts: readonly Post[], category: string, fromDay: string, day: string): number {
  return posts.filter(
    ({ categories, publishedAt }) => categories.includes(category) && isWithin(publishedAt, fromDay, day),
  ).length;
}

/** Hours by hours, of the four weeks up to a day. */
export function trueLearningTime(days: readonly LearningDay[], day: string): number {
  const inside = days.filter(({ dayAt }) => dayAt < closeOf(day) && dayAt >= closeOf(day) - 28 * DAY_SECONDS);
  const learnt = inside.reduce((sum, { learningHours }) => sum + learningHours, 0);
  return learnt / inside.reduce((sum, { totalHours }) => sum + totalHours, 0);
}

export function truePlans(days: readonly PlanDay[], day: string): number | null {
  const last = days.findLast(({ dayAt }) => utcDay(dayAt) <= day);
  return last === undefined ? null : last.done / last.planned;
}

export function trueMargin(months: readonly MonthBooks[], day: string): number | null {
  const last = months.findLast((month) => month.day <= day);
  return last === undefined ? null : (last.revenueMinor - last.costMinor) / last.revenueMinor;
}
