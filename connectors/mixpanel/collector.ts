import { z } from 'zod';
import {
  type CollectedDays,
  type CollectedEvent,
  type CollectStart,
  type EventCollector,
  localDay,
  parseAnswer,
} from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelClient, type MixpanelContext } from './client.ts';
import { eventOfLine } from './collector-line.ts';
import type { MixpanelConfig } from './config.ts';
import { type DayRange, lengthOf, shiftDay } from './days.ts';
import { badEmptyExport, settingError } from './errors.ts';
import { namesSchema, seriesSchema } from './schema.ts';

/** Phones send days later what they kept while they were offline. */
const LATE_DAYS = 5;
/** A request that breaks is asked again as a whole: so many days, and no more than about so many events. */
const FIRST_DAYS = 7;
const MOST_DAYS = 30;
const WANTED_EVENTS = 2_000_000;
/** As many names as one question for their counts takes; more are not compared. */
const NAMES_COUNTED = 20;

const stateSchema = z.object({
  v: z.literal(1),
  /** The last UTC day that was read once. */
  throughDay: z.string(),
  /** How many days the next request asks for. */
  step: z.int().min(1).max(MOST_DAYS),
});
type State = z.infer<typeof stateSchema>;

/** Raw events by Mixpanel's export, in whole UTC days that are over. */
export const mixpanelEvents: EventCollector<MixpanelConfig> = { lateDays: LATE_DAYS, read };

async function* read(
  context: MixpanelContext,
  { names, startDay, state: stored }: CollectStart,
): AsyncGenerator<CollectedDays> {
  const client = createMixpanelClient(context);
  const zone = wallZone(context.config);
  const lastDay = shiftDay(utcDay(context.now), -1);
  let state: State | null =
    stored === null ? null : parseAnswer('Tidemark', 'the stored state of a collection', stateSchema, stored);
  const again = state === null ? startDay : shiftDay(state.throughDay, 1 - LATE_DAYS);
  let fromDay = again < startDay ? startDay : again;
  while (fromDay <= lastDay) {
    const step = state?.step ?? FIRST_DAYS;
    const end = shiftDay(fromDay, step - 1);
    const range = { fromDay, toDay: end < lastDay ? end : lastDay };
    const counted = { events: 0, nobody: 0 };
    const before: string = state?.throughDay ?? range.toDay;
    const through = before > range.toDay ? before : range.toDay;
    state = { v: 1, throughDay: through, step };
    yield {
      firstDay: range.fromDay,
      lastDay: range.toDay,
      names,
      events: eventsOf(context, client, names, range, zone, counted),
      state,
      throughAt: range.toDay === lastDay ? new Date(`${shiftDay(lastDay, 1)}T00:00:00Z`) : null,
      note: `${range.fromDay} to ${range.toDay} of UTC`,
    };
    state = { ...state, step: nextStep(range, counted.events) };
    fromDay = shiftDay(range.toDay, 1);
  }
}

/** So many days that about the wanted number of events comes at once; at most twice as many as before. */
function nextStep(range: DayRange, events: number): number {
  const days = lengthOf(range);
  const fitting = events === 0 ? days * 2 : Math.floor((days * WANTED_EVENTS) / events);
  return Math.max(1, Math.min(fitting, days * 2, MOST_DAYS));
}

async function* eventsOf(
  context: MixpanelContext,
  client: MixpanelClient,
  names: readonly string[] | null,
  range: DayRange,
  zone: string | null,
  counted: { events: number; nobody: number },
): AsyncGenerator<CollectedEvent> {
  const [from, to] = [startMs(range.fromDay), startMs(shiftDay(range.toDay, 1))];
  let lines = 0;
  // Days of the project begin and end up to a day beside those of UTC.
  const margin = zone === null ? 0 : 1;
  const fromDay = shiftDay(range.fromDay, -margin);
  // A day that has not begun in the project's zone is refused; where it is needed for a day of UTC, it has begun.
  const toDay = earlier(shiftDay(range.toDay, margin), localDay(context.now, zone ?? 'UTC'));
  for await (const line of client.exportStream(names, fromDay, toDay)) {
    lines += 1;
    const event = eventOfLine(line, zone);
    if (event === null) counted.nobody += 1;
    else if (event.at.getTime() >= from && event.at.getTime() < to) {
      counted.events += 1;
      yield event;
    }
  }
  if (lines === 0) await confirmEmpty(client, names, range);
}

/**
 * Days without events export nothing at all, and so does a connection that broke before the first line. Mixpanel's count
 * tells them apart. It counts days of the project, so the first and the last day are not compared.
 */
async function confirmEmpty(
  client: MixpanelClient,
  names: readonly string[] | null,
  range: DayRange,
): Promise<void> {
  const [from, to] = [shiftDay(range.fromDay, 1), shiftDay(range.toDay, -1)];
  if (from > to) return;
  const asked = (
    names ?? (await client.query('/events/names', 'the names of events', namesSchema, {}))
  ).slice(0, NAMES_COUNTED);
  if (asked.length === 0) return;
  const { data } = await client.query('/events', 'the counts of events', seriesSchema, {
    type: 'general',
    unit: 'day',
    from_date: from,
    to_date: to,
    event: JSON.stringify(asked),
  });
  const counts = Object.values(data.values).flatMap((byDay) => Object.values(byDay));
  const counted = counts.reduce((sum, count) => sum + count, 0);
  if (data.series.length === 0 || counted > 0) throw badEmptyExport(asked.join('", "'), counted);
}

/** @throws ConnectorError when the times of the export cannot be told for want of the project's zone */
function wallZone({ exportDays, timeZone }: MixpanelConfig): string | null {
  if (exportDays === 'utc') return null;
  if (timeZone !== undefined) return timeZone;
  throw settingError(
    'time_zone_missing',
    'Raw events of a project created before 2023 carry local times, and this connection does not say of which zone.',
    'Set its timeZone to that of the project (Project Settings).',
  );
}

const utcDay = (at: Date): string => at.toISOString().slice(0, 10);
const startMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const earlier = (a: string, b: string): string => (a < b ? a : b);
