import type { TokenClaim, TokenPool, TokenRefusal, TokensClaimed, TokensSpent } from './token-pools.ts';
import { roomIn, type Verdict, worstOf } from './token-room.ts';

/**
 * What is written down about the tokens of one scope. Whoever changes it has it alone, so the order in which numbers are
 * given is the order in which things were done.
 *
 * The promise: as long as nobody but us spends and no call costs more than was set aside for it, a pool holds at least
 * what `leftOf` says, less what its open calls cost. What others spend is known up to the newest answer.
 */
export type TokenBook = { nextId: number; pages: Record<string, Page>; held: Held[] };

/** One pool until it is filled again; without a page, nobody knows what is in it. */
export type Page = {
  /** What the newest answer said is left. Null: it named no number, so there is none to keep to. */
  told: number | null;
  /** Spent by calls whose answer never told, and perhaps not yet in that number. */
  lost: number;
  kept: number;
  fullAtMs: number;
  /** The number given to the newest answer that told of it. */
  toldBy: number;
};

/** Tokens set aside. `pools`: when each of them was to be filled, seen from when they were. */
export type Held = {
  id: number;
  kind: 'plan' | 'call';
  tokens: number;
  pools: Record<string, number>;
  untilMs: number;
  /** Spent by others of us since, in calls whose answer never told: this one's answer may not know of them. */
  unseen: number;
};

/** What is surely left of a pool before what is set aside in it. */
export function leftOf({ lost, told }: Page): number | null {
  return told === null ? null : told - lost;
}

export const EMPTY_BOOK: TokenBook = { nextId: 1, pages: {}, held: [] };

/** Longer than any call takes; a plan's time begins anew with each of its calls. */
export const CLAIM_MS = 150_000;
/** When to come back for tokens that others have set aside and may not need. */
const SET_ASIDE_WAIT_MS = 60_000;

type Changed<T> = { book: TokenBook; result: T };

/** Sets tokens aside in every pool, or says which pool has no room. */
export function claimTokens(before: TokenBook, claim: TokenClaim, now: Date): Changed<TokensClaimed> {
  const book = upToDate(before, now);
  const plan = book.held.find(({ id }) => String(id) === claim.plan);
  const verdicts = claim.pools.map((pool) => ({ pool, verdict: roomIn(book, pool.name, claim, plan) }));
  const worst = worstOf(verdicts, now);
  if (worst !== null) return { book, result: { ok: false, ...refusal(worst.pool, worst.verdict, now) } };
  const untilMs = now.getTime() + CLAIM_MS;
  const made: Held = {
    id: book.nextId,
    kind: claim.kind,
    tokens: claim.tokens,
    pools: Object.fromEntries(claim.pools.map((pool) => [pool.name, now.getTime() + pool.refillMs(now)])),
    untilMs,
    unseen: 0,
  };
  const held = book.held.map((one) =>
    one === plan ? { ...one, untilMs, tokens: Math.max(0, one.tokens - claim.tokens) } : one,
  );
  return {
    book: { ...book, nextId: book.nextId + 1, held: [...held, made] },
    result: { ok: true, id: String(made.id) },
  };
}

/** Gives back what was never spent. */
export function releaseTokens(before: TokenBook, id: string, now: Date): Changed<null> {
  const held = before.held.filter((one) => String(one.id) !== id);
  return { book: upToDate({ ...before, held }, now), result: null };
}

/** Ends a call with what its answer told; without an answer, all that was set aside counts as spent. */
export function settleTokens(
  before: TokenBook,
  id: string,
  pools: readonly TokenPool[],
  spent: TokensSpent,
  now: Date,
): Changed<null> {
  const book = upToDate(before, now);
  const own = book.held.find((one) => String(one.id) === id);
  // Its time was over: all of it counts as spent, and who knows what others have done since.
  if (own === undefined) return { book, result: null };
  const others = book.held.filter((one) => one !== own);
  const tokens = spent.tokens ?? own.tokens;
  const number = book.nextId;
  let isSeen = true;
  const pages = { ...book.pages };
  for (const pool of pools) {
    const fullAtMs = own.pools[pool.name];
    if (fullAtMs === undefined) continue;
    const page = pages[pool.name];
    const told = spent.told.find(({ name }) => name === pool.name);
    // Asked before the pool was filled and answered after: nobody knows which of the two the number tells of.
    const counts = told !== undefined && now.getTime() < fullAtMs;
    isSeen &&= counts && told.remaining !== null;
    if (counts && (told.remaining !== null || page === undefined)) {
      const kept = Math.max(told.kept, page?.kept ?? 0);
      const until = now.getTime() + pool.refillMs(now);
      pages[pool.name] = { ...heeded(page, own, told.remaining), kept, toldBy: number, fullAtMs: until };
    } else if (page !== undefined) pages[pool.name] = { ...page, lost: page.lost + tokens };
  }
  const held = isSeen ? others : withUnseen(others, own, tokens);
  return { book: { nextId: number + 1, pages, held }, result: null };
}

/**
 * Answers come in any order. Until a pool is filled its number only falls, so of two answers the smaller number is the
 * newer one, and holds all that was spent before it. A larger number is the newer one only when its call began after the
 * newest answer had come; then the pool was filled at a time of its own.
 */
function heeded(page: Page | undefined, own: Held, told: number | null): Pick<Page, 'told' | 'lost'> {
  const { unseen } = own;
  if (page === undefined || page.told === null || told === null) return { told, lost: unseen };
  if (told <= page.told) return { told, lost: Math.min(page.lost, unseen) };
  return page.toldBy < own.id ? { told, lost: unseen } : { told: page.told, lost: page.lost };
}

/**
 * The book at a moment: pools that were filled are unknown again, plans whose time is over are given back, and calls whose
 * time is over count as spent, because nobody can say that they were not.
 */
function upToDate(book: TokenBook, now: Date): TokenBook {
  const nowMs = now.getTime();
  const pages = Object.fromEntries(Object.entries(book.pages).filter(([, page]) => nowMs < page.fullAtMs));
  let held = book.held.filter(({ untilMs }) => nowMs < untilMs);
  for (const lost of book.held) {
    if (nowMs < lost.untilMs || lost.kind === 'plan') continue;
    for (const name of Object.keys(lost.pools)) {
      const page = pages[name];
      if (page !== undefined) pages[name] = { ...page, lost: page.lost + lost.tokens };
    }
    held = withUnseen(held, lost, lost.tokens);
  }
  return { ...book, pages, held };
}

function withUnseen(held: readonly Held[], ended: Held, tokens: number): Held[] {
  return held.map((one) =>
    Object.keys(one.pools).some((name) => name in ended.pools)
      ? { ...one, unseen: one.unseen + tokens }
      : one,
  );
}

function refusal(pool: TokenPool, verdict: Exclude<Verdict, null>, now: Date): TokenRefusal {
  const refillMs = pool.refillMs(now);
  const afterMs = verdict.reason === 'short' ? refillMs : Math.min(refillMs, SET_ASIDE_WAIT_MS);
  return { ...verdict, pool: pool.name, afterMs, at: now };
}
