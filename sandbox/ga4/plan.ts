import { RATED } from '../stripe/rates.ts';
import { type Column, type Figure, fieldsAsked, sourcesOf } from './asked-fields.ts';
import { isOfEvents } from './catalog-dimensions.ts';
import { type Cohort, cohortsOf } from './cohort.ts';
import { type DayRange, rangesOf } from './days.ts';
import { invalid, notServed } from './errors.ts';
import { fieldsOf, type Test, testOf } from './filter.ts';
import { dimensionNamed } from './names.ts';
import type { OrderBy, ReportRequest } from './request.ts';

/** A report request that is known to make sense. */
export type Plan = {
  columns: readonly Column[]; // without `dateRange`, which several ranges append
  dimensions: readonly string[]; // their names
  figures: readonly Figure[]; // invisible ones too
  sources: readonly string[]; // the metrics that these are worked out of
  ranges: readonly DayRange[]; // of cohorts the days over which each is followed
  cohorts: readonly Cohort[] | null;
  passes: Test;
  metricPasses: Test;
  filterCount: number;
  touched: readonly string[]; // every dimension that is shown or filtered by
  ofEvents: readonly string[]; // those of them that tell the events of one session apart
  orderBys: readonly OrderBy[];
  offset: number;
  limit: number;
  aggregations: ReportRequest['metricAggregations'];
  keepEmptyRows: boolean;
  currencyCode: string;
};

const DEFAULT_LIMIT = 10_000;
const MAX_LIMIT = 250_000;

const everything: Test = () => true;

/** @throws Refusal (400) in Google's words, or (501) for what the sandbox does not serve */
export function planOf(request: ReportRequest, today: string, propertyCurrency: string): Plan {
  refuseUnserved(request);
  const { columns, figures } = fieldsAsked(request);
  const { dimensionFilter, metricFilter, currencyCode = propertyCurrency, offset } = request;
  const dimensions = columns.map(({ name }) => name);
  const metricNames = figures.map(({ name }) => name);
  const filtered = fieldsOf(dimensionFilter);
  const touched = [...sourcesOf(columns), ...filtered];
  const cohorts = cohortsOf(request, touched, sourcesOf(figures), today);
  const ranges = cohorts?.map(({ followed }) => followed) ?? rangesOf(request.dateRanges, today);
  const isSplit = cohorts === null && ranges.length > 1;
  const shown = isSplit ? [...dimensions, 'dateRange'] : dimensions;
  for (const orderBy of request.orderBys) refuseOrder(orderBy, shown, metricNames);
  if (!RATED.includes(currencyCode.toLowerCase()) || currencyCode !== currencyCode.toUpperCase()) {
    throw invalid(`Invalid currencyCode: ${currencyCode}.`);
  }
  if (offset < 0) throw invalid(`The offset must not be negative: ${offset}.`);
  return {
    columns,
    dimensions,
    figures,
    sources: sourcesOf(figures),
    ranges,
    cohorts,
    passes: dimensionFilter === undefined ? everything : testOf(dimensionFilter, dimensionNamed),
    metricPasses: metricFilter === undefined ? everything : testOf(metricFilter, within(metricNames)),
    filterCount: filtered.length + fieldsOf(metricFilter).length,
    touched,
    ofEvents: [...new Set(touched)].filter(isOfEvents),
    orderBys: request.orderBys,
    offset,
    limit: limitOf(request.limit),
    aggregations: request.metricAggregations,
    keepEmptyRows: request.keepEmptyRows,
    currencyCode,
  };
}

function refuseUnserved({ comparisons, metricAggregations, metrics, cohortSpec }: ReportRequest): void {
  if (comparisons !== undefined && comparisons.length > 0) throw notServed('A comparison');
  if (metricAggregations.includes('COUNT')) throw notServed('The aggregation COUNT');
  if (cohortSpec !== undefined && metricAggregations.length > 0) {
    throw notServed('An aggregation of cohorts');
  }
  if (metrics.length === 0) throw invalid('At least one metric is required.');
  if (metrics.every(({ invisible }) => invisible === true)) {
    throw invalid('At least one metric must be visible.');
  }
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
