import { z } from 'zod';
import type { DayWindow, MetricReading } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { matureDays, rangeOf } from './days.ts';
import { settingError } from './errors.ts';
import { instantOf, readingOf, sharePoint } from './map.ts';
import { nothingYet, readsOf, sharedRange } from './plan.ts';
import { type FunnelAnswer, funnelSchema } from './schema.ts';

export const funnelParams = z
  .object({
    funnelId: z
      .int({ error: 'Enter the number of the saved funnel, from its address in Mixpanel' })
      .positive()
      .describe('Number of the saved funnel'),
    lengthDays: z.int().min(1).max(90).default(14).describe('Days that people have to finish, 1 to 90'),
    fromStep: z.int().min(1).optional().describe('Step that people enter with; by default the first'),
    toStep: z.int().min(2).optional().describe('Step that people are to reach; by default the last'),
  })
  .refine(({ fromStep = 1, toStep }) => toStep === undefined || fromStep < toStep, {
    error: 'fromStep must come before toStep',
    path: ['toStep'],
  });
export type FunnelParams = z.infer<typeof funnelParams>;

/**
 * Of those who entered a saved funnel on a day, how many got through. A day whose people may still finish has no
 * point: its number could only rise.
 */
export async function readFunnel(
  context: MixpanelContext,
  window: DayWindow,
  params: FunnelParams,
): Promise<MetricReading> {
  const { funnelId, lengthDays } = params;
  const days = matureDays(window, context.now, lengthDays);
  const own = rangeOf(days);
  if (own === null) return nothingYet(`Nobody of this window has had ${lengthDays} days to finish yet`);
  const same = readsOf(context, ['funnel_conversion'], funnelParams, { params, window }).filter(
    (read) => read.params.funnelId === funnelId && read.params.lengthDays === lengthDays,
  );
  const range = sharedRange(
    own,
    same.map((read) => rangeOf(matureDays(read.window, context.now, lengthDays))),
  );
  const { fromDay, toDay } = range;
  // Metrics that look at different steps of one funnel share its answer.
  const key = `mixpanel-funnel:${JSON.stringify([funnelId, lengthDays, range])}`;
  const answer = await context.shared(key, () =>
    createMixpanelClient(context).query('/funnels', 'a funnel', funnelSchema, {
      funnel_id: funnelId,
      from_date: fromDay,
      to_date: toDay,
      unit: 'day',
      length: lengthDays,
      length_unit: 'day',
    }),
  );
  // A cached answer from before a day was mature holds its number of then, which has risen since.
  const computedAt = typeof answer.computed_at === 'string' ? instantOf(answer.computed_at) : null;
  const matureThen = computedAt === null ? days : matureDays(window, new Date(computedAt), lengthDays);
  return conversionByDay(
    answer,
    params,
    days.filter((day) => matureThen.includes(day)),
  );
}

export function conversionByDay(
  answer: FunnelAnswer,
  params: Pick<FunnelParams, 'funnelId' | 'fromStep' | 'toStep'>,
  days: readonly string[],
): MetricReading {
  const { funnelId, fromStep = 1, toStep } = params;
  const points = days.flatMap((day) => {
    const steps = answer.data[day];
    if (steps === undefined) return [];
    const entered = steps[fromStep - 1];
    const reached = steps[(toStep ?? steps.length) - 1];
    if (entered === undefined || reached === undefined || fromStep >= (toStep ?? steps.length)) {
      const problem = `Funnel ${funnelId} has ${steps.length} steps, so there is no step ${toStep ?? fromStep} to measure to.`;
      throw settingError('no_such_step', problem, 'Change fromStep and toStep of this metric.');
    }
    return [sharePoint(day, reached.count, entered.count, answer.computed_at)];
  });
  return readingOf(points, days.length);
}
