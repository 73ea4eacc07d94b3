import {
  begunDays,
  byLocalDay,
  type DayWindow,
  durationPoint,
  type MetricReading,
  quotientPoint,
  shiftDay,
  trailingDays,
} from '../sdk/index.ts';
import type { GitHubContext } from './client.ts';
import { hasAll, hasOne, type Issue, issuesSince, repositoryOf } from './issues.ts';
import type { BugsParams, CountParams, LeadTimeParams } from './params.ts';

/** How many issues or pull requests were opened or finished on each day. */
export async function readCount(
  context: GitHubContext,
  window: DayWindow,
  params: CountParams,
): Promise<MetricReading> {
  const { completeness, items } = await issuesSince(context, repositoryOf(context, params), window.startDay);
  const wanted = items.filter(
    (issue) => issue.isPullRequest === (params.of === 'pull_requests') && hasAll(issue, params.labels),
  );
  const on = byLocalDay(
    wanted,
    ({ doneMs, openedMs }) => (params.by === 'opened' ? openedMs : doneMs),
    window.timeZone,
  );
  const points = begunDays(window, context.now).map((day) => ({
    day,
    value: String(on(trailingDays(day, 1)).length),
  }));
  return { points, completeness };
}

/**
 * Bugs opened in the days, for each feature finished in them. What is labelled as both is a bug: a repair is no feature.
 */
export async function readBugsPerFeature(
  context: GitHubContext,
  window: DayWindow,
  params: BugsParams,
): Promise<MetricReading> {
  const { bugLabels, days, featureLabels, features } = params;
  const { completeness, items } = await reached(context, window, params);
  const isBug = (issue: Issue) => !issue.isPullRequest && hasOne(issue, bugLabels);
  const isFeature = (issue: Issue) =>
    issue.isPullRequest === (features === 'pull_requests') && !isBug(issue) && hasOne(issue, featureLabels);
  const bugs = byLocalDay(items.filter(isBug), ({ openedMs }) => openedMs, window.timeZone);
  const done = byLocalDay(items.filter(isFeature), ({ doneMs }) => doneMs, window.timeZone);
  const points = begunDays(window, context.now).map((day) => {
    const range = trailingDays(day, days);
    return quotientPoint(day, bugs(range).length, done(range).length);
  });
  return { points, completeness };
}

/** How long what was finished in the days had been open. */
export async function readLeadTime(
  context: GitHubContext,
  window: DayWindow,
  params: LeadTimeParams,
): Promise<MetricReading> {
  const { completeness, items } = await reached(context, window, params);
  const wanted = items.filter(
    (issue) => issue.isPullRequest === (params.of === 'pull_requests') && hasAll(issue, params.labels),
  );
  const done = byLocalDay(wanted, ({ doneMs }) => doneMs, window.timeZone);
  const points = begunDays(window, context.now).map((day) => {
    const stretches = done(trailingDays(day, params.days)).flatMap(({ doneMs, openedMs }) =>
      doneMs === null ? [] : [{ startMs: openedMs, endMs: doneMs }],
    );
    return durationPoint(day, stretches, params.stat);
  });
  return { points, completeness };
}

const reached = (context: GitHubContext, window: DayWindow, params: BugsParams | LeadTimeParams) =>
  issuesSince(context, repositoryOf(context, params), shiftDay(window.startDay, 1 - params.days));
