import type { Days } from '../../../domain/billing/movements.ts';
import type { FxRates } from '../../../domain/billing/records.ts';
import { addDays } from '../../../domain/day.ts';

/**
 * Days at which time is cut into slices, so that one pass over the rows serves every window: slice 0 ends before the first
 * cut, slice n begins with the nth. All days of a slice belong to the same windows and have the same exchange rates.
 */
export type Cuts = {
  days: readonly string[];
  sliceOf(day: string): number;
};

/** Cut at both ends of every window and, where money is converted by the day, wherever a rate changes between them. */
export function cutsOf(windows: readonly Days[], fx: FxRates | undefined): Cuts {
  const ends = windows.flatMap(({ startDay, endDay }) => [startDay, endDay]).toSorted();
  const [first = '', last = ''] = [ends[0], ends.at(-1)];
  const turns = rateDays(fx).filter((day) => day > first && day < last);
  const days = [...new Set([...ends, ...turns])].toSorted();
  return { days, sliceOf: (day) => countUntil(days, day) };
}

/** How many of the days, ascending, lie on the day or before it: what `width_bucket` says in SQL. */
export function countUntil(days: readonly string[], day: string): number {
  let from = 0;
  let to = days.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((days[middle] ?? '') <= day) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The close of a day as a period without days: what was before it ends with that close. */
export function closeOf(day: string): Days {
  return { startDay: addDays(day, 1), endDay: addDays(day, 1) };
}

function rateDays(fx: FxRates | undefined): string[] {
  return fx?.mode === 'daily'
    ? Object.values(fx.rates).flatMap((dated) => dated.map(({ fromDay }) => fromDay))
    : [];
}
