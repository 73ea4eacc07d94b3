import { begunDays, type DayWindow } from '../sdk/index.ts';
import type { Filter } from './filter.ts';
import type { Ask } from './questions.ts';

/** What one read needs to know: all of it comes from the same report, so that its parts fit together. */
export type Asked = Ask & { window: DayWindow };

/** One report by date. `groups` are the names that belong together, one group for each different question. */
export type ReportPlan = {
  startDay: string;
  lastDay: string;
  timeZone: string;
  filter: Filter | null;
  currencyCode: string | null;
  groups: string[][];
};

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
 * All the reads of a run in as few reports as Google allows: those of one window and one filter share reports of ten
 * metrics. Short windows come first, because the newest days are worth more than a long past when the quota is short;
 * else the order is that of the reads, so that every reader makes the same plan. Windows that have not begun ask nothing.
 */
export function planReports(asked: Asked[], now: Date): ReportPlan[] {
  const reports: ReportPlan[] = [];
  for (const one of asked) {
    const plan = emptyPlan(one, now);
    if (plan === null) continue;
    const same = reports.filter((report) => sameKey(report) === sameKey(plan));
    if (same.some((report) => hasGroup(report, one.names))) continue;
    const roomy = same.find(
      (report) => new Set([...namesOf(report), ...one.names]).size <= METRICS_PER_REPORT,
    );
    if (roomy === undefined) reports.push({ ...plan, groups: [one.names] });
    else roomy.groups.push(one.names);
  }
  return reports.toSorted((a, b) => daysIn(a) - daysIn(b));
}

/** Where the answer to this lies among the plans, or -1 when its window has not begun. */
export function planOf(plans: readonly ReportPlan[], asked: Asked, now: Date): number {
  const own = emptyPlan(asked, now);
  if (own === null) return -1;
  return plans.findIndex((plan) => sameKey(plan) === sameKey(own) && hasGroup(plan, asked.names));
}

/** How many days a plan covers. */
export function daysIn({ startDay, lastDay }: Pick<ReportPlan, 'startDay' | 'lastDay'>): number {
  return Math.round((Date.parse(lastDay) - Date.parse(startDay)) / 86_400_000) + 1;
}

function emptyPlan({ window, filter, currencyCode }: Asked, now: Date): ReportPlan | null {
  const lastDay = lastBegunDay(window, now);
  const { startDay, timeZone } = window;
  return lastDay === null ? null : { startDay, lastDay, timeZone, filter, currencyCode, groups: [] };
}

function sameKey({ currencyCode, filter, lastDay, startDay, timeZone }: ReportPlan): string {
  return JSON.stringify([startDay, lastDay, timeZone, filter, currencyCode]);
}

function hasGroup({ groups }: ReportPlan, names: string[]): boolean {
  return groups.some((group) => groupKey(group) === groupKey(names));
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
