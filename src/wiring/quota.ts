import { setTimeout as delay } from 'node:timers/promises';
import { type Quota, quotaError, type TokenBook, tokenBudget } from '../../connectors/sdk/index.ts';
import type { QuotaStore } from '../app/ports.ts';
import type { QuotaLog } from './quota-log.ts';

/** How long a call waits for a place among those under way; longer, and the run gives its worker's slot back. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 200;
/** An export is under way for minutes: its place is kept for it, three times as often as it would be lost. */
const RENEW_MS = 50_000;

/** The budgets of the database, as connectors see them. `signal` ends the wait for a place; `log` hears what is spent. */
export function sharedQuota(store: QuotaStore, signal: AbortSignal, log: QuotaLog | null = null): Quota {
  const tokens = tokenBudget(
    {
      // The arithmetic is the connectors' own, and nobody else writes into the book.
      change: (scope, step) => store.changeBook(scope, (book, now) => step(book as TokenBook | null, now)),
      learned: (scope) => store.costs(scope),
      learn: (scope, shape, cost) => store.learnCost(scope, shape, cost),
    },
    LOOK_AGAIN_MS,
    signal,
  );
  return {
    async spend(rule, call) {
      const until = performance.now() + PATIENCE_MS;
      let taken = await store.take(rule);
      while (!taken.ok && taken.code === 'quota_busy' && performance.now() < until) {
        await delay(LOOK_AGAIN_MS, undefined, { signal });
        taken = await store.take(rule);
      }
      if (!taken.ok) throw quotaError(rule.scope, taken.code, taken.afterMs);
      const { id } = taken;
      log?.called(rule);
      // A place that is lost for a moment only lets another call begin earlier.
      const renewing = setInterval(() => void store.renew(id).catch(() => {}), RENEW_MS);
      try {
        return await call();
      } finally {
        clearInterval(renewing);
        await store.done(id);
      }
    },
    pause: (scope, ms) => store.pause(scope, ms),
    untilOldestExpiresMs: (scope) => store.untilOldestExpiresMs(scope),
    tokens: {
      ...tokens,
      settle: (scope, id, pools, spent) => {
        log?.settled(spent);
        return tokens.settle(scope, id, pools, spent);
      },
    },
  };
}
