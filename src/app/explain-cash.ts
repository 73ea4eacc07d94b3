import { type MetricWindow, type ParamValues, type WindowRule, windowFor } from '../domain/catalog/index.ts';
import { invalidField } from './errors.ts';
import type { OverCash } from './over-movements.ts';
import type { MetricRecord } from './ports.ts';
import type { CashChangeAsked } from './ports-billing.ts';

/** `[startDay, endDay)`: the days whose money the value of one day is. */
export type CashWindows = Readonly<Record<'opening' | 'closing', { startDay: string; endDay: string }>>;

/**
 * The windows of a metric over money that end on two days.
 *
 * @throws AppError when the metric has no window that ends on one of them, as in the middle of a month
 */
export function cashWindows(
  metric: MetricRecord,
  { definition, metric: counted }: OverCash,
  days: { openingDay: string; closingDay: string },
  now: Date,
): { asked: CashChangeAsked; windows: CashWindows } {
  // The catalogue stored a rule and parameters of its own, checked.
  const params = definition.params as ParamValues;
  const rule = definition.window as WindowRule;
  const of = (field: 'from' | 'to', day: string): Extract<MetricWindow, { kind: 'period' }> => {
    const window = windowFor({ ...definition, params, window: rule }, day, now);
    if (window?.kind === 'period') return window;
    throw invalidField(
      `/${field}`,
      'no_window',
      `"${metric.key}" has no value for ${day}: it is counted by the month, and none ends on that day.`,
      'Name the last day of a month.',
    );
  };
  const opening = of('from', days.openingDay);
  const closing = of('to', days.closingDay);
  return {
    asked: { metric: counted, params, windows: { opening, closing } },
    windows: { opening, closing },
  };
}
