import { addDays, addMonths, dayEnd, isDay, isTimeZone, monthStart } from '../day.ts';
import { checkWindowRule, type MetricDefinition } from './definition.ts';
import { maturedAt } from './maturity.ts';
import { findMetric } from './metrics.ts';
import type { CatalogMetric, MetricWindow } from './types.ts';

/** A cohort whose members take longer than this to be decided is a slip of the pen. */
const MAX_DAYS_BACK = 3_660;

/**
 * The window that a point of a local day is about. The day closes it: a trailing window of 28 days is that day and the
 * 27 before it, and a month is the calendar month that ends on it, so only the last day of a month has one. A cohort is
 * the newest days, or on each day the newest calendar month, whose people are all decided by the day's close.
 *
 * @param now while the day still runs, its cohort is judged at this instant: nobody knows its close yet
 * @returns null when no window ends on that day
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
      return cohortOfMonth(metric, definition, day, now);
    }
    case 'trailing':
      return period(addDays(endDay, -rule.days));
    case 'trailing_months':
      return period(addMonths(endDay, -rule.months));
    case 'matured_cohort':
      return cohortOfDays(metric, definition, rule.days, day, now);
  }
}

/** The newest calendar month of entries that is wholly decided. Most last days of months would pass one over. */
function cohortOfMonth(
  metric: CatalogMetric,
  definition: MetricDefinition,
  day: string,
  now: Date,
): MetricWindow {
  const { decidedThrough, asOfAt } = decided(metric, definition, day, now);
  const endDay = monthStart(addDays(decidedThrough, 1));
  return { kind: 'cohort', startDay: addMonths(endDay, -1), endDay, timeZone: definition.timeZone, asOfAt };
}

function cohortOfDays(
  metric: CatalogMetric,
  definition: MetricDefinition,
  days: number,
  day: string,
  now: Date,
): MetricWindow {
  const { decidedThrough, asOfAt } = decided(metric, definition, day, now);
  const endDay = addDays(decidedThrough, 1);
  return { kind: 'cohort', startDay: addDays(endDay, -days), endDay, timeZone: definition.timeZone, asOfAt };
}

/** The last day of entries of which everybody is decided at the close of a day. */
function decided(
  metric: CatalogMetric,
  { params, timeZone }: MetricDefinition,
  day: string,
  now: Date,
): { decidedThrough: string; asOfAt: Date } {
  const closeAt = dayEnd(day, timeZone);
  const asOfAt = closeAt <= now ? closeAt : now;
  let decidedThrough = day;
  for (let back = 0; maturedAt(metric, params, decidedThrough, timeZone) > asOfAt; back += 1) {
    if (back > MAX_DAYS_BACK)
      throw new RangeError(`nobody of ${metric.key} is decided within ${MAX_DAYS_BACK} days`);
    decidedThrough = addDays(decidedThrough, -1);
  }
  return { decidedThrough, asOfAt };
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
