import type { LocalDays } from '../domain/events/local-days.ts';
import { cutOf, type Segment } from './cut.ts';
import type { Dialect } from './dialect.ts';
import { type Pieces, piecesOf } from './pieces.ts';
import { relation } from './relation.ts';
import type { Span } from './spans.ts';
import type { Part } from './statement.ts';

/** Numbers that hold for all of a local day. They may not fall from one day to the next. */
export type DayValues = { columns: readonly string[]; of(days: LocalDays, index: number): readonly number[] };

/**
 * Windows that may overlap, as relations. All time is cut where a window begins or ends (and at the local midnights,
 * where days matter) into segments that do not overlap, so that an event lies in one of them: a year of trailing
 * windows does not make 28 of each event. `piece` finds the segment of an instant; `place` then says which windows have
 * a segment, and what holds on its local day there.
 */
export type Placing = { parts: Part[]; placed: Pieces['placed'] };

export function placingOf(spans: readonly Span[], dialect: Dialect, dayValues?: DayValues): Placing {
  const { days, segments, zones } = cutOf(spans, dayValues !== undefined);
  const zoneOf = (window: number) => zones.indexOf(spans[window]?.timeZone ?? '');
  const pairs = segments.flatMap(({ windows }, seg) => windows.map((w) => [seg, w, zoneOf(w)]));
  const pieces = piecesOf(segments, dialect);
  return {
    parts: [pieces.part, ...placeParts(segments, pairs, days, dayValues, dialect)],
    placed: pieces.placed,
  };
}

function placeParts(
  segments: readonly Segment[],
  pairs: readonly (readonly number[])[],
  days: readonly LocalDays[],
  dayValues: DayValues | undefined,
  dialect: Dialect,
): Part[] {
  if (dayValues === undefined) {
    const rows = pairs.map(([seg = 0, w = 0]) => [seg, w]);
    return [['place', relation(['seg', 'w'], rows, dialect)]];
  }
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
