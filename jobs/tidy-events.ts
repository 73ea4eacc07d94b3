import type { JobLog } from './define-job.ts';
import { type Loop, startLoop } from './loop.ts';

export type TidyDeps = {
  /** Connections that have events. */
  connections(): Promise<string[]>;
  /** @returns how many files became fewer, and how many were deleted */
  tidy(connectionId: string, signal: AbortSignal): Promise<{ compacted: number; swept: number }>;
};

const PAUSE_MS = 600_000;

/** Makes larger files of small ones, and deletes those that nobody reads any more. Any number of workers may do it at once. */
export function startTidying(deps: TidyDeps, log: JobLog): Loop {
  let isStart = true;
  return startLoop('tidy events', PAUSE_MS, log, async (signal) => {
    // A start has more urgent things to do.
    if (isStart) {
      isStart = false;
      return 'idle';
    }
    for (const connectionId of await deps.connections()) {
      if (signal.aborted) break;
      const { compacted, swept } = await deps.tidy(connectionId, signal);
      if (compacted + swept > 0)
        log.info({ event: 'events_tidied', connectionId, compacted, swept }, 'files of events were tidied');
    }
    return 'idle';
  });
}
