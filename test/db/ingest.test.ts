import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MetricRecord } from '../../src/app/ports.ts';
import type { Delivery, RecordWrite } from '../../src/app/ports-ingest.ts';
import { createRunEngine } from '../../src/db/create-run-engine.ts';
import { createIngestStore } from '../../src/db/ingest-store.ts';
import { createRecordStore } from '../../src/db/record-store.ts';
import { createSourceStore } from '../../src/db/source-store.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { realEvaluate } from '../support/evaluate.ts';
import { queueRun, seedKeyResult, seedSource } from './support/seed.ts';

let database: TestDatabase;
let metric: MetricRecord;
let connectionId: string;
const evaluate = realEvaluate();
beforeEach(async () => {
  database = await freshDatabase();
  ({ metric, connectionId } = await seedSource(database, 'own'));
});
afterEach(() => database.close());

const delivery = (change: Partial<Delivery> = {}): Delivery => ({
  workspaceId: database.workspaceId,
  via: 'push',
  format: 'json',
  digest: 'digest',
  idempotencyKey: null,
  actor: 'test',
  note: null,
  ...change,
});
const value = (day: string, text: string) => ({
  day,
  value: text,
  numerator: null,
  denominator: null,
  note: null,
});
const countOf = async (table: string): Promise<number> =>
  Number((await database.pool.query<{ count: string }>(`SELECT count(*) FROM ${table}`)).rows[0]?.count);

it('leaves nothing behind when its connection is killed before the end, and the same delivery can be sent again', async () => {
  const store = createIngestStore(database, evaluate);
  const keyResult = await seedKeyResult(database, metric, 'kr');
  // Somebody holds the Key Result, so that the points are written and the evaluation waits.
  const holder = await database.pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM key_result WHERE id = $1 FOR UPDATE', [keyResult]);
  const sent = store.values(metric.versionId, delivery({ idempotencyKey: 'k' }), [value('2026-03-01', '5')]);
  const ended = sent.then(
    () => 'stored',
    (error: unknown) => String(error),
  );
  await expect
    .poll(async () => {
      const killed = await database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE '%key_result%'`,
      );
      return killed.rowCount;
    })
    .toBe(1);
  expect(await ended).toMatch(/terminat/i);
  await holder.query('ROLLBACK');
  holder.release();
  expect([await countOf('ingest'), await countOf('metric_point')]).toEqual([0, 0]);
  const again = await store.values(metric.versionId, delivery({ idempotencyKey: 'k' }), [
    value('2026-03-01', '5'),
  ]);
  expect(again).toMatchObject({ replayed: false, ingest: { changed: 1 } });
  expect(await countOf('key_result_state')).toBe(1);
});

it('believes the delivery that came last, whichever of twenty that is', async () => {
  const store = createIngestStore(database, evaluate);
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      store.values(metric.versionId, delivery({ digest: String(index) }), [
        value('2026-03-01', String(index + 1)),
      ]),
    ),
  );
  const last = await database.pool.query<{ id: string }>('SELECT id FROM ingest ORDER BY seq DESC LIMIT 1');
  const [point] = await createSourceStore(database).points(metric.versionId, '2026-03-01', '2026-03-02');
  expect(point).toMatchObject({ runId: last.rows[0]?.id, revision: 20, origin: 'push' });
});

it('moves the cursor on, and the first day of the history back', async () => {
  const store = createIngestStore(database, evaluate);
  await store.values(metric.versionId, delivery(), [value('2025-06-01', '1'), value('2026-02-01', '2')]);
  await store.values(metric.versionId, delivery(), [value('2025-07-01', '3')]);
  expect(await createSourceStore(database).metricOfVersion(metric.versionId)).toMatchObject({
    cursorDay: '2026-02-01',
    historyStartDay: '2025-06-01',
  });
});

const record = (id: string, at: string | null, score = 9): RecordWrite => ({
  recordId: id,
  at: at === null ? null : new Date(at),
  payload: { id, score, at },
});
const tell = (records: RecordWrite[], day: string) =>
  createRecordStore(database).ingest(connectionId, delivery(), {
    kind: 'responses',
    records,
    through: { day, exactly: false },
    timeZone: 'UTC',
  });
const cursor = async () => (await createSourceStore(database).metricOfVersion(metric.versionId))?.cursorDay;
const readTo = (day: string) => database.pool.query('UPDATE metric_version SET cursor_day = $1', [day]);

it('has the days that records touch read again, and only these', async () => {
  await tell([record('a', '2026-03-01T10:00:00Z'), record('b', '2026-03-10T10:00:00Z')], '2026-03-10');
  expect(await cursor()).toBeNull(); // nothing was told before: every day is read
  await readTo('2026-03-20');
  await tell([record('a', '2026-03-01T10:00:00Z'), record('b', '2026-03-10T10:00:00Z')], '2026-03-10');
  expect(await cursor()).toBe('2026-03-09'); // nothing is new: the first day that was not told is 11 March, less two
  await readTo('2026-03-20');
  await tell([record('b', '2026-03-05T10:00:00Z')], '2026-03-10'); // b moves from 10 to 5 March
  expect(await cursor()).toBe('2026-03-03');
  await readTo('2026-03-20');
  await tell([record('b', '2026-03-09T10:00:00Z')], '2026-03-10'); // and forth: 5 March loses it
  expect(await cursor()).toBe('2026-03-03');
  await readTo('2026-03-20');
  await tell([record('c', null)], '2026-03-10'); // a state without a moment may change every day
  expect(await cursor()).toBeNull();
});

it('does not lose records that come while a run reads: the run leaves the cursor where they have put it', async () => {
  const engine = createRunEngine(database, createSourceStore(database), evaluate);
  await tell([record('a', '2026-03-01T10:00:00Z')], '2026-03-10');
  await readTo('2026-03-20');
  await queueRun(database, connectionId);
  const id = (await database.pool.query<{ id: string }>('SELECT id FROM sync_run')).rows[0]?.id ?? '';
  const run = await engine.start(id, 'worker');
  if (run === null) throw new Error('the run did not start');
  const takenBack = (await engine.context(run))?.takenBack.get(metric.versionId) ?? 0;
  await tell([record('a', '2026-03-01T10:00:00Z', 3)], '2026-03-10');
  const outcome = {
    metricVersionId: metric.versionId,
    definitionHash: metric.definitionHash,
    connectorVersion: '1',
    window: { startDay: '2026-03-18', endDay: '2026-03-22' },
    takenBack,
    exchanges: [],
    ok: true as const,
    reading: { points: [], completeness: { pages: 1, items: 1, lastPageReached: true, notes: [] } },
  };
  await engine.finish(run, [outcome], { status: 'succeeded' }, null);
  expect(await cursor()).toBe('2026-02-27'); // 1 March, less two days
});
