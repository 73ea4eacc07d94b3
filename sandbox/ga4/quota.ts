import { type EpochSeconds, HOUR_SECONDS, localDayOf } from '../model/time.ts';
import { exhausted } from './errors.ts';
import type { Ga4Quirks } from './quirks.ts';
import { limitsOf } from './quota-limits.ts';

/** The three kinds of calls, each with pools of its own. */
export const CATEGORIES = ['core', 'realtime', 'funnel'] as const;
export type Category = (typeof CATEGORIES)[number];

/** What was used since the server was made. */
export type Ga4Usage = {
  requests: number; // calls that arrived, refused ones too; a batch is one
  tokens: number;
  peakConcurrent: number;
};

export type Quota = {
  /** Takes one of the concurrent places, and gives the way to leave it. @throws Refusal (429) when none is left */
  enter(): () => void;
  /** @throws Refusal (429) that names the first pool with nothing left in it */
  refuseExhausted(now: EpochSeconds): void;
  charge(now: EpochSeconds, tokens: number): void;
  /** @throws Refusal (429) when too many of such requests were made */
  chargeThresholded(now: EpochSeconds): void;
  countServerError(now: EpochSeconds): void;
  /** The `propertyQuota` of an answer. @param tokens what the answer cost; null tells what the period did */
  status(now: EpochSeconds, tokens: number | null): Record<string, unknown>;
};

export type Quotas = {
  /** Counts a call that came, whatever becomes of it. */
  arrive(): void;
  /** The pools of one kind of call, as the property's switches make them now. */
  of(category: Category, quirks: Ga4Quirks): Quota;
  usage(): Ga4Usage;
};

/** A pool that is full again when its period is over. The sandbox's clock may be set back: that is another period, too. */
type Pool = { period: string; used: number };

// The day's pool is filled at midnight there, wherever the property is.
const pacificDay = localDayOf('America/Los_Angeles');

const PERIODS = {
  day: pacificDay,
  hour: hourOf,
  projectHour: hourOf,
  serverErrors: hourOf,
  thresholded: hourOf,
};
type PoolName = keyof typeof PERIODS;

function hourOf(now: EpochSeconds): string {
  return String(Math.floor(now / HOUR_SECONDS));
}

/** The pools of the one property, kept for as long as the server lives. */
export function quotaPools(): Quotas {
  const total: Ga4Usage = { requests: 0, tokens: 0, peakConcurrent: 0 };
  const spent = new Map<Category, Spent>();
  for (const category of CATEGORIES) spent.set(category, { pools: new Map(), concurrent: 0 });
  return {
    arrive: () => void (total.requests += 1),
    // Every category was put in above.
    of: (category, quirks) => quotaOf(spent.get(category) as Spent, total, quirks),
    usage: () => ({ ...total }),
  };
}

type Spent = { pools: Map<PoolName, Pool>; concurrent: number };

function quotaOf(spent: Spent, total: Ga4Usage, quirks: Ga4Quirks): Quota {
  const limits = limitsOf(quirks);
  const others: Partial<Record<PoolName, number>> = quirks.usedByOthers ?? {};
  const pool = (name: PoolName, now: EpochSeconds): Pool => {
    const period = PERIODS[name](now);
    const found = spent.pools.get(name);
    if (found?.period === period) return found;
    const fresh = { period, used: 0 };
    spent.pools.set(name, fresh);
    return fresh;
  };
  const left = (name: PoolName, now: EpochSeconds) =>
    Math.max(0, limits[name] - pool(name, now).used - (others[name] ?? 0));
  const used = (name: PoolName, now: EpochSeconds) => pool(name, now).used + (others[name] ?? 0);
  const standing = (name: PoolName, now: EpochSeconds, consumed: number | null) =>
    quotaStatus(consumed ?? used(name, now), left(name, now));
  return {
    enter() {
      if (spent.concurrent >= limits.concurrent) throw exhausted('concurrent');
      spent.concurrent += 1;
      total.peakConcurrent = Math.max(total.peakConcurrent, spent.concurrent);
      let isInside = true;
      return () => {
        if (isInside) spent.concurrent -= 1;
        isInside = false;
      };
    },
    refuseExhausted(now) {
      for (const name of ['serverErrors', 'day', 'hour', 'projectHour'] as const) {
        if (left(name, now) === 0) throw exhausted(name);
      }
    },
    charge(now, tokens) {
      for (const name of ['day', 'hour', 'projectHour'] as const) pool(name, now).used += tokens;
      total.tokens += tokens;
    },
    chargeThresholded(now) {
      if (left('thresholded', now) === 0) throw exhausted('thresholded');
      pool('thresholded', now).used += 1;
    },
    countServerError: (now) => void (pool('serverErrors', now).used += 1),
    status: (now, tokens) => ({
      tokensPerDay: standing('day', now, tokens),
      tokensPerHour: standing('hour', now, tokens),
      // The call that asks is not counted against itself.
      concurrentRequests: quotaStatus(0, limits.concurrent - Math.max(0, spent.concurrent - 1)),
      serverErrorsPerProjectPerHour: standing('serverErrors', now, tokens === null ? null : 0),
      potentiallyThresholdedRequestsPerHour: standing('thresholded', now, tokens === null ? null : 0),
      tokensPerProjectPerHour: standing('projectHour', now, tokens),
    }),
  };
}

/** A zero is left out, as Google leaves it out. */
function quotaStatus(consumed: number, remaining: number): Record<string, number> {
  return { ...(consumed === 0 ? {} : { consumed }), ...(remaining === 0 ? {} : { remaining }) };
}
