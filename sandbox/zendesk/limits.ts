import { tooManyRequests } from './refusal.ts';

const MINUTE_MS = 60_000;

/** Counts the requests of the last minute, and refuses those beyond the limit. */
export function minuteLimit(monotonicMs: () => number) {
  const taken: number[] = [];
  return {
    /** @returns how many are left */
    take(limit: number): number {
      const now = monotonicMs();
      while (taken[0] !== undefined && taken[0] <= now - MINUTE_MS) taken.shift();
      const [oldest] = taken;
      if (taken.length >= limit) {
        const waitMs = (oldest ?? now) + MINUTE_MS - now;
        throw tooManyRequests(Math.max(1, Math.ceil(waitMs / 1_000)));
      }
      taken.push(now);
      return limit - taken.length;
    },
  };
}

export type MinuteLimit = ReturnType<typeof minuteLimit>;
