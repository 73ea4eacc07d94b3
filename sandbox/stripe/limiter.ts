const PER_SECOND = 25; // of a Stripe sandbox; over all endpoints

/** A token bucket per key: 25 requests at once, and 25 more each second. */
export function rateLimiter(monotonicMs: () => number): (key: string) => boolean {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return (key) => {
    const nowMs = monotonicMs();
    const bucket = buckets.get(key) ?? { tokens: PER_SECOND, atMs: nowMs };
    const gained = ((nowMs - bucket.atMs) / 1_000) * PER_SECOND;
    const tokens = Math.min(PER_SECOND, bucket.tokens + gained);
    buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, atMs: nowMs });
    return tokens >= 1;
  };
}
