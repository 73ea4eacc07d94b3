import { addDays } from './days.ts';
import type { Hit } from './hits.ts';
import { isActive } from './tally.ts';

/** Active devices by day. */
export type Trail = Map<string, Set<string>>;

/** The windows in days that a metric divides, or the one that it counts; null for a metric without. */
function windowsOf(metric: string): { days: number; of: number | null } | null {
  const plain = /^active(\d+)DayUsers$/.exec(metric);
  if (plain !== null) return { days: Number(plain[1]), of: null };
  switch (metric) {
    case 'dauPerMau':
      return { days: 1, of: 30 };
    case 'dauPerWau':
      return { days: 1, of: 7 };
    case 'wauPerMau':
      return { days: 7, of: 30 };
    default:
      return null;
  }
}

export function isRolling(metric: string): boolean {
  return windowsOf(metric) !== null;
}

/** How many days before a range a report has to look, for its trailing windows. */
export function lookBackDays(metrics: readonly string[]): number {
  const longest = metrics.map((metric) => {
    const windows = windowsOf(metric);
    return windows === null ? 1 : (windows.of ?? windows.days);
  });
  return Math.max(1, ...longest) - 1;
}

/** The trail of each combination of the columns that are no date. */
export function trailsOf(hits: readonly Hit[], keyOf: (hit: Hit) => string): Map<string, Trail> {
  const trails = new Map<string, Trail>();
  for (const hit of hits) {
    if (hit.isEvent || hit.visit === null || !isActive(hit.visit)) continue;
    const key = keyOf(hit);
    const trail = trails.get(key) ?? new Map<string, Set<string>>();
    const { day } = hit.when;
    trails.set(key, trail.set(day, (trail.get(day) ?? new Set()).add(hit.deviceId)));
  }
  return trails;
}

/** What a rolling metric says of the windows that end on a day. */
export function rolling(trail: Trail | undefined, endDay: string, metric: string): number {
  const windows = windowsOf(metric);
  if (windows === null) throw new RangeError(`${metric} has no trailing window`);
  const part = usersInWindow(trail, endDay, windows.days);
  if (windows.of === null) return part;
  const whole = usersInWindow(trail, endDay, windows.of);
  return whole === 0 ? 0 : part / whole;
}

function usersInWindow(trail: Trail | undefined, endDay: string, days: number): number {
  const users = new Set<string>();
  for (let back = 0; back < days; back += 1) {
    for (const deviceId of trail?.get(addDays(endDay, -back)) ?? []) users.add(deviceId);
  }
  return users.size;
}
