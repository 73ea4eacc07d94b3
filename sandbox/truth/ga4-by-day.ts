import { KEY_EVENTS } from '../model/activity.ts';
import type { Model } from '../model/model.ts';
import { type Ga4Look, seenByGa4 } from './ga4-seen.ts';

/** One day of a property. Rates are pairs of counts, so that nobody has to trust a division. */
export type Ga4Day = {
  sessions: number;
  engagedSessions: number;
  newUsers: number;
  activeUsers: number;
  totalUsers: number;
  engagedSeconds: number;
  events: Record<string, number>; // by GA4's name
  sessionsWith: Record<string, number>; // key events by name: the sessions, on the day they began, that held one
};

const ENGAGED_SECONDS = 10;

/** What GA4 counts on each local day, told one visit and one event after the other; a day without either is left out. */
export function ga4ByDay(model: Pick<Model, 'activity'>, look: Ga4Look): Map<string, Ga4Day> {
  const { sessions, events } = seenByGa4(model, look);
  const inside = new Map<string, { names: Set<string>; views: number }>(); // by session
  for (const { sessionId, ga4Name } of events) {
    if (sessionId === null) continue;
    const found = inside.get(sessionId) ?? { names: new Set(), views: 0 };
    found.names.add(ga4Name);
    if (ga4Name === 'page_view') found.views += 1;
    inside.set(sessionId, found);
  }
  const days = new Map<string, Ga4Day>();
  const people = new Map<string, { all: Set<string>; active: Set<string>; fresh: Set<string> }>();
  const at = (day: string) => {
    const counts = days.get(day) ?? emptyDay();
    const who = people.get(day) ?? { all: new Set(), active: new Set(), fresh: new Set() };
    days.set(day, counts);
    people.set(day, who);
    return { counts, who };
  };
  for (const { day, sessionId, deviceId, newDevice, engagedSeconds } of sessions) {
    const { counts, who } = at(day);
    const { names, views } = inside.get(sessionId) ?? { names: new Set<string>(), views: 0 };
    const keys = KEY_EVENTS.filter((name) => names.has(name));
    counts.sessions += 1;
    counts.engagedSeconds += engagedSeconds;
    if (engagedSeconds >= ENGAGED_SECONDS || views > 1 || keys.length > 0) counts.engagedSessions += 1;
    for (const name of keys) counts.sessionsWith[name] = (counts.sessionsWith[name] ?? 0) + 1;
    who.all.add(deviceId);
    if (newDevice) who.fresh.add(deviceId);
    if (newDevice || engagedSeconds > 0) who.active.add(deviceId);
  }
  for (const { day, deviceId, ga4Name } of events) {
    const { counts, who } = at(day);
    counts.events[ga4Name] = (counts.events[ga4Name] ?? 0) + 1;
    who.all.add(deviceId);
  }
  for (const [day, { all, active, fresh }] of people) {
    Object.assign(at(day).counts, {
      totalUsers: all.size,
      activeUsers: active.size,
      newUsers: fresh.size,
    });
  }
  return days;
}

function emptyDay(): Ga4Day {
  return {
    sessions: 0,
    engagedSessions: 0,
    newUsers: 0,
    activeUsers: 0,
    totalUsers: 0,
    engagedSeconds: 0,
    events: {},
    sessionsWith: {},
  };
}
