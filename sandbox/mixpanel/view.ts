import type { ProductEvent } from '../model/activity.ts';
import { DAY_SECONDS, type EpochSeconds } from '../model/time.ts';
import type { World } from '../world.ts';
import type { Calendar } from './calendar.ts';
import type { Subject } from './expression.ts';
import type { Ingested, IngestedEvent, Properties } from './ingested.ts';
import { type Profile, profilesOf } from './profiles.ts';

/** An event as the project stores it. */
export type SeenEvent = {
  event: string;
  distinctId: string; // '' for an event of nobody
  at: EpochSeconds; // may have a fraction
  processedAtMs: number;
  insertId: string | null; // without one, copies cannot be told from events
  properties: Properties;
};

export type Wanted = { from: EpochSeconds; to: EpochSeconds; names: ReadonlySet<string> | null };

/** What the project knows at one moment. */
export type View = {
  now: EpochSeconds;
  today: string; // in the project's zone
  since: EpochSeconds; // before, nothing happened
  calendar: Calendar;
  /** Events in `[from, to)`, copies folded as queries do, oldest first; `names` null for all. */
  events(wanted: Wanted): SeenEvent[];
  /** The same with every copy. */
  raw(wanted: Wanted): SeenEvent[];
  profiles(): Map<string, Profile>;
  /** What an expression sees of an event. */
  subject(event: SeenEvent): Subject;
};

/** Later compaction takes hours to 20 days at the provider; here the longest, so that nobody relies on it. */
const COMPACTED_AFTER_MS = 20 * DAY_SECONDS * 1_000;

/** Far enough for events that carry a clock which goes up to an hour ahead. */
const AHEAD_SECONDS = 2 * DAY_SECONDS;

export function viewOf(world: World, calendar: Calendar, ingested: readonly Ingested[]): View {
  const { now, activity } = world;
  const taken = ingested.filter(({ receivedAtMs }) => receivedAtMs <= now * 1_000);
  const raw = ({ from, to, names }: Wanted) => {
    const wanted = (event: string) => names === null || names.has(event);
    const own = activity
      .between(from, to)
      .flatMap((one) => (one.kind === 'event' && wanted(one.name) ? [fromProduct(one)] : []));
    const sent = taken.flatMap((one) =>
      one.kind === 'event' && one.at >= from && one.at < to && wanted(one.event) ? [fromIngested(one)] : [],
    );
    return sent.length === 0 ? own : [...own, ...sent].toSorted((a, b) => a.at - b.at);
  };
  const firstSentAt = Math.min(...taken.flatMap((one) => (one.kind === 'event' ? [one.at] : [])));
  const since = Math.min(activity.since, firstSentAt);
  const events = (wanted: Wanted) => folded(raw(wanted), calendar, now * 1_000);
  let profiles: Map<string, Profile> | null = null;
  const everybody = () => {
    profiles ??= profilesOf(events({ from: since, to: now + AHEAD_SECONDS, names: null }), taken);
    return profiles;
  };
  return {
    now,
    today: calendar.day(now),
    since,
    calendar,
    raw,
    events,
    profiles: everybody,
    subject: (event) => ({
      property: (name) => propertyOf(event, name),
      user: (name) => everybody().get(event.distinctId)?.properties[name],
    }),
  };
}

function fromProduct(event: ProductEvent): SeenEvent {
  return {
    event: event.name,
    distinctId: event.personId,
    at: event.at,
    processedAtMs: event.seenAt * 1_000,
    insertId: event.insertId,
    properties: event.properties,
  };
}

function fromIngested(sent: IngestedEvent): SeenEvent {
  const { event, distinctId, at, insertId, properties, receivedAtMs } = sent;
  return { event, distinctId, at, processedAtMs: receivedAtMs, insertId, properties };
}

function propertyOf(event: SeenEvent, name: string): unknown {
  if (name === 'time' || name === '$time') return event.at;
  if (name === 'distinct_id' || name === '$distinct_id') return event.distinctId;
  if (name === '$insert_id') return event.insertId ?? undefined;
  return event.properties[name];
}

/**
 * Events alike in (event, distinct_id, time, $insert_id) count once, with the newest content. Alike but for the time
 * within one day, they count once only after compaction.
 */
function folded(events: readonly SeenEvent[], calendar: Calendar, nowMs: number): SeenEvent[] {
  const kept: SeenEvent[] = [];
  const byInsertId = new Map<string, number[]>();
  for (const event of events) {
    if (event.insertId === null) {
      kept.push(event);
      continue;
    }
    const namesakes = byInsertId.get(event.insertId) ?? [];
    const twin = namesakes.find((index) => isCopy(kept[index] as SeenEvent, event, calendar, nowMs));
    if (twin !== undefined) {
      if ((kept[twin] as SeenEvent).processedAtMs < event.processedAtMs) kept[twin] = event;
      continue;
    }
    byInsertId.set(event.insertId, [...namesakes, kept.length]);
    kept.push(event);
  }
  return kept;
}

function isCopy(one: SeenEvent, other: SeenEvent, calendar: Calendar, nowMs: number): boolean {
  if (one.event !== other.event || one.distinctId !== other.distinctId) return false;
  if (one.at === other.at) return true;
  const newestMs = Math.max(one.processedAtMs, other.processedAtMs);
  return nowMs - newestMs >= COMPACTED_AFTER_MS && calendar.day(one.at) === calendar.day(other.at);
}
