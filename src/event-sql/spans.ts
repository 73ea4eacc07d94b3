import { cohortOf, periodOf } from '../domain/catalog/span.ts';
import type { MetricWindow } from '../domain/catalog/types.ts';

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

/** The earliest and the latest instant of all windows; of none, the beginning of 1970. */
export function boundsOf(spans: readonly Span[]): { startMs: number; endMs: number } {
  if (spans.length === 0) return { startMs: 0, endMs: 0 };
  return {
    startMs: spans.reduce((least, { startMs }) => Math.min(least, startMs), Number.POSITIVE_INFINITY),
    endMs: spans.reduce((most, { endMs }) => Math.max(most, endMs), Number.NEGATIVE_INFINITY),
  };
}
