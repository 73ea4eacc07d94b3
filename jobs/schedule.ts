import { createPostgresBackend, createRedisBackend, type Queue, runMigrations, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type pg from 'pg';
import type { RunEngine } from '../src/app/run-outcome.ts';
import type { JobLog } from './define-job.ts';
import { type Loop, startLoop } from './loop.ts';

export const QUEUE = 'sync';
/** Runs that have killed their worker more than once go where they can only hurt themselves. */
export const QUARANTINE = 'sync-quarantine';
const QUARANTINE_AFTER_STARTS = 3;

const TICK_MS = 250;
const RECONCILE_MS = 15_000;
/** A queue call that has not settled by then never will: the PostgreSQL backend's calls after close() do not. */
export const QUEUE_CALL_MS = 5_000;

/** How BullMQ is reached. The rest of the code is the same for both. */
export type QueueBackend =
  | { kind: 'redis'; connection: Redis; close(): Promise<void> }
  | { kind: 'postgres'; connection: pg.Pool; close(): Promise<void> };

/** @param patience `commandTimeout` in ms, for those who would rather fail than wait until Redis is back */
export function redisBackend(url: string, patience: { commandTimeout?: number } = {}): QueueBackend {
  const connection = new Redis(url, { maxRetriesPerRequest: null, ...patience });
  connection.on('error', () => {}); // ioredis reconnects by itself; commands report what matters
  return { kind: 'redis', connection, close: async () => connection.disconnect() };
}

/** `pool` must be made with `search_path=bullmq`; its tables are brought up to date first. */
export async function postgresBackend(pool: pg.Pool): Promise<QueueBackend> {
  pool.setMaxListeners(100);
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  return { kind: 'postgres', connection: pool, close: async () => {} };
}

/** The classes bound to a backend; both take the same options from here on. */
export function classesOf(backend: QueueBackend) {
  // The two bindings differ in the type of `connection` alone, and each gets its own.
  return backend.kind === 'redis'
    ? withBackend(createRedisBackend)
    : (withBackend(createPostgresBackend) as unknown as ReturnType<
        typeof withBackend<never, QueueBackend['connection']>
      >);
}

/**
 * The scheduler: turns what is due into runs, and hands runs to the queue by their ids. It may run in every process
 * at once. A queue that was wiped is refilled from the tables.
 */
export async function startScheduler(
  backend: QueueBackend,
  runs: RunEngine,
  log: JobLog,
): Promise<Loop & { depth(): Promise<QueueDepth[]> }> {
  const normal = openQueue(backend, QUEUE, log);
  const quarantine = openQueue(backend, QUARANTINE, log);
  await Promise.all([normal.waitUntilReady(), quarantine.waitUntilReady()]);
  const tick = startLoop('schedule', TICK_MS, log, async () => {
    await runs.claimDueSlots();
    const due = await runs.takeDispatchable();
    for (const run of due) {
      const queue = run.starts >= QUARANTINE_AFTER_STARTS ? quarantine : normal;
      const jobId = `run_${run.id}_${run.attempt}`;
      await settles(queue.add(QUEUE, { v: 1, runId: run.id }, { ...JOB_OPTIONS, jobId }));
    }
    return due.length > 0 ? 'more' : 'idle';
  });
  const reconcile = startLoop('reconcile', RECONCILE_MS, log, async () => {
    const lost = await runs.recoverLostRuns();
    if (lost > 0)
      log.warn({ event: 'runs_recovered', runs: lost }, 'runs of workers that died were taken back');
    return 'idle';
  });
  return {
    depth: () => Promise.all([depthOf(normal), depthOf(quarantine)]),
    async stop() {
      await Promise.all([tick.stop(), reconcile.stop()]);
      await Promise.allSettled([settles(normal.close()), settles(quarantine.close())]);
    },
  };
}

/** What lies in a queue; delayed and prioritised jobs wait as well. */
export type QueueDepth = { queue: string; waiting: number; active: number };

async function depthOf(queue: Queue): Promise<QueueDepth> {
  const counts = await settles(queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active'));
  const { active = 0, ...others } = counts;
  const waiting = Object.values(others).reduce((sum, count) => sum + count, 0);
  return { queue: queue.name, waiting, active };
}

export type OpenQueues = { queues: Queue[]; close(): Promise<void> };

/** Both queues to look into, on a backend that is closed with them. @throws Error when they do not answer in time */
export async function openQueues(backend: QueueBackend, log: JobLog): Promise<OpenQueues> {
  const queues = [QUEUE, QUARANTINE].map((name) => openQueue(backend, name, log));
  const close = async (): Promise<void> => {
    await Promise.allSettled(queues.map((queue) => settles(queue.close())));
    await backend.close();
  };
  try {
    await Promise.all(queues.map((queue) => settles(queue.waitUntilReady())));
  } catch (error) {
    await close();
    throw error;
  }
  return { queues, close };
}

/** Retries, delays and history are in our tables; a job that is kept would swallow its own second coming. */
const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true, sizeLimit: 4_096 } as const;

function openQueue(backend: QueueBackend, name: string, log: JobLog): Queue {
  const { Queue: BoundQueue } = classesOf(backend);
  const queue = new BoundQueue(name, { connection: backend.connection });
  queue.on('error', (error: Error) =>
    log.warn({ event: 'queue_error', queue: name, err: error }, 'the queue reports an error'),
  );
  return queue as unknown as Queue;
}

export async function settles<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(
      () => fail(new Error(`the queue did not answer within ${QUEUE_CALL_MS / 1000} s`)),
      QUEUE_CALL_MS,
    );
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
