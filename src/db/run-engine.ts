import type pg from 'pg';
import { newId } from '../app/ids.ts';
import type { DueRun, StartedRun } from '../app/run-outcome.ts';
import { inTransaction } from './database.ts';
import { tellRunsOutside } from './outward-events.ts';

/** How long a started run is a worker's own; it renews at a third of that. */
export const LEASE_MS = 45_000;
/** A run that waits in the queue longer than this is handed to the queue again. */
const ENQUEUE_AGAIN_SECONDS = 30;
/** Starts without a finish, or a step nearer to it, after which a run is given up: it crashes whoever runs it. */
const POISON_STARTS = 5;

/**
 * Whether run `r` may ask connection `c` now. A provider's own wish for quiet binds everybody. That nobody answered is only our
 * guess, which somebody who asks for a sync may know better.
 */
const MAY_ASK = `(c.blocked_until IS NULL OR c.blocked_until <= app_now()) AND c.archived_at IS NULL
         AND (c.circuit_until IS NULL OR c.circuit_until <= app_now() OR r.trigger = 'manual')`;

/**
 * Turns every due slot into a run, in any number of processes at once. Slots missed while nothing ran collapse into
 * one. A run that still waits for a retry is overtaken by the new slot, which covers its gap.
 *
 * @returns how many runs were made
 */
export async function claimDueSlots(pool: pg.Pool): Promise<number> {
  return inTransaction(pool, async (tx) => {
    const due = await tx.query<{
      connection_id: string;
      workspace_id: string;
      next_due_at: Date;
      jitter_ms: number;
    }>(
      `SELECT s.connection_id, c.workspace_id, s.next_due_at, s.jitter_ms
       FROM schedule s JOIN connection c ON c.id = s.connection_id
       WHERE s.enabled AND s.next_due_at <= app_now() AND c.state IN ('active', 'quota_exhausted') AND c.archived_at IS NULL
         AND EXISTS (SELECT 1 FROM metric m WHERE m.connection_id = c.id AND m.archived_at IS NULL)
       ORDER BY s.next_due_at LIMIT 200 FOR UPDATE OF s SKIP LOCKED`,
    );
    if (due.rows.length === 0) return 0;
    const connections = due.rows.map((row) => row.connection_id);
    await tx.query(
      `UPDATE sync_run SET status = 'skipped', finished_at = app_now()
       WHERE connection_id = ANY($1) AND status = 'queued' AND trigger = 'schedule'`,
      [connections],
    );
    const made = await tx.query(
      `INSERT INTO sync_run (id, workspace_id, connection_id, slot, trigger, not_before)
       SELECT id, workspace_id, connection_id, slot, 'schedule', app_now() + random() * make_interval(secs => jitter_ms / 1000.0)
       FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::int[])
         AS t(id, workspace_id, connection_id, slot, jitter_ms)
       ON CONFLICT (connection_id, slot) DO NOTHING`,
      [
        due.rows.map(() => newId('run')),
        due.rows.map((row) => row.workspace_id),
        connections,
        due.rows.map((row) => row.next_due_at),
        due.rows.map((row) => row.jitter_ms),
      ],
    );
    // The first slot after now on the schedule's own grid: a late tick does not move the ones that follow.
    await tx.query(
      `UPDATE schedule SET next_due_at = next_due_at + make_interval(mins => every_minutes)
         * (floor(EXTRACT(epoch FROM app_now() - next_due_at) / (every_minutes * 60)) + 1)
       WHERE connection_id = ANY($1) AND kind = 'interval'`,
      [connections],
    );
    return made.rowCount ?? 0;
  });
}

/** Marks runs that may start now as handed to the queue, and returns them. A lost queue is refilled by this too. */
export async function takeDispatchable(pool: pg.Pool): Promise<DueRun[]> {
  const result = await pool.query<DueRun>(
    `UPDATE sync_run SET enqueued_at = app_now() WHERE id IN (
       SELECT r.id FROM sync_run r JOIN connection c ON c.id = r.connection_id
       WHERE r.status = 'queued' AND r.not_before <= app_now()
         AND (r.enqueued_at IS NULL OR r.enqueued_at < app_now() - make_interval(secs => $1))
         AND ${MAY_ASK}
       ORDER BY r.not_before LIMIT 200 FOR UPDATE OF r SKIP LOCKED)
     RETURNING id, attempt, starts`,
    [ENQUEUE_AGAIN_SECONDS],
  );
  return result.rows;
}

/**
 * Takes the lease of a queued run. One run a connection at a time: another one's quota is the same quota.
 *
 * @returns null when somebody else has it, when it is not its time, or when its connection is busy or blocked
 */
export async function startRun(pool: pg.Pool, runId: string, owner: string): Promise<StartedRun | null> {
  return inTransaction(pool, async (tx) => {
    const found = await tx.query<{ connection_id: string }>(
      'SELECT connection_id FROM sync_run WHERE id = $1',
      [runId],
    );
    if (found.rows[0] === undefined) return null;
    await tx.query('SELECT 1 FROM connection WHERE id = $1 FOR NO KEY UPDATE', [found.rows[0].connection_id]);
    const busy = await tx.query(
      `UPDATE sync_run SET enqueued_at = NULL, not_before = app_now() + interval '2 seconds'
       WHERE id = $1 AND status = 'queued' AND EXISTS (SELECT 1 FROM sync_run other
         WHERE other.connection_id = sync_run.connection_id AND other.id <> $1 AND other.status = 'running')`,
      [runId],
    );
    if (busy.rowCount !== 0) return null;
    const started = await tx.query<{
      workspace_id: string;
      connection_id: string;
      trigger: string;
      attempt: number;
      failures: number;
      fence: string;
      run_seq: string;
      now: Date;
    }>(
      `UPDATE sync_run r SET status = 'running', fence = fence + 1, starts = starts + 1, lease_owner = $2,
         lease_until = app_now() + make_interval(secs => $3), run_seq = nextval('sync_run_seq'),
         started_at = app_now(), finished_at = NULL
       FROM connection c
       WHERE r.id = $1 AND r.status = 'queued' AND r.not_before <= app_now() AND c.id = r.connection_id
         AND ${MAY_ASK}
       RETURNING r.workspace_id, r.connection_id, r.trigger, r.attempt, r.failures, r.fence, r.run_seq, app_now() AS now`,
      [runId, owner, LEASE_MS / 1000],
    );
    const row = started.rows[0];
    if (row === undefined) return null;
    return {
      id: runId,
      workspaceId: row.workspace_id,
      connectionId: row.connection_id,
      trigger: row.trigger,
      attempt: row.attempt,
      failures: row.failures,
      fence: BigInt(row.fence),
      seq: BigInt(row.run_seq),
      now: row.now,
    };
  });
}

/** @returns false when the lease is lost: whatever the worker still does will not be written */
export async function renewLease(pool: pg.Pool, run: StartedRun): Promise<boolean> {
  const result = await pool.query(
    `UPDATE sync_run SET lease_until = app_now() + make_interval(secs => $3)
     WHERE id = $1 AND fence = $2 AND status = 'running'`,
    [run.id, run.fence.toString(), LEASE_MS / 1000],
  );
  return result.rowCount === 1;
}

/** Whoever comes further is no poison: only this start still counts. */
export async function countStartsAnew(pool: pg.Pool, run: StartedRun): Promise<void> {
  await pool.query(
    `UPDATE sync_run SET starts = 1 WHERE id = $1 AND fence = $2 AND status = 'running' AND starts > 1`,
    [run.id, run.fence.toString()],
  );
}

/** Gives a run back unharmed, as a worker does that shuts down. */
export async function releaseRun(pool: pg.Pool, run: StartedRun): Promise<void> {
  await pool.query(
    `UPDATE sync_run SET status = 'queued', lease_owner = NULL, lease_until = NULL, enqueued_at = NULL,
       starts = starts - 1, attempt = attempt + 1
     WHERE id = $1 AND fence = $2 AND status = 'running'`,
    [run.id, run.fence.toString()],
  );
}

/**
 * Finds runs whose worker died, by their lease, and queues them again; one that has killed its worker several times
 * is given up as `dead`, where people see it.
 *
 * @returns how many runs were taken back
 */
export async function recoverLostRuns(pool: pg.Pool): Promise<number> {
  return inTransaction(pool, async (tx) => {
    const result = await tx.query<{ id: string }>(
      `UPDATE sync_run SET
       status = CASE WHEN starts >= $1 THEN 'dead' ELSE 'queued' END,
       finished_at = CASE WHEN starts >= $1 THEN app_now() END,
       error_class = CASE WHEN starts >= $1 THEN 'poison' ELSE error_class END,
       error_message = CASE WHEN starts >= $1
         THEN 'The run was started ' || starts || ' times, and its process died each time before it came any further. See the log, then sync again.'
         ELSE error_message END,
       attempt = attempt + 1, lease_owner = NULL, lease_until = NULL, enqueued_at = NULL
     WHERE id IN (SELECT id FROM sync_run WHERE status = 'running' AND lease_until < app_now() FOR UPDATE SKIP LOCKED)
     RETURNING id`,
      [POISON_STARTS],
    );
    await tellRunsOutside(
      tx,
      result.rows.map(({ id }) => id), // those that are over; the others go on
    );
    return result.rowCount ?? 0;
  });
}

/** @throws LostLease when the run is no longer this worker's; the caller's transaction must not be committed */
export async function lockRun(tx: pg.PoolClient, run: StartedRun): Promise<void> {
  const result = await tx.query(
    `SELECT 1 FROM sync_run WHERE id = $1 AND fence = $2 AND status = 'running' FOR UPDATE`,
    [run.id, run.fence.toString()],
  );
  if (result.rowCount !== 1) throw new LostLease(run.id);
}

/** Somebody else has taken the run over: this worker's result is dropped. */
export class LostLease extends Error {
  constructor(runId: string) {
    super(`the lease of ${runId} was lost; its result is not written`);
    this.name = 'LostLease';
  }
}
