import type { ReadOutcome, ReadRequest } from '../app/ports.ts';
import type { IngestRecord, RecordCoverage } from '../app/ports-ingest.ts';
import { unitOf } from '../domain/catalog/index.ts';
import { isRecurring } from './billing-kinds.ts';
import { needsOf } from './billing-needs.ts';
import { missingRates, rateFlags, windowsOf, withFlags } from './billing-points.ts';
import { failed, type LedgerReading, outdated, type Point, refusalOf } from './billing-reading.ts';
import { scopeOf } from './billing-scope.ts';
import { checkRecordsParams, findRecordsMetric } from './records-metrics.ts';
import { completenessOf, daysOf, kindsInUse, pointOf, throughOf } from './records-points.ts';

/** What was told of a records connection, and by whom. */
export type Told = { coverage: readonly RecordCoverage[]; deliveries: readonly IngestRecord[] };

/**
 * The same sums over the same rows, where the facts were sent to us: they are told through a day, and nothing is known of
 * the days after it.
 */
export async function readToldMetric(
  request: ReadRequest,
  reading: LedgerReading,
  told: Told,
): Promise<ReadOutcome> {
  const found = findRecordsMetric(request.metric);
  const checked = found === null ? null : checkRecordsParams(found.metric, request.params);
  const needs = needsOf(reading.connection.connectorId, request);
  if (found === null || checked === null || !checked.ok || needs === null)
    return outdated(request.metric, checked === null || checked.ok ? [] : checked.problems);
  const { metric } = found;
  const refusal = refusalOf(reading, [], isRecurring(metric.key));
  if (refusal !== null) return failed(refusal);
  const kinds = kindsInUse(found, told.coverage);
  const days = daysOf(request, kinds, throughOf(kinds, told.coverage));
  const windows = windowsOf({ ...checked, metric }, days, request.timeZone, reading.now);
  const read = await scopeOf(reading, request, reading.series);
  if (read?.ok !== true) return outdated(request.metric, read?.problems ?? []);
  const { scope } = read;
  reading.signal.throwIfAborted();
  const values =
    windows.length === 0
      ? []
      : await reading.deps.revenue.measure(
          metric.key,
          checked.params,
          windows.map(({ window }) => window),
          scope,
        );
  const unit = unitOf(metric, checked.params);
  const points = windows.flatMap(({ day }, index): Point[] => {
    const value = values[index];
    return value === undefined ? [] : [withFlags(pointOf(unit, day, value), rateFlags(value))];
  });
  const completeness = completenessOf(kinds, told);
  const rates = await missingRates(reading, values, scope);
  return {
    ok: true,
    exchanges: [],
    reading: { points, completeness: { ...completeness, notes: [...completeness.notes, ...rates] } },
  };
}
