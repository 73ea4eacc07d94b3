import type { Figure } from './asked-fields.ts';
import type { Cohort } from './cohort.ts';
import { addDays, type DayRange, lengthDays } from './days.ts';
import type { Hit } from './hits.ts';
import { metadataOf } from './metadata.ts';
import { ordered } from './order.ts';
import { type Plan, planOf } from './plan.ts';
import type { Property } from './property.ts';
import { guessed, isThresholded, isWithheld, mostRows, OTHER, rolledUp, sampledShare } from './quirks.ts';
import type { ReportRequest } from './request.ts';
import { type Bent, type Row, type Source, type Table, tableOf } from './table.ts';
import { lookBackDays } from './trails.ts';
import { listed, wireRow } from './wire-row.ts';

export type Report = { wire: Record<string, unknown>; tokens: number; isThresholded: boolean };

/** The part of the report that is about one range, or one cohort. */
export type Part = {
  range: DayRange;
  table: Table;
  hitCount: number;
  sampled: number; // the share that was read
  hasOther: boolean;
};

/** @throws Refusal for a request that Google, or the sandbox, does not take */
export function reportOf(request: ReportRequest, property: Property): Report {
  const { quirks } = property;
  const plan = planOf(request, property.today, property.currencyCode);
  const parts = plan.ranges.map((range, index) =>
    partOf(plan, range, plan.cohorts?.[index] ?? null, property),
  );
  const isShort = isThresholded(quirks, plan.touched);
  const names = plan.figures.map(({ name }) => name);
  const columns = isSplit(plan) ? [...plan.dimensions, 'dateRange'] : plan.dimensions;
  const rows = parts
    .flatMap(({ table }) => table.rows)
    .filter((row) => !isShort || !isWithheld(row.users))
    .filter((row) => plan.keepEmptyRows || row.numbers.some((value) => value !== 0))
    .filter((row) => plan.metricPasses((name) => String(row.numbers[names.indexOf(name)])));
  const sorted = ordered(rows, plan.orderBys, { dimensions: columns, metrics: names }, plan.offset);
  const page = sorted.slice(plan.offset, plan.offset + plan.limit);
  const wire = {
    ...listed(
      'dimensionHeaders',
      columns.map((name) => ({ name })),
    ),
    metricHeaders: visible(plan, plan.figures).map(({ name, type }) => ({ name, type })),
    ...listed(
      'rows',
      page.map((row) => wireRow(visibleRow(plan, row))),
    ),
    ...aggregates(plan, parts, rows),
    ...(rows.length === 0 ? {} : { rowCount: rows.length }),
    metadata: metadataOf(plan, parts, property, isShort),
    kind: 'analyticsData#runReport',
  };
  return { wire, tokens: tokensOf(plan, rows.length), isThresholded: isShort };
}

/** Several ranges are told apart in a column of their own; cohorts have one already. */
function isSplit({ ranges, cohorts }: Plan): boolean {
  return cohorts === null && ranges.length > 1;
}

function partOf(plan: Plan, range: DayRange, cohort: Cohort | null, property: Property): Part {
  const { quirks } = property;
  const source = sourceOf(plan, range, cohort, property);
  const restricted = quirks.restrictedMetrics ?? [];
  const bent: Bent = { restricted, relabelled: (dimensions) => dimensions };
  const plain = tableOf(plan, source, bent);
  const relabelled = relabelling(plan, plain.rows, source, property);
  const table = relabelled === null ? plain : tableOf(plan, source, { restricted, relabelled });
  const hitCount = source.hits.filter(({ when }) => when.day >= range.startDay).length;
  const sampled = sampledShare(quirks, range, hitCount);
  const shown = (row: Row): Row => ({
    ...row,
    numbers: plan.figures.map(({ name, sources }, index) => {
      if (sources.every((metric) => restricted.includes(metric))) return 0;
      return guessed(row.numbers[index] ?? 0, name, sampled, row.dimensions.join());
    }),
    dimensions: isSplit(plan) ? [...row.dimensions, range.name] : row.dimensions,
  });
  const isHidden = (row: Row) => quirks.otherRowHidden === true && row.dimensions.includes(OTHER);
  return {
    range,
    table: {
      rows: table.rows.filter((row) => !isHidden(row)).map(shown),
      total: table.total === null ? null : shown(table.total),
    },
    hitCount,
    sampled,
    hasOther: relabelled !== null,
  };
}

function sourceOf(plan: Plan, range: DayRange, cohort: Cohort | null, property: Property): Source {
  const lens = { range, cohort, firstOf: property.firstOf, originOf: property.originOf };
  if (cohort === null) {
    const startDay = addDays(range.startDay, -lookBackDays(plan.sources));
    const hits = property.hits({ startDay, endDay: range.endDay });
    return { range, hits, lens, cohort, firstHits: [] };
  }
  const { startDay, endDay } = cohort.firstDays;
  const isMember = ({ deviceId }: Hit) => {
    const day = property.firstOf(deviceId)?.day ?? '';
    return day >= startDay && day <= endDay;
  };
  const hits = property.hits(range).filter(isMember);
  const firstHits = property
    .hits(cohort.firstDays)
    .filter((hit) => !hit.isEvent && hit.visit?.session.newDevice === true && isMember(hit));
  return { range, hits, lens, cohort, firstHits };
}

/** What becomes of the rows that are too many; null when none are. */
function relabelling(
  plan: Plan,
  rows: readonly Row[],
  { hits, range }: Source,
  { quirks }: Property,
): Bent['relabelled'] | null {
  const limit = mostRows(quirks);
  if (rows.length > limit) {
    const key = (dimensions: readonly string[]) => dimensions.join('\u0000');
    const largestFirst = rows.toSorted((one, other) => other.size - one.size);
    const kept = new Set(largestFirst.slice(0, limit).map(({ dimensions }) => key(dimensions)));
    return (dimensions) => (kept.has(key(dimensions)) ? dimensions : dimensions.map(() => OTHER));
  }
  const dateColumn = plan.dimensions.indexOf('date');
  const days = dateColumn < 0 ? null : rolledUp(quirks, rows.length, sizeByDay(hits, range));
  if (days === null || days.size === 0) return null;
  return (dimensions, day) => (days.has(day) ? dimensions.with(dateColumn, OTHER) : dimensions);
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
  const labelled = (label: string, { range }: Part) => [
    ...plan.dimensions.map(() => label),
    ...(isSplit(plan) ? [range.name] : []),
  ];
  const extremes = (label: string, pick: (...values: number[]) => number) =>
    parts.map((part) => {
      const own = rows.filter((row) => !isSplit(plan) || row.dimensions.at(-1) === part.range.name);
      if (own.length === 0) return {};
      const numbers = plan.figures.map((_, index) => pick(...own.map((row) => row.numbers[index] ?? 0)));
      return wireRow(visibleRow(plan, { dimensions: labelled(label, part), numbers }));
    });
  const totals = () =>
    parts.map((part) => {
      const { total } = part.table;
      if (total === null) return {};
      const { numbers } = total;
      return wireRow(visibleRow(plan, { dimensions: labelled('RESERVED_TOTAL', part), numbers }));
    });
  return {
    ...(plan.aggregations.includes('TOTAL') ? { totals: totals() } : {}),
    ...(plan.aggregations.includes('MAXIMUM') ? { maximums: extremes('RESERVED_MAX', Math.max) } : {}),
    ...(plan.aggregations.includes('MINIMUM') ? { minimums: extremes('RESERVED_MIN', Math.min) } : {}),
  };
}

/** What a report costs. The formula is the sandbox's own; Google says no more than that most cost 10 or fewer. */
function tokensOf(plan: Plan, rowCount: number): number {
  const days = plan.ranges.reduce((sum, range) => sum + lengthDays(range), 0);
  const size = Math.floor(days / 90) + Math.floor(rowCount / 1_000);
  return 1 + plan.dimensions.length + plan.filterCount + size;
}

/** Without what the invisible metrics say, which only filters, orders and expressions get to see. */
function visible<T>({ figures }: { figures: readonly Figure[] }, values: readonly T[]): T[] {
  return values.filter((_, index) => figures[index]?.invisible !== true);
}

function visibleRow(plan: Plan, { dimensions, numbers }: Pick<Row, 'dimensions' | 'numbers'>) {
  return { dimensions, numbers: visible(plan, numbers) };
}
