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

/** Google's rule: ten seconds, or a key event, or two views. */
export function isEngaged({ session, keyEvents, pageViews }: Visit): boolean {
  return session.engagedSeconds >= 10 || keyEvents.length > 0 || pageViews >= 2;
}

export function activeUsers({ visits }: Tally): number {
  return devices([...visits].filter(isActive)).size;
}

export function devices(visits: readonly Visit[]): Set<string> {
  return new Set(visits.map(({ session }) => session.deviceId));
}

export function named(events: readonly Hit[], name: string): Hit[] {
  return events.filter(({ eventName }) => eventName === name);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A rate of nothing is 0 to Google, not an absence. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
