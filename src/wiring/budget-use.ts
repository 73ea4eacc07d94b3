import type { Budget, TokenBook } from '../../connectors/sdk/index.ts';
import type { BudgetUse, QuotaLook, QuotaStore } from '../app/ports.ts';

const HOUR_MS = 3_600_000;

/** How much of each budget is used, as the workers have counted it or the provider has told them. */
export async function budgetUse(store: QuotaStore, budgets: readonly Budget[]): Promise<BudgetUse[]> {
  const scopes = [...new Set(budgets.map(({ scope }) => scope))];
  const looks = new Map(
    await Promise.all(scopes.map(async (scope) => [scope, await store.look(scope)] as const)),
  );
  return budgets.map((budget) => useOf(budget, looks.get(budget.scope) as QuotaLook)); // every scope was looked at
}

function useOf(budget: Budget, look: QuotaLook): BudgetUse {
  const { name, counts } = budget;
  const paused = look.pausedUntil !== null && look.pausedUntil > look.now ? look.pausedUntil : null;
  if (budget.counts === 'calls') {
    // Calls stop counting one by one, the oldest first.
    const freeAt = look.oldestAt === null ? null : new Date(look.oldestAt.getTime() + HOUR_MS);
    return { name, counts, used: look.calls, limit: budget.limit, freeAt, pausedUntil: paused };
  }
  const page = (look.book as TokenBook | null)?.pages[budget.pool];
  const left = page === undefined || page.told === null ? null : Math.max(0, page.told - page.lost);
  // A pool that was filled since is unknown again until the next answer tells of it.
  if (page === undefined || left === null || look.now.getTime() >= page.fullAtMs) {
    return { name, counts, used: null, limit: budget.sizeOf(0), freeAt: null, pausedUntil: paused };
  }
  const limit = budget.sizeOf(left);
  return { name, counts, used: limit - left, limit, freeAt: new Date(page.fullAtMs), pausedUntil: paused };
}
