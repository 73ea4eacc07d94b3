import { z } from 'zod';
import { type DayWindow, driftError, type MetricReading } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { matureDays } from './days.ts';
import { readingOf, sharePoint } from './map.ts';
import {
  firstDayOf,
  isLastDay,
  PERIOD_UNITS,
  type Period,
  periodShape,
  rangeOfPeriods,
  refuseOtherWeeks,
} from './periods.ts';
import { nothingYet, readsOf, sharedRange } from './plan.ts';
import { eventName, filter } from './questions.ts';
import { type AddictionAnswer, addictionSchema } from './schema.ts';

/** Parts that every period has, also a February and a day on which the clocks skip an hour. */
const PARTS = { day: { hour: 23, day: 1 }, week: { hour: 167, day: 7 }, month: { hour: 671, day: 28 } };

export const frequencyParams = z
  .object({
    event: eventName.optional().describe('Event that counts as activity; by default any event'),
    where: filter.describe('Filter on the event that counts as activity'),
    atLeast: z.int().min(2).describe('In how many different hours or days of the period people were active'),
    per: z.enum(['hour', 'day']).default('day').describe('What is counted within a period: hours or days'),
    ...periodShape,
    unit: z
      .enum(PERIOD_UNITS)
      .default('week')
      .describe('day, week or month; a point of a week or month lies on its last day'),
  })
  .refine(({ atLeast, per, unit }) => atLeast <= PARTS[unit][per], {
    error: 'No period has so many hours or days; take fewer, or a longer unit',
    path: ['atLeast'],
  });
export type FrequencyParams = z.infer<typeof frequencyParams>;

/**
 * Of the people who were active in a period at all, how many were so in at least so many of its hours or days. One
 * point a period, on its last day, once the period is over.
 */
export async function readFrequency(
  context: MixpanelContext,
  window: DayWindow,
  params: FrequencyParams,
): Promise<MetricReading> {
  const period = periodOf(params);
  const lastDays = endedDays(context, window, period);
  const own = rangeOfPeriods(lastDays, period);
  if (own === null) return nothingYet('No period of this window is over yet');
  // How often somebody came is all in one answer, whatever number of times a metric asks for.
  const others = readsOf(context, ['frequency'], frequencyParams, { params, window }).filter(
    (read) => groupOf(read.params) === groupOf(params),
  );
  const range = sharedRange(
    own,
    others.map((read) => rangeOfPeriods(endedDays(context, read.window, period), period)),
  );
  const { event, per, unit, where } = params;
  const parameters = {
    from_date: range.fromDay,
    to_date: range.toDay,
    unit,
    addiction_unit: per,
    ...(event === undefined ? {} : { event }),
    ...(where === undefined ? {} : { where }),
  };
  const answer = await context.shared(`mixpanel-addiction:${JSON.stringify(parameters)}`, () =>
    createMixpanelClient(context).query('/retention/addiction', 'a frequency', addictionSchema, parameters),
  );
  return frequencyReading(answer, lastDays, params);
}

/** @param lastDays the last days of periods that are over */
export function frequencyReading(
  { computed_at: computedAt, data }: AddictionAnswer,
  lastDays: readonly string[],
  params: Pick<FrequencyParams, 'atLeast' | 'unit' | 'weekStart'>,
): MetricReading {
  const period = periodOf(params);
  refuseOtherWeeks(Object.keys(data), period);
  const points = lastDays.flatMap((day) => {
    const people = data[firstDayOf(day, period)];
    const active = people?.[0];
    const often = people?.[params.atLeast - 1];
    if (people === undefined || active === undefined || often === undefined) return [];
    if (people.some((count, index) => index > 0 && count > (people[index - 1] ?? 0))) throw notFalling();
    return [sharePoint(day, often, active, computedAt)];
  });
  return readingOf(points, lastDays.length);
}

/** Who was active in three hours was active in two, so the list can only fall. */
function notFalling() {
  return driftError('Mixpanel', 'a frequency: more people were active oftener than less often', '/data');
}

function periodOf({ unit, weekStart }: Pick<FrequencyParams, 'unit' | 'weekStart'>): Period {
  return { unit, weekStart };
}

/** A day is no exception here: while it runs, people still become more frequent. */
function endedDays({ now }: MixpanelContext, window: DayWindow, period: Period): string[] {
  return matureDays(window, now, 0).filter((day) => isLastDay(day, period));
}

function groupOf({ event, per, unit, weekStart, where }: FrequencyParams): string {
  return JSON.stringify([event, per, unit, weekStart, where]);
}
