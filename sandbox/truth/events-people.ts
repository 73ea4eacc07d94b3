import { type ByDay, type KnownDeeds, livesOf, type Sides, stretches } from './events-days.ts';
import type { Deed } from './mixpanel-deeds.ts';

/** What each person did on some days; whoever did nothing then is not there. */
type Somebody = readonly Deed[];

function peopleBy<Value>(
  { days, deeds }: KnownDeeds,
  windowDays: number,
  tell: (people: readonly Somebody[], dayCount: number) => Value,
): ByDay<Value> {
  const lives = livesOf(deeds);
  const told: ByDay<Value> = new Map();
  for (const { last, within } of stretches(days, windowDays)) {
    const people = lives
      .map((life) => life.filter(({ day }) => within.has(day)))
      .filter(({ length }) => length > 0);
    told.set(last.day, tell(people, windowDays));
  }
  return told;
}

const did = (deeds: Somebody, name: string | null): Somebody =>
  name === null ? deeds : deeds.filter((deed) => deed.name === name);
const daysIn = (deeds: Somebody): number => new Set(deeds.map(({ day }) => day)).size;

/** Of those who were active, how many also did one thing on the same days. */
export function shared(
  known: KnownDeeds,
  rule: { active: string | null; deed: string; windowDays: number },
): ByDay<Sides> {
  return peopleBy(known, rule.windowDays, (people) => {
    const active = people.filter((one) => did(one, rule.active).length > 0);
    return {
      numerator: active.filter((one) => did(one, rule.deed).length > 0).length,
      denominator: active.length,
    };
  });
}

/** Of those who were active, how many were so on several days. */
export function often(
  known: KnownDeeds,
  rule: { active: string | null; leastDays: number; windowDays: number },
): ByDay<Sides> {
  return peopleBy(known, rule.windowDays, (people) => {
    const dayCounts = people.map((one) => daysIn(did(one, rule.active))).filter((count) => count > 0);
    return {
      numerator: dayCounts.filter((count) => count >= rule.leastDays).length,
      denominator: dayCounts.length,
    };
  });
}

/** On how many of the days somebody was active, over all who were active at all: both times the number of days. */
export function sticky(known: KnownDeeds, rule: { active: string | null; windowDays: number }): ByDay<Sides> {
  return peopleBy(known, rule.windowDays, (people, dayCount) => {
    const dayCounts = people.map((one) => daysIn(did(one, rule.active))).filter((count) => count > 0);
    return {
      numerator: dayCounts.reduce((sum, count) => sum + count, 0),
      denominator: dayCounts.length * dayCount,
    };
  });
}

/** How many did it for the first time ever on each day. */
export function newcomers({ days, deeds }: KnownDeeds, name: string): ByDay<number> {
  const firsts = livesOf(deeds).flatMap((life) => life.find((deed) => deed.name === name) ?? []);
  return new Map(days.map(({ day }) => [day, firsts.filter((deed) => deed.day === day).length]));
}
