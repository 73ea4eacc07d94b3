import { addInterval, DAY_SECONDS, dayStart, utcDay } from '../model/time.ts';
import type { AppDay, AppSubscriber, Play, StoreDaySales } from '../model/work/product.ts';

/** What is true of the company's own product at the close of a day (UTC), counted row by row. */

const before = (day: string, days: number): string => utcDay(dayStart(day) - days * DAY_SECONDS);
const inLast = (days: number, day: string) => (row: { day: string }) =>
  row.day <= day && row.day > before(day, days);

/** The newest calendar month that was over at the close of the day: its first day, and the first of the next one. */
function lastMonth(day: string): { first: string; next: string } {
  const next = `${utcDay(dayStart(day) + DAY_SECONDS).slice(0, 7)}-01`;
  return { first: utcDay(addInterval(dayStart(next), 'month', -1)), next };
}

/** Sessions by people and days, over four weeks. */
export function trueAppSessions(days: readonly AppDay[], day: string): number {
  const inside = days.filter(inLast(28, day));
  return inside.reduce((sum, { sessions }) => sum + sessions, 0) / inside.length;
}

/** Cents: what a subscriber of the last month's first day paid, times the margin, by the share of them who left in it. */
export function trueLifetimeValue(all: readonly AppSubscriber[], day: string): number {
  const { first, next } = lastMonth(day);
  const there = all.filter(
    ({ endedOn, startedOn }) => startedOn < first && (endedOn === null || endedOn >= first),
  );
  const left = there.filter(({ endedOn }) => endedOn !== null && endedOn < next).length;
  const paid = there.reduce((sum, { monthlyCents }) => sum + monthlyCents, 0);
  return ((paid / there.length) * 0.73) / (left / there.length);
}

/** Minutes by viewer in the last month. */
export function trueViewing(plays: readonly Play[], day: string): number {
  const { first, next } = lastMonth(day);
  const inside = plays.filter((play) => play.day >= first && play.day < next);
  const viewers = new Set(inside.map(({ person }) => person));
  return inside.reduce((sum, { minutes }) => sum + minutes, 0) / viewers.size;
}

/** Viewers in the last month of something that was out for thirty days at most. */
export function trueNewReleaseViewers(plays: readonly Play[], day: string): number {
  const { first, next } = lastMonth(day);
  const fresh = plays.filter(
    (play) => play.day >= first && play.day < next && before(play.day, 30) <= play.releasedOn,
  );
  return new Set(fresh.map(({ person }) => person)).size;
}

/** The mean conversion of stores with a hundred sessions or more in four weeks. */
export function trueStoreConversion(days: readonly StoreDaySales[], day: string): number {
  const stores = new Map<number, { sessions: number; checkouts: number }>();
  for (const { checkouts, sessions, store } of days.filter(inLast(28, day))) {
    const sum = stores.get(store) ?? { sessions: 0, checkouts: 0 };
    stores.set(store, { sessions: sum.sessions + sessions, checkouts: sum.checkouts + checkouts });
  }
  const rates = [...stores.values()]
    .filter(({ sessions }) => sessions >= 100)
    .map(({ checkouts, sessions }) => checkouts / sessions);
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}

/** The share of carts that never were paid, over four weeks. */
export function trueCartAbandonment(days: readonly StoreDaySales[], day: string): number {
  const inside = days.filter(inLast(28, day));
  const paid = inside.reduce((sum, { checkouts }) => sum + checkouts, 0);
  return 1 - paid / inside.reduce((sum, { carts }) => sum + carts, 0);
}
