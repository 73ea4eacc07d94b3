import { billingMetrics } from '../../../../src/domain/billing/catalog.ts';
import type { Discount, PriceItem, Segment, Subscription } from '../../../../src/domain/billing/records.ts';
import type { RecordSets } from '../../../../src/domain/catalog/record-sets.ts';
import type { Measurement, MetricWindow, ParamValue } from '../../../../src/domain/catalog/types.ts';

/** A metric of the catalogue by its key, with the defaults of its parameters filled in as the product does. */
export function compute(
  key: string,
  window: MetricWindow,
  records: RecordSets,
  params: Record<string, ParamValue> = {},
): Measurement {
  const metric = billingMetrics.find((candidate) => candidate.key === key);
  if (metric === undefined) throw new Error(`no metric ${key}`);
  const defaults = Object.entries(metric.params).flatMap(([name, spec]) =>
    spec.default === undefined ? [] : [[name, spec.default] as const],
  );
  return metric.compute({ ...Object.fromEntries(defaults), ...params }, window, records);
}

export function at(day: string, timeZone = 'UTC'): MetricWindow {
  return { kind: 'snapshot', day, timeZone };
}

/** `[startDay, endDay)`, as the domain writes windows. */
export function period(startDay: string, endDay: string, timeZone = 'UTC'): MetricWindow {
  return { kind: 'period', startDay, endDay, timeZone };
}

export const march = period('2026-03-01', '2026-04-01');

export function item(unitAmountMinor: number, over: Partial<PriceItem> = {}): PriceItem {
  return { unitAmountMinor, quantity: 1, interval: 'month', intervalCount: 1, usage: 'licensed', ...over };
}

export function discount(over: Partial<Discount>): Discount {
  return { percentOff: null, amountOffMinor: null, duration: 'forever', startAt: null, endAt: null, ...over };
}

type SegmentParts = Partial<Omit<Segment, 'fromAt' | 'toAt' | 'items'>> & { items?: PriceItem[] };

/** A stretch at so many minor units a month; days mean midnight UTC. */
export function stretch(
  from: string,
  to: string | null,
  amountMinor: number,
  over: SegmentParts = {},
): Segment {
  const toAt = to === null ? null : new Date(to);
  const items = [item(amountMinor)];
  return { fromAt: new Date(from), toAt, status: 'active', items, discounts: [], tax: null, ...over };
}

export function subscription(customerId: string, segments: Segment[], currency = 'USD'): Subscription {
  return { id: `${customerId}-${segments[0]?.fromAt.toISOString()}`, customerId, currency, segments };
}

/** Since 1 January 2026, never changed. */
export function steady(customerId: string, amountMinor: number, over: SegmentParts = {}, currency = 'USD') {
  return subscription(customerId, [stretch('2026-01-01', null, amountMinor, over)], currency);
}

export function inUsd(...subscriptions: Subscription[]): RecordSets {
  return { reportingCurrency: 'USD', subscriptions };
}

/** The movements of a metric, without those that are zero. */
export function moved(window: MetricWindow, records: RecordSets, params: Record<string, ParamValue> = {}) {
  const { parts } = compute('mrr_movements', window, records, params);
  const { opening: _opening, closing: _closing, ...movements } = parts ?? {};
  return Object.fromEntries(Object.entries(movements).filter(([, amount]) => amount !== 0));
}
