import type { z } from 'zod';
import type { DayWindow, MetricReading } from '../sdk/index.ts';
import type { MixpanelContext } from './client.ts';
import { type DayRange, unionOf } from './days.ts';

export type Planned<Params> = { params: Params; window: DayWindow };

/** The reads of a run that one request may serve: those of the named metrics, the current one in any case. */
export function readsOf<Params>(
  context: MixpanelContext,
  metrics: readonly string[],
  schema: z.ZodType<Params>,
  own: Planned<Params>,
): Planned<Params>[] {
  const others = context.reads.flatMap(({ metric, params, window }) => {
    const parsed = metrics.includes(metric) ? schema.safeParse(params) : null;
    return parsed?.success === true ? [{ params: parsed.data, window }] : [];
  });
  return [own, ...others];
}

/** What one call covers: the days of every read that overlaps this one or touches it, so that none is asked twice. */
export function sharedRange(own: DayRange, others: readonly (DayRange | null)[]): DayRange {
  const ranges = unionOf([own, ...others.filter((range) => range !== null)]);
  return ranges.find((range) => isWithin(own, range)) ?? own;
}

export function isWithin(inner: DayRange, outer: DayRange): boolean {
  return outer.fromDay <= inner.fromDay && inner.toDay <= outer.toDay;
}

/** Nothing had to be asked, because nothing of the window is known yet. */
export function nothingYet(note: string): MetricReading {
  return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes: [note] } };
}
