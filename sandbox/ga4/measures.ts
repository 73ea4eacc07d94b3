import { didBy, isKeyEvent, ofEvents, ofMoney, sumOf } from './event-measures.ts';
import type { Visit } from './hits.ts';
import { activeUsers, devices, isEngaged, share, sum, type Tally } from './tally.ts';

/** @param metric any but the rolling ones and the size of a cohort, which need to see more than one row */
export function measure(tally: Tally, metric: string, currencyCode: string): number {
  const [name = '', event = null] = metric.split(':');
  if (name === 'customEvent') return sumOf(tally.events, event ?? '');
  const value = ofUsers(tally, name) ?? ofVisits(tally, name, event) ?? ofEvents(tally, name, event);
  const known = value ?? ofMoney(tally, name, currencyCode);
  if (known === null) {
    throw new RangeError(`the catalogue lists the metric ${metric}, but nothing measures it`);
  }
  return known;
}

function ofUsers(tally: Tally, name: string): number | null {
  const visits = [...tally.visits];
  switch (name) {
    case 'newUsers':
      return devices(visits.filter(({ session }) => session.newDevice)).size;
    case 'totalUsers':
      return tally.users.size;
    case 'activeUsers':
      return activeUsers(tally);
    // Stricter than elsewhere: a first visit alone does not count, so period 0 may be below 100 %.
    case 'cohortActiveUsers':
      return devices(visits.filter(({ session }) => session.engagedSeconds >= 1)).size;
    case 'totalPurchasers':
      return didBy(tally, 'purchase').size;
    case 'cartToViewRate':
      return share(didBy(tally, 'add_to_cart').size, didBy(tally, 'view_item').size);
    case 'purchaseToViewRate':
      return share(didBy(tally, 'purchase').size, didBy(tally, 'view_item').size);
    default:
      return null;
  }
}

function ofVisits(tally: Tally, name: string, event: string | null): number | null {
  const visits = [...tally.visits];
  const engaged = () => visits.filter(isEngaged).length;
  switch (name) {
    case 'sessions':
      return visits.length;
    case 'engagedSessions':
      return engaged();
    case 'engagementRate':
      return share(engaged(), visits.length);
    case 'bounceRate':
      return share(visits.length - engaged(), visits.length);
    case 'averageSessionDuration':
      return share(sum(visits.map(({ session }) => session.endedAt - session.at)), visits.length);
    case 'userEngagementDuration':
      return sum(visits.map(({ session }) => session.engagedSeconds));
    case 'sessionsPerUser':
      return share(visits.length, activeUsers(tally));
    case 'sessionKeyEventRate':
      return share(visits.filter((visit) => hasKeyEvent(visit, event)).length, visits.length);
    case 'userKeyEventRate':
      return share(keyUsers(tally, event), tally.users.size);
    default:
      return null;
  }
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
