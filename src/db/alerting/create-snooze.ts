import type pg from 'pg';
import { newId } from '../../app/ids.ts';
import type { SnoozeRecord } from '../../app/ports.ts';
import { inTransaction } from '../database.ts';
import { setAsideSnoozed } from './set-aside.ts';

/**
 * A silence, and in the same transaction the end of what lies unsent and is covered by it. What a relay is sending at
 * this moment arrives; should that fail, it is set aside before the next attempt.
 *
 * @returns its id
 */
export async function createSnooze(
  pool: pg.Pool,
  snooze: Omit<SnoozeRecord, 'id' | 'createdAt' | 'endedAt'>,
): Promise<string> {
  const { author, connectionId, keyResultId, kind, objectiveId, owner, reason, until, workspaceId } = snooze;
  return inTransaction(pool, async (tx) => {
    const id = newId('snz');
    await tx.query(
      `INSERT INTO snooze (id, workspace_id, key_result_id, objective_id, connection_id, owner_name, kind, reason, author, until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, workspaceId, keyResultId, objectiveId, connectionId, owner, kind, reason, author, until],
    );
    const unsent = await tx.query<{ id: string }>(
      `SELECT id FROM outbox WHERE workspace_id = $1 AND status = 'pending'
         AND (locked_until IS NULL OR locked_until < app_now()) ORDER BY id FOR UPDATE`,
      [workspaceId],
    );
    await setAsideSnoozed(
      tx,
      unsent.rows.map((row) => row.id),
    );
    return id;
  });
}
