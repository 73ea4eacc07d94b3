import { z } from 'zod';
import { type DayWindow, localDay, type MetricReading, type PointReading } from '../sdk/index.ts';
import type { MixpanelContext } from './client.ts';
import { matureDays, shiftDay } from './days.ts';
import { settingError } from './errors.ts';
import { type FunnelEnds, funnelEnds, funnelTrend, retentionCohorts, type SavedReport } from './insights.ts';
import { readingOf, sharePoint } from './map.ts';
import { firstDayOf, isLastDay, lastDayOf, type Period, periodShape } from './periods.ts';
import { nothingYet } from './plan.ts';
import { cohortPoint } from './retention.ts';
import { maturesAfterDays } from './retention-questions.ts';
import { askReport, reportShape } from './saved-report.ts';

const DAY_MS = 86_400_000;

export const savedFunnelParams = z.object({
  ...reportShape,
  lengthDays: z
    .int()
    .min(1)
    .max(366)
    .describe('Conversion window of the report in days, which its answer does not tell'),
});
export type SavedFunnelParams = z.infer<typeof savedFunnelParams>;

export const savedRetentionParams = z.object({
  ...reportShape,
  n: z.int().min(0).max(90).default(1).describe('Interval in which they come back: 0 is the first'),
  segment: z.string().min(1).max(255).optional().describe('One segment of a report that is split'),
  ...periodShape,
});
export type SavedRetentionParams = z.infer<typeof savedRetentionParams>;

/**
 * Of those who entered a saved funnel report, how many got through: by day where it shows its conversion over time, else
 * one point for all its days, on the last of them. Days whose people may still finish have no point.
 */
export async function readSavedFunnel(
  context: MixpanelContext,
  window: DayWindow,
  params: SavedFunnelParams,
): Promise<MetricReading> {
  const { lengthDays } = params;
  if (matureDays(window, context.now, lengthDays).length === 0) {
    return nothingYet(`Nobody of this window has had ${lengthDays} days to finish yet`);
  }
  const { flags, report } = await askReport(context, params);
  // A cached answer holds the numbers of then, which have risen since for days that were not over.
  const days = matureDays(window, whenMade(context, report), lengthDays);
  const { byDay: found, isTrend } = savedFunnelEnds(report, lengthDays, window.timeZone);
  const points = days.flatMap((day) => {
    const ends = found[day];
    return ends === undefined ? [] : [flagged(sharePoint(day, ends.numerator, ends.denominator), flags)];
  });
  // A report that adds up has one point by its nature; only one by day can leave days out.
  return readingOf(points, isTrend ? days.length : points.length);
}

/**
 * Who entered and got through by day, or, of a report that adds its days up, all of them on its last day: that is only
 * told when the last who entered are through.
 *
 * @param timeZone of the project, by whose midnights days end
 */
export function savedFunnelEnds(
  report: SavedReport,
  lengthDays: number,
  timeZone = 'UTC',
): { byDay: Record<string, FunnelEnds>; isTrend: boolean } {
  const trend = funnelTrend(report);
  if (trend !== null) return { byDay: trend, isTrend: true };
  const ends = funnelEnds(report);
  const { computedAt, toDay } = report;
  const over = localDay(Date.parse(computedAt) - lengthDays * DAY_MS, timeZone);
  if (toDay !== null && toDay < over) return { byDay: { [toDay]: ends }, isTrend: false };
  throw settingError(
    'funnel_still_rises',
    'The saved funnel adds up days whose people may still finish, so that its number still rises.',
    'Let it show its conversion over time by day in Mixpanel, or end its dates early enough, and save it.',
  );
}

/** Of those who entered in a period of a saved retention report, how many came back in an interval. */
export async function readSavedRetention(
  context: MixpanelContext,
  window: DayWindow,
  params: SavedRetentionParams,
): Promise<MetricReading> {
  const { n, segment, unit, weekStart } = params;
  const period: Period = { unit, weekStart };
  const mature = (at: Date) =>
    matureDays(window, at, maturesAfterDays(n, unit)).filter((day) => isLastDay(day, period));
  if (mature(context.now).length === 0) return nothingYet('No cohort of this window is mature yet');
  const { flags, report } = await askReport(context, params);
  const cohorts = retentionCohorts(report, segment);
  refuseOtherUnit(Object.keys(cohorts), period);
  const days = mature(whenMade(context, report));
  const points = days.flatMap((day) => {
    const cohort = cohorts[firstDayOf(day, period)];
    const returned = cohort?.counts[n];
    return cohort === undefined || returned === undefined
      ? []
      : [flagged(cohortPoint(day, cohort, returned), flags)];
  });
  return readingOf(points, days.length);
}

/** Nothing has settled in an answer that had not settled when the answer was made. */
function whenMade({ now }: MixpanelContext, { computedAt }: SavedReport): Date {
  return new Date(Math.min(now.getTime(), Date.parse(computedAt)));
}

function flagged(point: PointReading, flags: Record<string, string>): PointReading {
  return { ...point, flags: { ...point.flags, ...flags } };
}

/** Cohorts of days read as those of weeks would be other people: each must begin where the one before ended. */
export function refuseOtherUnit(firstDays: readonly string[], period: Period): void {
  const days = firstDays.toSorted();
  const fits = days.every((day, index) => {
    const before = days[index - 1];
    const follows = before === undefined || shiftDay(lastDayOf(before, period), 1) === day;
    return firstDayOf(day, period) === day && follows;
  });
  if (fits) return;
  const problem = `The cohorts of the saved report are not those of whole periods by ${period.unit}.`;
  throw settingError('other_unit', problem, 'Set unit and weekStart of this metric to those of the report.');
}
