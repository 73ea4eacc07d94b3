import type { ConnectorContext, TokenClaim, TokenPool, TokensClaimed } from '../sdk/index.ts';
import { budgetError } from './budget-error.ts';
import type { Ga4Config } from './config.ts';
import { type PoolSet, tokenPools, toldOf } from './pools.ts';
import { runState, scopeOf } from './run-state.ts';
import type { Quota } from './schema.ts';

type Context = ConnectorContext<Ga4Config>;

/** What becomes of a call, for those who keep the budget. `tokens` and `left` are null until an answer tells them. */
export type Spent = { isSent: boolean; tokens: number | null; left: Quota | null };
export type CallClaim = { pools: PoolSet; tokens: number; plan: string | null };

/**
 * Makes a call whose tokens are set aside before and accounted for after it, for all workers together.
 *
 * @throws ConnectorError `quota_budget` when they do not fit
 */
export async function withClaim<T>(
  context: Context,
  { plan, pools, tokens }: CallClaim,
  work: (spent: Spent) => Promise<T>,
): Promise<T> {
  const claimed = await claim(context, pools, { kind: 'call', tokens, plan, mayGoFirst: true });
  if (!claimed.ok) throw budgetError(context, pools, tokens, claimed);
  const spent: Spent = { isSent: false, tokens: null, left: null };
  try {
    return await work(spent);
  } finally {
    // What cannot be written down now counts as spent once its time is over; that is no reason to lose an answer.
    await end(context, pools, claimed.id, spent).catch(() => {});
  }
}

/** Sets aside what a planned read will cost; its calls take their tokens out of it. */
export async function claimPlan(
  context: Context,
  pools: PoolSet,
  wanted: Pick<TokenClaim, 'tokens' | 'beside' | 'mayGoFirst'>,
): Promise<TokensClaimed> {
  return claim(context, pools, { kind: 'plan', ...wanted });
}

export async function releasePlan(context: Context, pools: PoolSet, plan: string | null): Promise<void> {
  // One that cannot be given back now is free again when its time is over.
  if (plan !== null) await context.quota.tokens.release(scopeOf(context, pools), plan).catch(() => {});
}

async function claim(
  context: Context,
  pools: PoolSet,
  wanted: Omit<TokenClaim, 'pools'>,
): Promise<TokensClaimed> {
  const own = await poolsOf(context);
  return context.quota.tokens.claim(scopeOf(context, pools), { ...wanted, pools: own });
}

async function end(context: Context, pools: PoolSet, id: string, spent: Spent): Promise<void> {
  const { tokens: budget } = context.quota;
  const scope = scopeOf(context, pools);
  if (!spent.isSent) return budget.release(scope, id);
  const { left, tokens } = spent;
  const told = left === null ? [] : toldOf(left, (await runState(context)).project);
  return budget.settle(scope, id, await poolsOf(context), { tokens, told });
}

async function poolsOf(context: Context): Promise<TokenPool[]> {
  return tokenPools((await runState(context)).project);
}
