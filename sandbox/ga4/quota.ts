import { type EpochSeconds, HOUR_SECONDS, localDayOf } from '../model/time.ts';
import { exhausted } from './errors.ts';

/** Of a standard property; https://developers.google.com/analytics/devguides/reporting/data/v1/quotas */
const LIMITS = {
  day: 200_000,
  hour: 40_000,
  projectHour: 14_000,
  concurrent: 10,
  serverErrors: 10,
  thresholded: 120,
} as const;

/** What was used since the server was made. */
export type Ga4Usage = {
  requests: number; // calls that arrived, refused ones too; a batch is one
  tokens: number;
  peakConcurrent: number;
};

export type Quota = {
  /** Counts a call that came, whatever becomes of it. */
  arrive(): void;
  /** Takes one of the concurrent places, and gives the way to leave it. @throws Refusal (429) when none is left */
  enter(): () => void;
  /** @throws Refusal (429) that names the first pool with nothing left in it */
  refuseExhausted(now: EpochSeconds): void;
  charge(now: EpochSeconds, tokens: number): void;
  /** @throws Refusal (429) when too many of such requests were made */
  chargeThresholded(now: EpochSeconds): void;
  countServerError(now: EpochSeconds): void;
  /** The `propertyQuota` of an answer. @param tokens what the answer cost */
  status(now: EpochSeconds, tokens: number): Record<string, unknown>;
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
export function quotaPools(): Quota {
  const pools = new Map<PoolName, Pool>();
  const total: Ga4Usage = { requests: 0, tokens: 0, peakConcurrent: 0 };
  let concurrent = 0;
  const pool = (name: PoolName, now: EpochSeconds): Pool => {
    const period = PERIODS[name](now);
    const found = pools.get(name);
    if (found?.period === period) return found;
    const fresh = { period, used: 0 };
    pools.set(name, fresh);
    return fresh;
  };
  const left = (name: PoolName, now: EpochSeconds) => Math.max(0, LIMITS[name] - pool(name, now).used);
  const standing = (name: PoolName, now: EpochSeconds, consumed: number) =>
    quotaStatus(consumed, left(name, now));
  return {
    arrive: () => void (total.requests += 1),
    enter() {
      if (concurrent >= LIMITS.concurrent) throw exhausted('concurrent');
      concurrent += 1;
      total.peakConcurrent = Math.max(total.peakConcurrent, concurrent);
      let isInside = true;
      return () => {
        if (isInside) concurrent -= 1;
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
      concurrentRequests: quotaStatus(0, LIMITS.concurrent - Math.max(0, concurrent - 1)),
      serverErrorsPerProjectPerHour: standing('serverErrors', now, 0),
      potentiallyThresholdedRequestsPerHour: standing('thresholded', now, 0),
      tokensPerProjectPerHour: standing('projectHour', now, tokens),
    }),
    usage: () => ({ ...total }),
  };
}

/** A zero is left out, as Google leaves it out. */
function quotaStatus(consumed: number, remaining: number): Record<string, number> {
  return { ...(consumed === 0 ? {} : { consumed }), ...(remaining === 0 ? {} : { remaining }) };
}
