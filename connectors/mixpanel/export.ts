import { type Completeness, ConnectorError } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelClient, type MixpanelContext } from './client.ts';
import { cutRange, type DayRange, lengthOf, shiftDay } from './days.ts';
import { badEmptyExport } from './errors.ts';
import { parseExport, type RawEvent, withoutRepeats } from './raw-events.ts';
import { seriesSchema } from './schema.ts';

/** Longer exports break more often, and then all of it has to be asked again. */
const MAX_EXPORT_DAYS = 30;

export type Exported = { events: RawEvent[]; completeness: Completeness };

/** All events of one name in these ranges, each once, whole or not at all. */
export async function exportEvents(
  context: MixpanelContext,
  event: string,
  ranges: readonly DayRange[],
): Promise<Exported> {
  const client = createMixpanelClient(context);
  const lines: RawEvent[] = [];
  let pages = 0;
  for (const range of ranges.flatMap((each) => cutRange(each, MAX_EXPORT_DAYS))) {
    const parts = await exportRange(context, client, event, range);
    pages += parts.length;
    for (const part of parts.flat()) if (part.event === event) lines.push(part);
  }
  const events = withoutRepeats(lines);
  const notes = notesOf(event, lines, events);
  return { events, completeness: { pages, items: events.length, lastPageReached: true, notes } };
}

/** One list per request that was needed: a range that is too large is halved. */
async function exportRange(
  context: MixpanelContext,
  client: MixpanelClient,
  event: string,
  range: DayRange,
): Promise<RawEvent[][]> {
  const { fromDay, toDay } = range;
  let body: Uint8Array;
  try {
    body = await client.exportLines(event, fromDay, toDay);
  } catch (error) {
    const tooLarge = error instanceof ConnectorError && error.errorClass === 'too_large';
    if (!tooLarge || fromDay === toDay) throw error;
    const parts: RawEvent[][] = [];
    for (const half of cutRange(range, Math.ceil(lengthOf(range) / 2))) {
      parts.push(...(await exportRange(context, client, event, half)));
    }
    return parts;
  }
  const events = parseExport(body);
  if (events.length === 0) await confirmEmpty(context, client, event, range);
  return [events];
}

/**
 * A day without events exports nothing at all, and so does a connection that broke before the first line. Mixpanel's
 * count tells them apart. It counts days of the project, so the first and last day of UTC days are not compared.
 */
async function confirmEmpty(
  { config }: MixpanelContext,
  client: MixpanelClient,
  event: string,
  { fromDay, toDay }: DayRange,
): Promise<void> {
  const margin = config.exportDays === 'utc' ? 1 : 0;
  const [from, to] = [shiftDay(fromDay, margin), shiftDay(toDay, -margin)];
  if (from > to) return;
  const { data } = await client.query('/events', 'the counts of events', seriesSchema, {
    type: 'general',
    unit: 'day',
    from_date: from,
    to_date: to,
    event: JSON.stringify([event]),
  });
  const counted = Object.values(data.values[event] ?? {}).reduce((sum, count) => sum + count, 0);
  if (data.series.length === 0 || counted > 0) throw badEmptyExport(event, counted);
}

function notesOf(event: string, lines: readonly RawEvent[], events: readonly RawEvent[]): string[] {
  const repeats = lines.length - events.length;
  const unnamed = events.filter(({ insertId }) => insertId === null).length;
  return [
    ...(repeats === 0 ? [] : [`${repeats} repeated lines of "${event}" left out`]),
    ...(unnamed === 0
      ? []
      : [`${unnamed} lines of "${event}" without $insert_id could not be checked for repeats`]),
  ];
}
