import { z } from 'zod';
import { begunDays, type DayWindow, localDay, type MetricReading } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { settingError } from './errors.ts';
import { dailyNumbers, reportDigest, type SavedReport, savedReport } from './insights.ts';
import { readingOf, valuePoint } from './map.ts';
import { nothingYet } from './plan.ts';

/** The parameters that name a saved report, the same in every metric that reads one. */
export const reportShape = {
  bookmarkId: z
    .int({ error: 'Enter the number of the saved report, from its address in Mixpanel' })
    .positive()
    .describe('Number of the saved report'),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'The digest of a report has 64 digits from 0 to f' })
    .optional()
    .describe('reportDigest of a point; with it a report that was edited since is refused'),
};

export const reportParams = z.object({
  ...reportShape,
  series: z.string().min(1).max(255).describe('Name of the series, as the legend of the report shows it'),
});
export type ReportParams = z.infer<typeof reportParams>;

/** What a saved report looks like that nobody has edited. A colleague may change what it means at any time. */
export async function askReport(
  context: MixpanelContext,
  { bookmarkId, digest }: { bookmarkId: number; digest?: string | undefined },
): Promise<{ report: SavedReport; flags: { computedAt: string; reportDigest: string } }> {
  const answer = await context.shared(`mixpanel-insights:${bookmarkId}`, () =>
    createMixpanelClient(context).query('/insights', 'a saved report', z.unknown(), {
      bookmark_id: bookmarkId,
    }),
  );
  const report = savedReport(answer);
  const flags = { computedAt: report.computedAt, reportDigest: reportDigest(report) };
  if (digest === undefined || digest === flags.reportDigest) return { report, flags };
  const problem = `The saved report ${bookmarkId} was edited since this metric was made, and may measure something else.`;
  throw settingError(
    'report_edited',
    problem,
    `Look at it in Mixpanel; if it is right, set digest to ${flags.reportDigest}.`,
  );
}

/**
 * The daily numbers of one series of a saved Insights report. The report itself says which days it covers; days of the
 * window beyond them are unknown, and so is the day in which Mixpanel worked it out.
 */
export async function readSavedReport(
  context: MixpanelContext,
  window: DayWindow,
  params: ReportParams,
): Promise<MetricReading> {
  const days = begunDays(window, context.now);
  if (days.length === 0) return nothingYet('The window has not begun');
  const { flags, report } = await askReport(context, params);
  const { byDay } = dailyNumbers(report, params.series);
  // The offset of a day is that of its midnight, an hour off by the end of a day on which the clocks change; and bare
  // days have none.
  const running = localDay(Date.parse(report.computedAt), window.timeZone);
  const points = days.flatMap((day) => {
    const value = byDay[day];
    return value === undefined || day >= running ? [] : [valuePoint(day, value, flags)];
  });
  return readingOf(points, days.length);
}
