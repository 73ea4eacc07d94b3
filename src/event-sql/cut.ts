import { minDay } from '../domain/day.ts';
import { type LocalDays, localDaysFrom } from '../domain/events/local-days.ts';
import { boundsOf, type Span } from './spans.ts';

/** A piece of time that every window has whole or not at all, with the windows that have it. */
export type Segment = { startMs: number; endMs: number; windows: number[] };

/** Time cut where windows begin and end, with the zones of the windows and the local days of each. */
export type Cut = { segments: Segment[]; zones: string[]; days: LocalDays[] };

/** By day, time is also cut at the local midnights of every zone, so that a segment is on one day. */
export function cutOf(spans: readonly Span[], byDay: boolean): Cut {
  const zones = [...new Set(spans.map(({ timeZone }) => timeZone))];
  const days = zones.map((timeZone) => {
    const own = spans.filter((span) => span.timeZone === timeZone);
    return localDaysFrom(own.map(({ startDay }) => startDay).reduce(minDay), timeZone);
  });
  return { segments: segmentsOf(spans, byDay ? midnightsOf(spans, zones, days) : []), zones, days };
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

/** How many windows the segments have between them. */
export function pairCount(segments: readonly Segment[]): number {
  return segments.reduce((sum, { windows }) => sum + windows.length, 0);
}
