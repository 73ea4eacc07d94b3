import { addDays, type DayRange } from './days.ts';
import { byEventName, dimensionOf, type Hit } from './hits.ts';
import type { Plan } from './plan.ts';
import { OTHER } from './quirks.ts';
import { count, emptyTally, isActive, measure, type Tally } from './tally.ts';

/** One line of a report before its numbers are written as text. */
export type Row = { dimensions: readonly string[]; numbers: readonly number[]; users: number };

export type Table = { rows: Row[]; total: Row | null }; // no total when nothing happened

const ROLLING = /^active(\d+)DayUsers$/;

/** How many days before a range a report has to look, for its trailing windows. */
export function lookBackDays({ metrics }: Plan): number {
  return Math.max(0, ...metrics.map(({ apiName }) => Number(ROLLING.exec(apiName)?.[1] ?? 1) - 1));
}

/**
 * Groups what happened in one range and measures each group.
 *
 * @param hits of the range and of the days that its trailing windows reach back to
 * @param rolledUpDays are shown as one row `(other)`
 */
export function tableOf(
  plan: Plan,
  range: DayRange,
  hits: readonly Hit[],
  rolledUpDays: ReadonlySet<string> = new Set(),
): Table {
  const counted = plan.byEventName ? hits.flatMap(byEventName) : hits;
  const passing = counted.filter((hit) => plan.passes((field) => dimensionOf(hit, field)));
  const groups = groupsOf(plan, range, passing, rolledUpDays);
  const isDate = plan.dimensions.map((name) => name === 'date');
  const beside = plan.dimensions.filter((_, index) => isDate[index] !== true);
  const trails = trailsOf(plan, passing, beside);
  const rows = groups.map(({ dimensions, endDay, tally }) => {
    const key = keyOf(dimensions.filter((_, index) => isDate[index] !== true));
    return rowOf(plan, dimensions, tally, trails.get(key), endDay);
  });
  const whole = groupsOf({ ...plan, dimensions: [] }, range, passing, new Set())[0];
  if (whole === undefined) return { rows, total: null };
  const wholeTrail = trailsOf(plan, passing, []).get(keyOf([]));
  return { rows, total: rowOf(plan, [], whole.tally, wholeTrail, range.endDay) };
}

/** `endDay` is the day on which its trailing windows end. */
type Group = { dimensions: readonly string[]; endDay: string; tally: Tally };

function groupsOf(
  plan: Plan,
  range: DayRange,
  hits: readonly Hit[],
  rolledUpDays: ReadonlySet<string>,
): Group[] {
  const groups = new Map<string, Group>();
  for (const hit of hits) {
    const { day } = hit.when;
    if (day < range.startDay) continue;
    const isRolledUp = rolledUpDays.has(day);
    const dimensions = plan.dimensions.map((name) =>
      isRolledUp && name === 'date' ? OTHER : dimensionOf(hit, name),
    );
    const key = keyOf(dimensions);
    let group = groups.get(key);
    if (group === undefined) {
      const endDay = plan.dimensions.includes('date') && !isRolledUp ? day : range.endDay;
      group = { dimensions, endDay, tally: emptyTally() };
      groups.set(key, group);
    }
    count(group.tally, hit);
  }
  return [...groups.values()];
}

/** Active devices by day. */
type Trail = Map<string, Set<string>>;

/** The trail of each combination of the dimensions that are no date. */
function trailsOf(plan: Plan, hits: readonly Hit[], dimensions: readonly string[]): Map<string, Trail> {
  const trails = new Map<string, Trail>();
  if (!plan.metrics.some(({ apiName }) => ROLLING.test(apiName))) return trails;
  for (const hit of hits) {
    if (hit.isEvent || hit.visit === null || !isActive(hit.visit)) continue;
    const key = keyOf(dimensions.map((name) => dimensionOf(hit, name)));
    const trail = trails.get(key) ?? new Map<string, Set<string>>();
    const { day } = hit.when;
    trails.set(key, trail.set(day, (trail.get(day) ?? new Set()).add(hit.deviceId)));
  }
  return trails;
}

function rowOf(
  plan: Plan,
  dimensions: readonly string[],
  tally: Tally,
  trail: Trail | undefined,
  endDay: string,
): Row {
  const numbers = plan.metrics.map(({ apiName }) => {
    const days = ROLLING.exec(apiName)?.[1];
    return days === undefined ? measure(tally, apiName) : usersInWindow(trail, endDay, Number(days));
  });
  return { dimensions, numbers, users: tally.users.size };
}

function usersInWindow(trail: Trail | undefined, endDay: string, days: number): number {
  const users = new Set<string>();
  for (let back = 0; back < days; back += 1) {
    for (const deviceId of trail?.get(addDays(endDay, -back)) ?? []) users.add(deviceId);
  }
  return users.size;
}

function keyOf(dimensions: readonly string[]): string {
  return dimensions.join('\u0000');
}
