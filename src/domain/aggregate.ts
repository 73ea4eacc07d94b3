import { addDays, addMonths, eachDay, monthStart } from './day.ts';
import {
  type Combined,
  combine,
  type MetricKind,
  measured,
  type Observation,
  observed,
  whyNone,
} from './metric.ts';

/**
 * How the points of a metric become the one value that a goal compares. `latest` is the default, whatever the kind:
 * reaching a target and slipping back must show. `last_complete_month` is for goals stated per month: on the 5th the
 * month so far says nothing. `trailingDays` combines the newest n days by the metric's kind.
 */
export type Aggregate = 'latest' | 'sum' | 'mean' | 'last_complete_month' | { trailingDays: number };

/** How many days before a day its compared value looks back to; 0 where no window trails. */
export function trailingDaysOf(aggregate: Aggregate | null): number {
  return typeof aggregate === 'object' && aggregate !== null ? aggregate.trailingDays : 0;
}

/** A value with the points it was made from. */
export type Aggregated = { result: Combined; used: Observation[] };

/** The value at the close of `asOfDay`; later points take no part. `sum` and `mean` count from `fromDay`. */
export function aggregate(
  rule: Aggregate,
  kind: MetricKind,
  points: readonly Observation[],
  fromDay: string,
  asOfDay: string,
): Aggregated {
  const known = points.filter((point) => point.day <= asOfDay);
  if (rule === 'latest') return latest(known);
  if (rule === 'last_complete_month') return lastCompleteMonth(kind, known, asOfDay);
  if (rule === 'sum' || rule === 'mean') {
    const inside = known.filter((point) => point.day >= fromDay);
    return {
      result: rule === 'sum' ? sumOf(kind, inside) : meanOf(kind, inside),
      used: tookPart(kind, inside),
    };
  }
  return wholeWindow(kind, known, addDays(asOfDay, 1 - rule.trailingDays), addDays(asOfDay, 1));
}

function latest(points: Observation[]): Aggregated {
  const newest = measured(points).at(-1);
  if (newest === undefined) return { result: { value: null, reason: whyNone(points) }, used: [] };
  return { result: { value: newest.value }, used: [newest] };
}

function sumOf(kind: MetricKind, points: Observation[]): Combined {
  // The sum of a stock, a rate or a head count over days measures nothing.
  return kind === 'flow' ? combine(kind, points) : { value: null, reason: 'not_combinable' };
}

function meanOf(kind: MetricKind, points: Observation[]): Combined {
  if (kind === 'ratio' || kind === 'distribution' || kind === 'distinct') return combine(kind, points);
  const known = measured(points);
  const total = known.reduce((sum, point) => sum + point.value, 0);
  return known.length === 0 ? { value: null, reason: 'no_observation' } : { value: total / known.length };
}

/** The newest month that is over and, for a flow, has a value on each of its days: a hole would read as a fall. */
function lastCompleteMonth(kind: MetricKind, points: Observation[], asOfDay: string): Aggregated {
  const oldest = measured(points)[0]?.day ?? asOfDay;
  for (let endDay = monthStart(addDays(asOfDay, 1)); endDay > oldest; endDay = addMonths(endDay, -1)) {
    const found = wholeWindow(kind, points, addMonths(endDay, -1), endDay);
    if (found.result.value !== null) return found;
  }
  return { result: { value: null, reason: 'no_observation' }, used: [] };
}

function wholeWindow(kind: MetricKind, points: Observation[], startDay: string, endDay: string): Aggregated {
  const inside = points.filter((point) => point.day >= startDay && point.day < endDay);
  const used = measured(inside);
  if (used.length > 0 && kind === 'flow' && missingDays(inside, startDay, endDay).length > 0) {
    return { result: { value: null, reason: 'insufficient_sample' }, used };
  }
  return { result: combine(kind, inside), used: tookPart(kind, inside) };
}

/** A day on which nobody was measured has no rate, and yet its parts are in the sums. */
function tookPart(kind: MetricKind, points: Observation[]): Observation[] {
  return kind === 'ratio' || kind === 'distribution' ? observed(points) : measured(points);
}

/** The days of `[startDay, endDay)` that have no value. They are not zero, and a total without them is not whole. */
export function missingDays(points: readonly Observation[], startDay: string, endDay: string): string[] {
  const present = new Set(measured(points).map((point) => point.day));
  return eachDay(startDay, endDay).filter((day) => !present.has(day));
}
