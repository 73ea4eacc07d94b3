import type { ReadOutcome, ReadRequest } from '../app/ports.ts';
import type { RevenueMeasurement, RevenueScope, SeriesRecord } from '../app/ports-billing.ts';
import { definitionOf, findMetric, type MetricWindow, unitOf, windowFor } from '../domain/catalog/index.ts';
import { addDays, localDay } from '../domain/day.ts';
import { isRecurring } from './billing-kinds.ts';
import { type CheckedLedgerParams, checkLedgerParams } from './billing-metrics.ts';
import { needsOf } from './billing-needs.ts';
import { noOthers, type Others, otherFlows, otherPayers } from './billing-others.ts';
import {
  completenessOf,
  daysIn,
  failed,
  type LedgerReading,
  outdated,
  type Point,
  refusalOf,
} from './billing-reading.ts';
import { scopeOf } from './billing-scope.ts';
import { pointOf } from './records-points.ts';

export type DayWindow = { day: string; window: MetricWindow };
type Checked = Extract<CheckedLedgerParams, { ok: true }>;

/** The points of a metric of the catalogue, as sums over the rows of a mirrored ledger. */
export async function readLedgerMetric(request: ReadRequest, reading: LedgerReading): Promise<ReadOutcome> {
  const metric = findMetric(request.metric);
  const checked = metric === null ? null : checkLedgerParams(metric, request.params);
  const needs = needsOf(reading.connection.connectorId, request);
  if (checked === null || !checked.ok || needs === null)
    return outdated(request.metric, checked === null || checked.ok ? [] : checked.problems);
  const refusal = refusalOf(reading, needs.kinds, isRecurring(request.metric));
  if (refusal !== null) return failed(refusal);
  const read = await scopeOf(reading, request, reading.series);
  if (read?.ok !== true) return outdated(request.metric, read?.problems ?? []);
  const { scope } = read;
  const windows = windowsOf(checked, daysIn(reading, request), request.timeZone, reading.now);
  const { points, notes } = await measured(reading, checked, windows, scope, request.timeZone);
  return {
    ok: true,
    exchanges: [],
    reading: { points, completeness: completenessOf(reading, needs.kinds, notes) },
  };
}

/** The window of each day that one ends on, oldest first. */
export function windowsOf(
  { metric, params, window }: Pick<Checked, 'metric' | 'params' | 'window'>,
  days: readonly string[],
  timeZone: string,
  now: Date,
): DayWindow[] {
  const definition = definitionOf(metric, params, window, timeZone);
  return days.flatMap((day) => {
    const found = windowFor(definition, day, now);
    return found === null ? [] : [{ day, window: found }];
  });
}

async function measured(
  reading: LedgerReading,
  { metric, params }: Checked,
  windows: readonly DayWindow[],
  scope: RevenueScope,
  timeZone: string,
): Promise<{ points: Point[]; notes: string[] }> {
  if (windows.length === 0) return { points: [], notes: [] };
  reading.signal.throwIfAborted();
  const values = await reading.deps.revenue.measure(
    metric.key,
    params,
    windows.map(({ window }) => window),
    scope,
  );
  const others = await othersOf(reading, scope, windows, timeZone);
  const rebuilt = await reconstruction(reading, scope.series, timeZone);
  const unit = unitOf(metric, params);
  const points = windows.map(({ day, window }, index): Point => {
    const value = values[index];
    if (value === undefined) throw new Error(`${metric.key} was measured over too few windows`);
    const days = daysOf(window);
    const left = others.flag(days);
    const flags = {
      ...(rebuilt.lastDay !== null && days.startDay <= rebuilt.lastDay ? { reconstructed: true } : {}),
      ...(left === null ? {} : { otherCurrencies: left }),
      ...rateFlags(value),
    };
    return withFlags(pointOf(unit, day, value), flags);
  });
  const rates = await missingRates(reading, values, scope);
  return { points, notes: [...others.notes, ...rebuilt.notes, ...rates] };
}

/** The currency without a rate and the first day that it is needed on, beside a point that has no value for want of it. */
export function rateFlags({ missing }: RevenueMeasurement): Record<string, unknown> {
  return missing === undefined ? {} : { missingRate: missing.currency, missingRateDay: missing.day };
}

export function withFlags(point: Point, flags: Record<string, unknown>): Point {
  return Object.keys(flags).length === 0 ? point : { ...point, flags: { ...point.flags, ...flags } };
}

/** `[startDay, endDay)` of a window; of a snapshot, its day. */
function daysOf(window: MetricWindow): { startDay: string; endDay: string } {
  if (window.kind === 'none') throw new RangeError('a window without days has no place in a calendar');
  return window.kind === 'snapshot' ? { startDay: window.day, endDay: addDays(window.day, 1) } : window;
}

async function othersOf(
  reading: LedgerReading,
  { onlyCurrency, series }: RevenueScope,
  windows: readonly DayWindow[],
  timeZone: string,
): Promise<Others> {
  if (onlyCurrency === null) return noOthers;
  if (series !== null) return otherPayers(reading, series, onlyCurrency);
  const days = windows.map(({ window }) => daysOf(window));
  const startDay = days.map((each) => each.startDay).toSorted()[0] ?? '';
  const endDay =
    days
      .map((each) => each.endDay)
      .toSorted()
      .at(-1) ?? '';
  return otherFlows(reading, { startDay, endDay, timeZone }, onlyCurrency);
}

/** Up to which day what is known was worked out from documents, because nobody saw it happen. */
export async function reconstruction(
  { deps, now }: Pick<LedgerReading, 'deps' | 'now'>,
  series: SeriesRecord | null,
  timeZone: string,
): Promise<{ lastDay: string | null; notes: string[] }> {
  const lastDay =
    series === null ? null : await deps.survey.reconstructedThrough(series.id, localDay(now, timeZone));
  const notes =
    lastDay === null ? [] : [`movements through ${lastDay} are reconstructed from invoice lines and phases`];
  return { lastDay, notes };
}

/** One sentence a currency without a rate, with somebody who pays in it. */
export async function missingRates(
  { connection, deps }: Pick<LedgerReading, 'connection' | 'deps'>,
  values: readonly RevenueMeasurement[],
  { money }: Pick<RevenueScope, 'money'>,
): Promise<string[]> {
  const first = new Map<string, string>();
  for (const { missing } of values) {
    if (missing === undefined) continue;
    const known = first.get(missing.currency);
    if (known === undefined || missing.day < known) first.set(missing.currency, missing.day);
  }
  const notes: string[] = [];
  for (const [currency, day] of first) {
    const example = await deps.billing.exampleOf(connection.id, currency);
    const who =
      example === null ? '' : `, for ${example.subscriptionId ?? 'payments'} of ${example.customerId}`;
    notes.push(`no rate of ${currency} into ${money?.reportingCurrency ?? '?'} on ${day}${who}`);
  }
  return notes;
}
