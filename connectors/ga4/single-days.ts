import { badPayload, driftError } from '../sdk/index.ts';
import type { Answer, Flags } from './answer.ts';
import { type ReportRequest, TOTAL } from './calls.ts';
import { type Ga4Client, REPORTS_PER_BATCH } from './client.ts';
import { PROVIDER } from './errors.ts';
import { portions, type ReportPlan } from './plan.ts';
import { conditionsOf, requireColumns, restrictionsOf, samplingOf, smallest, valuesOf } from './report.ts';
import type { Report } from './schema.ts';

const RANGES_PER_REPORT = 4;
/** Five requests for one report: the newest days, which status may still need; older ones stay without a value. */
const MAX_DAYS = 100;

/** The days that are told as one number, whose point belongs to `day`, the last of them. */
export type Span = { day: string; fromDay: string };
/** What is asked of each span. */
export type SpanQuestion = Pick<ReportPlan, 'filter' | 'currencyCode'> & { names: string[] };

export function needsSingleDays(answer: Answer): boolean {
  return answer.sampledFraction !== null || answer.hasDataLoss || answer.lost.length > 0;
}

/**
 * Asks for each day alone and without the date column: short ranges are not sampled, and without a column nothing is
 * rolled up in it. What is still in doubt afterwards keeps no value.
 */
export async function readSingleDays(
  client: Ga4Client,
  answer: Answer,
  days: string[],
  conditions: Pick<ReportPlan, 'filter' | 'currencyCode'>,
): Promise<Answer> {
  const newest = days.slice(-MAX_DAYS);
  const tooOld: Flags = {
    ...(answer.sampledFraction === null ? {} : { sampled: answer.sampledFraction }),
    ...(answer.hasDataLoss || answer.lost.length > 0 ? { otherRow: true } : {}),
  };
  const alone: Answer = {
    ...answer,
    readAlone: true,
    days: new Map(),
    doubts: new Map(days.slice(0, -MAX_DAYS).map((day) => [day, tooOld])),
  };
  const spans = newest.map((day) => ({ day, fromDay: day }));
  await addSpans(client, alone, spans, { ...conditions, names: answer.names });
  return alone;
}

/** Each span as a number of its own, such as the different people of the 28 days that end with a day. */
export async function readSpans(client: Ga4Client, spans: Span[], question: SpanQuestion): Promise<Answer> {
  const answer: Answer = {
    names: question.names,
    days: new Map(),
    doubts: new Map(),
    readAlone: true,
    totals: null,
    lost: [],
    timeZone: '',
    currencyCode: '',
    sampledFraction: null,
    isThresholded: false,
    hasDataLoss: false,
    restricted: [],
    emptyReason: '',
    pages: 0,
    items: 0,
  };
  await addSpans(client, answer, spans, question);
  return answer;
}

/** Every request that `readSpans` makes. */
export function spanRequests(spans: Span[], question: SpanQuestion): ReportRequest[] {
  return portions(spans, RANGES_PER_REPORT).map((some) => requestOf(question, some));
}

async function addSpans(
  client: Ga4Client,
  answer: Answer,
  spans: Span[],
  question: SpanQuestion,
): Promise<void> {
  for (const batch of portions(portions(spans, RANGES_PER_REPORT), REPORTS_PER_BATCH)) {
    const reports = await client.reports(batch.map((some) => requestOf(question, some)));
    for (const [at, report] of reports.entries()) addReport(answer, report, batch[at] ?? []);
    answer.pages += 1;
  }
}

function requestOf(question: SpanQuestion, spans: Span[]): ReportRequest {
  return {
    metrics: question.names.map((name) => ({ name })),
    dateRanges: spans.map(({ day, fromDay }) => ({ startDate: fromDay, endDate: day, name: nameOf(day) })),
    ...conditionsOf(question),
    metricAggregations: [TOTAL],
    keepEmptyRows: true,
  };
}

function nameOf(day: string): string {
  return `day_${day.replaceAll('-', '_')}`;
}

/** With several ranges Google adds a column that names them; with one there is none. */
function addReport(answer: Answer, report: Report, spans: Span[]): void {
  requireColumns(report, answer.names);
  const { metadata } = report;
  if (answer.timeZone !== '' && metadata.timeZone !== answer.timeZone) {
    throw badPayload(PROVIDER, 'zone_changed', 'changed the time zone of the property between two reports');
  }
  answer.timeZone = metadata.timeZone;
  answer.currencyCode = metadata.currencyCode ?? '';
  addRows(answer, report, spans);
  const shares = samplingOf(metadata);
  // One share for each range, in order. With another number of them nobody can say which day was sampled.
  const anyDay = shares.length === spans.length ? null : smallest(shares);
  for (const [at, { day }] of spans.entries()) {
    const share = anyDay ?? shares[at] ?? null;
    if (share !== null) answer.doubts.set(day, { sampled: share });
    else if (metadata.dataLossFromOtherRow) answer.doubts.set(day, { otherRow: true });
  }
  answer.isThresholded ||= metadata.subjectToThresholding === true;
  answer.restricted.push(...restrictionsOf(metadata));
  answer.items += report.rows.length;
}

function addRows(answer: Answer, report: Report, spans: Span[]): void {
  const column = report.dimensionHeaders.findIndex(({ name }) => name === 'dateRange');
  if (column < 0 && spans.length > 1)
    throw driftError(PROVIDER, 'a report: no dateRange', '/headers/dateRange');
  for (const row of report.rows) {
    const label = column < 0 ? nameOf(spans[0]?.day ?? '') : row.dimensionValues[column]?.value;
    const span = spans.find(({ day }) => nameOf(day) === label);
    if (span === undefined || answer.days.has(span.day)) {
      throw driftError(PROVIDER, 'a report: a row of no day that was asked for', '/rows/dateRange');
    }
    answer.days.set(span.day, valuesOf(report, row, answer.names));
  }
}
