import type { JobLog } from './define-job.ts';

export type Loop = { stop(): Promise<void> };

/**
 * Repeats `work`, `pauseMs` after it ended, until stopped; at once again while it says that there is more. A failure
 * is logged once a streak and waited out, up to 5 s: the database may be restarting.
 */
export function startLoop(
  name: string,
  pauseMs: number,
  log: JobLog,
  work: (signal: AbortSignal) => Promise<'more' | 'idle'>,
): Loop {
  const stopping = new AbortController();
  const running = (async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      let waitMs = pauseMs;
      try {
        if ((await work(stopping.signal)) === 'more') waitMs = 0;
        if (failures > 0) log.info({ event: 'loop_recovered', loop: name, failures }, 'the loop works again');
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1)
          log.error({ event: 'loop_failed', loop: name, err: error }, 'a loop failed and goes on trying');
        waitMs = Math.min(5_000, 200 * 2 ** Math.min(failures, 6));
      }
      await pause(waitMs, stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((wake) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      wake();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
