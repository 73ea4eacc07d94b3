import { cutOf, pairCount } from './cut.ts';
import type { Plan } from './plan.ts';
import { cohortsOf, periodsOf } from './spans.ts';
import type { EventAsk } from './types.ts';

/** More than a year of days, whose statement is half of what ClickHouse reads (256 KiB, where nobody has changed it). */
const mostWindows = 400;
/** Where a statement lists each window with each of its segments, as many rows as make up a third of that. */
const mostPairs = 5_000;

/** As few asks as give statements of a size that engines take; one after the other they have the windows in order. */
export function portionsOf(ask: EventAsk, { slides }: Plan): EventAsk[] {
  const { windows } = ask;
  const size = slides === true ? mostWindows : fewerThan(mostWindows, windows);
  return Array.from({ length: Math.ceil(windows.length / size) }, (_, index) => ({
    ...ask,
    windows: windows.slice(index * size, (index + 1) * size),
  }));
}

function fewerThan(most: number, windows: EventAsk['windows']): number {
  const spans = windows[0]?.kind === 'cohort' ? cohortsOf(windows) : periodsOf(windows);
  const pairs = pairCount(cutOf(spans, true).segments);
  return Math.max(1, Math.min(most, Math.floor((mostPairs * windows.length) / Math.max(1, pairs))));
}
