import type { Worker } from 'bullmq';
import { startClockWatch } from './clock-watch.ts';
import type { JobLog } from './define-job.ts';
import type { Loop } from './loop.ts';
import { classesOf, QUARANTINE, QUEUE, QUEUE_CALL_MS, type QueueBackend, settles } from './schedule.ts';
import { type SyncDeps, syncConnection } from './sync-connection.ts';

/** From SIGTERM on, runs may finish for this long; then they are stopped and given back. */
const DRAIN_MS = 20_000;
/** What was stopped has this long to write that it was. */
const GIVE_BACK_MS = 3_000;
/** A process is not killed before: the scheduler's last call and its close, the runs, and the queue's own close. */
export const LONGEST_STOP_MS = 2 * QUEUE_CALL_MS + DRAIN_MS + GIVE_BACK_MS + QUEUE_CALL_MS;

/**
 * The worker: takes run ids from the queue and works them off. History, retries and delays are in our tables, so a
 * job here never fails for BullMQ: what went wrong is already written when it ends.
 */
export async function startWorker(
  backend: QueueBackend,
  deps: SyncDeps,
  log: JobLog,
  concurrency: number,
  databaseNow?: () => Promise<Date>,
): Promise<Loop> {
  const stopping = new AbortController();
  const open = (name: string, slots: number): Worker => {
    const { Worker: BoundWorker } = classesOf(backend);
    const worker = new BoundWorker(name, (job, _token, signal) => work(job.data, signal), {
      connection: backend.connection,
      concurrency: slots,
      lockDuration: 30_000,
      stalledInterval: 15_000,
      // A worker that dies takes its jobs' locks with it; the default of 1 gave up on runs that only were unlucky.
      maxStalledCount: 10,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    worker.on('error', (error: Error) =>
      log.warn({ event: 'worker_error', queue: name, err: error }, 'the worker reports an error'),
    );
    // What is not written when a job ends is found again by its lease.
    worker.on('failed', (job, error: Error) =>
      log.error({ event: 'job_broke', job: job?.id, err: error }, 'a job broke'),
    );
    worker.on('lockRenewalFailed', (jobIds: string[]) => {
      for (const jobId of jobIds) worker.cancelJob(jobId);
    });
    return worker as unknown as Worker;
  };
  const work = async (data: unknown, signal: AbortSignal | undefined): Promise<void> => {
    const payload = syncConnection.payload.safeParse(data);
    if (!payload.success) {
      log.warn({ event: 'job_skipped' }, 'a job of another version was left alone');
      return;
    }
    const ended = signal === undefined ? stopping.signal : AbortSignal.any([stopping.signal, signal]);
    await syncConnection.run(payload.data, deps, { signal: ended, log });
  };
  const workers = [open(QUEUE, concurrency), open(QUARANTINE, 1)];
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  const setFit = (fit: boolean): void => {
    for (const worker of workers) {
      const turned = fit ? worker.resume() : worker.pause(true);
      Promise.resolve(turned).catch((error: unknown) =>
        log.warn({ event: 'worker_not_paused', err: error }, 'a worker did not pause or resume'),
      );
    }
  };
  const clock = databaseNow === undefined ? null : startClockWatch(databaseNow, setFit, log);
  return {
    async stop() {
      await clock?.stop();
      const drained = Promise.all(workers.map((worker) => worker.close()));
      const timer = setTimeout(() => stopping.abort(new Error('the worker shuts down')), DRAIN_MS);
      await Promise.race([drained, new Promise((late) => setTimeout(late, DRAIN_MS + GIVE_BACK_MS).unref())]);
      clearTimeout(timer);
      stopping.abort(new Error('the worker shuts down'));
      await Promise.allSettled(workers.map((worker) => settles(worker.close(true))));
    },
  };
}
