import type { MetricWindow } from '../catalog/types.ts';
import { type Window, windowOf } from '../day.ts';

/** @throws RangeError when the window is not a period */
export function periodOf(window: MetricWindow): Window {
  if (window.kind !== 'period')
    throw new RangeError(`a period is needed, not a window of kind "${window.kind}"`);
  return windowOf(window.startDay, window.endDay, window.timeZone);
}

/**
 * The days on which people enter, and the instant at which they are judged. A period does not say when to judge, and
 * its end would be too early for everybody who entered late in it, so it is refused.
 *
 * @throws RangeError when the window is not a cohort
 */
export function cohortOf(window: MetricWindow): Window & { asOfAt: Date } {
  if (window.kind !== 'cohort')
    throw new RangeError(`a cohort is needed, not a window of kind "${window.kind}"`);
  return { ...windowOf(window.startDay, window.endDay, window.timeZone), asOfAt: window.asOfAt };
}

export function isInside(at: Date, span: Window): boolean {
  return at >= span.startAt && at < span.endAt;
}
