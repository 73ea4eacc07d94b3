import { z } from 'zod';
import type { DayWindow, MetricReading } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { matureDays, shiftDay } from './days.ts';
import { missingNote, sharePoint } from './map.ts';
import { nothingYet } from './plan.ts';
import { type RetentionAnswer, retentionSchema } from './schema.ts';

/** Days 30 to 59 after the first event are over for everybody of a month this long after the month's end. */
export const BRACKET_DAYS = 60;

export const retentionParams = z.object({
  bornEvent: z.string().min(1).max(255).default('Sign Up').describe('Event that people enter with'),
  event: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('Event that counts as coming back; by default any event'),
});
export type RetentionParams = z.infer<typeof retentionParams>;

/**
 * Of the people whose first `bornEvent` fell into a month, how many were active 30 to 59 days after it. One point a
 * month, on its last day, and only when those days are over for all of them.
 */
export async function readRetention(
  context: MixpanelContext,
  window: DayWindow,
  params: RetentionParams,
): Promise<MetricReading> {
  const { bornEvent, event } = params;
  const lastDays = matureDays(window, context.now, BRACKET_DAYS).filter(isLastOfMonth);
  const [first] = lastDays;
  const toDay = lastDays.at(-1);
  if (first === undefined || toDay === undefined) return nothingYet('No month of this window is mature yet');
  const fromDay = firstOfMonth(first);
  const key = `mixpanel-retention:${JSON.stringify([bornEvent, event ?? null, fromDay, toDay])}`;
  const answer = await context.shared(key, () =>
    createMixpanelClient(context).query('/retention', 'a retention', retentionSchema, {
      retention_type: 'birth',
      born_event: bornEvent,
      ...(event === undefined ? {} : { event }),
      from_date: fromDay,
      to_date: toDay,
      unit: 'month',
      interval: 1,
      interval_count: 2,
    }),
  );
  return retentionByMonth(answer, lastDays);
}

/** @param lastDays the last days of mature months */
export function retentionByMonth(answer: RetentionAnswer, lastDays: readonly string[]): MetricReading {
  const points = lastDays.flatMap((day) => {
    const cohort = answer[firstOfMonth(day)];
    const returned = cohort?.counts[1];
    // The list is shorter where Mixpanel itself holds the cohort for too young.
    return cohort === undefined || returned === undefined ? [] : [sharePoint(day, returned, cohort.first)];
  });
  const notes = missingNote(lastDays.length - points.length);
  return { points, completeness: { pages: 1, items: points.length, lastPageReached: true, notes } };
}

function isLastOfMonth(day: string): boolean {
  return shiftDay(day, 1).endsWith('-01');
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 8)}01`;
}
