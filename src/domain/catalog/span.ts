import { dayEnd, type Window, windowOf } from '../day.ts';
import type { MetricWindow } from './types.ts';

/** Instants of `[startAt, endAt)`. */
export type Span = Pick<Window, 'startAt' | 'endAt'>;

/** @throws RangeError when the window is not a period */
export function periodOf(window: MetricWindow): Window {
  if (window.kind !== 'period') throw unfit('a period', window);
  return windowOf(window.startDay, window.endDay, window.timeZone);
}

/**
 * The days on which people enter, and the instant at which they are judged. A period does not say when to judge, and
 * its end would be too early for everybody who entered late in it, so it is refused.
 *
 * @throws RangeError when the window is not a cohort
 */
export function cohortOf(window: MetricWindow): Window & { asOfAt: Date } {
  if (window.kind !== 'cohort') throw unfit('a cohort', window);
  return { ...windowOf(window.startDay, window.endDay, window.timeZone), asOfAt: window.asOfAt };
}

/** The instants of a period or of a cohort's days. @throws RangeError when the window has no days */
export function spanOf(window: MetricWindow): Span {
  return window.kind === 'cohort' ? cohortOf(window) : periodOf(window);
}

/**
 * The close of a snapshot's day: what happened before it counts, what happens at it belongs to the next day.
 *
 * @throws RangeError when the window is no snapshot
 */
export function closeOf(window: MetricWindow): Date {
  if (window.kind !== 'snapshot') throw unfit('a snapshot', window);
  return dayEnd(window.day, window.timeZone);
}

export function isInside(at: Date, span: Span): boolean {
  return at >= span.startAt && at < span.endAt;
}

/** The catalogue says which windows a metric is defined over, so this is a broken promise and no input of a user's. */
function unfit(wanted: string, { kind }: MetricWindow): RangeError {
  return new RangeError(`${wanted} is needed, not a window of kind "${kind}"`);
}
