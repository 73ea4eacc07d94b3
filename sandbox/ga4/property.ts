import type { EpochSeconds } from '../model/time.ts';
import { HOUR_SECONDS } from '../model/time.ts';
import type { World } from '../world.ts';
import { type LocalClock, localClock } from './days.ts';
import type { FirstVisit, Lens } from './dimensions.ts';
import { type Hit, hitsOf, INTRADAY_SECONDS } from './hits.ts';
import { believedOrigin } from './origins.ts';
import type { Ga4Quirks } from './quirks.ts';

/** A property as one request sees it. */
export type Property = {
  hits: (days: { startDay: string; endDay: string }) => readonly Hit[];
  fresh: (from: EpochSeconds, to: EpochSeconds) => readonly Hit[]; // without the lag, for realtime
  firstOf: Lens['firstOf'];
  originOf: Lens['originOf'];
  now: EpochSeconds;
  today: string;
  timeZone: string;
  currencyCode: string;
  quirks: Ga4Quirks;
};

const PROPERTY_CURRENCY = 'USD';

/** Makes properties that share their clocks, because a clock remembers what it has worked out. */
export function propertyMaker() {
  const clocks = new Map<string, LocalClock>();
  return ({ activity, now }: Pick<World, 'activity' | 'now'>, zone: string, quirks: Ga4Quirks): Property => {
    const timeZone = quirks.timeZone ?? zone;
    const clock = clocks.get(timeZone) ?? localClock(timeZone);
    clocks.set(timeZone, clock);
    const lag = quirks.intradayHours === undefined ? INTRADAY_SECONDS : quirks.intradayHours * HOUR_SECONDS;
    const toldUntil = now - lag;
    // The members of a batch mostly ask for the same days.
    const found = new Map<string, readonly Hit[]>();
    const hits: Property['hits'] = (days) => {
      const key = `${days.startDay} ${days.endDay}`;
      const known = found.get(key) ?? hitsOf(activity, toldUntil, clock, days);
      found.set(key, known);
      return known;
    };
    let firsts: Map<string, FirstVisit> | null = null;
    return {
      hits,
      fresh(from, to) {
        const days = { startDay: clock(from).day, endDay: clock(to).day };
        return hitsOf(activity, now, clock, days).filter(({ at }) => at > from && at <= to);
      },
      firstOf(deviceId) {
        firsts ??= firstVisits({ activity, toldUntil, clock });
        return firsts.get(deviceId) ?? null;
      },
      originOf: (session) => believedOrigin(session, now, quirks.attributionDays),
      now,
      today: clock(now).day,
      timeZone,
      currencyCode: quirks.currencyCode ?? PROPERTY_CURRENCY,
      quirks,
    };
  };
}

type Told = { activity: World['activity']; toldUntil: EpochSeconds; clock: LocalClock };

/** The first visit of each device that has one in history and was seen. */
function firstVisits({ activity, toldUntil, clock }: Told): Map<string, FirstVisit> {
  const firsts = new Map<string, FirstVisit>();
  for (const entry of activity.between(activity.since, toldUntil + 1)) {
    if (entry.kind !== 'session' || !entry.newDevice || firsts.has(entry.deviceId)) continue;
    firsts.set(entry.deviceId, { session: entry, day: clock(entry.at).day });
  }
  return firsts;
}
