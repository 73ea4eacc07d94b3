import { quotaWith } from './property.ts';
import type { ReportBody, Respond } from './server.ts';

type Range = { startDate: string; endDate: string };
type Quirks = { metadata?: Record<string, unknown>; quota?: Record<string, unknown>; timeZone?: string };

const labelled = (labels: string[], values: (string | number)[]) => ({
  dimensionValues: labels.map((value) => ({ value })),
  metricValues: values.map((value) => ({ value: String(value) })),
});

function reportOf(columns: string[], metrics: string[], rows: object[], quirks: Quirks): object {
  return {
    dimensionHeaders: columns.map((name) => ({ name })),
    metricHeaders: metrics.map((name) => ({ name, type: 'TYPE_INTEGER' })),
    ...(rows.length === 0 ? {} : { rows, rowCount: rows.length }),
    metadata: { currencyCode: 'EUR', timeZone: quirks.timeZone ?? 'Europe/Berlin', ...quirks.metadata },
    propertyQuota: quirks.quota ?? quotaWith(),
    kind: 'analyticsData#runReport',
  };
}

/** Different people of each range; null leaves the row out, as Google does where nobody came. */
export function peopleOf(count: (range: Range) => number | null, quirks: Quirks = {}): Respond {
  return batches((request) => {
    const isSeveral = request.dateRanges.length > 1;
    const rows = request.dateRanges.flatMap((range) => {
      const found = count(range);
      return found === null ? [] : [labelled(isSeveral ? [range.name ?? ''] : [], [found])];
    });
    const names = request.metrics.map(({ name }) => name);
    return reportOf(isSeveral ? ['dateRange'] : [], names, rows, quirks);
  });
}

/** Cohorts by their range and the offset; null leaves the row out. Rows come in no order. */
export function cohortsOf(
  active: (range: Range, offset: number) => [active: number, total: number] | null,
  quirks: Quirks = {},
): Respond {
  return batches((request) => {
    const { cohorts = [], cohortsRange = { endOffset: 0 } } = request.cohortSpec ?? {};
    // Other reports are asked for as well, such as the one that tells the zone.
    if (request.cohortSpec === undefined) return reportOf([], ['sessions'], [], quirks);
    const rows = cohorts.flatMap(({ dateRange, name }) =>
      Array.from({ length: cohortsRange.endOffset + 1 }, (_, offset) => {
        const found = active(dateRange, offset);
        return found === null ? [] : [labelled([name, String(offset).padStart(4, '0')], found)];
      }).flat(),
    );
    const columns = (request.dimensions ?? []).map(({ name }) => name);
    const names = request.metrics.map(({ name }) => name);
    return reportOf(columns, names, rows.toReversed(), quirks);
  });
}

/** A funnel by the day on which people may enter, or the range's first: users at each step. */
export function funnelsOf(users: (day: string, steps: number) => number[], quirks: Quirks = {}): Respond {
  return ({ body, method }) => {
    if (method !== 'runFunnelReport')
      return peopleOf(() => 1, quirks)({ body, method, path: '', headers: {} });
    const { steps } = body['funnel'] as { steps: Array<{ name: string }> };
    const day = body.dateRanges?.[0]?.startDate ?? '';
    const counts = users(day, steps.length);
    const headers = [
      'activeUsers',
      'funnelStepCompletionRate',
      'funnelStepAbandonments',
      'funnelStepAbandonmentRate',
    ];
    const metricHeaders = [...headers, ...headers].map((name) => ({ name, type: 'TYPE_INTEGER' }));
    // Steps that nobody reached have no row.
    const rows = steps.flatMap(({ name }, at) => {
      const count = counts[at] ?? 0;
      return count === 0 ? [] : [labelled([`${at + 1}. ${name}`], [count, '0.5', 0, '0.5'])];
    });
    const metadata = quirks.metadata ?? {};
    const table = { dimensionHeaders: [{ name: 'funnelStepName' }], metricHeaders, rows, metadata };
    return {
      body: {
        funnelTable: table,
        funnelVisualization: table,
        propertyQuota: quirks.quota ?? quotaWith(),
        kind: 'analyticsData#runFunnelReport',
      },
    };
  };
}

function batches(reportFor: (request: ReportBody) => object): Respond {
  return ({ body, method }) => {
    if (method === 'getPropertyQuotasSnapshot') {
      const name = 'properties/987654321/propertyQuotasSnapshot';
      return { body: { name, corePropertyQuota: quotaWith(), funnelPropertyQuota: quotaWith() } };
    }
    const reports = (body.requests ?? []).map(reportFor);
    return { body: { reports, kind: 'analyticsData#batchRunReports' } };
  };
}
