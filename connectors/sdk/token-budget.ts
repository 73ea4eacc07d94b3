import { setTimeout as delay } from 'node:timers/promises';
import { claimTokens, EMPTY_BOOK, releaseTokens, settleTokens, type TokenBook } from './token-book.ts';
import type { TokenBudget } from './token-pools.ts';

/** Where books and prices are kept. `change` gives the book to one caller at a time, with the time that all share. */
export type TokenShelf = Pick<TokenBudget, 'learned' | 'learn'> & {
  change<T>(
    scope: string,
    step: (book: TokenBook | null, now: Date) => { book: TokenBook; result: T },
  ): Promise<T>;
};

/** How long a claim waits for tokens that others have set aside; longer, and the run gives its worker's slot back. */
const PATIENCE_MS = 10_000;

/** The arithmetic of `token-book.ts` over books that are kept anywhere. `signal` ends the wait for tokens. */
export function tokenBudget(shelf: TokenShelf, lookAgainMs: number, signal?: AbortSignal): TokenBudget {
  return {
    async claim(scope, claim) {
      const until = performance.now() + PATIENCE_MS;
      for (;;) {
        const claimed = await shelf.change(scope, (book, now) => claimTokens(book ?? EMPTY_BOOK, claim, now));
        if (claimed.ok || claimed.reason !== 'set_aside' || performance.now() >= until) return claimed;
        await delay(lookAgainMs, undefined, signal === undefined ? {} : { signal });
      }
    },
    async settle(scope, id, pools, spent) {
      await shelf.change(scope, (book, now) => settleTokens(book ?? EMPTY_BOOK, id, pools, spent, now));
    },
    async release(scope, id) {
      await shelf.change(scope, (book, now) => releaseTokens(book ?? EMPTY_BOOK, id, now));
    },
    learned: (scope) => shelf.learned(scope),
    learn: (scope, shape, tokens) => shelf.learn(scope, shape, tokens),
  };
}

/** Books of one process. */
export function memoryShelf(nowMs: () => number): TokenShelf {
  const books = new Map<string, TokenBook>();
  const prices = new Map<string, Record<string, number>>();
  return {
    async change(scope, step) {
      const { book, result } = step(books.get(scope) ?? null, new Date(nowMs()));
      books.set(scope, book);
      return result;
    },
    learned: async (scope) => prices.get(scope) ?? {},
    async learn(scope, shape, tokens) {
      prices.set(scope, { ...prices.get(scope), [shape]: tokens });
    },
  };
}
