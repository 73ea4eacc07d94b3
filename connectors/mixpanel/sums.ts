import { begunDays, type DayWindow, type MetricReading } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { countsFor } from './counts.ts';
import { rangeOf } from './days.ts';
import { ageFlags, olderOf, readingOf, sharePoint, valuePoint } from './map.ts';
import { nothingYet, readsOf, sharedRange } from './plan.ts';
import { carriersQuestion, type PropertyParams, propertyParams } from './questions.ts';
import { type SumsAnswer, sumsSchema } from './schema.ts';

const SUM_METRICS = ['event_property_sum', 'event_property_average'];
const NOT_BEGUN = 'The window has not begun';

/** What a property of an event adds up to on each day of the window. */
export async function readSums(
  context: MixpanelContext,
  window: DayWindow,
  params: PropertyParams,
): Promise<MetricReading> {
  const days = begunDays(window, context.now);
  const answer = await sumsFor(context, window, params);
  if (answer === null) return nothingYet(NOT_BEGUN);
  const flags = ageFlags(answer.computed_at);
  const points = sumsByDay(answer, days).map(({ day, sum }) => valuePoint(day, sum, flags));
  return readingOf(points, days.length);
}

/**
 * The same sum over the number of events that carry the property. Mixpanel's own averages by day cannot be added up to
 * one of a month, because they do not say of how many.
 */
export async function readAverage(
  context: MixpanelContext,
  window: DayWindow,
  params: PropertyParams,
): Promise<MetricReading> {
  const days = begunDays(window, context.now);
  const answer = await sumsFor(context, window, params);
  const carriers = await countsFor(context, window, carriersQuestion(params));
  if (answer === null || carriers === null) return nothingYet(NOT_BEGUN);
  const computedAt = olderOf(answer.computed_at ?? null, carriers.computedAt);
  const points = sumsByDay(answer, days).flatMap(({ day, sum }) => {
    const count = carriers.counts.get(day);
    return count === undefined ? [] : [sharePoint(day, sum, count, computedAt)];
  });
  const { completeness } = readingOf(points, days.length);
  return { points, completeness: { ...completeness, pages: 2 } };
}

/** One call for all reads of the same event, property and filter, whether they add up or average. */
async function sumsFor(
  context: MixpanelContext,
  window: DayWindow,
  params: PropertyParams,
): Promise<SumsAnswer | null> {
  const { event, property, where } = params;
  const own = rangeOf(begunDays(window, context.now));
  if (own === null) return null;
  const others = readsOf(context, SUM_METRICS, propertyParams, { params, window }).filter(
    (read) => read.params.event === event && read.params.property === property && read.params.where === where,
  );
  const range = sharedRange(
    own,
    others.map((read) => rangeOf(begunDays(read.window, context.now))),
  );
  const parameters = {
    event,
    on: `number(properties["${property}"])`,
    unit: 'day',
    from_date: range.fromDay,
    to_date: range.toDay,
    ...(where === undefined ? {} : { where }),
  };
  return context.shared(`mixpanel-sum:${JSON.stringify(parameters)}`, () =>
    createMixpanelClient(context).query(
      '/segmentation/sum',
      'the sums of a property',
      sumsSchema,
      parameters,
    ),
  );
}

/** Mixpanel spells out zeros here, so a day without a sum is unknown. */
export function sumsByDay(
  { results }: Pick<SumsAnswer, 'results'>,
  days: readonly string[],
): { day: string; sum: number }[] {
  return days.flatMap((day) => {
    const sum = results[day];
    return sum === undefined ? [] : [{ day, sum }];
  });
}
