import { addDays, addMonths, isDay, isTimeZone, monthStart } from '../day.ts';
import { checkWindowRule, type MetricDefinition } from './definition.ts';
import { maturedAt } from './maturity.ts';
import { findMetric } from './metrics.ts';
import type { CatalogMetric, MetricWindow } from './types.ts';

/**
 * The window that a point of a local day is about. The day closes it: a trailing window of 28 days is that day and the
 * 27 before it, and a month is the calendar month that ends on it, so only the last day of a month has one. A cohort is
 * the people who entered on those days, judged at the moment from which all of them are decided: its point belongs to
 * its last day of entries, and is there only once that moment has come.
 *
 * @returns null when no window ends on that day, or somebody of its cohort is still undecided at `now`
 * @throws RangeError when the definition names no metric of the catalogue, or a window that the metric does not have
 */
export function windowFor(definition: MetricDefinition, day: string, now: Date): MetricWindow | null {
  const { metric: key, timeZone, window: rule } = definition;
  const metric = findMetric(key);
  if (metric === null) throw new RangeError(`the catalogue has no metric "${key}"`);
  const problem = checkWindowRule(metric, rule);
  if (problem !== null) throw new RangeError(problem);
  const endDay = addDays(day, 1);
  const period = (startDay: string): MetricWindow => ({ kind: 'period', startDay, endDay, timeZone });
  switch (rule.kind) {
    case 'none':
      return { kind: 'none' };
    case 'day':
      return metric.windows.find((kind) => kind === 'snapshot' || kind === 'period') === 'snapshot'
        ? { kind: 'snapshot', day, timeZone }
        : period(day);
    case 'month': {
      const ends = monthStart(endDay) === endDay;
      if (metric.windows.includes('period')) return ends ? period(monthStart(day)) : null;
      if (metric.windows.includes('snapshot')) return ends ? { kind: 'snapshot', day, timeZone } : null;
      return ends ? cohort(metric, definition, monthStart(day), day, now) : null;
    }
    case 'trailing':
      return period(addDays(endDay, -rule.days));
    case 'trailing_months':
      return period(addMonths(endDay, -rule.months));
    case 'matured_cohort':
      return cohort(metric, definition, addDays(endDay, -rule.days), day, now);
  }
}

function cohort(
  metric: CatalogMetric,
  { params, timeZone }: MetricDefinition,
  startDay: string,
  lastDay: string,
  now: Date,
): MetricWindow | null {
  const asOfAt = maturedAt(metric, params, lastDay, timeZone);
  return asOfAt > now ? null : { kind: 'cohort', startDay, endDay: addDays(lastDay, 1), timeZone, asOfAt };
}

/** One sentence when the metric is not defined over the window or its days cannot be, else null. */
export function checkWindow(metric: CatalogMetric, window: MetricWindow): string | null {
  if (!metric.windows.includes(window.kind)) {
    const known = metric.windows.map((kind) => `"${kind}"`).join(', ');
    return `${metric.key} is not defined over a window of kind "${window.kind}"; use ${known}`;
  }
  if (window.kind === 'none') return null;
  if (!isTimeZone(window.timeZone)) return `"${window.timeZone}" is not a time zone like "Europe/Berlin"`;
  const days = window.kind === 'snapshot' ? [window.day] : [window.startDay, window.endDay];
  const wrong = days.find((day) => !isDay(day));
  if (wrong !== undefined) return `"${wrong}" is not a day of the calendar, written YYYY-MM-DD`;
  if (window.kind === 'snapshot' || window.startDay < window.endDay) return null;
  return `the window from ${window.startDay} to before ${window.endDay} has no day`;
}
