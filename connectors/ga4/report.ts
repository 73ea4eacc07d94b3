import { badPayload, driftError } from '../sdk/index.ts';
import type { Answer, Values } from './answer.ts';
import { type ReportRequest, TOTAL } from './calls.ts';
import type { Ga4Client } from './client.ts';
import { PROVIDER } from './errors.ts';
import { namesOf, type ReportPlan } from './plan.ts';
import type { Report, Row } from './schema.ts';

/** Below Google's 250,000: an answer of ten metrics then stays within a few megabytes. */
const ROWS_PER_PAGE = 100_000;
const MAX_PAGES = 50;

/**
 * The reports by date, each read to its last row. Reports that need another page ask for it together.
 *
 * @throws ConnectorError `bad_payload` when a report is not whole or holds a day twice
 */
export async function readReports(client: Ga4Client, plans: ReportPlan[]): Promise<Answer[]> {
  const read = plans.map((plan) => ({ plan, pages: [] as Report[] }));
  let open = read;
  for (let page = 0; open.length > 0; page += 1) {
    if (page === MAX_PAGES) throw badPayload(PROVIDER, 'too_many_pages', 'never came to the end of a report');
    const answers = await client.reports(
      open.map(({ plan, pages }) => requestOf(plan, rowsOf(pages).length)),
    );
    for (const [at, answer] of answers.entries()) open[at]?.pages.push(answer);
    open = open.filter(({ pages }) => !isWhole(pages));
  }
  return read.map(({ plan, pages }) => answerOf(namesOf(plan), pages));
}

export function requestOf(plan: ReportPlan, offset: number): ReportRequest {
  return {
    dimensions: [{ name: 'date' }],
    metrics: namesOf(plan).map((name) => ({ name })),
    dateRanges: [{ startDate: plan.startDay, endDate: plan.lastDay }],
    ...conditionsOf(plan),
    metricAggregations: [TOTAL],
    orderBys: [{ dimension: { dimensionName: 'date', orderType: 'NUMERIC' } }], // else pages may overlap
    offset,
    limit: ROWS_PER_PAGE,
    keepEmptyRows: true,
  };
}

/** What narrows a report down, left out where nothing does. */
export function conditionsOf({ filter, currencyCode }: Pick<ReportPlan, 'filter' | 'currencyCode'>) {
  return {
    ...(filter === null ? {} : { dimensionFilter: filter }),
    ...(currencyCode === null ? {} : { currencyCode }),
  };
}

function rowsOf(pages: Report[]): Row[] {
  return pages.flatMap(({ rows }) => rows);
}

/** `rowCount` speaks of the whole question on every page. */
function isWhole(pages: Report[]): boolean {
  const due = pages[0]?.rowCount ?? 0;
  const last = pages.at(-1);
  if (pages.some(({ rowCount }) => rowCount !== due)) {
    throw badPayload(PROVIDER, 'rows_shifted', 'changed the number of rows between two pages of a report');
  }
  const keys = rowsOf(pages).map(keyOf);
  // At once, not at the end: a server that repeats a page would be followed for as long as it likes.
  const twice =
    new Set(keys).size === keys.length ? undefined : keys.find((key, at) => keys.indexOf(key) < at);
  if (twice !== undefined) throw badPayload(PROVIDER, 'repeated_row', `sent ${twice} twice in one report`);
  const got = keys.length;
  if (got > due || (got < due && last?.rows.length === 0)) {
    throw badPayload(PROVIDER, 'row_count', `promised ${due} rows of a report and sent ${got}`);
  }
  return got === due;
}

function keyOf({ dimensionValues }: Row): string {
  return dimensionValues.map(({ value }) => value).join(' | ');
}

function answerOf(names: string[], pages: Report[]): Answer {
  const days = new Map<string, Values>();
  const lost: Answer['lost'] = [];
  for (const page of pages) {
    requireColumns(page, names);
    const dateColumn = columnOf(page.dimensionHeaders, 'date');
    for (const row of page.rows) {
      const label = row.dimensionValues[dateColumn]?.value ?? '';
      const day = dayOf(label);
      const values = valuesOf(page, row, names);
      if (day === null) lost.push({ label, values });
      else days.set(day, values);
    }
  }
  const [first] = pages;
  if (first === undefined) throw new Error('a report without a page'); // `readReports` asks at least once
  return { names, days, lost, doubts: new Map(), readAlone: false, ...factsOf(first, pages, names) };
}

function factsOf(first: Report, pages: Report[], names: string[]) {
  const metadata = pages.map((page) => page.metadata);
  const [total] = first.totals;
  return {
    // An empty report may bring a total row that holds nothing at all.
    totals: total === undefined || total.metricValues.length === 0 ? null : valuesOf(first, total, names),
    timeZone: first.metadata.timeZone,
    currencyCode: first.metadata.currencyCode ?? '',
    sampledFraction: smallest(metadata.flatMap(samplingOf)),
    isThresholded: metadata.some(({ subjectToThresholding }) => subjectToThresholding === true),
    hasDataLoss: metadata.some(({ dataLossFromOtherRow }) => dataLossFromOtherRow),
    restricted: metadata.flatMap(restrictionsOf),
    emptyReason: first.metadata.emptyReason ?? '',
    pages: pages.length,
    items: rowsOf(pages).length,
  };
}

/** The share of the events that was read, for each date range in order; null where all of them were. */
export function samplingOf({ samplingMetadatas }: Report['metadata']): Array<number | null> {
  return samplingMetadatas.map(({ samplesReadCount, samplingSpaceSize }) => {
    const share = samplingSpaceSize === 0 ? 1 : samplesReadCount / samplingSpaceSize;
    return share < 1 ? share : null;
  });
}

export function restrictionsOf({ schemaRestrictionResponse }: Report['metadata']): string[] {
  return (schemaRestrictionResponse?.activeMetricRestrictions ?? []).map(({ metricName }) => metricName);
}

export function smallest(shares: Array<number | null>): number | null {
  const known = shares.filter((share) => share !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Cells are positional, so each metric is looked up by the name in its header. */
export function valuesOf(report: Report, row: Row, names: string[]): Values {
  return Object.fromEntries(
    names.map((name) => {
      const text = row.metricValues[columnOf(report.metricHeaders, name)]?.value ?? '';
      if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) {
        throw driftError(PROVIDER, `a report: ${name} is no number`, `/rows/metricValues/${name}`);
      }
      return [name, text];
    }),
  );
}

/** Also where there is no row: an answer without its columns says nothing, not even zero. */
export function requireColumns({ metricHeaders }: Report, names: string[]): void {
  for (const name of names) columnOf(metricHeaders, name);
}

function columnOf(headers: Array<{ name: string }>, name: string): number {
  const column = headers.findIndex((header) => header.name === name);
  if (column < 0) throw driftError(PROVIDER, `a report: there is no column ${name}`, `/headers/${name}`);
  return column;
}

/** `YYYYMMDD`, or null for the words that can stand in its place. */
function dayOf(label: string): string | null {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(label);
  return parts === null ? null : `${parts[1]}-${parts[2]}-${parts[3]}`;
}
