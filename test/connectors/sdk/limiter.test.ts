import { expect, it } from 'vitest';
import { createLimiter } from '../../../connectors/sdk/limiter.ts';

const free = new AbortController().signal;

it('starts no more than its rate in any second', async () => {
  const limiter = createLimiter({ requestsPerSecond: 40, concurrent: 100 });
  const starts: number[] = [];
  await Promise.all(
    Array.from({ length: 50 }, () => limiter.run(free, async () => starts.push(performance.now()))),
  );
  // The 41st start waits until a second after the first; timers may fire a little early, never much.
  const gap = (starts[40] ?? 0) - (starts[0] ?? 0);
  expect(gap).toBeGreaterThan(990);
  expect((starts[39] ?? 0) - (starts[0] ?? 0)).toBeLessThan(900);
});

it('spaces out starts that are rarer than one a second', async () => {
  const limiter = createLimiter({ requestsPerSecond: 0.5, concurrent: 1 });
  const stop = new AbortController();
  await limiter.run(free, async () => {});
  const second = limiter.run(stop.signal, async () => 'too early');
  stop.abort();
  await expect(second).rejects.toThrow('aborted');
});

it('runs no more at a time than allowed, and frees the place of a task that failed', async () => {
  const limiter = createLimiter({ requestsPerSecond: 1_000, concurrent: 2 });
  let running = 0;
  let most = 0;
  const task = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    throw new Error('failed');
  };
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => limiter.run(free, task)));
  expect(most).toBe(2);
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
});
