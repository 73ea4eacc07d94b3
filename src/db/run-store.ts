import type pg from 'pg';
import { newId } from '../app/ids.ts';
import type { RunRecord, RunStatus, RunStore, RunTrigger } from '../app/ports.ts';
import { type Database, inTransaction } from './database.ts';
import { readAgain } from './read-again.ts';

const COLUMNS = `r.id, r.workspace_id, r.connection_id, c.key AS connection_key, r.trigger, r.status, r.attempt, r.slot,
  r.not_before, r.started_at, r.finished_at, r.error_class, r.error_message, r.points_read, r.points_changed, r.requests`;

/** Sync runs as people see them. How they are claimed, leased and finished is in `run-engine.ts`. */
export function createRunStore({ pool }: Database): RunStore {
  const select = async (where: string, values: unknown[]): Promise<RunRecord[]> => {
    const result = await pool.query<RunRow>(
      `SELECT ${COLUMNS} FROM sync_run r JOIN connection c ON c.id = r.connection_id WHERE ${where}`,
      values,
    );
    return result.rows.map(toRun);
  };
  return {
    async request(workspaceId, connectionId, trigger) {
      const id = await inTransaction(pool, async (tx) => requestRun(tx, workspaceId, connectionId, trigger));
      const [run] = await select('r.id = $1', [id]);
      return run as RunRecord; // it was just written or found
    },
    async requestSoon(workspaceId, connectionId, afterMs) {
      const id = await inTransaction(pool, async (tx) =>
        requestRunSoon(tx, workspaceId, connectionId, afterMs),
      );
      const [run] = await select('r.id = $1', [id]);
      return run as RunRecord; // it was just written or found
    },
    readAgain: (connectionId, fromDay) => inTransaction(pool, (tx) => readAgain(tx, connectionId, fromDay)),
    async find(workspaceId, id) {
      return (await select('r.workspace_id = $1 AND r.id = $2', [workspaceId, id]))[0] ?? null;
    },
    list(workspaceId, connectionId, limit, { before = null, status = null, trigger = null } = {}) {
      return select(
        `r.workspace_id = $1 AND ($2::text IS NULL OR r.connection_id = $2) AND ($4::text IS NULL OR r.id < $4)
           AND ($5::text[] IS NULL OR r.status = ANY($5)) AND ($6::text[] IS NULL OR r.trigger = ANY($6))
         ORDER BY r.id DESC LIMIT $3`,
        [workspaceId, connectionId, limit, before, status, trigger],
      );
    },
    byIds(ids) {
      return select('r.id = ANY($1) ORDER BY r.id', [ids]);
    },
    async outcomes(runId) {
      const result = await pool.query<{ metric_key: string; outcome: string; error_message: string | null }>(
        `SELECT DISTINCT ON (m.key) m.key AS metric_key, e.outcome, e.error_message
         FROM sync_evidence e JOIN metric_version v ON v.id = e.metric_version_id JOIN metric m ON m.id = v.metric_id
         WHERE e.run_id = $1 ORDER BY m.key, e.recorded_at DESC`,
        [runId],
      );
      return result.rows.map((row) => ({
        metricKey: row.metric_key,
        ok: row.outcome === 'ok',
        message: row.error_message,
      }));
    },
  };
}

/** One waiting or running run a connection is enough: whoever asks meanwhile is given that one. */
async function requestRun(
  tx: pg.PoolClient,
  workspaceId: string,
  connectionId: string,
  trigger: RunTrigger,
): Promise<string> {
  await tx.query('SELECT 1 FROM connection WHERE id = $1 FOR NO KEY UPDATE', [connectionId]);
  // A run that waits for its next attempt is brought forward: somebody has perhaps mended the cause.
  const live = await tx.query<{ id: string }>(
    `UPDATE sync_run SET not_before = LEAST(not_before, app_now()),
       trigger = CASE WHEN $2::text = 'manual' THEN $2::text ELSE trigger END
     WHERE id = (SELECT id FROM sync_run WHERE connection_id = $1 AND status = 'queued' ORDER BY slot DESC LIMIT 1)
     RETURNING id`,
    [connectionId, trigger],
  );
  if (live.rows[0] !== undefined) return live.rows[0].id;
  const id = newId('run');
  await tx.query(
    `INSERT INTO sync_run (id, workspace_id, connection_id, slot, trigger, not_before)
     VALUES ($1, $2, $3, clock_timestamp() + (app_now() - now()), $4, app_now())`,
    [id, workspaceId, connectionId, trigger],
  );
  return id;
}

/** A run that waits already is enough, and waits as long as it was told to. */
async function requestRunSoon(
  tx: pg.PoolClient,
  workspaceId: string,
  connectionId: string,
  afterMs: number,
): Promise<string> {
  await tx.query('SELECT 1 FROM connection WHERE id = $1 FOR NO KEY UPDATE', [connectionId]);
  const queued = await tx.query<{ id: string }>(
    `SELECT id FROM sync_run WHERE connection_id = $1 AND status = 'queued' ORDER BY slot DESC LIMIT 1`,
    [connectionId],
  );
  if (queued.rows[0] !== undefined) return queued.rows[0].id;
  const id = newId('run');
  await tx.query(
    `INSERT INTO sync_run (id, workspace_id, connection_id, slot, trigger, not_before)
     VALUES ($1, $2, $3, clock_timestamp() + (app_now() - now()), 'schedule',
       app_now() + make_interval(secs => $4::double precision / 1000))`,
    [id, workspaceId, connectionId, afterMs],
  );
  return id;
}

type RunRow = {
  id: string;
  workspace_id: string;
  connection_id: string;
  connection_key: string;
  trigger: RunTrigger;
  status: RunStatus;
  attempt: number;
  slot: Date;
  not_before: Date;
  started_at: Date | null;
  finished_at: Date | null;
  error_class: string | null;
  error_message: string | null;
  points_read: number;
  points_changed: number;
  requests: number;
};

function toRun(row: RunRow): RunRecord {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    connectionId: row.connection_id,
    connectionKey: row.connection_key,
    trigger: row.trigger,
    status: row.status,
    attempt: row.attempt,
    slot: row.slot,
    notBefore: row.not_before,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    errorClass: row.error_class,
    errorMessage: row.error_message,
    pointsRead: row.points_read,
    pointsChanged: row.points_changed,
    requests: row.requests,
  };
}
