import type { RecordSets } from '../../../src/domain/catalog/record-sets.ts';
import type {
  CatalogMetric,
  Measurement,
  MetricWindow,
  ParamValue,
  ParamValues,
} from '../../../src/domain/catalog/types.ts';
import { eventMetrics } from '../../../src/domain/events/catalog.ts';
import type { ProductEvent } from '../../../src/domain/events/records.ts';

export function metricOf(key: string): CatalogMetric {
  const found = eventMetrics.find((metric) => metric.key === key);
  if (found === undefined) throw new RangeError(`no metric "${key}"`);
  return found;
}

/** Computes as a caller does: parameters checked against their names, the defaults filled in. */
export function measure(
  key: string,
  params: ParamValues,
  window: MetricWindow,
  records: RecordSets,
): Measurement {
  const metric = metricOf(key);
  const filled: Record<string, ParamValue> = {};
  for (const [name, spec] of Object.entries(metric.params)) {
    const value = params[name] ?? spec.default;
    if (value !== undefined) filled[name] = value;
    else if ('required' in spec) throw new RangeError(`"${name}" of ${key} is required`);
  }
  const unknown = Object.keys(params).find((name) => !(name in metric.params));
  if (unknown !== undefined) throw new RangeError(`${key} has no parameter "${unknown}"`);
  return metric.compute(filled, window, records);
}

/** An event of somebody at an instant, written as "u1 open 2026-03-01T10:00:00Z". */
export function did(
  text: string,
  properties: Record<string, unknown> = {},
  id: string | null = null,
): ProductEvent {
  const [userId = '', event = '', at = ''] = text.split(' ');
  return { id, userId, event, at: new Date(at), properties };
}

export function period(startDay: string, endDay: string, timeZone = 'UTC'): MetricWindow {
  return { kind: 'period', startDay, endDay, timeZone };
}

export function cohort(startDay: string, endDay: string, asOf: string, timeZone = 'UTC'): MetricWindow {
  return { kind: 'cohort', startDay, endDay, timeZone, asOfAt: new Date(asOf) };
}
