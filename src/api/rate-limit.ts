import { AppError } from '../app/errors.ts';

/** How many requests a minute: by one token, and by one address that nobody is signed in at. */
export type RequestLimits = { perToken: number; perAddress: number };
export const USUAL_LIMITS: RequestLimits = { perToken: 600, perAddress: 120 };

const WINDOW_MS = 60_000;
/** Beyond that many callers in a minute, all are counted together with the newest. */
const MAX_CALLERS = 50_000;

export type Counted = {
  policy: string;
  left: number;
  resetSeconds: number;
  limit: number;
  admitted: boolean;
};

/**
 * Counts requests of the running minute by caller. Each process counts for itself: the limits are there to stop a
 * runaway, not to sell shares.
 */
export function createCounter(policy: string, limit: number, now: () => number = () => performance.now()) {
  let endsAt = 0;
  let counts = new Map<string, number>();
  return (caller: string): Counted => {
    const at = now();
    if (at >= endsAt) {
      endsAt = at + WINDOW_MS;
      counts = new Map();
    }
    const key = counts.size >= MAX_CALLERS && !counts.has(caller) ? '' : caller;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const resetSeconds = Math.max(1, Math.ceil((endsAt - at) / 1_000));
    return { policy, limit, left: Math.max(0, limit - count), resetSeconds, admitted: count <= limit };
  };
}

/** The header fields of draft-ietf-httpapi-ratelimit-headers: what is allowed, and what is left of it. */
export function limitHeaders({ policy, limit, left, resetSeconds }: Counted): Record<string, string> {
  return {
    'ratelimit-policy': `"${policy}";q=${limit};w=${WINDOW_MS / 1_000}`,
    ratelimit: `"${policy}";r=${left};t=${resetSeconds}`,
  };
}

export function tooMany({ limit, resetSeconds }: Counted): AppError {
  return new AppError(
    'rate_limited',
    'rate_limited',
    `More than ${limit} requests came within a minute.`,
    `Wait ${resetSeconds} s, then go on more slowly.`,
    { retryable: true, retryAfterSeconds: resetSeconds },
  );
}
