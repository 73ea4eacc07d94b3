import { newId } from '../../../src/app/ids.ts';
import type { MetricRecord } from '../../../src/app/ports.ts';
import { createSourceStore } from '../../../src/db/source-store.ts';
import type { TestDatabase } from '../../support/database.ts';

export type SeededSource = { connectionId: string; metric: MetricRecord };

/** A connection of a made-up provider with one metric, due when a test says so. */
export async function seedSource(
  database: TestDatabase,
  key: string,
  everyMinutes = 60,
): Promise<SeededSource> {
  const sources = createSourceStore(database);
  const connection = await sources.createConnection(
    {
      id: newId('con'),
      workspaceId: database.workspaceId,
      key,
      title: key,
      connectorId: 'stub',
      environment: 'test',
      endpoint: null,
      config: {},
    },
    everyMinutes,
    [],
  );
  const metric = await addMetric(database, { connectionId: connection.id }, `${key}-metric`, key);
  return { connectionId: connection.id, metric };
}

/** One more number of the connection. */
export async function addMetric(
  database: TestDatabase,
  { connectionId }: Pick<SeededSource, 'connectionId'>,
  key: string,
  title = key,
): Promise<MetricRecord> {
  return createSourceStore(database).createMetric({
    workspaceId: database.workspaceId,
    source: 'connector',
    connectionId,
    key,
    title,
    connectorMetric: 'number',
    params: {},
    kind: 'flow',
    unit: 'count',
    currency: null,
    timeZone: 'UTC',
    settlesAfterHours: 0,
    rereadDays: 1,
    staleAfterDays: 3,
    cadence: 'day',
    readEveryHours: null,
    history: 'backfill',
    historyStartDay: '2026-01-01',
    definitionHash: 'hash',
    definition: null,
    inputs: [],
    changeReason: null,
  });
}

/** A cycle with one objective and a Key Result that is bound to the metric: reach `targetValue` from 0. */
export async function seedKeyResult(
  database: TestDatabase,
  metric: MetricRecord,
  key: string,
): Promise<string> {
  const { pool, workspaceId } = database;
  const [cycle, objective, keyResult] = [newId('cyc'), newId('obj'), newId('kr')];
  await pool.query(
    `INSERT INTO cycle (id, workspace_id, key, title, start_day, end_day, time_zone)
     VALUES ($1, $2, $3, $3, '2026-01-01', '2099-01-01', 'UTC')`,
    [cycle, workspaceId, `${key}-cycle`],
  );
  await pool.query(
    'INSERT INTO objective (id, workspace_id, cycle_id, key, title) VALUES ($1, $2, $3, $4, $4)',
    [objective, workspaceId, cycle, `${key}-objective`],
  );
  await pool.query(
    `INSERT INTO key_result (id, workspace_id, objective_id, cycle_id, key, title, goal_kind, goal, unit, metric_version_id)
     VALUES ($1, $2, $3, $4, $5, $5, 'reach', '{"kind":"reach","startValue":0,"targetValue":100}', 'count', $6)`,
    [keyResult, workspaceId, objective, cycle, key, metric.versionId],
  );
  return keyResult;
}

/** Makes the schedule due at the database's own now, or `agoMs` before it. */
export async function makeDue(database: TestDatabase, connectionId: string, agoMs = 0): Promise<void> {
  await database.pool.query(
    `UPDATE schedule SET next_due_at = app_now() - make_interval(secs => $2), jitter_ms = 0 WHERE connection_id = $1`,
    [connectionId, agoMs / 1000],
  );
}

/** A run that may start at once, as somebody asks for it. */
export async function queueRun(database: TestDatabase, connectionId: string): Promise<string> {
  const id = newId('run');
  await database.pool.query(
    `INSERT INTO sync_run (id, workspace_id, connection_id, slot, trigger, not_before)
     VALUES ($1, $2, $3, clock_timestamp() + (app_now() - now()), 'manual', app_now())`,
    [id, database.workspaceId, connectionId],
  );
  return id;
}

export async function statusOf(database: TestDatabase, runId: string): Promise<string | undefined> {
  const result = await database.pool.query<{ status: string }>('SELECT status FROM sync_run WHERE id = $1', [
    runId,
  ]);
  return result.rows[0]?.status;
}
