import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MetricOutcome, RunEnding, StartedRun } from '../../src/app/run-outcome.ts';
import { createRunEngine } from '../../src/db/create-run-engine.ts';
import { createSourceStore } from '../../src/db/source-store.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';
import { noKeyResults } from '../support/evaluate.ts';
import { addMetric, queueRun, seedSource } from './support/seed.ts';

// A provider that answers nothing is left alone after five runs in a row: a minute, then twice as long each time.

let database: TestDatabase;
let engine: ReturnType<typeof createRunEngine>;
let source: Awaited<ReturnType<typeof seedSource>>;
let clockMs = 0;
beforeEach(async () => {
  database = await freshDatabase();
  engine = createRunEngine(database, createSourceStore(database), noKeyResults);
  source = await seedSource(database, 'shop');
  clockMs = 0;
});
afterEach(() => database.close());

/** Half an hour and a quarter of it. */
const LONGEST_MS = 2_250_000;
const later = (ms: number) => moveClock(database.pool, (clockMs += ms));
const over: RunEnding = { status: 'failed', connectionState: null, hint: null };
const failed = (errorClass: string): MetricOutcome => ({ ...base(), ok: false, errorClass, message: 'no' });
const read = (): MetricOutcome => ({
  ...base(),
  ok: true,
  reading: { points: [], completeness: { pages: 1, items: 1, lastPageReached: true, notes: [] } },
});
const base = () => ({
  metricVersionId: source.metric.versionId,
  definitionHash: 'hash',
  connectorVersion: '1',
  window: { startDay: '2026-03-01', endDay: '2026-03-02' },
  takenBack: 0,
  exchanges: [],
});

async function run(outcomes: MetricOutcome[], errorClass: string | null): Promise<StartedRun> {
  if (((await openSeconds()) ?? 0) > 0) await later(LONGEST_MS + 1);
  const started = await engine.start(await queueRun(database, source.connectionId), 'worker');
  if (started === null) throw new Error('it did not start');
  const error = errorClass === null ? null : { class: errorClass, message: 'no' };
  await engine.finish(started, outcomes, errorClass === null ? { status: 'succeeded' } : over, error);
  return started;
}
const outage = () => run([failed('transient')], 'transient');
async function outages(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await outage();
}
/** For how many seconds it is still left alone; null: it is not. */
async function openSeconds(): Promise<number | null> {
  const found = await database.pool.query<{ seconds: number | null }>(
    'SELECT EXTRACT(epoch FROM circuit_until - app_now())::float8 AS seconds FROM connection',
  );
  return found.rows[0]?.seconds ?? null;
}
const queued = async (trigger = 'schedule'): Promise<string> => {
  const id = await queueRun(database, source.connectionId);
  await database.pool.query('UPDATE sync_run SET trigger = $2 WHERE id = $1', [id, trigger]);
  return id;
};

it('starts nothing by itself while it is left alone, and goes on by itself afterwards', async () => {
  await outages(4);
  expect(await openSeconds()).toBeNull();
  await outage();
  const seconds = await openSeconds();
  expect(seconds).toBeGreaterThan(40);
  expect(seconds).toBeLessThanOrEqual(75);
  const waiting = await queued();
  expect((await engine.takeDispatchable()).map(({ id }) => id)).toEqual([]);
  expect(await engine.start(waiting, 'worker')).toBeNull();
  await later(76_000);
  expect((await engine.takeDispatchable()).map(({ id }) => id)).toEqual([waiting]);
  expect(await engine.start(waiting, 'worker')).not.toBeNull();
});

it('lets a sync by hand through', async () => {
  await outages(5);
  const byHand = await queued('manual');
  expect((await engine.takeDispatchable()).map(({ id }) => id)).toEqual([byHand]);
  expect(await engine.start(byHand, 'worker')).not.toBeNull();
});

it('waits twice as long after each trial that is answered nothing, and half an hour at most', async () => {
  await outages(5);
  for (const longest of [150, 300, 600, 1_200, 2_250, 2_250]) {
    await outage();
    const seconds = (await openSeconds()) ?? 0;
    expect(seconds).toBeLessThanOrEqual(longest);
    expect(seconds).toBeGreaterThan(0.55 * longest);
  }
});

it.each([
  { what: 'a success', last: () => run([read()], null) },
  { what: 'one metric that was read', last: () => run([failed('transient'), read()], 'transient') },
  { what: 'an answer that is of no use', last: () => run([failed('bad_payload')], 'bad_payload') },
  { what: 'a limit', last: () => run([failed('rate_limited')], 'rate_limited') },
])('counts anew after $what', async ({ last }) => {
  await outages(4);
  await last();
  await outages(4);
  expect(await openSeconds()).toBeNull();
  await outage();
  expect(await openSeconds()).toBeGreaterThan(0);
});

it('closes with the trial that is answered', async () => {
  await outages(7);
  await run([read()], null);
  expect(await openSeconds()).toBeNull();
  const probing = async () => {
    const started = await engine.start(await queueRun(database, source.connectionId), 'worker');
    return (await engine.context(started as StartedRun))?.probing;
  };
  expect(await probing()).toBe(false);
});

it('tries with what was read last: the likeliest to be answered', async () => {
  // Another metric of the connection that was read longer ago: usually it is the first.
  const { versionId: older } = await addMetric(database, source, 'older');
  await database.pool.query(
    `UPDATE metric_version SET read_at = app_now() - CASE WHEN id = $1 THEN interval '2 days' ELSE interval '1 day' END`,
    [older],
  );
  const order = async () => {
    const started = await engine.start(await queueRun(database, source.connectionId), 'worker');
    const context = await engine.context(started as StartedRun);
    await engine.release(started as StartedRun);
    return context?.metrics.map(({ versionId }) => versionId);
  };
  expect(await order()).toEqual([older, source.metric.versionId]);
  await outages(5);
  await later(LONGEST_MS);
  expect(await order()).toEqual([source.metric.versionId, older]);
});

it('is forgotten when its owner gives it another key or address', async () => {
  await outages(6);
  const sources = createSourceStore(database);
  await sources.updateConnection(source.connectionId, { state: 'active' }, []);
  expect(await openSeconds()).toBeNull();
  await outage();
  expect(await openSeconds()).toBeNull();
});
