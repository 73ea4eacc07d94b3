import {
  GA4_NAMES,
  KEY_EVENTS,
  type ProductEvent,
  type SeenActivity,
  type Session,
} from '../model/activity.ts';
import { DAY_SECONDS, dayStart, type EpochSeconds, HOUR_SECONDS } from '../model/time.ts';
import type { LocalClock, LocalHour } from './days.ts';

/** A session with what happened in it. */
export type Visit = {
  session: Session;
  events: Hit[];
  keyEvents: string[]; // their names, each once
  pageViews: number;
};

/** One thing that a report counts: a session, or an event with the session around it, if it had one that was seen. */
export type Hit = {
  when: LocalHour;
  at: EpochSeconds;
  deviceId: string;
  visit: Visit | null;
  event: ProductEvent | null; // of a session the one that brought it into a row, null for the session as a whole
  eventName: string | null;
  isEvent: boolean;
};

export const PAGE_VIEW = GA4_NAMES['Page Viewed'];
/** Tables of the running day are filled hours later; what is younger is not told yet. */
export const INTRADAY_SECONDS = 2 * HOUR_SECONDS;
/** Zones lie up to 14 hours from UTC, and a session may have begun the day before its event. */
const MARGIN_SECONDS = 2 * DAY_SECONDS;

/**
 * All that a property knows by now about the days from the first to the last, both included.
 *
 * @param toldUntil what happened later is not told yet
 */
export function hitsOf(
  activity: SeenActivity,
  toldUntil: EpochSeconds,
  clock: LocalClock,
  days: { startDay: string; endDay: string },
): Hit[] {
  const from = dayStart(days.startDay) - MARGIN_SECONDS;
  const to = Math.min(dayStart(days.endDay) + MARGIN_SECONDS, toldUntil + 1);
  const visits = new Map<string, Visit>();
  const events = new Map<string, ProductEvent>();
  for (const entry of to > from ? activity.between(from, to) : []) {
    if (entry.kind === 'session') visits.set(entry.sessionId, emptyVisit(entry));
    // Copies of an event count once.
    else if (!events.has(entry.insertId)) events.set(entry.insertId, entry);
  }
  const hits = [...events.values()].map((event) => eventHit(event, visits, clock));
  for (const visit of visits.values()) {
    const { at, deviceId } = visit.session;
    hits.push({ when: clock(at), at, deviceId, visit, event: null, eventName: null, isEvent: false });
  }
  return hits.filter(({ when: { day } }) => day >= days.startDay && day <= days.endDay);
}

function eventHit(event: ProductEvent, visits: ReadonlyMap<string, Visit>, clock: LocalClock): Hit {
  const eventName = ga4Name(event.name);
  const { at, deviceId } = event;
  const visit = event.sessionId === null ? null : (visits.get(event.sessionId) ?? null);
  const hit = { when: clock(at), at, deviceId, visit, event, eventName, isEvent: true };
  if (visit !== null) {
    visit.events.push(hit);
    const isNewKey = KEY_EVENTS.includes(eventName) && !visit.keyEvents.includes(eventName);
    if (isNewKey) visit.keyEvents.push(eventName);
    if (eventName === PAGE_VIEW) visit.pageViews += 1;
  }
  return hit;
}

/**
 * A session once for each way in which its events differ in some columns. Only for reports that tell events apart:
 * there a session belongs to every event it held.
 *
 * @param shown what an event shows in those columns
 */
export function byEvent(hit: Hit, shown: (event: Hit) => string): Hit[] {
  if (hit.isEvent || hit.visit === null) return [hit];
  const { visit } = hit;
  const different = new Map(visit.events.map((event) => [shown(event), event]));
  return [...different.values()].map(({ event, eventName }) => ({ ...hit, event, eventName }));
}

function emptyVisit(session: Session): Visit {
  return { session, events: [], keyEvents: [], pageViews: 0 };
}

/** Names that came in through ingestion are not in the table; GA4 allows letters, digits and underscores. */
function ga4Name(name: string): string {
  const known: Readonly<Record<string, string>> = GA4_NAMES;
  return known[name] ?? name.toLowerCase().replaceAll(/\W+/g, '_');
}

export const NOT_SET = '(not set)';
