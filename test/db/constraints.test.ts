import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAuditLog } from '../../src/db/audit-log.ts';
import { createClock } from '../../src/db/clock.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';
import { seedKeyResult, seedSource } from './support/seed.ts';

const sameKeyAgain = `INSERT INTO connection (id, workspace_id, key, title, connector_id)
  SELECT 'con_2', workspace_id, key, title, connector_id FROM connection`;
const newRun = (trigger: string, status: string) =>
  `INSERT INTO sync_run (id, workspace_id, connection_id, slot, not_before, trigger, status)
   SELECT 'run_1', workspace_id, id, '2026-01-01Z', '2026-01-01Z', '${trigger}', '${status}' FROM connection`;

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  const { metric } = await seedSource(database, 'shop');
  await seedKeyResult(database, metric, 'growth');
  for (const objectId of ['one', 'two']) {
    await createAuditLog(database).append({
      workspaceId: database.workspaceId,
      actor: 'Mei',
      action: 'create',
      objectType: 'note',
      objectId,
      details: {},
      requestId: null,
    });
  }
});
afterAll(() => database.close());

it.each([`UPDATE audit_log SET actor = 'somebody else'`, 'DELETE FROM audit_log', 'TRUNCATE audit_log'])(
  'the record of changes refuses: %s',
  async (statement) => {
    await expect(database.pool.query(statement)).rejects.toThrow('the audit log is append-only');
    expect((await database.pool.query('SELECT 1 FROM audit_log')).rowCount).toBe(2);
  },
);

it('chains each record to the one before it', async () => {
  const rows = await database.pool.query<{ previous: string; hash: string }>(
    'SELECT previous, hash FROM audit_log ORDER BY id',
  );
  expect(rows.rows[0]?.previous).toBe('');
  expect(rows.rows[1]?.previous).toBe(rows.rows[0]?.hash);
});

it.each([
  ['a cycle that ends when it starts', 'UPDATE cycle SET end_day = start_day', 'cycle_days'],
  ['a connection in no known state', `UPDATE connection SET state = 'fine'`, 'connection_state'],
  [
    'a connection to no known environment',
    `UPDATE connection SET environment = 'prod'`,
    'connection_environment',
  ],
  ['an unknown kind of goal', `UPDATE key_result SET goal_kind = 'wish'`, 'key_result_goal_kind'],
  ['an unknown kind of metric', `UPDATE metric_version SET kind = 'gauge'`, 'metric_version_kind'],
  ['an unknown kind of history', `UPDATE metric_version SET history = 'some'`, 'metric_version_history'],
  ['a sync every minute', 'UPDATE schedule SET every_minutes = 4', 'schedule_kind'],
  ['a daily sync without a time', `UPDATE schedule SET kind = 'daily'`, 'schedule_kind'],
  ['a second clock', 'INSERT INTO app_clock (id) VALUES (false)', 'app_clock_one_row'],
  ['a second connection of one key', sameKeyAgain, 'connection_workspace_id_key_key'],
  ['a run in no known state', newRun('manual', 'lost'), 'sync_run_status'],
  ['a run for no known reason', newRun('whim', 'queued'), 'sync_run_trigger'],
])('the tables refuse %s', async (_what, statement, constraint) => {
  await expect(database.pool.query(statement)).rejects.toMatchObject({ constraint });
});

it('two runs of one connection cannot have one slot', async () => {
  const insert = newRun('manual', 'queued');
  await database.pool.query(insert);
  await expect(database.pool.query(insert.replace("'run_1'", "'run_2'"))).rejects.toMatchObject({
    constraint: 'sync_run_connection_id_slot_key',
  });
});

it('all times come from the database, whose clock a test can move', async () => {
  const clock = createClock(database.pool);
  const before = await clock.now();
  await moveClock(database.pool, 86_400_000);
  const after = await clock.now();
  const movedMs = after.getTime() - before.getTime();
  expect(movedMs).toBeGreaterThanOrEqual(86_400_000);
  expect(movedMs).toBeLessThan(86_460_000);
  await moveClock(database.pool, 0);
  expect((await clock.now()).getTime()).toBeLessThan(after.getTime());
});
