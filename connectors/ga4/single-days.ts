import { driftError } from '../sdk/index.ts';
import type { Answer, Flags } from './answer.ts';
import { type ReportRequest, TOTAL } from './calls.ts';
import { type Ga4Client, REPORTS_PER_BATCH } from './client.ts';
import { PROVIDER } from './errors.ts';
import { portions } from './plan.ts';
import { requireColumns, restrictionsOf, samplingOf, smallest, valuesOf } from './report.ts';
import type { Report } from './schema.ts';

const RANGES_PER_REPORT = 4;
/** Five requests for one report: the newest days, which status may still need; older ones stay without a value. */
const MAX_DAYS = 100;

export function needsSingleDays(answer: Answer): boolean {
  return answer.sampledFraction !== null || answer.hasDataLoss || answer.lost.length > 0;
}

/**
 * Asks for each day alone and without the date column: short ranges are not sampled, and without a column nothing is
 * rolled up in it. What is still in doubt afterwards keeps no value.
 */
export async function readSingleDays(client: Ga4Client, answer: Answer, days: string[]): Promise<Answer> {
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
  for (const batch of portions(portions(newest, RANGES_PER_REPORT), REPORTS_PER_BATCH)) {
    const reports = await client.reports(batch.map((some) => requestOf(answer.names, some)));
    for (const [at, report] of reports.entries()) addDays(alone, report, batch[at] ?? []);
    alone.pages += 1;
  }
  return alone;
}

function requestOf(names: string[], days: string[]): ReportRequest {
  return {
    metrics: names.map((name) => ({ name })),
    dateRanges: days.map((day) => ({ startDate: day, endDate: day, name: nameOf(day) })),
    metricAggregations: [TOTAL],
    keepEmptyRows: true,
  };
}

function nameOf(day: string): string {
  return `day_${day.replaceAll('-', '_')}`;
}

/** With several ranges Google adds a column that names them; with one there is none. */
function addDays(alone: Answer, report: Report, days: string[]): void {
  requireColumns(report, alone.names);
  const column = report.dimensionHeaders.findIndex(({ name }) => name === 'dateRange');
  if (column < 0 && days.length > 1)
    throw driftError(PROVIDER, 'a report: no dateRange', '/headers/dateRange');
  for (const row of report.rows) {
    const label = column < 0 ? nameOf(days[0] ?? '') : row.dimensionValues[column]?.value;
    const day = days.find((one) => nameOf(one) === label);
    if (day === undefined || alone.days.has(day)) {
      throw driftError(PROVIDER, 'a report: a row of no day that was asked for', '/rows/dateRange');
    }
    alone.days.set(day, valuesOf(report, row, alone.names));
  }
  const shares = samplingOf(report.metadata);
  // One share for each range, in order. With another number of them nobody can say which day was sampled.
  const anyDay = shares.length === days.length ? null : smallest(shares);
  for (const [at, day] of days.entries()) {
    const share = anyDay ?? shares[at] ?? null;
    if (share !== null) alone.doubts.set(day, { sampled: share });
    else if (report.metadata.dataLossFromOtherRow) alone.doubts.set(day, { otherRow: true });
  }
  alone.isThresholded ||= report.metadata.subjectToThresholding === true;
  alone.restricted.push(...restrictionsOf(report.metadata));
  alone.items += report.rows.length;
}
