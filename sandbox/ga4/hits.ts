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
  eventNames: string[]; // each once
  keyEvents: string[]; // of those
  pageViews: number;
};

/** One thing that a report counts: a session, or an event with the session around it, if it had one that was seen. */
export type Hit = {
  when: LocalHour;
  deviceId: string;
  visit: Visit | null;
  eventName: string | null; // null: the session as a whole
  isEvent: boolean;
};

const PAGE_VIEW = GA4_NAMES['Page Viewed'];
/** Tables of the running day are filled hours later; what is younger is not told yet. */
const INTRADAY_SECONDS = 2 * HOUR_SECONDS;
/** Zones lie up to 14 hours from UTC, and a session may have begun the day before its event. */
const MARGIN_SECONDS = 2 * DAY_SECONDS;

/** All that a property knows by now about the days from the first to the last, both included. */
export function hitsOf(
  activity: SeenActivity,
  now: EpochSeconds,
  clock: LocalClock,
  days: { startDay: string; endDay: string },
): Hit[] {
  const from = dayStart(days.startDay) - MARGIN_SECONDS;
  const to = Math.min(dayStart(days.endDay) + MARGIN_SECONDS, now - INTRADAY_SECONDS + 1);
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
    hits.push({ when: clock(at), deviceId, visit, eventName: null, isEvent: false });
  }
  return hits.filter(({ when: { day } }) => day >= days.startDay && day <= days.endDay);
}

function eventHit(event: ProductEvent, visits: ReadonlyMap<string, Visit>, clock: LocalClock): Hit {
  const eventName = ga4Name(event.name);
  const visit = event.sessionId === null ? undefined : visits.get(event.sessionId);
  if (visit !== undefined) {
    if (!visit.eventNames.includes(eventName)) {
      visit.eventNames.push(eventName);
      if (KEY_EVENTS.includes(eventName)) visit.keyEvents.push(eventName);
    }
    if (eventName === PAGE_VIEW) visit.pageViews += 1;
  }
  const { at, deviceId } = event;
  return { when: clock(at), deviceId, visit: visit ?? null, eventName, isEvent: true };
}

/**
 * A session once for each name of its events. Only for reports that tell events apart by name: there a session belongs
 * to every event it held.
 */
export function byEventName(hit: Hit): Hit[] {
  if (hit.isEvent || hit.visit === null) return [hit];
  return hit.visit.eventNames.map((eventName) => ({ ...hit, eventName }));
}

function emptyVisit(session: Session): Visit {
  return { session, eventNames: [], keyEvents: [], pageViews: 0 };
}

/** Names that came in through ingestion are not in the table; GA4 allows letters, digits and underscores. */
function ga4Name(name: string): string {
  const known: Readonly<Record<string, string>> = GA4_NAMES;
  return known[name] ?? name.toLowerCase().replaceAll(/\W+/g, '_');
}

/** What a hit shows in the column of a dimension. */
export function dimensionOf(hit: Hit, name: string): string {
  const { date, hour } = hit.when;
  const session = hit.visit?.session;
  switch (name) {
    case 'date':
      return date;
    case 'dateHour':
      return `${date}${hour}`;
    case 'yearMonth':
      return date.slice(0, 6);
    case 'eventName':
      return hit.eventName ?? NOT_SET;
    case 'sessionDefaultChannelGroup':
      return session?.channel ?? NOT_SET;
    case 'deviceCategory':
      return session?.device ?? NOT_SET;
    case 'country':
      return session?.country ?? NOT_SET;
    case 'newVsReturning':
      if (session === undefined) return NOT_SET;
      return session.newDevice ? 'new' : 'returning';
    case 'platform':
      return 'web';
    default:
      throw new RangeError(`the catalogue lists the dimension ${name}, but nothing knows its value`);
  }
}

export const NOT_SET = '(not set)';
