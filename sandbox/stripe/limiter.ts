const PER_SECOND = 25; // of a Stripe sandbox; over all endpoints

/** A token bucket per key: so many requests at once, and as many more each second. */
export function rateLimiter(monotonicMs: () => number): (key: string, perSecond?: number) => boolean {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return (key, perSecond = PER_SECOND) => {
    const nowMs = monotonicMs();
    const bucket = buckets.get(key) ?? { tokens: perSecond, atMs: nowMs };
    const gained = ((nowMs - bucket.atMs) / 1_000) * perSecond;
    const tokens = Math.min(perSecond, bucket.tokens + gained);
    buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, atMs: nowMs });
    return tokens >= 1;
  };
}
