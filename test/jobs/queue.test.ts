import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Loop } from '../../jobs/loop.ts';
import { classesOf, QUEUE, startScheduler } from '../../jobs/schedule.ts';
import { startWorker } from '../../jobs/worker.ts';
import { createRunEngine } from '../../src/db/create-run-engine.ts';
import { createSourceStore } from '../../src/db/source-store.ts';
import { makeDue, queueRun, seedSource, statusOf } from '../db/support/seed.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';
import { noKeyResults } from '../support/evaluate.ts';
import { hasRedis, redisNote } from '../support/redis.ts';
import { openQueue, silent, stubSources, type TestQueue } from './support/queue.ts';

describe.each([
  { kind: 'postgres' as const, title: 'PostgreSQL', skip: false },
  { kind: 'redis' as const, title: `Redis${redisNote}`, skip: !hasRedis },
])('with the queue in $title', ({ kind, skip }) => {
  let database: TestDatabase;
  let queue: TestQueue;
  let engine: ReturnType<typeof createRunEngine>;
  let loops: Loop[];
  beforeEach(async () => {
    if (skip) return;
    database = await freshDatabase();
    queue = await openQueue(kind, database);
    loops = [];
    engine = createRunEngine(database, createSourceStore(database), noKeyResults);
  });
  afterEach(async () => {
    if (skip) return;
    for (const loop of loops.toReversed()) await loop.stop();
    await queue.close();
    await database.close();
  });

  const schedule = async () => loops.push(await startScheduler(queue.backend, engine, silent));
  const work = async (sources = stubSources(), concurrency = 4) =>
    loops.push(
      await startWorker(queue.backend, { runs: engine, sources, owner: 'worker' }, silent, concurrency),
    );
  const points = async () =>
    (await database.pool.query<{ value: string }>('SELECT value FROM metric_point')).rows;
  const openRuns = async () =>
    (await database.pool.query(`SELECT 1 FROM sync_run WHERE status IN ('queued', 'running')`)).rowCount;

  it.skipIf(skip)('works off a due slot from schedule to stored points', async () => {
    const { connectionId } = await seedSource(database, 'shop');
    await makeDue(database, connectionId);
    await schedule();
    await work();
    await until(async () => (await points()).length === 1);
    await until(async () => (await openRuns()) === 0);
    expect(await points()).toEqual([{ value: '42' }]);
    const runs = await database.pool.query('SELECT status, trigger, starts, points_changed FROM sync_run');
    expect(runs.rows).toEqual([{ status: 'succeeded', trigger: 'schedule', starts: 0, points_changed: 1 }]);
  });

  it.skipIf(skip)('puts nothing into the queue but the id of a run', async () => {
    const { connectionId } = await seedSource(database, 'shop');
    const runId = await queueRun(database, connectionId);
    await schedule();
    const { Queue } = classesOf(queue.backend);
    const seen = new Queue(QUEUE, { connection: queue.backend.connection });
    seen.on('error', () => {});
    await until(async () => (await seen.getJobs(['waiting'])).length === 1);
    const [job] = await seen.getJobs(['waiting']);
    await seen.close();
    expect(job?.data).toEqual({ v: 1, runId });
    expect(job?.id).toBe(`run_${runId}_1`);
  });

  it.skipIf(skip)('reads once although a run is delivered three times at once', async () => {
    const { connectionId } = await seedSource(database, 'shop');
    const runId = await queueRun(database, connectionId);
    let reads = 0;
    await work(
      stubSources(async () => {
        reads += 1;
        await delay(50); // long enough for the others to be delivered meanwhile
      }),
    );
    const { Queue } = classesOf(queue.backend);
    const repeating = new Queue(QUEUE, { connection: queue.backend.connection });
    repeating.on('error', () => {});
    const options = { removeOnComplete: true, removeOnFail: true };
    await Promise.all([1, 2, 3].map(() => repeating.add(QUEUE, { v: 1, runId }, options)));
    await until(async () => (await statusOf(database, runId)) === 'succeeded');
    await until(async () => (await repeating.getJobCountByTypes('waiting', 'active')) === 0);
    await repeating.close();
    expect(reads).toBe(1);
    expect(await points()).toEqual([{ value: '42' }]);
    expect((await database.pool.query('SELECT 1 FROM sync_evidence')).rowCount).toBe(1);
  });

  it.skipIf(skip)('finishes all of 20 waiting runs although the queue is wiped five times', async () => {
    const runIds: string[] = [];
    for (let index = 0; index < 20; index += 1) {
      const { connectionId } = await seedSource(database, `c${index}`);
      runIds.push(await queueRun(database, connectionId));
    }
    await schedule();
    // Nobody works yet, so that each wipe hits all twenty; the clock is moved past the 30 s of patience each time.
    for (let wipe = 1; wipe <= 5; wipe += 1) {
      await until(async () => (await handedOut()) === 20);
      await queue.wipe();
      if (wipe < 5) {
        await moveClock(database.pool, wipe * 31_000);
      }
    }
    await work();
    await moveClock(database.pool, 5 * 31_000);
    await until(async () => (await openRuns()) === 0);
    const done = await Promise.all(runIds.map((runId) => statusOf(database, runId)));
    expect(done).toEqual(runIds.map(() => 'succeeded'));
    expect(await points()).toHaveLength(20);
  });

  /** Runs that were handed to the queue within the last 30 s of the database's clock. */
  const handedOut = async () =>
    (
      await database.pool.query(
        `SELECT 1 FROM sync_run WHERE enqueued_at > app_now() - interval '30 seconds'`,
      )
    ).rowCount;

  it.skipIf(skip)('ends the sync that it is in before it stops', async () => {
    const { connectionId } = await seedSource(database, 'shop');
    const runId = await queueRun(database, connectionId);
    let reading = () => {};
    const begun = new Promise<void>((done) => (reading = done));
    await schedule();
    await work(
      stubSources(async () => {
        reading();
        await delay(100);
      }),
    );
    await begun;
    await loops.pop()?.stop();
    expect(await statusOf(database, runId)).toBe('succeeded'); // a short read is waited for
    expect(await points()).toHaveLength(1);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error('nothing happened for 30 s');
    await delay(10);
  }
}
