import { z } from 'zod';
import { begunDays, type DayWindow, type MetricReading } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { type DayRange, rangeOf } from './days.ts';
import { countsByDay } from './map.ts';
import { nothingYet, readsOf } from './plan.ts';
import { type SeriesAnswer, seriesSchema } from './schema.ts';

export const countParams = z.object({
  event: z
    .string({ error: 'Name the event as Mixpanel does, for example Sign Up' })
    .min(1)
    .max(255)
    .describe('Name of the event'),
  where: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .describe('Mixpanel filter, for example properties["plan"]=="pro"'),
});
export type CountParams = z.infer<typeof countParams>;

/** Mixpanel's words for all events, and for different people. */
export type CountType = 'general' | 'unique';
const METRIC_OF: Record<CountType, string> = { general: 'event_total', unique: 'unique_users' };

/** One event's count on each day of the window. */
export async function readCounts(
  context: MixpanelContext,
  window: DayWindow,
  params: CountParams,
  type: CountType,
): Promise<MetricReading> {
  const days = begunDays(window, context.now);
  const range = rangeOf(days);
  if (range === null) return nothingYet('The window has not begun');
  const { event, where } = params;
  if (where !== undefined) {
    const answer = await filteredAnswer(context, range, { event, where }, type);
    return countsByDay(answer, event, [event], days);
  }
  const names = namesBeside(context, window, range, params, type);
  return countsByDay(await sharedAnswer(context, range, names, type), event, names, days);
}

/** A filter belongs to one event, so only equal reads share its answer. */
function filteredAnswer(
  context: MixpanelContext,
  range: DayRange,
  { event, where }: { event: string; where: string },
  type: CountType,
): Promise<SeriesAnswer> {
  const key = `mixpanel-segmentation:${JSON.stringify([type, range, event, where])}`;
  return context.shared(key, () =>
    createMixpanelClient(context).query('/segmentation', 'the counts of an event', seriesSchema, {
      ...daily(range, type),
      event,
      where,
    }),
  );
}

/** The events that one call reads together with this one: all of the same window, as far as an address holds them. */
function namesBeside(
  context: MixpanelContext,
  window: DayWindow,
  range: DayRange,
  params: CountParams,
  type: CountType,
): string[] {
  const { startDay, endDay, timeZone } = window;
  const sameDays = readsOf(context, [METRIC_OF[type]], countParams, { params, window }).filter(
    (read) =>
      read.params.where === undefined &&
      read.window.startDay === startDay &&
      read.window.endDay === endDay &&
      read.window.timeZone === timeZone,
  );
  const names = [...new Set(sameDays.map((read) => read.params.event))].toSorted();
  const room = createMixpanelClient(context).roomFor('/events', { ...daily(range, type), event: '' });
  return batchesOf(names, room).find((batch) => batch.includes(params.event)) ?? [params.event];
}

/** Mixpanel allows few calls an hour, so one serves all events of a window that are read without a filter. */
function sharedAnswer(
  context: MixpanelContext,
  range: DayRange,
  names: readonly string[],
  type: CountType,
): Promise<SeriesAnswer> {
  const event = JSON.stringify(names);
  return context.shared(`mixpanel-events:${JSON.stringify([type, range])}:${event}`, () =>
    createMixpanelClient(context).query('/events', 'the counts of events', seriesSchema, {
      ...daily(range, type),
      event,
    }),
  );
}

function daily({ fromDay, toDay }: DayRange, type: CountType) {
  return { type, unit: 'day', from_date: fromDay, to_date: toDay };
}

/** Names in as few lists as fit into an address. A name that is too long by itself stays alone. */
function batchesOf(names: readonly string[], room: number): string[][] {
  const batches: string[][] = [];
  for (const name of names) {
    const last = batches.at(-1);
    const fits = last !== undefined && encodedLength(JSON.stringify([...last, name])) <= room;
    if (fits) last.push(name);
    else batches.push([name]);
  }
  return batches;
}

/** As `URLSearchParams` writes it, where more characters are escaped than by `encodeURIComponent`. */
function encodedLength(text: string): number {
  return new URLSearchParams([['', text]]).toString().length - 1;
}
