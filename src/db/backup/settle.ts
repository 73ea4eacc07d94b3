import { appendAudit } from '../audit-log.ts';
import type { Tx } from '../database.ts';

/** What a restore found under way, and how it ended it. */
export type Settled = {
  /** How often this installation has been restored. */
  epoch: number;
  runsQueued: number;
  /** Messages of more than an hour ago that will not be sent. */
  messagesHeldBack: number;
  /** News of more than an hour ago that will not be told. */
  newsDropped: number;
  sessionsEnded: number;
};

/**
 * Everything that was under way when the backup was taken has no process any more. Syncs are done again at once, so that
 * the gap since then is filled. What was to be told is most likely told: of more than an hour ago nothing goes out again.
 *
 * @param takenAt an instant on the database's clock
 */
export async function settleRestored(tx: Tx, takenAt: string): Promise<Settled> {
  const count = async (statement: string): Promise<number> => (await tx.query(statement)).rowCount ?? 0;
  const runsQueued = await count(
    `UPDATE sync_run SET status = 'queued', attempt = attempt + 1, starts = GREATEST(0, starts - 1), fence = fence + 1,
       lease_owner = NULL, lease_until = NULL WHERE status = 'running'`,
  );
  // The queue that they were handed to may be another one.
  await tx.query(`UPDATE sync_run SET enqueued_at = NULL WHERE status = 'queued'`);
  await tx.query('UPDATE schedule SET next_due_at = app_now() WHERE enabled AND next_due_at > app_now()');
  const messagesHeldBack = await count(
    `UPDATE outbox SET status = 'suppressed' WHERE status = 'pending'
       AND COALESCE(redelivered_at, created_at) < app_now() - interval '1 hour'`,
  );
  await tx.query('UPDATE outbox SET locked_by = NULL, locked_until = NULL WHERE locked_by IS NOT NULL');
  const newsDropped = await count(
    `UPDATE notice SET state = 'dropped' WHERE state = 'waiting' AND created_at < app_now() - interval '1 hour'`,
  );
  // A digest whose hour was between the backup and now has been sent, or is old.
  await tx.query(
    `UPDATE channel SET digest_at = app_now() - interval '1 hour'
     WHERE COALESCE(digest_at, created_at) < app_now() - interval '1 hour'`,
  );
  // Who has signed out since the backup stays signed out, and a link that was used is not usable again.
  const sessionsEnded = await count(
    `UPDATE api_token SET revoked_at = app_now() WHERE kind IN ('session', 'one_time') AND revoked_at IS NULL`,
  );
  const epoch = await nextEpoch(tx);
  const settled = { epoch, runsQueued, messagesHeldBack, newsDropped, sessionsEnded };
  await writeDown(tx, { backupTakenAt: takenAt, ...settled });
  return settled;
}

async function nextEpoch(tx: Tx): Promise<number> {
  const counted = await tx.query<{ epoch: number }>(
    `INSERT INTO instance_fact (name, value) VALUES ('epoch', '1')
     ON CONFLICT (name) DO UPDATE SET value = (instance_fact.value::int + 1)::text RETURNING value::int AS epoch`,
  );
  return counted.rows[0]?.epoch ?? 1;
}

async function writeDown(tx: Tx, details: Record<string, unknown>): Promise<void> {
  const workspaces = await tx.query<{ id: string }>('SELECT id FROM workspace ORDER BY id');
  for (const { id } of workspaces.rows) {
    await appendAudit(async (text, values) => (await tx.query<{ hash: string }>(text, values)).rows, {
      workspaceId: id,
      actor: 'operator',
      action: 'restore',
      objectType: 'workspace',
      objectId: id,
      details,
      requestId: null,
    });
  }
}
