import type { Quota } from './schema.ts';
import { untilNextHourMs, untilPacificMidnightMs } from './wait.ts';

type Pool = { label: string; standard: number; refillMs(now: Date): number };

/**
 * Google's pools with the size they have on a standard property; Analytics 360 has ten times as much of most.
 *
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/quotas
 */
const POOLS: Record<keyof Quota, Pool> = {
  tokensPerDay: { label: 'day', standard: 200_000, refillMs: untilPacificMidnightMs },
  tokensPerHour: { label: 'hour', standard: 40_000, refillMs: untilNextHourMs },
  tokensPerProjectPerHour: { label: 'project and hour', standard: 14_000, refillMs: untilNextHourMs },
  concurrentRequests: { label: 'at a time', standard: 10, refillMs: () => 30_000 },
  serverErrorsPerProjectPerHour: { label: 'server errors', standard: 10, refillMs: () => 3_600_000 },
  potentiallyThresholdedRequestsPerHour: { label: 'thresholded', standard: 120, refillMs: untilNextHourMs },
};

/** Other people's dashboards draw on the same pools: what is left below this share is theirs. */
const HEADROOM = 0.1;

/**
 * How long to leave the property alone after an answer, 0 when every pool has room. A pool that was not told is not
 * empty; a number that was not told is zero.
 */
export function pauseMs(quota: Quota, now: Date): number {
  const waits = poolsOf(quota)
    .filter(([pool, remaining]) => remaining < HEADROOM * sizeOf(pool, remaining))
    .map(([pool]) => pool.refillMs(now));
  return Math.max(0, ...waits);
}

/** What is left, in a few words for the notes of a reading. */
export function quotaNote(quota: Quota): string {
  const tokens = poolsOf(quota).filter(([pool]) => pool.standard > 1_000);
  return `Quota left: ${tokens.map(([pool, remaining]) => `${pool.label} ${remaining}`).join(', ')}`;
}

/** What is left in a pool never exceeds its size, so more than a standard property has means Analytics 360. */
function sizeOf(pool: Pool, remaining: number): number {
  return remaining > pool.standard ? pool.standard * 10 : pool.standard;
}

function poolsOf(quota: Quota): Array<[Pool, number]> {
  const names = Object.keys(POOLS) as Array<keyof Quota>; // the keys of a literal
  return names.flatMap((name): Array<[Pool, number]> => {
    const told = quota[name];
    return told === null || told === undefined ? [] : [[POOLS[name], told.remaining]];
  });
}
