import { addDays, localDay, maxDay, minDay } from '../domain/day.ts';
import type { MetricRecord } from './ports.ts';

/**
 * The days that a sync reads of a metric, `[startDay, endDay)` in its zone: from the first day that is missing or may
 * still be restated, to today. After a gap the whole gap is read; a metric without a past is read for today only.
 */
export function readWindow(metric: MetricRecord, now: Date): { startDay: string; endDay: string } {
  const today = localDay(now, metric.timeZone);
  const endDay = addDays(today, 1);
  if (metric.history === 'from_now') return { startDay: today, endDay };
  if (metric.cursorDay === null) return { startDay: minDay(metric.historyStartDay, today), endDay };
  const unsettledDays = metric.rereadDays + Math.ceil(metric.settlesAfterHours / 24);
  const from = minDay(addDays(metric.cursorDay, -metric.rereadDays), addDays(today, -unsettledDays));
  return { startDay: maxDay(from, metric.historyStartDay), endDay };
}
