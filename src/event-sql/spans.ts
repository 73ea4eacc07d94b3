import { cohortOf, periodOf } from '../domain/catalog/span.ts';
import type { MetricWindow } from '../domain/catalog/types.ts';
import { minDay } from '../domain/day.ts';
import { type LocalDays, localDaysFrom } from '../domain/events/local-days.ts';
import type { Dialect } from './dialect.ts';
import type { Part } from './statement.ts';

/** A window in instants; `asOfMs` is where its cohort is judged, and the end of a period. */
export type Span = { startMs: number; endMs: number; asOfMs: number; startDay: string; timeZone: string };

export function periodsOf(windows: readonly MetricWindow[]): Span[] {
  return windows.map((window) => {
    const { endAt, startAt, startDay, timeZone } = periodOf(window);
    const endMs = endAt.getTime();
    return { startMs: startAt.getTime(), endMs, asOfMs: endMs, startDay, timeZone };
  });
}

export function cohortsOf(windows: readonly MetricWindow[]): Span[] {
  return windows.map((window) => {
    const { asOfAt, endAt, startAt, startDay, timeZone } = cohortOf(window);
    const [startMs, endMs, asOfMs] = [startAt.getTime(), endAt.getTime(), asOfAt.getTime()];
    return { startMs, endMs, asOfMs, startDay, timeZone };
  });
}

/** Numbers that hold for all of a local day. They may not fall from one day to the next. */
export type DayValues = { columns: readonly string[]; of(days: LocalDays, index: number): readonly number[] };

/** The earliest and the latest instant of all windows; of none, the beginning of 1970. */
export function boundsOf(spans: readonly Span[]): { startMs: number; endMs: number } {
  if (spans.length === 0) return { startMs: 0, endMs: 0 };
  return {
    startMs: spans.reduce((least, { startMs }) => Math.min(least, startMs), Number.POSITIVE_INFINITY),
    endMs: spans.reduce((most, { endMs }) => Math.max(most, endMs), Number.NEGATIVE_INFINITY),
  };
}

type Segment = { startMs: number; endMs: number; windows: number[] };

/** An instant as old as any can be, so that nothing below is negative: engines differ in dividing that. */
const eonMs = 8_640_000_000_000_000;
const hourMs = 3_600_000;

/**
 * Windows that may overlap, as relations. All time is cut where a window begins or ends (and at the local midnights,
 * where days matter) into segments that do not overlap, so that an event lies in one of them: a year of trailing
 * windows does not make 28 of each event. `piece` finds the segment of an instant; a range cannot be joined well, so
 * segments are cut once more at the multiples of `k`, which is. `place` then says which windows have a segment, and
 * what holds on its local day there.
 */
export type Placing = {
  parts: Part[];
  /** Rows with a column `t` of milliseconds, each with its segment as `seg`; those in no window are gone. */
  placed(from: string, columns: readonly string[], t: string): string;
};

export function placingOf(spans: readonly Span[], dialect: Dialect, dayValues?: DayValues): Placing {
  const zones = [...new Set(spans.map(({ timeZone }) => timeZone))];
  const days = zones.map((timeZone) => {
    const own = spans.filter((span) => span.timeZone === timeZone);
    return localDaysFrom(own.map(({ startDay }) => startDay).reduce(minDay), timeZone);
  });
  const segments = segmentsOf(spans, dayValues === undefined ? [] : midnightsOf(spans, zones, days));
  const zoneOf = (window: number) => zones.indexOf(spans[window]?.timeZone ?? '');
  const pairs = segments.flatMap(({ windows }, seg) => windows.map((w) => [seg, w, zoneOf(w)]));
  const width = pieceWidth(segments);
  const key = (t: string) => dialect.quotient(`${t} + ${eonMs}`, String(width));
  return {
    parts: [
      ['piece', relation(['k', 'lo', 'hi', 'seg'], piecesOf(segments, width), dialect)],
      ...placeParts(segments, pairs, days, dayValues, dialect),
    ],
    placed: (from, columns, t) =>
      `SELECT ${[...columns, 'piece.seg AS seg'].join(', ')}\nFROM ${from}\nINNER JOIN piece ON piece.k = ${key(t)}\nWHERE ${t} >= piece.lo AND ${t} < piece.hi`,
  };
}

function placeParts(
  segments: readonly Segment[],
  pairs: readonly (readonly number[])[],
  days: readonly LocalDays[],
  dayValues: DayValues | undefined,
  dialect: Dialect,
): Part[] {
  if (dayValues === undefined)
    return [
      [
        'place',
        relation(
          ['seg', 'w'],
          pairs.map(([seg = 0, w = 0]) => [seg, w]),
          dialect,
        ),
      ],
    ];
  const zoned = new Map(pairs.map(([seg = 0, , z = 0]) => [`${seg} ${z}`, { seg, z }]));
  const rows = [...zoned.values()].map(({ seg, z }) => {
    const [own, startMs] = [days[z], segments[seg]?.startMs];
    if (own === undefined || startMs === undefined) throw new RangeError(`no segment ${seg} in zone ${z}`);
    return [seg, z, ...dayValues.of(own, own.indexAt(startMs))];
  });
  const columns = dayValues.columns.map((column) => `local_day.${column} AS ${column}`);
  return [
    ['pair', relation(['seg', 'w', 'z'], pairs, dialect)],
    ['local_day', relation(['seg', 'z', ...dayValues.columns], rows, dialect)],
    [
      'place',
      `SELECT pair.seg AS seg, pair.w AS w, ${columns.join(', ')}\nFROM pair\nINNER JOIN local_day ON local_day.seg = pair.seg AND local_day.z = pair.z`,
    ],
  ];
}

/** A small relation of whole numbers; one without rows too, which no list of values can be. */
export function relation(
  columns: readonly string[],
  rows: readonly (readonly number[])[],
  dialect: Dialect,
): string {
  if (rows.length > 0) return `SELECT ${columns.join(', ')} FROM ${dialect.relation(columns, rows)}`;
  const none = dialect.relation(columns, [columns.map(() => 0)]);
  return `SELECT ${columns.join(', ')} FROM ${none} WHERE 1 = 0`;
}

function midnightsOf(spans: readonly Span[], zones: readonly string[], days: readonly LocalDays[]): number[] {
  return zones.flatMap((timeZone, z) => {
    const own = days[z];
    const { endMs, startMs } = boundsOf(spans.filter((span) => span.timeZone === timeZone));
    if (own === undefined || endMs <= startMs) return [];
    const [first, last] = [own.indexAt(startMs), own.indexAt(endMs - 1)];
    return Array.from({ length: last - first + 1 }, (_, count) => own.startMs(first + count));
  });
}

function segmentsOf(spans: readonly Span[], midnights: readonly number[]): Segment[] {
  const edges = new Set([...spans.flatMap(({ startMs, endMs }) => [startMs, endMs]), ...midnights]);
  const cuts = [...edges].toSorted((a, b) => a - b);
  const place = new Map(cuts.map((cut, index) => [cut, index]));
  const windows: number[][] = cuts.map(() => []);
  for (const [w, { startMs, endMs }] of spans.entries()) {
    for (let index = place.get(startMs) ?? 0; index < (place.get(endMs) ?? 0); index += 1) {
      windows[index]?.push(w);
    }
  }
  return cuts
    .map((startMs, index) => ({
      startMs,
      endMs: cuts[index + 1] ?? startMs,
      windows: windows[index] ?? [],
    }))
    .filter((segment) => segment.windows.length > 0);
}

/** As long as segments are on average, so that there are about twice as many pieces, and an event meets two or three. */
function pieceWidth(segments: readonly Segment[]): number {
  const [first, last] = [segments.at(0), segments.at(-1)];
  if (first === undefined || last === undefined) return hourMs;
  return Math.max(hourMs, Math.ceil((last.endMs - first.startMs) / segments.length));
}

function piecesOf(segments: readonly Segment[], width: number): number[][] {
  // Whole numbers of this size do not survive a division of floats.
  const keyOf = (ms: number) => Number(BigInt(ms + eonMs) / BigInt(width));
  return segments.flatMap(({ startMs, endMs }, seg) => {
    const [first, last] = [keyOf(startMs), keyOf(endMs - 1)];
    return Array.from({ length: last - first + 1 }, (_, count) => [first + count, startMs, endMs, seg]);
  });
}
