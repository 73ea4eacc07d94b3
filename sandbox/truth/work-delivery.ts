import { DAY_SECONDS, dayStart, utcDay } from '../model/time.ts';
import type { Board, BoardItem } from '../model/work/delivery.ts';
import type { CoverageReport } from '../model/work/office.ts';
import type { Repository } from '../model/work/repository.ts';

/** What is true of delivery at the close of a day (UTC), counted one item after the other; null where nothing is known. */

const closeOf = (day: string): number => dayStart(day) + DAY_SECONDS;
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean of the points that were done inside each of the last three sprints that were over. */
export function trueVelocity({ items, sprints }: Board, day: string): number | null {
  const over = sprints.filter(({ completeAt }) => completeAt < closeOf(day)).slice(-3);
  return mean(
    over.map(({ completeAt, id, startAt }) => {
      const done = items.filter(
        ({ doneAt, sprints: of }) =>
          doneAt !== null && of.includes(id) && doneAt > startAt && doneAt <= completeAt,
      );
      return done.reduce((sum, { points }) => sum + (points ?? 0), 0);
    }),
  );
}

/** Bugs found by stories done, in thirty days. */
export function trueBugsPerFeature({ items }: Board, day: string): number | null {
  const inside = (at: number | null) =>
    at !== null && at < closeOf(day) && at >= closeOf(day) - 30 * DAY_SECONDS;
  const bugs = items.filter(({ createdAt, type }) => type === 'Bug' && inside(createdAt)).length;
  const stories = items.filter(({ doneAt, type }) => type === 'Story' && inside(doneAt)).length;
  return stories === 0 ? null : bugs / stories;
}

/** Items with a label that were done from one day to another, both included. */
export function trueDone({ items }: Board, label: string, fromDay: string, day: string): number {
  const isDone = ({ doneAt, labels }: BoardItem) =>
    doneAt !== null && labels.includes(label) && doneAt >= dayStart(fromDay) && doneAt < closeOf(day);
  return items.filter(isDone).length;
}

/** Mean seconds that features were open which were closed in thirty days. */
export function trueLeadTime({ issues }: Repository, day: string): number | null {
  const open: number[] = [];
  for (const { closedAt, labels, openedAt } of issues) {
    if (closedAt === null || !labels.includes('enhancement')) continue;
    if (closedAt < closeOf(day) && closedAt >= closeOf(day) - 30 * DAY_SECONDS)
      open.push(closedAt - openedAt);
  }
  return mean(open);
}

/** Bugs of production in the thirty days after the newest release that had thirty days. */
export function trueReleaseBugs({ issues, releases }: Repository, day: string): number | null {
  const over = releases.filter(({ publishedAt }) => publishedAt + 30 * DAY_SECONDS <= closeOf(day));
  const release = over.at(-1);
  if (release === undefined) return null;
  const { publishedAt } = release;
  return issues.filter(
    ({ labels, openedAt }) =>
      labels.includes('production') && openedAt >= publishedAt && openedAt < publishedAt + 30 * DAY_SECONDS,
  ).length;
}

/** Median seconds of the deployments that succeeded and ended in fourteen days. */
export function trueDeployment({ runs }: Repository, day: string): number | null {
  const seconds = runs
    .filter(({ conclusion, endedAt }) => conclusion === 'success' && endedAt < closeOf(day))
    .filter(({ endedAt }) => endedAt >= closeOf(day) - 14 * DAY_SECONDS)
    .map(({ endedAt, startedAt }) => endedAt - startedAt)
    .toSorted((a, b) => a - b);
  const middle = seconds.slice(Math.ceil(seconds.length / 2) - 1, Math.floor(seconds.length / 2) + 1);
  return mean(middle);
}

/** The mean report of the day, as a fraction. */
export function trueCoverage(reports: readonly CoverageReport[], day: string): number | null {
  const told = reports.filter(({ at }) => utcDay(at) === day).map(({ percent }) => percent);
  const value = mean(told);
  return value === null ? null : value / 100;
}
