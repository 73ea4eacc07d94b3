import { type DayOf, dayFinder } from './alive.ts';
import type { Series } from './derived.ts';

export type CutSeries = Series & { dayOf: DayOf };

/** Each series with what finds its days, one for all series of a zone. */
export function dayFinders(series: readonly Series[]): CutSeries[] {
  const byZone = new Map<string, DayOf>();
  return series.map((one) => {
    const dayOf = byZone.get(one.timeZone) ?? dayFinder(one.timeZone);
    byZone.set(one.timeZone, dayOf);
    return { ...one, dayOf };
  });
}
