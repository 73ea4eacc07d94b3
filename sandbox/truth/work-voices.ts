import { DAY_SECONDS, dayStart, utcDay } from '../model/time.ts';
import type { PlayDay, SurveyAnswer, Ticket } from '../model/work/voices.ts';

/** What customers really said in some days up to and with one (UTC). */

const inLast = (at: number, days: number, day: string): boolean => {
  const close = dayStart(day) + DAY_SECONDS;
  return at < close && at >= close - days * DAY_SECONDS;
};

/** Requests that were neither spam nor merged away, with a tag where one is named. */
export function trueTickets(tickets: readonly Ticket[], days: number, day: string, tag?: string): number {
  return tickets.filter(
    ({ createdAt, tags }) =>
      inLast(createdAt, days, day) &&
      !tags.includes('spam') &&
      !tags.includes('closed_by_merge') &&
      (tag === undefined || tags.includes(tag)),
  ).length;
}

export function trueMeanAnswer(answers: readonly SurveyAnswer[], days: number, day: string): number | null {
  const given = answers.filter(({ submittedAt }) => inLast(submittedAt, days, day));
  return given.length === 0 ? null : given.reduce((sum, { score }) => sum + score, 0) / given.length;
}

/** As Play writes it, with two decimals. */
export function truePlayRating(days: readonly PlayDay[], day: string): number | null {
  const last = days.findLast(({ dayAt }) => utcDay(dayAt) <= day);
  return last === undefined ? null : Number(last.total.toFixed(2));
}
