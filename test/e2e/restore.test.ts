import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { syncConnection } from '../../jobs/sync-connection.ts';
import { ingestValues } from '../../src/app/ingest-values.ts';
import { openDatabase } from '../../src/db/database.ts';
import { backUp } from '../../src/wiring/backup/back-up.ts';
import { restoreBackup } from '../../src/wiring/backup/restore.ts';
import type { Config } from '../../src/wiring/config.ts';
import { createLog, openServices, type Services } from '../../src/wiring/services.ts';
import { createDatabase, dropDatabase, moveClock } from '../support/database.ts';
import { openTown, relayOnce, startInbox } from './support/alerting.ts';
import { startSimulation } from './support/simulation.ts';

// R22: a backup that is one day old is restored. No old alert goes out again, and the day that is missing is read.
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const never = new AbortController().signal;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** Backs up now; later brings it back into a database of its own, at this moment of the clock, and opens that. */
async function backup(services: Services) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-restore-'));
  const file = join(folder, 'saved.tar.gz');
  await backUp(services.config, services.databaseUrl, file, never);
  closers.push(async () => rmSync(folder, { recursive: true }));
  return async (nowMs: number) => {
    const databaseUrl = await createDatabase();
    closers.push(() => dropDatabase(databaseUrl));
    const config: Config = {
      ...services.config,
      databaseUrl,
      eventsDir: join(folder, 'events'),
    };
    await setClock(databaseUrl, nowMs);
    const settled = await restoreBackup(config, file, false, () => {}, never);
    const restored = await openServices(
      config,
      databaseUrl,
      'http://localhost',
      createLog({ logLevel: 'silent' }),
    );
    closers.push(() => restored.close());
    return { restored, settled };
  };
}

/** A database's clock is its own: a restore leaves it as it is. */
async function setClock(url: string, nowMs: number): Promise<void> {
  const database = openDatabase(url, 1);
  await moveClock(database.pool, nowMs - Date.now());
  await database.close();
}

it('R22: of what was told, tried or waiting when the backup was taken nothing is sent a day later', async () => {
  let clock: () => number = () => 0;
  const inbox = await startInbox(() => clock());
  closers.push(inbox.close);
  const startAt = new Date('2026-08-12T06:00:00Z');
  const town = await openTown(startAt, [inbox.host]);
  closers.push(town.close);
  clock = town.now;
  await town.channel({ key: 'hook', kind: 'webhook', url: inbox.url });
  for (const key of ['told', 'tried', 'waiting', 'lost', 'fresh']) await town.keyResult(key);
  const workFor = async (minutes: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await town.moveTo(town.now() + MINUTE_MS);
      await town.work();
    }
  };
  // 1 of 100 after 41 of 92 days is off track; so it is said once.
  await town.send('told', '2026-08-10', 1);
  await workFor(10);
  expect(inbox.taken).toHaveLength(1);
  inbox.down(true);
  await town.send('tried', '2026-08-10', 1);
  await workFor(10);
  await town.send('waiting', '2026-08-10', 1);
  await town.services.alerting.follow();
  expect(await town.rows(`SELECT status FROM outbox WHERE status = 'pending'`)).toHaveLength(1);
  expect(await town.rows(`SELECT state FROM notice WHERE state = 'waiting'`)).toHaveLength(1);
  const restoreAt = await backup(town.services);

  // What happens after the backup is lost later, but receivers have it.
  inbox.down(false);
  await town.send('lost', '2026-08-10', 1);
  await workFor(45);
  const heard = inbox.taken.map(({ id }) => id);
  expect(heard).toHaveLength(4);

  const { restored, settled } = await restoreAt(startAt.getTime() + DAY_MS);
  expect(settled).toMatchObject({ epoch: 1, messagesHeldBack: 1, newsDropped: 1 });
  const { pool } = restored.database;
  let nowMs = startAt.getTime() + DAY_MS;
  const goOn = async (minutes: number): Promise<void> => {
    for (let step = 0; step < minutes; step += 5) {
      nowMs += 5 * MINUTE_MS;
      await moveClock(pool, nowMs - Date.now());
      await restored.alerting.follow();
      await restored.alerting.compose();
      await relayOnce(restored, 0);
    }
  };
  await goOn(180);
  expect(inbox.taken.map(({ id }) => id)).toEqual(heard);
  const left = await pool.query(`SELECT status, count(*)::int AS count FROM outbox GROUP BY 1 ORDER BY 1`);
  expect(left.rows).toEqual([
    { status: 'delivered', count: 1 },
    { status: 'suppressed', count: 1 },
  ]);

  // News is told as ever, and under an id that no receiver takes for a repeat of what is lost.
  const actor = { workspace: restored.workspace, name: 'test', requestId: null };
  await ingestValues(restored.deps, actor, {
    metric: 'fresh',
    via: 'push',
    format: 'json',
    rows: [
      {
        line: 1,
        day: '2026-08-11',
        value: '1',
        numerator: null,
        denominator: null,
        unit: null,
        currency: null,
        note: null,
        key: null,
      },
    ],
    note: null,
    idempotencyKey: null,
  });
  await goOn(30);
  const news = inbox.taken.slice(heard.length);
  expect(news.map(({ body }) => (JSON.parse(body) as { data: { key: string } }).data.key)).toEqual(['fresh']);
  expect(heard).not.toContain(news[0]?.id);
});

it('R22: the days since the backup are read at once, and come out as if nothing had been lost', async () => {
  const simulation = await startSimulation({ startAt: new Date('2026-11-20T09:00:00Z'), historyDays: 7 });
  closers.push(simulation.close);
  await simulation.connect('stripe', 'money', 24 * 60);
  await simulation.measure('money', 'revenue', 'net_revenue', { currency: 'usd' });
  await simulation.work();
  const points = async ({ database }: Services) =>
    (
      await database.pool.query<{ day: string; value: string }>(
        'SELECT day::text, value::text FROM metric_point ORDER BY 1',
      )
    ).rows;
  const saved = await points(simulation.services);
  const restoreAt = await backup(simulation.services);

  await simulation.moveTo(2 * DAY_MS);
  await simulation.work();
  const lost = await points(simulation.services);
  expect(lost.length).toBeGreaterThan(saved.length);

  const { restored } = await restoreAt(simulation.now().getTime());
  expect(await points(restored)).toEqual(saved);
  const context = { signal: never, log: createLog({ logLevel: 'silent' }) };
  const deps = { runs: restored.runs, sources: restored.deps.connectors, owner: restored.owner };
  await restored.runs.claimDueSlots();
  const due = await restored.runs.takeDispatchable();
  expect(due).toHaveLength(1);
  for (const { id } of due) await syncConnection.run({ v: 1, runId: id }, deps, context);
  expect(await points(restored)).toEqual(lost);
});
