import { hash } from 'node:crypto';
import { badPayload, type CollectedEvent, driftError, instantOfWall } from '../sdk/index.ts';

/** Seconds reach this in the year 5138, milliseconds reached it in 1973: asked with `time_in_ms` or not. */
const FIRST_MILLISECONDS = 100_000_000_000;

/** What is told beside the properties, or is only about how the line came to be. */
const NOT_PROPERTIES = new Set(['time', 'distinct_id', '$insert_id', 'mp_processing_time_ms']);

/** An event of the export; `userId` is null for one of nobody. */
export type LineEvent = Omit<CollectedEvent, 'userId'> & { userId: string | null };

/**
 * One line of the raw export as an event. Written by hand, because it runs millions of times.
 *
 * @param wallTimeOf the project's zone where it was created before 2023: its times are local ones, written as if they were UTC
 * @throws ConnectorError `bad_payload` when the line says that the export broke, `schema_drift` when it is no event
 */
export function eventOfLine(line: string, wallTimeOf: string | null): LineEvent {
  const { event, properties } = parsedLine(line);
  const time = properties['time'];
  if (typeof time !== 'number' || !Number.isFinite(time)) throw drifted('/properties/time');
  const toldMs = time >= FIRST_MILLISECONDS ? time : time * 1_000;
  const atMs = wallTimeOf === null ? toldMs : instantOfWall(toldMs, wallTimeOf);
  const distinctId = idOf(properties['distinct_id']);
  const insertId = idOf(properties['$insert_id']);
  const processed = properties['mp_processing_time_ms'];
  return {
    id: insertId === null ? null : digestOf([event, distinctId, String(time), insertId]),
    // Who it is known to be by now, where the device did not know yet.
    userId: idOf(properties['$user_id']) ?? distinctId,
    event,
    at: new Date(atMs),
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !NOT_PROPERTIES.has(name))),
    order: typeof processed === 'number' ? processed : 0,
  };
}

type Line = { event: string; properties: Record<string, unknown> };

function parsedLine(line: string): Line {
  if (/^\s*(export\s+)?terminated early/i.test(line))
    throw badPayload('Mixpanel', 'export_terminated_early', 'ended an export early');
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    throw badPayload('Mixpanel', 'export_cut_off', 'stopped an export in the middle of a line', error);
  }
  const { error, event, properties } = (parsed ?? {}) as { error?: unknown } & Partial<Line>; // each is looked at below
  if (error !== undefined && event === undefined)
    throw badPayload('Mixpanel', 'export_error', 'broke an export off with an error');
  if (typeof event !== 'string' || event === '') throw drifted('/event');
  if (typeof properties !== 'object' || properties === null) throw drifted('/properties');
  return { event, properties };
}

function drifted(field: string) {
  return driftError('Mixpanel', `a line of its raw export: ${field}`, field);
}

/** Ids come as numbers, too. */
function idOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Queries fold events alike in these four; short, because every event has one. */
function digestOf(parts: readonly (string | null)[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
}
