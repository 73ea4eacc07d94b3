import type { MetricInfo } from './catalog.ts';
import { type DayRange, rangesOf } from './days.ts';
import { invalid, notServed } from './errors.ts';
import { fieldsOf, type Test, testOf } from './filter.ts';
import { dimensionNamed, metricNamed, refuseMisfit } from './names.ts';
import type { OrderBy, ReportRequest } from './request.ts';

/** A report request that is known to make sense. */
export type Plan = {
  dimensions: readonly string[]; // without `dateRange`, which several ranges append
  metrics: readonly MetricInfo[];
  ranges: readonly DayRange[];
  passes: Test;
  metricPasses: Test;
  filterCount: number;
  byEventName: boolean; // whether events are told apart by name
  orderBys: readonly OrderBy[];
  offset: number;
  limit: number;
  aggregations: ReportRequest['metricAggregations'];
  keepEmptyRows: boolean;
  currencyCode: string;
};

const MAX_DIMENSIONS = 9;
const MAX_METRICS = 10;
const DEFAULT_LIMIT = 10_000;
const MAX_LIMIT = 250_000;
const PROPERTY_CURRENCY = 'USD';

const everything: Test = () => true;

/** @throws Refusal (400) in Google's words, or (501) for what the sandbox does not serve */
export function planOf(request: ReportRequest, today: string): Plan {
  refuseUnserved(request);
  const { dimensions, metrics } = fieldsAsked(request);
  const { dimensionFilter, metricFilter, currencyCode = PROPERTY_CURRENCY, offset } = request;
  const metricNames = metrics.map(({ apiName }) => apiName);
  const filtered = fieldsOf(dimensionFilter);
  const ranges = rangesOf(request.dateRanges, today);
  const columns = ranges.length > 1 ? [...dimensions, 'dateRange'] : dimensions;
  for (const orderBy of request.orderBys) refuseOrder(orderBy, columns, metricNames);
  if (!/^[A-Z]{3}$/.test(currencyCode)) throw invalid(`Invalid currencyCode: ${currencyCode}.`);
  if (offset < 0) throw invalid(`The offset must not be negative: ${offset}.`);
  return {
    dimensions,
    metrics,
    ranges,
    passes: dimensionFilter === undefined ? everything : testOf(dimensionFilter, dimensionNamed),
    metricPasses: metricFilter === undefined ? everything : testOf(metricFilter, within(metricNames)),
    filterCount: filtered.length + fieldsOf(metricFilter).length,
    byEventName: [...dimensions, ...filtered].includes('eventName'),
    orderBys: request.orderBys,
    offset,
    limit: limitOf(request.limit),
    aggregations: request.metricAggregations,
    keepEmptyRows: request.keepEmptyRows,
    currencyCode,
  };
}

/** What a report and a check of compatibility ask for in the same way. @throws Refusal (400) */
export function fieldsAsked(
  request: Pick<ReportRequest, 'dimensions' | 'metrics' | 'dimensionFilter' | 'metricFilter'>,
): { dimensions: string[]; metrics: MetricInfo[] } {
  if (request.dimensions.some((asked) => asked.dimensionExpression !== undefined)) {
    throw notServed('A dimension expression');
  }
  if (request.metrics.some(({ expression, invisible }) => expression !== undefined || invisible === true)) {
    throw notServed('A metric expression or an invisible metric');
  }
  refuseMany('dimensions', request.dimensions, MAX_DIMENSIONS);
  refuseMany('metrics', request.metrics, MAX_METRICS);
  const dimensions = request.dimensions.map(({ name }) => dimensionNamed(name).apiName);
  const metrics = request.metrics.map(({ name }) => metricNamed(name));
  const metricNames = metrics.map(({ apiName }) => apiName);
  const filtered = fieldsOf(request.dimensionFilter);
  for (const name of filtered) dimensionNamed(name);
  refuseMisfit([...dimensions, ...filtered], metricNames);
  return { dimensions, metrics };
}

function refuseUnserved({ cohortSpec, comparisons, metricAggregations, metrics }: ReportRequest): void {
  if (cohortSpec !== undefined) throw notServed('A cohort report');
  if (comparisons !== undefined && comparisons.length > 0) throw notServed('A comparison');
  if (metricAggregations.includes('COUNT')) throw notServed('The aggregation COUNT');
  if (metrics.length === 0) throw invalid('At least one metric is required.');
}

function refuseMany(what: string, asked: readonly { name: string }[], limit: number): void {
  if (asked.length > limit) {
    throw invalid(
      `Requests are limited to ${limit} ${what} within a nested request. This request is for ${asked.length} ${what}.`,
    );
  }
  const names = asked.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`The ${what} contain ${twice} more than once.`);
}

function refuseOrder(orderBy: OrderBy, columns: readonly string[], metrics: readonly string[]): void {
  const { metric, dimension, pivot } = orderBy;
  if (pivot !== undefined) throw invalid('A pivot order is only for pivot reports.');
  if ((metric === undefined) === (dimension === undefined)) {
    throw invalid('An orderBy needs either a metric or a dimension.');
  }
  if (metric !== undefined) within(metrics)(metric.metricName);
  if (dimension !== undefined) within(columns)(dimension.dimensionName);
}

function within(names: readonly string[]): (name: string) => void {
  return (name) => {
    if (!names.includes(name)) throw invalid(`Field ${name} is not in the request, but is used by it.`);
  };
}

function limitOf(limit: number | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  if (limit <= 0) throw invalid(`The limit must be positive: ${limit}.`);
  return Math.min(limit, MAX_LIMIT);
}
