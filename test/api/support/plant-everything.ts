import type pg from 'pg';

const PARENTS: Record<string, string> = {
  key_result_id: 'key_result',
  objective_id: 'objective',
  cycle_id: 'cycle',
  connection_id: 'connection',
  metric_id: 'metric',
  metric_version_id: 'metric_version',
  series_id: 'mrr_series',
  alert_id: 'alert',
  channel_id: 'channel',
};
const DAY = '2026-03-01';
type Column = { name: string; type: string };

/**
 * One row in every one of the tables, for each of the workspaces, with whatever its columns can hold: nothing but the
 * question whose it is matters. Checks, references and triggers are out of the way for that.
 */
export async function plantEverything(
  pool: pg.Pool,
  tables: readonly string[],
  workspaces: readonly string[],
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(
      `SELECT ensure_point_partitions($1::date, ($1::date + 1)), ensure_evidence_partitions($1, $1)`,
      [DAY],
    );
    const checks = await client.query<{ table: string; name: string }>(
      `SELECT c.conrelid::regclass::text AS table, c.conname AS name FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
       WHERE c.contype = 'c' AND NOT t.relispartition AND t.relnamespace = 'public'::regnamespace`,
    );
    for (const { name, table } of checks.rows)
      await client.query(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`);
    await client.query('SET session_replication_role = replica');
    for (const [index, workspace] of workspaces.entries())
      for (const table of tables) await plant(client, table, workspace, index + 1);
    await client.query('RESET session_replication_role');
  } finally {
    client.release();
  }
}

async function plant(client: pg.PoolClient, table: string, workspace: string, n: number): Promise<void> {
  const columns = await client.query<Column>(
    `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type FROM pg_attribute a
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped
       AND (a.attnotnull AND NOT a.atthasdef OR a.attname IN ('connection_id', 'key_result_id', 'workspace_id', 'id'))`,
    [table],
  );
  const names = columns.rows.map(({ name }) => `"${name}"`);
  const values = columns.rows.map((column) => valueOf(table, column, workspace, n));
  const marks = values.map((_, index) => `$${index + 1}`);
  await client.query(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks.join(', ')}) ON CONFLICT DO NOTHING`,
    values,
  );
}

function valueOf(table: string, { name, type }: Column, workspace: string, n: number): unknown {
  if (name === 'workspace_id' || (table === 'workspace' && name === 'id')) return workspace;
  if (name === 'user_id' || (table === 'app_user' && name === 'id')) return `app_user_${n}`;
  if (name === 'outbox_id') return 1_000_000 + n;
  if (name === 'row_id') return `key_result_${n}`;
  const parent = PARENTS[name];
  if (parent !== undefined) return `${parent}_${n}`;
  switch (type) {
    case 'bigint':
    case 'integer':
    case 'smallint':
      return name === 'id' || name === 'seq' ? 1_000_000 + n : 1;
    case 'numeric':
    case 'double precision':
      return '12.50';
    case 'date':
      return DAY;
    case 'timestamp with time zone':
      return `${DAY}T00:00:00Z`;
    case 'jsonb':
      return '{}';
    case 'boolean':
      return true;
    case 'text[]':
      return [];
    case 'uuid':
      return `00000000-0000-4000-8000-00000000000${n}`;
    default:
      return `${table}_${n}`;
  }
}
