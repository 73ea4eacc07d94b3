import type { EpochSeconds } from '../model/time.ts';
import { addDays, type DayRange, lengthDays } from './days.ts';
import type { Hit } from './hits.ts';
import { ordered } from './order.ts';
import { type Plan, planOf } from './plan.ts';
import { type Ga4Quirks, guessed, isWithheld, rolledUp, sampledShare } from './quirks.ts';
import type { ReportRequest } from './request.ts';
import { lookBackDays, type Row, type Table, tableOf } from './table.ts';

/** A property as one request sees it. */
export type Property = {
  hits: (days: { startDay: string; endDay: string }) => readonly Hit[];
  now: EpochSeconds;
  today: string;
  timeZone: string;
  quirks: Ga4Quirks;
};

export type Report = { wire: Record<string, unknown>; tokens: number };

/** One range's part of the report. */
type Part = { range: DayRange; table: Table; hitCount: number; hasOther: boolean };

/** @throws Refusal for a request that Google, or the sandbox, does not take */
export function reportOf(request: ReportRequest, property: Property): Report {
  const plan = planOf(request, property.today);
  const parts = plan.ranges.map((range) => partOf(plan, range, property));
  const names = plan.metrics.map(({ apiName }) => apiName);
  const columns = plan.ranges.length > 1 ? [...plan.dimensions, 'dateRange'] : plan.dimensions;
  const rows = parts
    .flatMap(({ table }) => table.rows)
    .filter((row) => !isWithheld(property.quirks, row.users))
    .filter((row) => plan.keepEmptyRows || row.numbers.some((value) => value !== 0))
    .filter((row) => plan.metricPasses((name) => String(row.numbers[names.indexOf(name)])));
  const sorted = ordered(rows, plan.orderBys, { dimensions: columns, metrics: names }, plan.offset);
  const page = sorted.slice(plan.offset, plan.offset + plan.limit);
  const wire = {
    ...listed(
      'dimensionHeaders',
      columns.map((name) => ({ name })),
    ),
    metricHeaders: plan.metrics.map(({ apiName, type }) => ({ name: apiName, type })),
    ...listed('rows', page.map(wireRow)),
    ...aggregates(plan, parts, rows),
    ...(rows.length === 0 ? {} : { rowCount: rows.length }),
    metadata: metadataOf(plan, parts, property),
    kind: 'analyticsData#runReport',
  };
  return { wire, tokens: tokensOf(plan, rows.length) };
}

function partOf(plan: Plan, range: DayRange, { hits: hitsIn, quirks }: Property): Part {
  const startDay = addDays(range.startDay, -lookBackDays(plan));
  const hits = hitsIn({ startDay, endDay: range.endDay });
  const plain = tableOf(plan, range, hits);
  const isByDate = plan.dimensions.includes('date');
  const days = isByDate ? rolledUp(quirks, plain.rows.length, sizeByDay(hits, range)) : new Set<string>();
  const table = days.size === 0 ? plain : tableOf(plan, range, hits, days);
  const part = sampledShare(quirks, range);
  const shown = (row: Row): Row => ({
    ...row,
    numbers: plan.metrics.map(({ apiName }, index) => {
      if (quirks.restrictedMetrics?.includes(apiName) === true) return 0;
      return guessed(row.numbers[index] ?? 0, apiName, part, row.dimensions.join());
    }),
    dimensions: plan.ranges.length > 1 ? [...row.dimensions, range.name] : row.dimensions,
  });
  return {
    range,
    table: { rows: table.rows.map(shown), total: table.total === null ? null : shown(table.total) },
    hitCount: hits.filter(({ when }) => when.day >= range.startDay).length,
    hasOther: days.size > 0,
  };
}

function sizeByDay(hits: readonly Hit[], range: DayRange): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { when } of hits) {
    if (when.day >= range.startDay) sizes.set(when.day, (sizes.get(when.day) ?? 0) + 1);
  }
  return sizes;
}

/** Totals are of everything in the range; the largest and the smallest are of the rows. */
function aggregates(plan: Plan, parts: readonly Part[], rows: readonly Row[]): Record<string, unknown> {
  const isSplit = plan.ranges.length > 1;
  const labelled = (label: string, { range }: Part) => [
    ...plan.dimensions.map(() => label),
    ...(isSplit ? [range.name] : []),
  ];
  const extremes = (label: string, pick: (...values: number[]) => number) =>
    parts.map((part) => {
      const own = rows.filter((row) => !isSplit || row.dimensions.at(-1) === part.range.name);
      if (own.length === 0) return {};
      const numbers = plan.metrics.map((_, index) => pick(...own.map((row) => row.numbers[index] ?? 0)));
      return wireRow({ dimensions: labelled(label, part), numbers });
    });
  return {
    ...(plan.aggregations.includes('TOTAL')
      ? {
          totals: parts.map((part) => {
            const { total } = part.table;
            if (total === null) return {};
            return wireRow({ dimensions: labelled('RESERVED_TOTAL', part), numbers: total.numbers });
          }),
        }
      : {}),
    ...(plan.aggregations.includes('MAXIMUM') ? { maximums: extremes('RESERVED_MAX', Math.max) } : {}),
    ...(plan.aggregations.includes('MINIMUM') ? { minimums: extremes('RESERVED_MIN', Math.min) } : {}),
  };
}

function metadataOf(plan: Plan, parts: readonly Part[], { timeZone, quirks }: Property) {
  const restricted = plan.metrics.filter(({ apiName }) => quirks.restrictedMetrics?.includes(apiName));
  const isSampled = plan.ranges.some((range) => sampledShare(quirks, range) < 1);
  return {
    currencyCode: plan.currencyCode,
    timeZone,
    ...(parts.some(({ hasOther }) => hasOther) ? { dataLossFromOtherRow: true } : {}),
    ...(quirks.thresholded === true ? { subjectToThresholding: true } : {}),
    ...(isSampled ? { samplingMetadatas: parts.map((part) => samplingOf(part, quirks)) } : {}),
    ...(restricted.length === 0
      ? {}
      : {
          schemaRestrictionResponse: {
            activeMetricRestrictions: restricted.map(({ apiName }) => ({
              metricName: apiName,
              restrictedMetricTypes: ['REVENUE_DATA'],
            })),
          },
        }),
    ...(parts.every(({ hitCount }) => hitCount === 0)
      ? { emptyReason: 'No data was collected for the requested date range.' }
      : {}),
  };
}

function samplingOf({ range, hitCount }: Part, quirks: Ga4Quirks) {
  return {
    samplesReadCount: String(Math.round(hitCount * sampledShare(quirks, range))),
    samplingSpaceSize: String(hitCount),
  };
}

/** What a report costs. The formula is the sandbox's own; Google says no more than that most cost 10 or fewer. */
function tokensOf(plan: Plan, rowCount: number): number {
  const days = plan.ranges.reduce((sum, range) => sum + lengthDays(range), 0);
  const size = Math.floor(days / 90) + Math.floor(rowCount / 1_000);
  return 1 + plan.dimensions.length + plan.filterCount + size;
}

/** Every value is text, and a number is written with as many digits as it needs. */
function wireRow({ dimensions, numbers }: Pick<Row, 'dimensions' | 'numbers'>): Record<string, unknown> {
  return {
    ...listed(
      'dimensionValues',
      dimensions.map((value) => ({ value })),
    ),
    metricValues: numbers.map((value) => ({ value: String(value) })),
  };
}

/** An empty list is left out, as proto JSON does. */
function listed(name: string, values: readonly unknown[]): Record<string, unknown> {
  return values.length === 0 ? {} : { [name]: values };
}
