import type { RevenueMeasurement, RevenueScope } from '../../../app/ports-billing.ts';
import type { Days } from '../../../domain/billing/movements.ts';
import type { MetricWindow, ParamValues } from '../../../domain/catalog/types.ts';
import type { Database } from '../../database.ts';

/** One question: a metric's parameters over windows of one kind, ascending. */
export type Ask = { params: ParamValues; windows: readonly MetricWindow[]; scope: RevenueScope };
export type Answer = (database: Database, ask: Ask) => Promise<RevenueMeasurement[]>;

export const unread: RevenueMeasurement = { value: null, reason: 'no_observation' };

/** @throws RangeError when a window is no snapshot, or they do not ascend */
export function snapshotDays({ windows }: Ask): string[] {
  const days = windows.map((window) => {
    if (window.kind !== 'snapshot')
      throw new RangeError(`a snapshot is needed, not a window of kind ${window.kind}`);
    return window.day;
  });
  return ascending(days);
}

/** @throws RangeError when a window has no days, or their starts or ends do not ascend */
export function periods(
  { windows }: Ask,
  kind: 'period' | 'cohort' = 'period',
): (Days & { timeZone: string })[] {
  const found = windows.map((window) => {
    if (window.kind !== kind)
      throw new RangeError(`a ${kind} is needed, not a window of kind ${window.kind}`);
    if (window.endDay <= window.startDay)
      throw new RangeError(`the window from ${window.startDay} to before ${window.endDay} has no day`);
    return window;
  });
  ascending(found.map(({ startDay }) => startDay));
  ascending(found.map(({ endDay }) => endDay));
  return found;
}

function ascending(days: string[]): string[] {
  const turn = days.findIndex((day, index) => day < (days[index - 1] ?? ''));
  if (turn > 0) throw new RangeError(`windows must ascend, but ${days[turn]} comes after ${days[turn - 1]}`);
  return days;
}
