import { GA4_NAMES, KEY_EVENTS } from '../model/activity.ts';
import type { Hit, Visit } from './hits.ts';

/** What fell into one row. Sets, because a session or a user may fall into it more than once. */
export type Tally = { visits: Set<Visit>; events: Hit[]; users: Set<string> };

export function emptyTally(): Tally {
  return { visits: new Set(), events: [], users: new Set() };
}

export function count(tally: Tally, hit: Hit): void {
  tally.users.add(hit.deviceId);
  if (hit.isEvent) tally.events.push(hit);
  else if (hit.visit !== null) tally.visits.add(hit.visit);
}

/** Whether the session makes its device an active user: in the foreground for a second, or there for the first time. */
export function isActive({ session }: Visit): boolean {
  return session.engagedSeconds >= 1 || session.newDevice;
}

const PAGE_VIEW = GA4_NAMES['Page Viewed'];

/** @param metric any but the rolling ones, which need to see more than one row */
export function measure(tally: Tally, metric: string): number {
  const [name, event = null] = metric.split(':');
  const visits = [...tally.visits];
  switch (name) {
    case 'newUsers':
      return devices(visits.filter(({ session }) => session.newDevice)).size;
    case 'totalUsers':
      return tally.users.size;
    case 'activeUsers':
      return devices(visits.filter(isActive)).size;
    case 'sessions':
      return visits.length;
    case 'engagedSessions':
      return visits.filter(isEngaged).length;
    case 'engagementRate':
      return share(visits.filter(isEngaged).length, visits.length);
    case 'averageSessionDuration':
      return share(sum(visits.map(({ session }) => session.endedAt - session.at)), visits.length);
    case 'userEngagementDuration':
      return sum(visits.map(({ session }) => session.engagedSeconds));
    case 'eventCount':
      return tally.events.length;
    case 'screenPageViews':
      return tally.events.filter(({ eventName }) => eventName === PAGE_VIEW).length;
    case 'keyEvents':
      return tally.events.filter((hit) => isKeyEvent(hit, event)).length;
    case 'sessionKeyEventRate':
      return share(visits.filter((visit) => hasKeyEvent(visit, event)).length, visits.length);
    case 'userKeyEventRate':
      return share(keyUsers(tally, event), tally.users.size);
    default:
      throw new RangeError(`the catalogue lists the metric ${metric}, but nothing measures it`);
  }
}

/** Google's rule: ten seconds, or a key event, or two views. */
function isEngaged({ session, keyEvents, pageViews }: Visit): boolean {
  return session.engagedSeconds >= 10 || keyEvents.length > 0 || pageViews >= 2;
}

/** @param event one key event, or null for any */
function isKeyEvent({ eventName }: Hit, event: string | null): boolean {
  if (eventName === null) return false;
  return event === null ? KEY_EVENTS.includes(eventName) : eventName === event;
}

function hasKeyEvent({ keyEvents }: Visit, event: string | null): boolean {
  return event === null ? keyEvents.length > 0 : keyEvents.includes(event);
}

/** Users with a key event in a session of the row, or sent beside any session. */
function keyUsers(tally: Tally, event: string | null): number {
  const users = devices([...tally.visits].filter((visit) => hasKeyEvent(visit, event)));
  for (const hit of tally.events) if (isKeyEvent(hit, event)) users.add(hit.deviceId);
  return users.size;
}

function devices(visits: readonly Visit[]): Set<string> {
  return new Set(visits.map(({ session }) => session.deviceId));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A rate of nothing is 0 to Google, not an absence. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
