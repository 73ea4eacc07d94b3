import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { moveClock } from '../support/database.ts';
import { hasRedis, redisNote, startRedis } from '../support/redis.ts';
import { openShop, type Shop } from './support/shop.ts';
import { buildOnce, loadWorker, type WorkerProcess } from './support/worker-process.ts';

const ROUNDS = Number(process.env.TIDEMARK_KILL_ROUNDS ?? 50);
/** A run that has begun this often is left alone once: the fifth start without an end would be its last. */
const STARTS = 4;
const LEASE_MS = 45_000;
// The company stands still a minute before the first sync, so that all syncs see the same facts.
const companyNow = new Date('2026-04-15T05:59:00Z');
const appNow = new Date('2026-04-15T06:00:00Z');

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  await buildOnce();
  folder = mkdtempSync(join(tmpdir(), 'tidemark-kill-'));
  const initial = { seed: 7, anchorDay: '2026-03-01', company: { customersAtStart: 25 } };
  sandbox = await startSandbox({
    statePath: join(folder, 'state.json'),
    port: 0,
    now: () => companyNow,
    initial,
  });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  { queue: 'PostgreSQL', skip: false, note: '' },
  { queue: 'Redis', skip: !hasRedis, note: redisNote },
])('with the queue in $queue$note', ({ queue, skip }) => {
  it.skipIf(skip)(
    `loses and doubles nothing when its worker is killed ${ROUNDS} times in the middle of a sync`,
    { timeout: 60_000 + ROUNDS * 6_000 },
    async () => {
      const redis = queue === 'Redis' ? await startRedis() : null;
      const calm = await openShop(sandbox, appNow, null);
      const shop = await openShop(sandbox, appNow, redis?.url ?? null);
      const begun: WorkerProcess[] = [];
      const load = async (of: Shop): Promise<WorkerProcess> => {
        const worker = await loadWorker(of.env);
        begun.push(worker);
        return worker;
      };
      try {
        const syncMs = await undisturbed(calm, await load(calm));
        const next = () => load(shop);
        const interrupted = await killRounds(shop, next, syncMs);
        (await next()).go();
        await finished(shop);

        expect(await facts(shop)).toEqual(await facts(calm));
        expect((await facts(calm)).points.length).toBeGreaterThan(45);
        // Most kills have to hit a sync that had begun and not ended, or nothing was tested.
        expect(interrupted).toBeGreaterThan(ROUNDS / 3);
        const runs = await runsOf(shop);
        expect(runs.filter((run) => run.status !== 'succeeded')).toEqual([]);
        // Each run that ended has left its evidence exactly once: one row for each of three metrics.
        const evidence = await shop.services.database.pool.query('SELECT 1 FROM sync_evidence');
        expect(evidence.rowCount).toBe(3 * runs.length);
      } finally {
        await Promise.all(begun.map((worker) => worker.kill()));
        await shop.close();
        await calm.close();
        await redis?.stop();
      }
    },
  );
});

/** One sync that nobody disturbs. @returns how long it took, in ms */
async function undisturbed(shop: Shop, worker: WorkerProcess): Promise<number> {
  worker.go();
  await finished(shop);
  await worker.kill();
  const took = await shop.services.database.pool.query<{ ms: number }>(
    'SELECT (EXTRACT(epoch FROM finished_at - started_at) * 1000)::int AS ms FROM sync_run',
  );
  return took.rows[0]?.ms ?? 0;
}

/** @returns how many kills hit a run that had begun and not ended */
async function killRounds(shop: Shop, load: () => Promise<WorkerProcess>, syncMs: number): Promise<number> {
  const { database, deps, workspace } = shop.services;
  const random = seeded(20_260_415);
  let interrupted = 0;
  let clockMs = appNow.getTime() - Date.now();
  let aimMs = syncMs;
  let worker = await load();
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = load(); // loads while this one works
    const live = (await runsOf(shop)).find((run) => run.status === 'queued' || run.status === 'running');
    if (live === undefined) await deps.runs.request(workspace.id, shop.connectionId, 'manual');
    const before = await lastStart(shop);
    worker.go();
    await until(async () => (await lastStart(shop)) > before, worker);
    if ((live?.starts ?? 0) >= STARTS - 1) await finished(shop);
    else await delay(random() * aimMs);
    await worker.kill();
    const hit = (await runsOf(shop)).some((run) => run.status === 'running');
    if (hit) interrupted += 1;
    // How long a sync takes depends on what came before and on the machine: the aim settles a little past its end.
    if ((live?.starts ?? 0) < STARTS - 1) aimMs = Math.max(aimMs * (hit ? 1.1 : 0.65), 20);
    clockMs += LEASE_MS + 1_000;
    await moveClock(database.pool, clockMs);
    worker = await next;
  }
  await worker.kill();
  return interrupted;
}

async function runsOf(shop: Shop): Promise<{ status: string; starts: number }[]> {
  return (await shop.services.database.pool.query('SELECT status, starts FROM sync_run ORDER BY slot')).rows;
}

async function lastStart(shop: Shop): Promise<number> {
  const last = await shop.services.database.pool.query<{ seq: number }>(
    'SELECT COALESCE(max(run_seq), 0)::int AS seq FROM sync_run',
  );
  return last.rows[0]?.seq ?? 0;
}

const finished = (shop: Shop): Promise<void> =>
  until(async () => (await runsOf(shop)).every((run) => run.status !== 'queued' && run.status !== 'running'));

async function until(holds: () => Promise<boolean>, worker?: WorkerProcess): Promise<void> {
  const giveUpAt = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`nothing happened for 30 s. ${worker?.errors() ?? ''}`);
    await delay(10);
  }
}

/** Everything that the two shops have to agree on. */
async function facts(shop: Shop) {
  const rows = async (question: string): Promise<unknown[]> =>
    (await shop.services.database.pool.query(question)).rows;
  return {
    points: await rows(
      `SELECT m.key, p.day, p.value, p.numerator, p.denominator, p.revision FROM metric_point p
       JOIN metric_version v ON v.id = p.metric_version_id JOIN metric m ON m.id = v.metric_id ORDER BY 1, 2`,
    ),
    revisions: await rows('SELECT * FROM metric_point_revision'),
    snapshots: await rows(
      `SELECT k.key, s.as_of_day, s.current_value, s.progress, s.expected, s.status, s.points FROM progress_snapshot s
       JOIN key_result k ON k.id = s.key_result_id ORDER BY 1, 2, s.points::text`,
    ),
    cursors: await rows(
      'SELECT m.key, v.cursor_day FROM metric_version v JOIN metric m ON m.id = v.metric_id ORDER BY 1',
    ),
  };
}

/** Mulberry32: the same numbers in [0, 1) each time, so that a failure can be seen again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
