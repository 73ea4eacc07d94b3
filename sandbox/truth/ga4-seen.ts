import { type Activity, GA4_NAMES, type ProductEvent, type Session } from '../model/activity.ts';
import type { Model } from '../model/model.ts';
import { HOUR_SECONDS, localDayOf, toEpochSeconds } from '../model/time.ts';

/** Something that GA4 knows of, with its day on the property's wall clock. */
export type OnDay<T> = T & { day: string };

export type Ga4Seen = {
  sessions: readonly OnDay<Session>[];
  events: readonly OnDay<ProductEvent & { ga4Name: string }>[]; // copies folded, oldest first
};

export type Ga4Look = { timeZone: string; now: Date };

const LAG_SECONDS = 2 * HOUR_SECONDS; // GA4's tables of the running day lag behind

/**
 * What had reached GA4 by a moment and was told by then. Devices are its users, so everything below counts
 * `deviceId`.
 */
export function seenByGa4({ activity }: Pick<Model, 'activity'>, look: Ga4Look): Ga4Seen {
  const key = `${look.timeZone} ${look.now.toISOString()}`;
  const looks = known.get(activity) ?? new Map<string, Ga4Seen>();
  const seen = looks.get(key) ?? lookAt(activity, look);
  known.set(activity, looks.set(key, seen));
  return seen;
}

/** Several truths are mostly asked of one history. */
const known = new WeakMap<readonly Activity[], Map<string, Ga4Seen>>();

function lookAt(activity: readonly Activity[], { timeZone, now }: Ga4Look): Ga4Seen {
  const nowAt = toEpochSeconds(now);
  const dayOf = localDayOf(timeZone);
  const sessions: OnDay<Session>[] = [];
  const events = new Map<string, OnDay<ProductEvent & { ga4Name: string }>>();
  for (const entry of activity) {
    if (entry.seenAt > nowAt || entry.at > nowAt - LAG_SECONDS) continue;
    const day = dayOf(entry.at);
    if (entry.kind === 'session') sessions.push({ ...entry, day });
    else if (!events.has(entry.insertId))
      events.set(entry.insertId, { ...entry, day, ga4Name: ga4Name(entry.name) });
  }
  return { sessions, events: [...events.values()] };
}

function ga4Name(name: string): string {
  const renamed = Object.entries(GA4_NAMES).find(([own]) => own === name);
  return renamed === undefined ? name.toLowerCase().replaceAll(/\W+/g, '_') : renamed[1];
}
