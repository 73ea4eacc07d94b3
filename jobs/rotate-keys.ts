import type { JobLog } from './define-job.ts';
import { type Loop, startLoop } from './loop.ts';

export type RotateDeps = {
  /** One pass over all keys and secrets; nearly nothing to do unless a key is new. */
  rotate(signal: AbortSignal): Promise<{
    dataKeysMoved: number;
    secretsMoved: number;
    dataKeysRetired: number;
    unreadable: string[];
    isMasterSettled: boolean;
  }>;
};

const PAUSE_MS = 60_000;

/** Brings data keys and secrets under the newest keys. Any number of workers may do it at once. */
export function startRotating(deps: RotateDeps, log: JobLog): Loop {
  let told = '';
  return startLoop('rotate keys', PAUSE_MS, log, async (signal) => {
    const { dataKeysMoved, dataKeysRetired, isMasterSettled, secretsMoved, unreadable } =
      await deps.rotate(signal);
    const moved = { dataKeysMoved, secretsMoved, dataKeysRetired, isMasterSettled };
    if (dataKeysMoved + secretsMoved + dataKeysRetired > 0)
      log.info({ event: 'keys_rotated', ...moved }, 'keys were rotated');
    // Said once, and again when it is about others.
    const now = unreadable.join(' ');
    if (now !== told && now !== '')
      log.error({ event: 'secrets_unreadable', ids: unreadable }, 'secrets that no key at hand opens');
    told = now;
    return 'idle';
  });
}
