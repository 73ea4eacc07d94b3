import { setTimeout as delay } from 'node:timers/promises';

export type Limits = { requestsPerSecond: number; concurrent: number };
export type Limiter = { run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> };

/**
 * Holds one connection's run to its provider's limits: never more than `concurrent` at a time, and never more
 * than `requestsPerSecond` starts in any second. Rates below one per second space the starts out.
 */
export function createLimiter(limits: Limits): Limiter {
  const burst = Math.max(1, Math.floor(limits.requestsPerSecond));
  const windowMs = (burst / limits.requestsPerSecond) * 1_000;
  const starts: number[] = []; // the last `burst` start times, some of them still ahead
  const waiting: Array<() => void> = [];
  let active = 0;

  async function acquire(signal: AbortSignal): Promise<void> {
    while (active >= limits.concurrent) await released(waiting, signal);
    active += 1;
    const now = performance.now();
    const oldest = starts.length < burst ? undefined : starts.shift();
    const startAt = oldest === undefined ? now : Math.max(now, oldest + windowMs);
    starts.push(startAt);
    if (startAt > now) await delay(startAt - now, undefined, { signal }).catch(giveBack);
  }

  function giveBack(error: unknown): never {
    release();
    throw error;
  }

  function release(): void {
    active -= 1;
    waiting.shift()?.();
  }

  return {
    async run(signal, task) {
      signal.throwIfAborted();
      await acquire(signal);
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}

/** Resolves when a place comes free; leaves the queue, passing nothing on, when the signal fires. */
function released(waiting: Array<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const wake = () => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const leave = () => {
      const place = waiting.indexOf(wake);
      if (place >= 0) waiting.splice(place, 1);
      reject(signal.reason as Error);
    };
    waiting.push(wake);
    signal.addEventListener('abort', leave, { once: true });
  });
}
