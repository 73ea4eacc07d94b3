import type pg from 'pg';
import { ownersError } from './failure.ts';
import type { PostgresSession } from './postgres-session.ts';
import type { Recorder } from './session.ts';
import type { EngineSettings } from './settings.ts';

/** What a user may do that reads a table of events. A session that only reads holds back most of the rest, not all of it. */

/** Roles that reach the server's machine, in any transaction: `COPY … TO PROGRAM` runs a command in one that only reads. */
const MACHINE_ROLES = ['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'];

/**
 * Refuses a user that could do harm in a transaction that only reads, before anything of its own is run: what stands
 * behind a view is not ours to know.
 *
 * @throws ConnectorError in the words of the owner
 */
export async function refuseDangerous(client: pg.Client, settings: EngineSettings): Promise<void> {
  const { rows } = await client.query<{ superuser: boolean; roles: string[] | null }>(
    `SELECT r.rolsuper AS superuser, (SELECT array_agg(m.rolname::text ORDER BY m.rolname) FROM pg_catalog.pg_roles m
       WHERE m.rolname = ANY($1) AND pg_catalog.pg_has_role(r.oid, m.oid, 'MEMBER')) AS roles
     FROM pg_catalog.pg_roles r WHERE r.rolname = current_user`,
    [MACHINE_ROLES],
  );
  const [row] = rows;
  const roles = row?.superuser === false ? (row.roles ?? []) : null;
  if (roles?.length === 0) return;
  const who = roles === null ? 'is a superuser' : `is a member of ${roles.join(', ')}`;
  const what = `${settings.user ?? 'The user'} ${who} and could run commands or touch files on the server.`;
  throw ownersError('config', 'dangerous_role', what, `Give Tidemark a user of its own. ${GRANTS}`);
}

const GRANTS = 'The guide has the grants that it needs: CONNECT, USAGE on the schema, SELECT on the table.';
/** As many are named as help to find the grant. */
const NAMED = 5;

/**
 * Refuses a user that may change rows of any table it can see, unless its owner has said that this is known, and any user
 * of Tidemark's own database.
 *
 * @returns a warning when it may and this was acknowledged
 * @throws ConnectorError in the words of the owner
 */
export async function checkWriteRights(
  session: PostgresSession,
  settings: EngineSettings,
  record: Recorder,
): Promise<string[]> {
  const own = await session.ask(
    `SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = 'data_key' AND c.relkind = 'r' AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
  AND EXISTS (SELECT FROM pg_catalog.pg_class f WHERE f.relnamespace = n.oid AND f.relname = 'instance_fact')`,
    record,
  );
  if (own.length > 0) {
    const what = `${settings.user ?? 'The user'} can read the tables that Tidemark itself keeps there.`;
    throw ownersError('config', 'own_database', what, `Give it a user that cannot. ${GRANTS}`);
  }
  const rows = await session.ask(
    `SELECT n.nspname || '.' || c.relname AS name, has_table_privilege(c.oid, 'INSERT') OR has_any_column_privilege(c.oid, 'INSERT') AS insert,
  has_table_privilege(c.oid, 'UPDATE') OR has_any_column_privilege(c.oid, 'UPDATE') AS update,
  has_table_privilege(c.oid, 'DELETE') AS delete, has_table_privilege(c.oid, 'TRUNCATE') AS truncate
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND has_schema_privilege(n.oid, 'USAGE')
  AND (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege(c.oid, 'INSERT, UPDATE'))
ORDER BY 1 LIMIT ${NAMED}`,
    record,
  );
  if (rows.length === 0) return [];
  const rights = ['insert', 'update', 'delete', 'truncate'];
  const many = rows.flatMap((row) =>
    rights
      .filter((right) => row[right] === true)
      .map((right) => `${right.toUpperCase()} on ${String(row['name'])}`),
  );
  const what = `${settings.user ?? 'The user'} may do more than read; these rights are too many: ${many.join(', ')}.`;
  if (settings.writeRightsAcknowledged) return [what];
  const hint =
    'Revoke them, or give Tidemark a user of its own; if neither can be, set writeRightsAcknowledged=true: the session still only reads.';
  throw ownersError('config', 'write_rights', what, hint);
}
