import { DIMENSIONS, type DimensionInfo, METRICS, type MetricInfo } from './catalog.ts';
import { isOfEvents, OF_COHORTS, OF_ITEMS } from './catalog-dimensions.ts';
import { COHORT_METRICS, COST_METRICS, ITEM_METRICS } from './catalog-metrics.ts';
import { invalid } from './errors.ts';

const SCHEMA_URL = 'https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema';

const dimensionsByName = new Map(DIMENSIONS.map((known) => [known.apiName, known]));
const metricsByName = new Map(METRICS.map((known) => [known.apiName, known]));

/** @throws Refusal (400) with the nearest name there is */
export function dimensionNamed(name: string): DimensionInfo {
  return dimensionsByName.get(name) ?? refuseUnknown(name, 'dimension', DIMENSIONS);
}

/** @throws Refusal (400), also for a rate of an event that is no key event, and for a name that Google retired */
export function metricNamed(name: string): MetricInfo {
  return metricsByName.get(name) ?? refuseUnknown(name, 'metric', METRICS);
}

function refuseUnknown(
  name: string,
  kind: 'dimension' | 'metric',
  known: readonly (DimensionInfo | MetricInfo)[],
): never {
  const near = suggestion(name, known);
  const hint = near === null ? '' : `Did you mean ${near}? `;
  const article = `${hint}Field ${name} is not a valid ${kind}.`;
  throw invalid(`${article} For a list of valid dimensions and metrics, see ${SCHEMA_URL} .`);
}

/** What a retired name is called today, else the name that differs in the fewest letters. */
function suggestion(name: string, known: readonly (DimensionInfo | MetricInfo)[]): string | null {
  const renamed = known.find(({ deprecatedApiNames }) => deprecatedApiNames?.includes(name));
  if (renamed !== undefined) return renamed.apiName;
  const ranked = known
    .map(({ apiName }) => ({ apiName, distance: editDistance(name.toLowerCase(), apiName.toLowerCase()) }))
    .toSorted((one, other) => one.distance - other.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= 3 ? best.apiName : null;
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (const [column, candidate] of Array.from(other).entries()) {
      const replaced = (row[column] ?? 0) + (letter === candidate ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const ROLLING = /^(?:active\d+DayUsers|[dw]auPer[MW]au)$/;
/** A trailing window ends on a day, so it has no value for an hour, a month or one event's name. */
const NOT_WITH_ROLLING: readonly string[] = OF_COHORTS.concat(
  ['dateHour', 'dateHourMinute', 'hour', 'minute', 'nthHour'],
  ['year', 'month', 'week', 'yearMonth', 'yearWeek', 'isoWeek', 'isoYear', 'isoYearIsoWeek'],
  ['nthWeek', 'nthMonth', 'day', 'dayOfWeek', 'dayOfWeekName'],
);

/** The first of the names that has to go so that the others fit together; null when they all do. */
export function misfit(dimensions: readonly string[], metrics: readonly string[]): string | null {
  const clashes = (name: string) =>
    (metrics.some((metric) => ROLLING.test(metric)) &&
      (NOT_WITH_ROLLING.includes(name) || isOfEvents(name))) ||
    // What was sold is told of sales alone, and what ads cost is no event's.
    (OF_ITEMS.includes(name) && metrics.some((metric) => !ITEM_METRICS.includes(metric))) ||
    (isOfEvents(name) && metrics.some((metric) => COST_METRICS.includes(metric))) ||
    (metrics.some((metric) => COHORT_METRICS.includes(metric)) && isOfEvents(name));
  return dimensions.find(clashes) ?? null;
}

/** @throws Refusal (400) naming what to remove */
export function refuseMisfit(dimensions: readonly string[], metrics: readonly string[]): void {
  const name = misfit(dimensions, metrics);
  if (name === null) return;
  throw invalid(
    `Please remove ${name} to make the request compatible. The request's dimensions & metrics are incompatible. To learn more, see https://ga-dev-tools.google/ga4/dimensions-metrics-explorer/`,
  );
}
