import type { Archivable, ArchivedRecord } from '../../app/ports-resources.ts';
import { type Database, inTransaction, type Tx } from '../database.ts';

/** What it belongs to, as far as that can be archived: kind, column. */
const WITHIN: Partial<Record<Archivable, [Archivable, string]>> = {
  objective: ['cycle', 'cycle_id'],
  key_result: ['objective', 'objective_id'],
  metric: ['connection', 'connection_id'],
};
/** What would be left hanging: live rows, by key. */
const USERS: Partial<Record<Archivable, string>> = {
  cycle: `SELECT o.key FROM objective o JOIN cycle c ON c.id = o.cycle_id
    WHERE o.cycle_id = $1 AND o.archived_at IS NULL AND c.closed_at IS NULL`,
  objective: 'SELECT key FROM objective WHERE parent_id = $1 AND archived_at IS NULL',
  metric: `SELECT k.key FROM key_result k JOIN metric_version v ON v.id = k.metric_version_id
      OR v.id = k.guard->>'metricVersionId' WHERE v.metric_id = $1 AND k.archived_at IS NULL
    UNION SELECT m.key FROM metric_version v JOIN metric_version f ON f.inputs @> ARRAY[v.id]
      JOIN metric m ON m.id = f.metric_id WHERE v.metric_id = $1 AND f.retired_at IS NULL AND m.archived_at IS NULL`,
  connection: `SELECT k.key FROM key_result k JOIN metric_version v ON v.id = k.metric_version_id
      OR v.id = k.guard->>'metricVersionId' JOIN metric m ON m.id = v.metric_id
      WHERE m.connection_id = $1 AND k.archived_at IS NULL
    UNION SELECT f.key FROM metric m JOIN metric_version v ON v.metric_id = m.id
      JOIN metric_version w ON w.inputs @> ARRAY[v.id] AND w.retired_at IS NULL JOIN metric f ON f.id = w.metric_id
      WHERE m.connection_id = $1 AND f.archived_at IS NULL`,
};

export function createArchive({ pool }: Database) {
  return {
    async find(kind: Archivable, workspaceId: string, keyOrId: string): Promise<ArchivedRecord | null> {
      const within = WITHIN[kind];
      const key = kind === 'alert_rule' ? 't.id' : 't.key';
      const found = await pool.query<ArchivedRecord>(
        `SELECT t.id, ${key} AS key, t.archived_at AS "archivedAt", ${
          within === undefined
            ? 'NULL::json'
            : `CASE WHEN p.id IS NOT NULL THEN json_build_object('kind', '${within[0]}', 'id', p.id, 'key', p.key,
                 'archivedAt', p.archived_at) END`
        } AS within
         FROM ${kind} t ${within === undefined ? '' : `LEFT JOIN ${within[0]} p ON p.id = t.${within[1]}`}
         WHERE t.workspace_id = $1 AND (t.id = $2 OR ${key} = $2)`,
        [workspaceId, keyOrId],
      );
      return found.rows[0] ?? null;
    },
    async usersOf(kind: Archivable, id: string): Promise<string[]> {
      const asked = USERS[kind];
      if (asked === undefined) return [];
      return (await pool.query<{ key: string }>(`${asked} ORDER BY key`, [id])).rows.map(({ key }) => key);
    },
    archive: (kind: Archivable, id: string): Promise<boolean> =>
      inTransaction(pool, async (tx) => {
        const archived = await tx.query(
          `UPDATE ${kind} SET archived_at = app_now() WHERE id = $1 AND archived_at IS NULL`,
          [id],
        );
        if (archived.rowCount === 0) return false;
        await AFTER[kind]?.archived(tx, id);
        return true;
      }),
    restore: (kind: Archivable, id: string): Promise<boolean> =>
      inTransaction(pool, async (tx) => {
        const was = await tx.query<{ archived_at: Date | null }>(
          `SELECT archived_at FROM ${kind} WHERE id = $1 AND archived_at IS NOT NULL FOR UPDATE`,
          [id],
        );
        if (was.rowCount === 0) return false;
        await AFTER[kind]?.restored(tx, id);
        await tx.query(`UPDATE ${kind} SET archived_at = NULL WHERE id = $1`, [id]);
        return true;
      }),
  };
}

type After = {
  archived(tx: Tx, id: string): Promise<unknown>;
  restored(tx: Tx, id: string): Promise<unknown>;
};

/** Nobody looks at it any more, so what burns about it is over; on its return it is judged afresh. */
const quiet = async (tx: Tx, column: 'id' | 'objective_id', id: string): Promise<void> => {
  const archived = `SELECT id FROM key_result WHERE ${column} = $1 AND archived_at IS NOT NULL`;
  await tx.query(
    `UPDATE alert a SET state = 'closed', since = app_now(), resolved_at = app_now(),
       resolved_day = (app_now() AT TIME ZONE w.time_zone)::date
     FROM workspace w WHERE w.id = a.workspace_id AND a.state IN ('pending', 'firing') AND a.key_result_id IN (${archived})`,
    [id],
  );
  await tx.query(`UPDATE key_result_state SET alert_machine = NULL WHERE key_result_id IN (${archived})`, [
    id,
  ]);
};

const AFTER: Partial<Record<Archivable, After>> = {
  objective: {
    // Its Key Results go with it, at the same instant, by which they are known when it comes back.
    async archived(tx, id) {
      await tx.query(
        `UPDATE key_result k SET archived_at = o.archived_at FROM objective o
         WHERE o.id = $1 AND k.objective_id = o.id AND k.archived_at IS NULL`,
        [id],
      );
      await quiet(tx, 'objective_id', id);
    },
    restored: (tx, id) =>
      tx.query(
        `UPDATE key_result k SET archived_at = NULL FROM objective o
         WHERE o.id = $1 AND k.objective_id = o.id AND k.archived_at = o.archived_at`,
        [id],
      ),
  },
  key_result: {
    archived: (tx, id) => quiet(tx, 'id', id),
    restored: async () => {},
  },
  connection: {
    // Its metrics go with it. What waits for it is not done; a run under way comes to its end.
    async archived(tx, id) {
      await tx.query(
        `UPDATE metric m SET archived_at = c.archived_at FROM connection c
         WHERE c.id = $1 AND m.connection_id = c.id AND m.archived_at IS NULL`,
        [id],
      );
      await tx.query(
        `UPDATE sync_run SET status = 'skipped', finished_at = app_now() WHERE connection_id = $1 AND status = 'queued'`,
        [id],
      );
    },
    async restored(tx, id) {
      await tx.query(
        `UPDATE metric m SET archived_at = NULL FROM connection c
         WHERE c.id = $1 AND m.connection_id = c.id AND m.archived_at = c.archived_at`,
        [id],
      );
      await tx.query(
        'UPDATE schedule SET next_due_at = app_now() + make_interval(mins => every_minutes) WHERE connection_id = $1',
        [id],
      );
    },
  },
  channel: {
    archived: (tx, id) =>
      tx.query(`UPDATE channel SET enabled = false, disabled_reason = 'archived' WHERE id = $1`, [id]),
    restored: (tx, id) =>
      tx.query('UPDATE channel SET enabled = true, disabled_reason = NULL WHERE id = $1', [id]),
  },
  alert_rule: {
    archived: (tx, id) => tx.query('UPDATE alert_rule SET enabled = false WHERE id = $1', [id]),
    restored: (tx, id) => tx.query('UPDATE alert_rule SET enabled = true WHERE id = $1', [id]),
  },
};
