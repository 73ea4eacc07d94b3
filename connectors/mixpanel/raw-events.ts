import { badPayload, localDay, parseAnswer } from '../sdk/index.ts';
import type { MixpanelConfig } from './config.ts';
import { lineSchema } from './schema.ts';

/** One line of the raw export. `distinctId` and `insertId` are null where Mixpanel gives none. */
export type RawEvent = {
  event: string;
  distinctId: string | null;
  timeMs: number;
  insertId: string | null;
  processedMs: number;
  properties: Readonly<Record<string, unknown>>;
};

/** Seconds reach this in the year 5138, milliseconds reached it in 1973: asked with `time_in_ms` or not. */
const FIRST_MILLISECONDS = 100_000_000_000;

/**
 * The events of an export, or nothing of it. A stream that broke is still HTTP 200: its last line is half an object,
 * an error, or says that it was terminated.
 *
 * @throws ConnectorError `bad_payload` when any line is no event
 */
export function parseExport(body: Uint8Array): RawEvent[] {
  const events: RawEvent[] = [];
  for (const line of linesOf(body)) events.push(eventOf(line));
  return events;
}

function linesOf(body: Uint8Array): string[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    // Only this character ends a line: others that look like an end may stand inside of texts.
    return text.split('\n').filter((line) => line.trim() !== '');
  } catch (error) {
    throw badPayload('Mixpanel', 'export_not_utf8', 'cut an export inside of a character', error);
  }
}

function eventOf(line: string): RawEvent {
  if (/^\s*(export\s+)?terminated early/i.test(line)) {
    throw badPayload('Mixpanel', 'export_terminated_early', 'ended an export early');
  }
  const parsed = parsedLine(line);
  if (typeof parsed === 'object' && parsed !== null && 'error' in parsed && !('event' in parsed)) {
    throw badPayload('Mixpanel', 'export_error', 'broke an export off with an error');
  }
  const { event, properties } = parseAnswer('Mixpanel', 'a line of its raw export', lineSchema, parsed);
  const { time, distinct_id: distinctId, $insert_id: insertId } = properties;
  return {
    event,
    distinctId:
      distinctId === null || distinctId === undefined || distinctId === '' ? null : String(distinctId),
    timeMs: time >= FIRST_MILLISECONDS ? time : time * 1_000,
    insertId: insertId === null || insertId === undefined || insertId === '' ? null : insertId,
    processedMs: properties.mp_processing_time_ms ?? 0,
    properties,
  };
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw badPayload('Mixpanel', 'export_cut_off', 'stopped an export in the middle of a line', error);
  }
}

/**
 * Each event once. The export repeats what was sent twice, which reports of Mixpanel do not count; the copy that was
 * processed last stays. Lines without an `$insert_id` cannot be told from repeats and all stay.
 */
export function withoutRepeats(events: readonly RawEvent[]): RawEvent[] {
  const kept = new Map<string, RawEvent>();
  for (const [index, event] of events.entries()) {
    const { insertId, distinctId, timeMs } = event;
    const key =
      insertId === null ? String(index) : JSON.stringify([event.event, distinctId, timeMs, insertId]);
    const known = kept.get(key);
    if (known === undefined || event.processedMs > known.processedMs) kept.set(key, event);
  }
  return [...kept.values()];
}

/** The project's day of an event. Projects from before 2023 write local wall time as if it were UTC. */
export function dayOfEvent(
  { timeMs }: Pick<RawEvent, 'timeMs'>,
  exportDays: MixpanelConfig['exportDays'],
  timeZone: string,
): string {
  return exportDays === 'project' ? new Date(timeMs).toISOString().slice(0, 10) : localDay(timeMs, timeZone);
}
