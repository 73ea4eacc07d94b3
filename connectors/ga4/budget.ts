import { type ConnectorContext, ConnectorError } from '../sdk/index.ts';
import { budgetError } from './budget-error.ts';
import { withGa4Client } from './client.ts';
import type { Ga4Config } from './config.ts';
import { type PoolSet, shortOf } from './pools.ts';
import { runState } from './run-state.ts';

/** One planned read that asks on its own: a batch of reports, or a metric with requests of its own. */
export type PlannedCost = {
  key: string;
  pools: PoolSet;
  /** How far back it reads. Few days are the newest ones of a running metric, many are a past that can wait. */
  days: number;
  tokens: number;
};

/**
 * What a run may spend without looking first. Any answer that leaves less than the headroom (1,400 tokens of the smallest
 * pool) stops all workers, so this much can be asked blindly and still not exceed what is left.
 */
const BLIND_TOKENS = 1_000;
/** What keeps us from looking, and from nothing else. */
const SURVIVED = ['config', 'bad_payload', 'schema_drift'];

/**
 * Lets a planned read through when there is room for it and for all that is more useful and still to come. Room is what
 * the newest answer left, less a tenth for other tools.
 *
 * @param planned every read of the run; those of other pools do not count
 * @throws ConnectorError `quota_budget`: this read waits until the pool is full again
 */
export async function admit(
  context: ConnectorContext<Ga4Config>,
  own: PlannedCost,
  planned: readonly PlannedCost[],
): Promise<void> {
  const state = await runState(context);
  if (state.admitted.has(own.key)) return;
  const others = planned.filter(({ key, pools }) => key !== own.key && pools === own.pools);
  const waiting = others.filter(({ key }) => !state.admitted.has(key));
  const all = own.tokens + waiting.reduce((sum, { tokens }) => sum + tokens, 0);
  if (state.left[own.pools] === null && all > BLIND_TOKENS) await look(context);
  const left = state.left[own.pools];
  if (left !== null) {
    const before = waiting.filter((other) => other.days < own.days);
    const tokens = before.reduce((sum, other) => sum + other.tokens, own.tokens);
    const shortage = shortOf(left, tokens, context.now);
    if (shortage !== null) throw budgetError(context, own.pools, tokens, shortage);
  }
  state.admitted.add(own.key);
}

/**
 * Asks what is left before much is asked for; this costs no tokens. The early API may be closed to somebody: then the
 * first answer tells, and every call is weighed against it.
 */
async function look(context: ConnectorContext<Ga4Config>): Promise<void> {
  await context.shared('ga4-quotas', async () => {
    const quotas = await withGa4Client(context, (client) => client.quotas()).catch((error: unknown) => {
      if (error instanceof ConnectorError && SURVIVED.includes(error.errorClass)) return null;
      throw error;
    });
    const state = await runState(context);
    state.left.core ??= quotas?.corePropertyQuota ?? null;
    state.left.funnel ??= quotas?.funnelPropertyQuota ?? null;
  });
}
