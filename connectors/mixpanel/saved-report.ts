import { z } from 'zod';
import { begunDays, type DayWindow, localDay, type MetricReading } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { dailyNumbers, reportDigest, savedReport } from './insights.ts';
import { missingNote, plainDecimal } from './map.ts';
import { nothingYet } from './plan.ts';

export const reportParams = z.object({
  bookmarkId: z
    .int({ error: 'Enter the number of the saved report, from its address in Mixpanel' })
    .positive()
    .describe('Number of the saved report'),
  series: z.string().min(1).max(255).describe('Name of the series, as the legend of the report shows it'),
});
export type ReportParams = z.infer<typeof reportParams>;

/**
 * The daily numbers of one series of a saved Insights report. The report itself says which days it covers; days of the
 * window beyond them are unknown, and so is the day in which Mixpanel worked it out.
 */
export async function readSavedReport(
  context: MixpanelContext,
  window: DayWindow,
  { bookmarkId, series }: ReportParams,
): Promise<MetricReading> {
  const days = begunDays(window, context.now);
  if (days.length === 0) return nothingYet('The window has not begun');
  const answer = await context.shared(`mixpanel-insights:${bookmarkId}`, () =>
    createMixpanelClient(context).query('/insights', 'a saved report', z.unknown(), {
      bookmark_id: bookmarkId,
    }),
  );
  const report = savedReport(answer);
  const { byDay } = dailyNumbers(report, series);
  // The offset of a day is that of its midnight, an hour off by the end of a day on which the clocks change; and bare
  // days have none.
  const running = localDay(Date.parse(report.computedAt), window.timeZone);
  // A colleague may edit the report; whoever compares this with the points before sees that its meaning changed.
  const flags = { computedAt: report.computedAt, reportDigest: reportDigest(report) };
  const points = days.flatMap((day) => {
    const value = byDay[day];
    return value === undefined || day >= running ? [] : [{ day, value: plainDecimal(value), flags }];
  });
  const notes = missingNote(days.length - points.length);
  return { points, completeness: { pages: 1, items: points.length, lastPageReached: true, notes } };
}
