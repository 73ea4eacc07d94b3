import { readFileSync } from 'node:fs';
import type { Answer, Call, ReportBody, Respond } from './server.ts';

/** What a property knows of a day: each metric's number as Google would write it. */
export type Days = Record<string, Record<string, string | number>>;
export type PropertyOptions = {
  timeZone?: string;
  /** How many rows a page holds at most, whatever was asked for. */
  pageSize?: number;
  metadata?: (request: ReportBody) => Record<string, unknown>;
  quota?: Record<string, unknown>;
  /** The total over all days where it is not the sum. */
  totals?: Record<string, string>;
  /** What the property knows of a request that is narrowed down; else the same as of any. */
  days?: (request: ReportBody) => Days;
  /** The last word on a report. */
  change?: (report: Report, request: ReportBody) => unknown;
};
export type Report = {
  dimensionHeaders?: Array<{ name: string }>;
  metricHeaders: Array<{ name: string; type: string }>;
  rows?: Row[];
  totals?: Row[];
  rowCount?: number;
  metadata: Record<string, unknown>;
  propertyQuota?: unknown;
  kind: string;
};
export type Row = { dimensionValues?: Array<{ value: string }>; metricValues?: Array<{ value: string }> };

/** Plenty of everything, and less of one pool where a test says so. */
export function quotaWith(less: Record<string, number> = {}): Record<string, unknown> {
  const left = {
    tokensPerDay: 199_400,
    tokensPerHour: 39_700,
    tokensPerProjectPerHour: 13_700,
    concurrentRequests: 10,
    serverErrorsPerProjectPerHour: 10,
    potentiallyThresholdedRequestsPerHour: 120,
    ...less,
  };
  return Object.fromEntries(
    Object.entries(left).map(([pool, remaining]) => [pool, { consumed: 6, remaining }]),
  );
}

/** A property with these days, asked in batches. Days that are not in it have no row, as with Google. */
export function property(days: Days, options: PropertyOptions = {}): Respond {
  return ({ method, body }: Call): Answer => {
    if (method === 'getMetadata') return { body: fixture('get_metadata.json').response };
    if (method === 'checkCompatibility') return { body: fixture('check_compatibility.json').response };
    if (method === 'getPropertyQuotasSnapshot') return { body: quotasOf(options.quota ?? quotaWith()) };
    const reports = (body.requests ?? []).map((request) => {
      const report = reportOf(options.days?.(request) ?? days, options, request);
      return options.change?.(report, request) ?? report;
    });
    return { body: { reports, kind: 'analyticsData#batchRunReports' } };
  };
}

/** What is left of each set of pools, as the snapshot tells it. */
export function quotasOf(core: unknown, funnel: unknown = quotaWith()): unknown {
  const name = 'properties/987654321/propertyQuotasSnapshot';
  return { name, corePropertyQuota: core, funnelPropertyQuota: funnel };
}

function reportOf(days: Days, options: PropertyOptions, request: ReportBody): Report {
  const names = request.metrics.map(({ name }) => name);
  const byDate = (request.dimensions ?? []).some(({ name }) => name === 'date');
  const isSeveral = request.dateRanges.length > 1;
  const all = request.dateRanges.flatMap(({ startDate, endDate, name = '' }): Row[] =>
    Object.entries(days)
      .filter(([day]) => startDate <= day && day <= endDate)
      .map(([day, values]) => ({
        dimensionValues: [
          ...(byDate ? [{ value: day.replaceAll('-', '') }] : []),
          ...(isSeveral ? [{ value: name }] : []),
        ],
        metricValues: names.map((metric) => ({ value: String(values[metric] ?? 0) })),
      })),
  );
  const offset = Number(request.offset ?? 0);
  const rows = all.slice(offset, offset + (options.pageSize ?? Number(request.limit ?? 10_000)));
  const total = (name: string, at: number) =>
    options.totals?.[name] ??
    String(all.reduce((sum, row) => sum + Number(row.metricValues?.[at]?.value), 0));
  return {
    dimensionHeaders: [...(byDate ? [{ name: 'date' }] : []), ...(isSeveral ? [{ name: 'dateRange' }] : [])],
    metricHeaders: names.map((name) => ({ name, type: 'TYPE_INTEGER' })),
    ...(rows.length === 0 ? {} : { rows, rowCount: all.length }),
    totals: [
      all.length === 0
        ? {}
        : {
            dimensionValues: [{ value: 'RESERVED_TOTAL' }],
            metricValues: names.map((name, at) => ({ value: total(name, at) })),
          },
    ],
    metadata: {
      currencyCode: 'EUR',
      timeZone: options.timeZone ?? 'Europe/Berlin',
      ...options.metadata?.(request),
    },
    propertyQuota: options.quota ?? quotaWith(),
    kind: 'analyticsData#runReport',
  };
}

export type Fixture = {
  about: string;
  method: string;
  path: string;
  status: number;
  response: Report & Record<string, unknown>;
  expected?: Record<string, unknown>;
};

/** A file of the made GA4 fixtures. */
export function fixture(name: string): Fixture {
  const url = new URL(`../../../fixtures/ga4/made/${name}`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Fixture;
}

/** Every report of a batch answered with the same recorded one. */
export function always(report: unknown): Respond {
  return ({ body }) => ({
    body: { reports: (body.requests ?? []).map(() => report), kind: 'analyticsData#batchRunReports' },
  });
}
