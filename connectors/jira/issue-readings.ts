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
import type { JiraContext } from './client.ts';
import { doneMs, isOneOf, issuesSince } from './issues.ts';
import type { BugsParams, CountParams, LeadTimeParams } from './params.ts';

/** How many issues were created or done on each day. */
export async function readCount(
  context: JiraContext,
  window: DayWindow,
  params: CountParams,
): Promise<MetricReading> {
  const { by, labels = [], notDone, types } = params;
  const { completeness, items } = await issuesSince(context, params, window.startDay);
  const wanted = items.filter(
    (issue) =>
      (types === undefined || isOneOf(issue, types)) &&
      labels.every((label) => issue.labels.includes(label.toLowerCase())),
  );
  const on = byLocalDay(
    wanted,
    (issue) => (by === 'created' ? issue.createdMs : doneMs(issue, notDone)),
    window.timeZone,
  );
  const points = begunDays(window, context.now).map((day) => ({
    day,
    value: String(on(trailingDays(day, 1)).length),
  }));
  return { points, completeness };
}

/** Bugs created in the days, for each feature done in them. */
export async function readBugsPerFeature(
  context: JiraContext,
  window: DayWindow,
  params: BugsParams,
): Promise<MetricReading> {
  const { bugTypes, days, featureTypes, notDone } = params;
  const { completeness, items } = await issuesSince(context, params, shiftDay(window.startDay, 1 - days));
  const { timeZone } = window;
  const bugs = byLocalDay(
    items.filter((issue) => isOneOf(issue, bugTypes)),
    ({ createdMs }) => createdMs,
    timeZone,
  );
  const features = items.filter((issue) => isOneOf(issue, featureTypes));
  const done = byLocalDay(features, (issue) => doneMs(issue, notDone), timeZone);
  const points = begunDays(window, context.now).map((day) => {
    const range = trailingDays(day, days);
    return quotientPoint(day, bugs(range).length, done(range).length);
  });
  return { points, completeness };
}

/** How long what was done in the days had been there. */
export async function readLeadTime(
  context: JiraContext,
  window: DayWindow,
  params: LeadTimeParams,
): Promise<MetricReading> {
  const { days, notDone, stat, types } = params;
  const { completeness, items } = await issuesSince(context, params, shiftDay(window.startDay, 1 - days));
  // A sub-task is a piece of an item and no item.
  const wanted = items.filter((issue) => (types === undefined ? !issue.isSubtask : isOneOf(issue, types)));
  const done = byLocalDay(wanted, (issue) => doneMs(issue, notDone), window.timeZone);
  const points = begunDays(window, context.now).map((day) => {
    const stretches = done(trailingDays(day, days)).flatMap((issue) => {
      const endMs = doneMs(issue, notDone);
      return endMs === null ? [] : [{ startMs: issue.createdMs, endMs }];
    });
    return durationPoint(day, stretches, stat);
  });
  return { points, completeness };
}
