import { type ConnectorContext, ConnectorError } from '../sdk/index.ts';
import { budgetError } from './budget-error.ts';
import { claimPlan, releasePlan } from './claims.ts';
import { type Ga4Client, withGa4Client } from './client.ts';
import type { Ga4Config } from './config.ts';
import type { PoolSet } from './pools.ts';
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
 * What a run may spend without looking first. While nobody knows what is left, one call goes first and all workers wait
 * for what its answer tells; it costs far less than the headroom (1,400 tokens of the smallest pool).
 */
const BLIND_TOKENS = 1_000;
/** What keeps us from looking, and from nothing else. */
const SURVIVED = ['config', 'bad_payload', 'schema_drift'];

/**
 * Makes a planned read when there is room for it and for all that is more useful and still to come in this run. Its tokens
 * are set aside while it is under way, so that no other worker spends them. Whoever makes the same read shares it.
 *
 * @param planned every read of the run; those of other pools do not count
 * @throws ConnectorError `quota_budget`: this read waits until the pool is full again
 */
export function readPlanned<T>(
  context: ConnectorContext<Ga4Config>,
  own: PlannedCost,
  planned: readonly PlannedCost[],
  read: (client: Ga4Client) => Promise<T>,
): Promise<T> {
  return context.shared(own.key, async () => {
    // Worked out when all of the run was: by then it was known what such questions have cost.
    const known = planned.find(({ key }) => key === own.key) ?? own;
    const plan = await admit(context, known, planned);
    try {
      return await withGa4Client(context, read, plan === null ? null : { pools: own.pools, id: plan });
    } finally {
      await releasePlan(context, own.pools, plan);
    }
  });
}

/** The claim of a plan; null where nothing tells what is left, and every call is weighed when it is made. */
async function admit(
  context: ConnectorContext<Ga4Config>,
  own: PlannedCost,
  planned: readonly PlannedCost[],
): Promise<string | null> {
  const state = await runState(context);
  const others = planned.filter(({ key, pools }) => key !== own.key && pools === own.pools);
  const waiting = others.filter(({ key }) => !state.admitted.has(key));
  const all = own.tokens + sum(waiting);
  const beside = sum(waiting.filter((other) => other.days < own.days));
  const wanted = { tokens: own.tokens, beside, mayGoFirst: all <= BLIND_TOKENS };
  let claimed = await claimPlan(context, own.pools, wanted);
  if (!claimed.ok && claimed.reason === 'unknown') {
    await look(context);
    claimed = await claimPlan(context, own.pools, wanted);
  }
  if (!claimed.ok && claimed.reason !== 'unknown') {
    throw budgetError(context, own.pools, own.tokens + beside, claimed);
  }
  state.admitted.add(own.key);
  return claimed.ok ? claimed.id : null;
}

function sum(costs: readonly PlannedCost[]): number {
  return costs.reduce((so, { tokens }) => so + tokens, 0);
}

/**
 * Asks what is left before much is asked for; this costs no tokens. The early API may be closed to somebody: then the
 * first answer tells, and every call is weighed against it.
 */
async function look(context: ConnectorContext<Ga4Config>): Promise<void> {
  await context.shared('ga4-quotas', () =>
    withGa4Client(context, (client) => client.quotas()).catch((error: unknown) => {
      if (error instanceof ConnectorError && SURVIVED.includes(error.errorClass)) return null;
      throw error;
    }),
  );
}
