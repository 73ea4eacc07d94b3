/**
 * Tokens that a provider counts for itself, in pools that it fills again by its own clock. What a call costs is told by
 * its answer only; so tokens are set aside before a call is made, and the answer says what has become of them.
 */
export type TokenPool = {
  /** Names the pool within its scope. */
  name: string;
  /** Until the provider fills it again, seen from a moment. */
  refillMs(now: Date): number;
};

/** Tokens that somebody means to spend, in every one of these pools. */
export type TokenClaim = {
  pools: readonly TokenPool[];
  tokens: number;
  /** A plan is given back when its time is over; the tokens of a call that nobody ended may have been spent. */
  kind: 'plan' | 'call';
  /** There has to be room for these too, though they are not set aside: reads that are still to come and are worth more. */
  beside?: number;
  /** The claim of a plan that these tokens were set aside in already. */
  plan?: string | null;
  /** Whether to go first while nobody knows what is left. One at a time may: its answer tells the others. */
  mayGoFirst: boolean;
};

/**
 * Why there is no room: too little is left; it would do, but others have set tokens aside (or are finding out what is
 * left); or nobody knows what is left.
 */
export type TokenRefusal = {
  reason: 'short' | 'set_aside' | 'unknown';
  /** The pool that is filled last among those without room. */
  pool: string;
  /** What is surely left in it; null where nobody knows. */
  left: number | null;
  kept: number;
  setAside: number;
  /** Until it is worth asking again. */
  afterMs: number;
  /** The moment at which this was so, by the clock that all workers share. */
  at: Date;
};
export type TokensClaimed = { ok: true; id: string } | ({ ok: false } & TokenRefusal);

/** What an answer says of a pool. `remaining` is null where it says nothing; `kept` is what others may have of it. */
export type PoolTold = { name: string; remaining: number | null; kept: number };
/** What a call came to. `tokens` is null where the answer did not say: then all that was set aside counts as spent. */
export type TokensSpent = { tokens: number | null; told: readonly PoolTold[] };

/** The tokens of every scope, counted for all workers together. */
export type TokenBudget = {
  /** Sets tokens aside in every pool or in none. Waits a little for those that others have set aside. */
  claim(scope: string, claim: TokenClaim): Promise<TokensClaimed>;
  settle(scope: string, id: string, pools: readonly TokenPool[], spent: TokensSpent): Promise<void>;
  /** Nothing was asked: the tokens are free again. */
  release(scope: string, id: string): Promise<void>;
  /** What questions of a shape have cost, by shape. */
  learned(scope: string): Promise<Record<string, number>>;
  learn(scope: string, shape: string, tokens: number): Promise<void>;
};
