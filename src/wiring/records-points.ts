import { setImmediate as pause } from 'node:timers/promises';
import type { Reading, ReadOutcome, ReadRequest } from '../app/ports.ts';
import type { IngestRecord, RecordCoverage, RecordSetName } from '../app/ports-ingest.ts';
import {
  type CatalogMetric,
  computeMetric,
  definitionOf,
  type Measurement,
  type MetricDefinition,
  type MetricWindow,
  type RecordSets,
  unitOf,
  windowFor,
} from '../domain/catalog/index.ts';
import { addDays, dayEnd, eachDay, minDay } from '../domain/day.ts';
import {
  checkRecordsParams,
  findRecordsMetric,
  optionalKinds,
  type RecordsMetric,
} from './records-metrics.ts';

type Known = {
  coverage: readonly RecordCoverage[];
  deliveries: readonly IngestRecord[];
  sets: RecordSets;
  now: Date;
  signal: AbortSignal;
};
type Point = Reading['points'][number];

/**
 * The points of a metric over records. A day after the last one that was told has none: nobody has said that nothing
 * happened on it.
 */
export async function readPoints(request: ReadRequest, known: Known): Promise<ReadOutcome> {
  const found = findRecordsMetric(request.metric);
  const checked = found === null ? null : checkRecordsParams(found.metric, request.params);
  if (found === null || checked === null || !checked.ok) {
    const problems = checked === null || checked.ok ? [] : checked.problems;
    const message = [`"${request.metric}" cannot be computed any more.`, ...problems].join(' ');
    const hint = 'Make the metric anew with parameters that it has.';
    return { ok: false, failure: { errorClass: 'config', message, hint, afterMs: null }, exchanges: [] };
  }
  const { metric } = found;
  const kinds = kindsInUse(found, known.coverage);
  const throughDay = throughOf(kinds, known.coverage);
  const used = [...kinds, ...optionalKinds(metric)];
  // Its own sets; what counts money is summed over the ledger, and does not come here.
  const sets = Object.fromEntries(used.map((kind) => [kind, known.sets[kind]])) as RecordSets;
  const definition = definitionOf(metric, checked.params, checked.window, request.timeZone);
  const points: Point[] = [];
  for (const day of daysOf(request, kinds, throughDay)) {
    known.signal.throwIfAborted();
    await pause(); // a long history must not keep the process from renewing the lease of its run
    const window = windowOn(definition, day, throughDay ?? day, known.now);
    if (window === null) continue;
    points.push(
      pointOf(unitOf(metric, checked.params), day, computeMetric(metric.key, checked.params, window, sets)),
    );
  }
  return { ok: true, exchanges: [], reading: { points, completeness: completenessOf(kinds, known) } };
}

/** Sessions are counted from either sessions or events: those that were told, sessions before events. */
export function kindsInUse({ kinds }: RecordsMetric, coverage: readonly RecordCoverage[]): RecordSetName[] {
  if (!kinds.includes('sessions') || !kinds.includes('events')) return kinds;
  return coverage.some(({ kind }) => kind === 'sessions') ? ['sessions'] : ['events'];
}

/** The last day of which everything is known; null while something was never told. */
export function throughOf(
  kinds: readonly RecordSetName[],
  coverage: readonly RecordCoverage[],
): string | null {
  const days = kinds.map((kind) => coverage.find((each) => each.kind === kind)?.throughDay ?? null);
  return days.reduce((first, day) => (first === null || day === null ? null : minDay(first, day)));
}

/** Kinds that say how something is and not when it was: they speak for the day they were told for, and no earlier one. */
const STATES: readonly RecordSetName[] = ['merchants', 'countries', 'plans'];

export function daysOf(
  request: ReadRequest,
  kinds: readonly RecordSetName[],
  throughDay: string | null,
): string[] {
  if (throughDay === null) return [];
  const days = eachDay(request.startDay, minDay(request.endDay, addDays(throughDay, 1)));
  return kinds.some((kind) => STATES.includes(kind)) ? days.filter((day) => day === throughDay) : days;
}

/** The window of a point; null for a cohort that we have not been told about until all of it was decided. */
export function windowOn(
  definition: MetricDefinition,
  day: string,
  throughDay: string,
  now: Date,
): MetricWindow | null {
  const window = windowFor(definition, day, now);
  if (window?.kind !== 'cohort') return window;
  return window.asOfAt > dayEnd(throughDay, definition.timeZone) ? null : window;
}

/** Sums and heads are counted, not sampled: how many took part says nothing about how sure they are. */
const COUNTED: readonly string[] = ['money', 'count'];

export function pointOf(
  { storedAs, storedPer }: CatalogMetric['unit'],
  day: string,
  measured: Measurement,
): Point {
  const stored = (value: number | undefined) => (value === undefined ? null : String(value * storedPer));
  const { interval, sampleSize } = measured;
  const sample = {
    size: sampleSize,
    lower: interval === undefined ? null : interval.lower * storedPer,
    upper: interval === undefined ? null : interval.upper * storedPer,
    level: interval?.level ?? null,
  };
  return {
    day,
    value: measured.value === null ? null : stored(measured.value),
    // The parts of a quotient are in the stored unit together.
    numerator: stored(measured.numerator),
    denominator: measured.denominator === undefined ? null : String(measured.denominator),
    counts: measured.parts ?? null,
    flags: sampleSize === undefined || COUNTED.includes(storedAs) ? null : { sample },
    reason: measured.value === null ? measured.reason : null,
  };
}

export function completenessOf(
  kinds: readonly RecordSetName[],
  { coverage, deliveries }: Pick<Known, 'coverage' | 'deliveries'>,
): Reading['completeness'] {
  const told = kinds.map((kind) => coverage.find((each) => each.kind === kind) ?? null);
  const notes = kinds.map((kind, index) => {
    const found = told[index];
    return found === null || found === undefined
      ? `${kind}: nothing was told yet, so no day has a value`
      : `${kind}: ${found.records} records, told through ${found.throughDay}`;
  });
  const named = deliveries.map(
    ({ actor, firstDay, id, lastDay, rows, via }) =>
      `${id}: ${via} by ${actor}, ${rows} records${firstDay === null ? '' : ` of ${firstDay} to ${lastDay}`}`,
  );
  const items = told.reduce((sum, each) => sum + (each?.records ?? 0), 0);
  return { pages: 1, items, lastPageReached: true, notes: [...notes, ...named] };
}
