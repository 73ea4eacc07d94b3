import type { z } from 'zod';
import type { DayWindow, MetricReading } from '../sdk/index.ts';
import type { MixpanelContext } from './client.ts';

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

/** Nothing had to be asked, because nothing of the window is known yet. */
export function nothingYet(note: string): MetricReading {
  return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes: [note] } };
}
