import { createHash } from 'node:crypto';
import type { Reading, ReadOutcome, ReadRequest } from '../app/ports.ts';
import type { EventFiles, EventListing } from '../app/ports-events.ts';
import { definitionOf, type Measurement, unitOf } from '../domain/catalog/index.ts';
import { addDays, eachDay, minDay } from '../domain/day.ts';
import { checkRecordsParams, type RecordsMetric } from './records-metrics.ts';
import { pointOf, windowOn } from './records-points.ts';

/** What is known of a connection's events when its metrics are measured. */
export type EventsKnown = {
  files: EventFiles;
  listing: EventListing;
  now: Date;
  signal: AbortSignal;
};
/** One metric to measure, and how far its events are told: a day after that has no point. */
export type EventsAsked = {
  request: ReadRequest;
  found: RecordsMetric;
  throughDay: string | null;
  notes: readonly string[];
};

/** The points of metrics over events, measured together by the engine that holds the events. */
export async function readEventPoints(
  asked: readonly EventsAsked[],
  { files, listing, now, signal }: EventsKnown,
): Promise<ReadOutcome[]> {
  const plans = asked.map((each) => planOf(each, now));
  const asks = plans.flatMap((plan) => ('failure' in plan ? [] : [plan.ask]));
  const measured = await files.measure(listing, asks, signal);
  const described = describe(listing);
  let next = 0;
  return plans.map((plan, index): ReadOutcome => {
    if ('failure' in plan) return { ok: false, failure: plan.failure, exchanges: [] };
    const measurements = measured[next] as Measurement[]; // one list an ask, in the same order
    next += 1;
    const points = plan.days.map((day, at) => pointOf(plan.unit, day, measurements[at] as Measurement)); // one a window
    const items = listing.segments.reduce((sum, { rows }) => sum + rows, 0);
    const notes = [described, ...(asked[index]?.notes ?? [])];
    const completeness: Reading['completeness'] = { pages: 1, items, lastPageReached: true, notes };
    return { ok: true, exchanges: [], reading: { points, completeness } };
  });
}

function planOf({ request, found: { metric }, throughDay }: EventsAsked, now: Date) {
  const checked = checkRecordsParams(metric, request.params);
  if (!checked.ok) {
    const message = [`"${request.metric}" cannot be computed any more.`, ...checked.problems].join(' ');
    const hint = 'Make the metric anew with parameters that it has.';
    return { failure: { errorClass: 'config', message, hint, afterMs: null } };
  }
  const definition = definitionOf(metric, checked.params, checked.window, request.timeZone);
  const last = throughDay === null ? null : minDay(request.endDay, addDays(throughDay, 1));
  const dated = (last === null ? [] : eachDay(request.startDay, last)).flatMap((day) => {
    const window = windowOn(definition, day, throughDay ?? day, now);
    return window === null ? [] : [{ day, window }];
  });
  return {
    ask: { metric: metric.key, params: checked.params, windows: dated.map(({ window }) => window) },
    days: dated.map(({ day }) => day),
    unit: unitOf(metric, checked.params),
  };
}

/** What was measured, so that the same number can be had again: the files by one digest over theirs. */
function describe({ segments, version }: EventListing): string {
  const rows = segments.reduce((sum, segment) => sum + segment.rows, 0);
  const digests = segments.map(({ sha256 }) => sha256).toSorted();
  const digest = createHash('sha256').update(digests.join('\n')).digest('hex');
  return `events: ${rows} in ${segments.length} files (listing ${version}), sha256 of their digests ${digest}`;
}
