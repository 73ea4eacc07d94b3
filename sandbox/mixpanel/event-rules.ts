import { DAY_SECONDS, HOUR_SECONDS } from '../model/time.ts';
import type { IngestedEvent, Properties } from './ingested.ts';

/** Why one event was not taken: the field that is at fault, and what is wrong with it. */
export type Fault = { field: string; message: string };
export type Checked = { ok: true; event: IngestedEvent } | ({ ok: false } & Fault);

/** `/track` is lenient and takes only what is recent; `/import` is strict and takes any age. */
export type EventDoor = 'track' | 'import';

const MAX_EVENT_BYTES = 1_048_576;
const MAX_PROPERTIES = 254;
const MAX_NESTING = 3;
const TRACKED_SECONDS = 5 * DAY_SECONDS;
const FROM_HERE_ON_MS = 1e11; // a larger time is in milliseconds: as seconds it would lie in the year 5138

/** Ids that many people would share by mistake. */
const MEANINGLESS =
  /^(?:anon|anonymous|nil|none|null|n\/a|na|undefined|unknown|true|false|\[\]|\{\}|lmy47d|0|-1|00000000-0000-0000-0000-000000000000)$/i;

/** Takes one event as it was sent, or says why not. @param nowMs by the sandbox's clock */
export function checkEvent(raw: unknown, door: EventDoor, nowMs: number): Checked {
  if (!isRecord(raw)) return refused('event', 'must be an object');
  const { event, properties } = raw;
  if (typeof event !== 'string' || event === '') return refused('event', 'must be a non-empty string');
  if (!isRecord(properties)) return refused('properties', 'must be an object');
  const fault =
    shapeFault(raw, properties) ?? idFault(properties, door) ?? timeFault(properties.time, door, nowMs);
  if (fault !== null) return { ok: false, ...fault };
  const { time, token: _token, distinct_id: distinctId = '', $insert_id: insertId, ...rest } = properties;
  const sentAt = typeof time === 'number' ? secondsOf(time) : nowMs / 1_000;
  const ahead = sentAt > nowMs / 1_000 + HOUR_SECONDS;
  return {
    ok: true,
    event: {
      kind: 'event',
      receivedAtMs: nowMs,
      event,
      distinctId: String(distinctId),
      at: ahead ? nowMs / 1_000 : sentAt, // `/track` moves what lies ahead to now
      insertId: isInsertId(insertId) ? insertId : null,
      properties: rest,
    },
  };
}

export function isRecord(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(field: string, rule: string): { ok: false } & Fault {
  return { ok: false, field, message: `'${field}' is invalid: ${rule}` };
}

function fault(field: string, rule: string): Fault {
  return { field, message: `'${field}' is invalid: ${rule}` };
}

function shapeFault(raw: Properties, properties: Properties): Fault | null {
  if (Buffer.byteLength(JSON.stringify(raw)) > MAX_EVENT_BYTES) return fault('event', 'must be below 1 MB');
  if (Object.keys(properties).length > MAX_PROPERTIES) {
    return fault('properties', 'must have fewer than 255 properties');
  }
  return depth(properties) > MAX_NESTING ? fault('properties', 'must be nested at most 3 deep') : null;
}

/** 0 for a plain value, 1 for an object of plain values. */
function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}

function idFault({ distinct_id: id, $insert_id: insertId }: Properties, door: EventDoor): Fault | null {
  const missing = id === undefined || id === null;
  if (missing && door === 'import') return fault('properties.distinct_id', 'is required');
  if (!missing && typeof id !== 'string' && typeof id !== 'number') {
    return fault('properties.distinct_id', 'must be a string');
  }
  if (!missing && MEANINGLESS.test(String(id).trim())) {
    return fault('properties.distinct_id', `"${id}" is a meaningless id`);
  }
  if (door === 'track' || isInsertId(insertId)) return null;
  return fault('properties.$insert_id', 'must be 1 to 36 of A-Z, a-z, 0-9 and -');
}

function isInsertId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9-]{1,36}$/.test(value);
}

function timeFault(time: unknown, door: EventDoor, nowMs: number): Fault | null {
  const field = 'properties.time';
  if (time === undefined && door === 'track') return null;
  if (typeof time !== 'number' || !Number.isFinite(time) || time <= 0) {
    return fault(field, 'must be specified as seconds since epoch');
  }
  const behind = nowMs / 1_000 - secondsOf(time);
  if (door === 'import' && behind < -HOUR_SECONDS) return fault(field, 'must not be more than an hour ahead');
  return door === 'track' && behind > TRACKED_SECONDS ? fault(field, 'must be within the last 5 days') : null;
}

function secondsOf(time: number): number {
  return time > FROM_HERE_ON_MS ? time / 1_000 : time;
}
