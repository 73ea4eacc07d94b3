import type { JobLog } from './define-job.ts';
import { type Loop, startLoop } from './loop.ts';

const PAUSE_MS = 60_000;
const WARN_MS = 2_000;
/** BullMQ's locks on PostgreSQL go by each process's own clock: a fast one takes jobs that others still work on. */
const UNFIT_MS = 5_000;

/**
 * Compares the computer's clock with the database's each minute, and says when it is too far off to take jobs, and
 * when it is right again. `databaseNow` is the server's real time.
 */
export function startClockWatch(
  databaseNow: () => Promise<Date>,
  setFit: (fit: boolean) => void,
  log: JobLog,
  computerNowMs: () => number = Date.now,
): Loop {
  let fit = true;
  return startLoop('clock', PAUSE_MS, log, async () => {
    const askedMs = computerNowMs();
    const database = (await databaseNow()).getTime();
    const skewMs = skewBetween(askedMs, computerNowMs(), database);
    const isFit = Math.abs(skewMs) <= UNFIT_MS;
    if (!isFit && fit)
      log.error(
        { event: 'clock_wrong', skewMs },
        'this computer’s clock is wrong, and no jobs are taken until it is right',
      );
    else if (Math.abs(skewMs) > WARN_MS)
      log.warn({ event: 'clock_drifts', skewMs }, 'this computer’s clock and the database’s drift apart');
    if (isFit !== fit) {
      fit = isFit;
      setFit(fit);
    }
    return 'idle';
  });
}

/** How far the computer is ahead of the database, in ms; 0 when the time that the answer took may explain it. */
export function skewBetween(askedMs: number, answeredMs: number, databaseMs: number): number {
  if (databaseMs < askedMs) return askedMs - databaseMs;
  if (databaseMs > answeredMs) return answeredMs - databaseMs;
  return 0;
}
