import type { Budget, PoolTold, TokenPool } from '../sdk/index.ts';
import type { Quota } from './schema.ts';
import { untilNextHourMs, untilPacificMidnightMs } from './wait.ts';

type Pool = { label: string; standard: number; isTokens: boolean; refillMs(now: Date): number };
/** Google counts funnels apart from reports, in pools of the same sizes. */
export type PoolSet = 'core' | 'funnel';

/** A pool with too little in it: how much is left, how much of that is for other tools, and how long until it is full. */
export type Shortage = { label: string; remaining: number; kept: number; refillMs: number };

const TOKENS = { isTokens: true };
const CALLS = { isTokens: false };

/**
 * Google's pools with the size they have on a standard property; Analytics 360 has ten times as much of most.
 *
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/quotas
 */
const POOLS: Record<keyof Quota, Pool> = {
  tokensPerDay: { label: 'day', standard: 200_000, ...TOKENS, refillMs: untilPacificMidnightMs },
  tokensPerHour: { label: 'hour', standard: 40_000, ...TOKENS, refillMs: untilNextHourMs },
  tokensPerProjectPerHour: {
    label: 'project and hour',
    standard: 14_000,
    ...TOKENS,
    refillMs: untilNextHourMs,
  },
  concurrentRequests: { label: 'at a time', standard: 10, ...CALLS, refillMs: () => 30_000 },
  serverErrorsPerProjectPerHour: {
    label: 'server errors',
    standard: 10,
    ...CALLS,
    refillMs: () => 3_600_000,
  },
  potentiallyThresholdedRequestsPerHour: {
    label: 'thresholded',
    standard: 120,
    ...CALLS,
    refillMs: untilNextHourMs,
  },
};

const TOKEN_POOLS = ['tokensPerDay', 'tokensPerHour', 'tokensPerProjectPerHour'] as const;
const OF_PROJECT = 'project:';

/** Other people's dashboards draw on the same pools: what is left below this share is theirs. */
const HEADROOM = 0.1;

/** The pools below their headroom, the one that takes longest to fill first: until then the property is left alone. */
export function emptyPools(quota: Quota, now: Date): Shortage[] {
  return poolsOf(quota)
    .map((one) => shortageOf(one, now))
    .filter(({ remaining, kept }) => remaining < kept)
    .toSorted((a, b) => b.refillMs - a.refillMs);
}

/** The pools of tokens that every report draws on. Those of a project are its own: a property may be read by several. */
export function tokenPools(project: string): TokenPool[] {
  return TOKEN_POOLS.map((name) => ({
    name: poolName(name, project),
    refillMs: (now) => POOLS[name].refillMs(now),
  }));
}

/** The pools of reports, as they are told to people. */
export function poolBudgets(scope: string, project: string): Budget[] {
  const names = {
    tokensPerDay: 'tokens_day',
    tokensPerHour: 'tokens_hour',
    tokensPerProjectPerHour: 'tokens_project',
  };
  return TOKEN_POOLS.map((name) => ({
    name: names[name],
    scope,
    counts: 'tokens',
    pool: poolName(name, project),
    sizeOf: (left) => sizeOf(POOLS[name], left),
  }));
}

/** What an answer says is left of each, and how much of that is for other tools; a pool that it does not name is not empty. */
export function toldOf(quota: Quota, project: string): PoolTold[] {
  return TOKEN_POOLS.map((name) => {
    const remaining = quota[name]?.remaining ?? null;
    const kept = remaining === null ? 0 : Math.ceil(HEADROOM * sizeOf(POOLS[name], remaining));
    return { name: poolName(name, project), remaining, kept };
  });
}

/** The smaller number of each pool: the reports of a batch tell one after the other what is left. */
export function lowest(a: Quota, b: Quota): Quota {
  const names = Object.keys(POOLS) as Array<keyof Quota>; // the keys of a literal
  const pairs = names.map((name) => {
    const [one, other] = [a[name], b[name]];
    if (one === null || one === undefined) return [name, other];
    return [name, (other?.remaining ?? Infinity) < one.remaining ? other : one];
  });
  return Object.fromEntries(pairs) as Quota; // every name was put in above
}

/** What people call a pool: the name without the project. */
export function labelOf(name: string): string {
  return name.startsWith(OF_PROJECT) ? POOLS.tokensPerProjectPerHour.label : name;
}

function poolName(name: (typeof TOKEN_POOLS)[number], project: string): string {
  return name === 'tokensPerProjectPerHour' ? `${OF_PROJECT}${project}` : POOLS[name].label;
}

/** What an answer cost: the same number stands in each pool of tokens. Null where it was not told. */
export function tokensUsed(quota: Quota): number | null {
  const told = [quota.tokensPerDay, quota.tokensPerHour, quota.tokensPerProjectPerHour]
    .map((pool) => pool?.consumed ?? 0)
    .filter((consumed) => consumed > 0);
  return told.length === 0 ? null : Math.min(...told);
}

/** What is left, in a few words for the notes of a reading. */
export function quotaNote(quota: Quota, of: PoolSet = 'core'): string {
  const tokens = poolsOf(quota).filter(([pool]) => pool.isTokens);
  const left = tokens.map(([pool, remaining]) => `${pool.label} ${remaining}`).join(', ');
  return `Quota${of === 'funnel' ? ' of funnels' : ''} left: ${left}`;
}

function shortageOf([pool, remaining]: [Pool, number], now: Date): Shortage {
  const kept = HEADROOM * sizeOf(pool, remaining);
  return { label: pool.label, remaining, kept, refillMs: pool.refillMs(now) };
}

/** What is left in a pool never exceeds its size, so more than a standard property has means Analytics 360. */
function sizeOf(pool: Pool, remaining: number): number {
  return remaining > pool.standard ? pool.standard * 10 : pool.standard;
}

/** A pool that was not told is not empty; a number that was not told is zero. */
function poolsOf(quota: Quota): Array<[Pool, number]> {
  const names = Object.keys(POOLS) as Array<keyof Quota>; // the keys of a literal
  return names.flatMap((name): Array<[Pool, number]> => {
    const told = quota[name];
    return told === null || told === undefined ? [] : [[POOLS[name], told.remaining]];
  });
}
