import { ownersError } from '../../../connectors/sql/engines/failure.ts';
import { checkWriteRights } from '../../../connectors/sql/engines/postgres-rights.ts';
import { openPostgres, type PostgresSession } from '../../../connectors/sql/engines/postgres-session.ts';
import type { ExchangeRecord } from '../../app/ports.ts';
import { type Column, columnWarnings } from './columns.ts';
import type { TableConfig } from './config.ts';
import { newestAt } from './newest.ts';
import type { SessionContext, TableFacts } from './session.ts';
import { boundsOf, dialects, eventTableOf } from './table.ts';

type Record = (exchange: ExchangeRecord) => void;
const dayMs = 86_400_000;

/** Proves that the table can be read as it was described, and says what is better not so. */
export async function checkPostgres(context: SessionContext, record: Record): Promise<TableFacts> {
  const session = await openPostgres(context);
  const { config, now } = context;
  try {
    const table = await tableOf(session, config, record);
    const columns = await columnsOf(session, table.oid, record);
    const warnings = [
      ...columnWarnings(config, columns),
      ...(await rightsWarnings(session, table.oid, config, record)),
      ...(await checkWriteRights(session, config, record)),
      ...(await planWarnings(session, table, config, now, record)),
    ];
    const newest = await newestAt(session, config, now, record);
    const account = `PostgreSQL ${table.version}, ${config.database}, table ${config.table}, as ${table.role}`;
    return { account, warnings, newestAt: newest };
  } finally {
    await session.close();
  }
}

type Table = { oid: string; role: string; version: string; isView: boolean };
const text = dialects.postgres.text;

async function tableOf(session: PostgresSession, config: TableConfig, record: Record): Promise<Table> {
  const { from } = eventTableOf(config);
  const sql = `SELECT c.oid AS oid, c.relkind AS kind, current_user AS role, current_setting('server_version') AS version
FROM pg_catalog.pg_class c WHERE c.oid = to_regclass(${text(from)})`;
  const [row] = await session.ask(sql, record);
  if (row === undefined) {
    const what = `There is no table ${config.table} in the database ${config.database ?? ''}, or the user may not see it.`;
    const hint = 'Correct the setting "table", or grant USAGE on its schema and SELECT on it.';
    throw ownersError('config', '42P01', what, hint);
  }
  const kind = String(row['kind']);
  return {
    oid: String(row['oid']),
    role: String(row['role']),
    version: String(row['version']).split(' ')[0] ?? '',
    isView: kind === 'v',
  };
}

async function columnsOf(session: PostgresSession, oid: string, record: Record): Promise<Column[]> {
  const sql = `SELECT a.attname AS name, pg_catalog.format_type(a.atttypid, NULL) AS type, t.typtype = 'e' AS is_enum
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = ${oid} AND a.attnum > 0 AND NOT a.attisdropped`;
  const rows = await session.ask(sql, record);
  return rows.map((row) => ({
    name: String(row['name']),
    type: row['is_enum'] === true ? 'enum' : String(row['type']),
  }));
}

/** A key that leaks can do what its role may do. */
async function rightsWarnings(
  session: PostgresSession,
  oid: string,
  config: TableConfig,
  record: Record,
): Promise<string[]> {
  const sql = `SELECT has_any_column_privilege(${oid}, 'SELECT') AS some, r.rolcreaterole AS createrole,
  has_database_privilege(current_database(), 'CREATE') AS creates
FROM pg_catalog.pg_roles r WHERE r.rolname = current_user`;
  const [row = {}] = await session.ask(sql, record);
  if (row['some'] !== true) {
    const hint = `Let an administrator run: GRANT SELECT ON ${config.table} TO ${config.user ?? ''};`;
    throw ownersError('config', '42501', `The user may not read ${config.table}.`, hint);
  }
  const many = [
    ...(row['createrole'] === true ? ['CREATEROLE'] : []),
    ...(row['creates'] === true ? [`CREATE on the database ${config.database}`] : []),
  ];
  return many.length === 0
    ? []
    : [`${config.user} may do more than read; these rights are too many: ${many.join(', ')}.`];
}

/** Small tables are read whole whatever indexes they have. */
const SMALL_ROWS = 10_000;

/** Whether the rows of one day can be found without reading all others. */
async function planWarnings(
  session: PostgresSession,
  { isView, oid }: Table,
  config: TableConfig,
  now: Date,
  record: Record,
): Promise<string[]> {
  const day = { fromMs: now.getTime() - 2 * dayMs, untilMs: now.getTime() - dayMs };
  const { from } = eventTableOf(config);
  const sql = `SELECT count(*) FROM ${from} AS t WHERE ${boundsOf(config, day).join(' AND ')}`;
  const [plan = {}] = await session.ask(`EXPLAIN (FORMAT JSON) ${sql}`, record);
  const scanned = new Set(scannedIn(plan['QUERY PLAN']));
  if (scanned.size === 0) return [];
  const names = [...scanned].map((name) => text(name)).join(', ');
  const tree = isView
    ? ''
    : ` AND c.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(${oid}) UNION SELECT ${oid})`;
  const sizes = `SELECT sum(greatest(c.reltuples, 0)) AS all_rows,
  sum(greatest(c.reltuples, 0)) FILTER (WHERE c.relname IN (${names})) AS scanned_rows
FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'm')${tree}`;
  const [size = {}] = await session.ask(sizes, record);
  const rows = Number(size['scanned_rows'] ?? 0);
  const all = isView ? rows : Number(size['all_rows'] ?? 0);
  if (rows <= SMALL_ROWS || rows <= all / 2) return [];
  return [
    `One day of ${config.table} cannot be found without reading about ${Math.round(rows)} rows: ` +
      `add an index that begins with ${config.eventColumn}, ${config.timeColumn}, or with ${config.timeColumn}, or partition it by time.`,
  ];
}

/** The names of the tables that a plan reads from their first row to their last. */
function scannedIn(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(scannedIn);
  if (typeof plan !== 'object' || plan === null) return [];
  const node = plan as { [name: string]: unknown }; // EXPLAIN's JSON
  const own = node['Node Type'] === 'Seq Scan' ? [String(node['Relation Name'])] : [];
  return [...own, ...scannedIn(node['Plan']), ...scannedIn(node['Plans'])];
}
