import { type Held, leftOf, type TokenBook } from './token-book.ts';
import type { TokenClaim, TokenPool, TokenRefusal } from './token-pools.ts';

/** What keeps a claim out of one pool; null when there is room. */
export type Verdict = Pick<TokenRefusal, 'reason' | 'left' | 'kept' | 'setAside'> | null;

/** Whether one pool has room for a claim beside everything that is set aside in it. */
export function roomIn(book: TokenBook, name: string, claim: TokenClaim, plan: Held | undefined): Verdict {
  // A look costs nothing.
  if (claim.tokens === 0 && (claim.beside ?? 0) === 0) return null;
  const held = book.held.filter((one) => one.tokens > 0 && name in one.pools);
  const calls = held.filter(({ kind }) => kind === 'call');
  const page = book.pages[name];
  if (page === undefined) return roomInUnknown(claim, claim.kind === 'call' ? calls : held);
  const { kept } = page;
  const left = leftOf(page);
  if (left === null) return null;
  const free = left - kept;
  const ofPlan = plan !== undefined && name in plan.pools ? plan.tokens : 0;
  // Beyond its plan a call asks for room like everybody; within it, it only stands back behind other calls, because
  // plans that no longer fit are not worth more than its own.
  const further = Math.max(0, claim.tokens - ofPlan) + (claim.beside ?? 0);
  const asideByAll = sum(held);
  const inFlight = sum(calls);
  const fits = (further === 0 || further <= free - asideByAll) && claim.tokens <= free - inFlight;
  if (fits) return null;
  const fitsAlone = further <= free - ofPlan && claim.tokens <= free;
  const setAside = asideByAll - ofPlan;
  return { reason: fitsAlone ? 'set_aside' : 'short', left, kept, setAside };
}

/** While nobody knows what is left one small claim goes first, and all others wait for what its answer tells. */
function roomInUnknown({ mayGoFirst }: TokenClaim, others: readonly Held[]): Verdict {
  const setAside = sum(others);
  if (others.length > 0) return { reason: 'set_aside', left: null, kept: 0, setAside };
  return mayGoFirst ? null : { reason: 'unknown', left: null, kept: 0, setAside };
}

const WORST_FIRST = ['short', 'set_aside', 'unknown'];

/** The verdict that keeps a claim out for longest: a lack before a wait, and of two lacks that of the slower pool. */
export function worstOf(
  verdicts: ReadonlyArray<{ pool: TokenPool; verdict: Verdict }>,
  now: Date,
): { pool: TokenPool; verdict: Exclude<Verdict, null> } | null {
  const bad = verdicts.flatMap(({ pool, verdict }) => (verdict === null ? [] : [{ pool, verdict }]));
  const rank = ({ verdict }: (typeof bad)[number]) => WORST_FIRST.indexOf(verdict.reason);
  return bad.toSorted((a, b) => rank(a) - rank(b) || b.pool.refillMs(now) - a.pool.refillMs(now))[0] ?? null;
}

function sum(held: readonly Held[]): number {
  return held.reduce((so, { tokens }) => so + tokens, 0);
}
