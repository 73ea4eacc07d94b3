import { type CollectedEvent, localDay } from '../sdk/index.ts';
import type { MixpanelClient, MixpanelContext } from './client.ts';
import { eventOfLine } from './collector-line.ts';
import type { MixpanelConfig } from './config.ts';
import { type DayRange, shiftDay } from './days.ts';
import { badEmptyExport, settingError } from './errors.ts';
import { namesSchema, seriesSchema } from './schema.ts';

/** As many names as one question for their counts takes; more are not compared. */
const NAMES_COUNTED = 20;

export type Counted = { events: number; nobody: number; unnamed: number };
export const NOTHING_COUNTED: Counted = { events: 0, nobody: 0, unnamed: 0 };

export type Asking = {
  context: MixpanelContext;
  client: MixpanelClient;
  names: readonly string[] | null;
  /** The project's zone where its raw times are local ones, else null. */
  zone: string | null;
};

/**
 * The events of these UTC days, counted as they go by.
 *
 * @throws ConnectorError when the export is not whole: then nothing of these days may be kept
 */
export async function* eventsOf(
  asking: Asking,
  range: DayRange,
  counted: Counted,
): AsyncGenerator<CollectedEvent> {
  let asked = askedDays(asking, range);
  let lines = yield* eventsOfExport(asking, asked, range, counted);
  if (lines > 0) return;
  if (comparable(asking, asked) === null) {
    // Too few days to compare with a count. Of more days there are lines, or there is something to compare.
    asked = { ...asked, fromDay: shiftDay(asked.fromDay, -2) };
    lines = yield* eventsOfExport(asking, asked, range, counted);
  }
  const compared = comparable(asking, asked);
  if (lines === 0 && compared !== null) await confirmEmpty(asking, compared);
}

async function* eventsOfExport(
  { client, names, zone }: Asking,
  { fromDay, toDay }: DayRange,
  range: DayRange,
  counted: Counted,
): AsyncGenerator<CollectedEvent, number> {
  const [from, to] = [startMs(range.fromDay), startMs(shiftDay(range.toDay, 1))];
  const wanted = names === null ? null : new Set(names);
  let lines = 0;
  for await (const line of client.exportStream(names, fromDay, toDay)) {
    lines += 1;
    const { userId, ...event } = eventOfLine(line, zone);
    const at = event.at.getTime();
    if (at < from || at >= to || wanted?.has(event.event) === false) continue;
    if (userId === null) {
      counted.nobody += 1;
      continue;
    }
    counted.events += 1;
    if (event.id === null) counted.unnamed += 1;
    yield { ...event, userId };
  }
  return lines;
}

/** The days to ask for. Those of an older project begin and end up to a day beside those of UTC. */
function askedDays({ context, zone }: Asking, { fromDay, toDay }: DayRange): DayRange {
  if (zone === null) return { fromDay, toDay };
  // A day that has not begun in the project's zone is refused; where it is needed for a day of UTC, it has begun.
  const today = localDay(context.now, zone);
  const last = shiftDay(toDay, 1);
  return { fromDay: shiftDay(fromDay, -1), toDay: last < today ? last : today };
}

/** Whole days of the project within those that were asked for, as Mixpanel counts them; null when there is none. */
function comparable({ context, zone }: Asking, { fromDay, toDay }: DayRange): DayRange | null {
  const days =
    zone === null
      ? { fromDay: shiftDay(fromDay, 1), toDay: shiftDay(toDay, -1) }
      : { fromDay, toDay: toDay < localDay(context.now, zone) ? toDay : shiftDay(toDay, -1) };
  return days.fromDay > days.toDay ? null : days;
}

/**
 * Days without events export nothing at all, and so does a connection that broke before the first line. Mixpanel's count
 * tells them apart.
 */
async function confirmEmpty({ client, names }: Asking, { fromDay, toDay }: DayRange): Promise<void> {
  const asked = (
    names ?? (await client.query('/events/names', 'the names of events', namesSchema, { type: 'general' }))
  ).slice(0, NAMES_COUNTED);
  if (asked.length === 0) return;
  const { data } = await client.query('/events', 'the counts of events', seriesSchema, {
    type: 'general',
    unit: 'day',
    from_date: fromDay,
    to_date: toDay,
    event: JSON.stringify(asked),
  });
  const counts = Object.values(data.values).flatMap((byDay) => Object.values(byDay));
  const counted = counts.reduce((sum, count) => sum + count, 0);
  if (data.series.length === 0 || counted > 0) throw badEmptyExport(asked.join('", "'), counted);
}

/** @throws ConnectorError when the times of the export cannot be told for want of the project's zone */
export function wallZone({ exportDays, timeZone }: MixpanelConfig): string | null {
  if (exportDays === 'utc') return null;
  if (timeZone !== undefined) return timeZone;
  throw settingError(
    'time_zone_missing',
    'Raw events of a project created before 2023 carry local times, and this connection does not say of which zone.',
    'Set its timeZone to that of the project (Project Settings).',
  );
}

const startMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);
