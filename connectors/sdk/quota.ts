import { afterTime, ConnectorError } from './error.ts';
import { memoryShelf, tokenBudget } from './token-budget.ts';
import type { TokenBudget } from './token-pools.ts';

/** One budget at a provider. `scope` names it for everybody who draws on it, such as one project of one region. */
export type QuotaRule = {
  scope: string;
  /** Calls in any sixty minutes; null where the provider counts something else. */
  perHour: number | null;
  /** Calls under way at the same time. */
  concurrent: number;
};

/**
 * What a provider lets all workers together ask. Every call that counts goes through `spend`; nothing is called while
 * the scope is paused.
 */
export type Quota = {
  /**
   * Makes the call when the budget has room, and counts it whether it succeeds or not. Waits a little for a place
   * among those under way, never for an hour's budget: no worker stands still.
   *
   * @throws ConnectorError `rate_limited`, with the wait, when there is no room
   */
  spend<T>(rule: QuotaRule, call: () => Promise<T>): Promise<T>;
  /** The provider asked for quiet: nobody calls in this scope before `ms` have passed. */
  pause(scope: string, ms: number): Promise<void>;
  /** Until the oldest call of the last hour no longer counts; 0 when none was made. */
  untilOldestExpiresMs(scope: string): Promise<number>;
  /** For providers that count tokens and tell in each answer how many are left. */
  tokens: TokenBudget;
};

export const QUOTA_HOUR_MS = 3_600_000;

/** What a call without room is told; the run comes back when there is some. */
export function quotaError(
  scope: string,
  code: 'quota_spent' | 'quota_busy' | 'quota_paused',
  afterMs: number,
) {
  const why = {
    quota_spent: 'the calls of this hour are used up',
    quota_busy: 'as many calls as allowed are under way',
    quota_paused: 'the provider asked for a pause',
  }[code];
  const message = `The budget of ${scope} has no room: ${why}. Reading goes on by itself.`;
  return new ConnectorError(message, {
    errorClass: 'rate_limited',
    code,
    remedy: afterTime(Math.ceil(afterMs)),
  });
}

/** Nobody outside the process has to be asked. */
const LOOK_AGAIN_MS = 5;

/** A budget of one process, for checks, kits and tests; workers share theirs through the database. */
export function memoryQuota(nowMs: () => number = Date.now): Quota {
  const calls = new Map<string, number[]>();
  const active = new Map<string, number>();
  const pausedUntil = new Map<string, number>();
  const recent = (scope: string): number[] => {
    const kept = (calls.get(scope) ?? []).filter((at) => at > nowMs() - QUOTA_HOUR_MS);
    calls.set(scope, kept);
    return kept;
  };
  return {
    async spend({ scope, perHour, concurrent }, call) {
      const pauseMs = (pausedUntil.get(scope) ?? 0) - nowMs();
      if (pauseMs > 0) throw quotaError(scope, 'quota_paused', pauseMs);
      const made = recent(scope);
      const [oldest] = made;
      if (perHour !== null && made.length >= perHour && oldest !== undefined) {
        throw quotaError(scope, 'quota_spent', oldest + QUOTA_HOUR_MS - nowMs());
      }
      const busy = active.get(scope) ?? 0;
      if (busy >= concurrent) throw quotaError(scope, 'quota_busy', 5_000);
      made.push(nowMs());
      active.set(scope, busy + 1);
      try {
        return await call();
      } finally {
        active.set(scope, (active.get(scope) ?? 1) - 1);
      }
    },
    async pause(scope, ms) {
      pausedUntil.set(scope, Math.max(pausedUntil.get(scope) ?? 0, nowMs() + ms));
    },
    async untilOldestExpiresMs(scope) {
      const [oldest] = recent(scope);
      return oldest === undefined ? 0 : Math.max(0, oldest + QUOTA_HOUR_MS - nowMs());
    },
    tokens: tokenBudget(memoryShelf(nowMs), LOOK_AGAIN_MS),
  };
}
