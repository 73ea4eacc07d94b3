import type { Aggregate } from '../domain/aggregate.ts';
import type { WindowRule } from '../domain/catalog/types.ts';
import { MAX_TRAILING_DAYS } from '../domain/goal.ts';
import type { MetricKind, Unit } from '../domain/metric.ts';
import { sameValue } from './same-value.ts';

export type WantedWindow = { window: WindowRule; aggregate: Aggregate | null };

/** How a Key Result compares the points, and whether those days are the ones that were wanted. */
export type FittedWindow = { aggregate: Aggregate | null; same: boolean };

/** Of these a longer window makes a steadier number; of anything that is added up it makes a larger one. */
const STEADY: readonly string[] = ['ratio', 'score', 'rating', 'duration'] satisfies Unit[];

/**
 * Whether points over one window can stand for a value that is wanted over another: days that add up make the window
 * that was asked for. Null: they would be another number.
 */
export function fitWindow(
  wanted: WantedWindow,
  points: { window: WindowRule; kind: MetricKind; unit: Unit },
): FittedWindow | null {
  const { kind, unit, window } = points;
  if (sameValue(wanted.window, window)) {
    return { aggregate: wanted.aggregate, same: true };
  }
  const addsUp = (kind === 'flow' || kind === 'ratio' || kind === 'distribution') && isOneDay(window);
  if (addsUp && wanted.aggregate === 'latest') {
    const over = wanted.window;
    const sameSort =
      over.kind === 'matured_cohort' ? window.kind === 'matured_cohort' : window.kind === 'day';
    if (
      sameSort &&
      (over.kind === 'trailing' || over.kind === 'matured_cohort') &&
      over.days <= MAX_TRAILING_DAYS
    ) {
      return { aggregate: { trailingDays: over.days }, same: true };
    }
    if (over.kind === 'month') return { aggregate: 'last_complete_month', same: true };
  }
  return STEADY.includes(unit) ? { aggregate: wanted.aggregate, same: false } : null;
}

/** Points that follow each other without sharing a day. */
function isOneDay(window: WindowRule): boolean {
  return window.kind === 'day' || (window.kind === 'matured_cohort' && window.days === 1);
}
