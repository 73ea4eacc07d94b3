import { isTimeZone } from '../day.ts';
import { definitionVersions, isMetricKey } from './definition-versions.ts';
import type { CatalogMetric, ParamValues, WindowRule } from './types.ts';

/**
 * What is stored with a series: a metric's name alone fixes no number. A change of any part of it begins a new series,
 * and the points of the old one stay.
 */
export type MetricDefinition = {
  metric: string;
  definitionVersion: number;
  params: ParamValues;
  window: WindowRule;
  timeZone: string;
};

/**
 * The definition of a metric over days of a time zone.
 *
 * @param params checked ones, with the defaults filled in: what is a default today may be another one tomorrow
 * @throws RangeError when the catalogue has no such metric, the zone does not exist, or the window is none of its own
 */
export function definitionOf(
  metric: CatalogMetric,
  params: ParamValues,
  window: WindowRule,
  timeZone: string,
): MetricDefinition {
  if (!isMetricKey(metric.key)) throw new RangeError(`${metric.key} has no definition version`);
  if (!isTimeZone(timeZone)) throw new RangeError(`"${timeZone}" is not a time zone like "Europe/Berlin"`);
  const problem = checkWindowRule(metric, window);
  if (problem !== null) throw new RangeError(problem);
  return {
    metric: metric.key,
    definitionVersion: definitionVersions[metric.key],
    params,
    window,
    timeZone,
  };
}

/** The rules that make a window of each kind. */
const RULES = {
  snapshot: ['day', 'month'],
  period: ['day', 'trailing', 'month', 'trailing_months'],
  cohort: ['matured_cohort', 'month'],
  none: ['none'],
} as const satisfies Record<CatalogMetric['windows'][number], readonly WindowRule['kind'][]>;

/** Ten years: a longer window is a slip of the pen, and would read the whole past for each of its days. */
const MAX_DAYS = 3_660;
const MAX_MONTHS = 120;

/** One sentence when the metric is not defined over such a window, else null. */
export function checkWindowRule(metric: CatalogMetric, rule: WindowRule): string | null {
  const allowed = new Set<WindowRule['kind']>(metric.windows.flatMap((kind) => RULES[kind]));
  if (!allowed.has(rule.kind)) {
    const known = [...allowed].map((kind) => `"${kind}"`).join(', ');
    return `${metric.key} has no window "${rule.kind}"; use one of ${known}.`;
  }
  if ('days' in rule) return checkCount(rule.days, MAX_DAYS, 'days');
  return 'months' in rule ? checkCount(rule.months, MAX_MONTHS, 'months') : null;
}

function checkCount(count: number, max: number, unit: string): string | null {
  if (Number.isInteger(count) && count >= 1 && count <= max) return null;
  return `A window of ${count} ${unit} cannot be; give a whole number from 1 to ${max}.`;
}
