import { begunDays, type DayWindow } from '../sdk/index.ts';

/** What one read needs to know: all of it comes from the same report, so that its parts fit together. */
export type Asked = { names: string[]; window: DayWindow };

/** One report by date. `groups` are the names that belong together, one group for each different question. */
export type ReportPlan = { startDay: string; lastDay: string; timeZone: string; groups: string[][] };

/** At most this many metrics go into one report. */
const METRICS_PER_REPORT = 10;

export function namesOf({ groups }: ReportPlan): string[] {
  return [...new Set(groups.flat())];
}

/** The same question from the same window is the same group, whoever asks it. */
export function groupKey(names: string[]): string {
  return names.join('+');
}

/**
 * All the reads of a run in as few reports as Google allows: those of one window share reports of ten metrics. The
 * order is that of the reads, so that every reader makes the same plan. Windows that have not begun ask nothing.
 */
export function planReports(asked: Asked[], now: Date): ReportPlan[] {
  const reports: ReportPlan[] = [];
  for (const { names, window } of asked) {
    const lastDay = lastBegunDay(window, now);
    if (lastDay === null) continue;
    const { startDay, timeZone } = window;
    const same = reports.filter(
      (report) => report.startDay === startDay && report.lastDay === lastDay && report.timeZone === timeZone,
    );
    if (same.some(({ groups }) => groups.some((group) => groupKey(group) === groupKey(names)))) continue;
    const roomy = same.find((report) => new Set([...namesOf(report), ...names]).size <= METRICS_PER_REPORT);
    if (roomy === undefined) reports.push({ startDay, lastDay, timeZone, groups: [names] });
    else roomy.groups.push(names);
  }
  return reports;
}

/** Where a question about this window ends: at today or before, and null when it has not begun. */
export function lastBegunDay(window: DayWindow, now: Date): string | null {
  return begunDays(window, now).at(-1) ?? null;
}

/** In portions of `size`, in order. */
export function portions<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
