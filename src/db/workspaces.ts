import { newId } from '../app/ids.ts';
import type { AuditLog, WorkspaceRecord } from '../app/ports.ts';
import type { AccountStore } from '../app/ports-access.ts';
import { usualRule } from '../domain/alert-rule.ts';
import { appendAudit } from './audit-log.ts';
import { type Database, inTransaction, type Tx } from './database.ts';

type Entry = Parameters<AuditLog['append']>[0];
type WorkspaceStore = Pick<
  AccountStore,
  | 'workspaces'
  | 'firstWorkspaceId'
  | 'createWorkspace'
  | 'updateWorkspace'
  | 'connectionOwner'
  | 'setConnectionOwner'
>;

/** Workspaces, and who owns what in them. Acts as the owner of the tables: each statement names its workspace. */
export function createWorkspaceStore({ pool }: Database): WorkspaceStore {
  return {
    async workspaces() {
      const found = await pool.query<WorkspaceRecord>(
        'SELECT id, name, time_zone AS "timeZone" FROM workspace ORDER BY created_at, id',
      );
      return found.rows;
    },
    async firstWorkspaceId() {
      const found = await pool.query<{ value: string }>(
        `SELECT value FROM instance_fact WHERE name = 'workspace'`,
      );
      return found.rows[0]?.value ?? '';
    },
    createWorkspace: ({ id, name, timeZone }, entry) =>
      inTransaction(pool, async (tx) => {
        await tx.query('INSERT INTO workspace (id, name, time_zone) VALUES ($1, $2, $3)', [
          id,
          name,
          timeZone,
        ]);
        // As the first one, it tells people without being set up.
        await tx.query(
          `INSERT INTO alert_rule (id, workspace_id, kind, for_evaluations, keep_firing_evaluations)
           VALUES ($1, $2, 'off_track', $3, $4)`,
          [newId('rul'), id, usualRule.forEvaluations, usualRule.keepFiringEvaluations],
        );
        await log(tx, entry);
      }),
    updateWorkspace: (workspaceId, { name, timeZone }, entry) =>
      inTransaction(pool, async (tx) => {
        const updated = await tx.query<WorkspaceRecord>(
          `UPDATE workspace SET name = coalesce($2, name), time_zone = coalesce($3, time_zone) WHERE id = $1
           RETURNING id, name, time_zone AS "timeZone"`,
          [workspaceId, name ?? null, timeZone ?? null],
        );
        const [workspace] = updated.rows;
        if (workspace === undefined) throw new Error(`there is no workspace ${workspaceId}`);
        await log(tx, entry);
        return workspace;
      }),
    async connectionOwner(workspaceId, keyOrId) {
      const found = await pool.query<{ owner: string | null }>(
        `SELECT owner_user_id AS owner FROM connection
         WHERE workspace_id = $1 AND (id = $2 OR key = $2) AND archived_at IS NULL`,
        [workspaceId, keyOrId],
      );
      return found.rows[0]?.owner ?? null;
    },
    setConnectionOwner: (workspaceId, connectionId, owner, entry) =>
      inTransaction(pool, async (tx) => {
        const changed = await tx.query(
          `UPDATE connection SET owner_user_id = $3, owner_name = $4 WHERE workspace_id = $1 AND id = $2`,
          [workspaceId, connectionId, owner?.id ?? null, owner?.name ?? null],
        );
        if (changed.rowCount !== 1) return false;
        await log(tx, entry);
        return true;
      }),
  };
}

async function log(tx: Tx, entry: Entry): Promise<void> {
  await appendAudit(async (text, values) => (await tx.query<{ hash: string }>(text, values)).rows, entry);
}
