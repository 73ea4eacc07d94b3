import type { MetricWindow } from '../catalog/types.ts';
import { dayEnd, dayStart } from '../day.ts';

/** Instants of `[startAt, endAt)`. */
export type Span = { startAt: Date; endAt: Date };

/**
 * The instants of a period or of a cohort's days.
 *
 * @throws RangeError when the window has no days: the catalogue says which windows a metric is defined over
 */
export function spanOf(window: MetricWindow): Span {
  if (window.kind !== 'period' && window.kind !== 'cohort')
    throw new RangeError(`a period is needed, not a window of kind "${window.kind}"`);
  const { startDay, endDay, timeZone } = window;
  return { startAt: dayStart(startDay, timeZone), endAt: dayStart(endDay, timeZone) };
}

/**
 * The close of a snapshot's day: what happened before it counts, what happens at it belongs to the next day.
 *
 * @throws RangeError when the window is no snapshot
 */
export function closeOf(window: MetricWindow): Date {
  if (window.kind !== 'snapshot')
    throw new RangeError(`a snapshot is needed, not a window of kind "${window.kind}"`);
  return dayEnd(window.day, window.timeZone);
}

export function isWithin(at: Date, span: Span): boolean {
  return at >= span.startAt && at < span.endAt;
}
