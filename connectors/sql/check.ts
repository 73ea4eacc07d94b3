import type { CheckResult } from '../sdk/index.ts';
import { EXPERIMENTAL } from './config.ts';
import { openBigquery } from './engines/bigquery.ts';
import { openClickhouse } from './engines/clickhouse.ts';
import { loadDriver } from './engines/driver.ts';
import { tablesIn } from './engines/duckdb-session.ts';
import { writeWarnings } from './engines/mysql-rights.ts';
import { openMysql } from './engines/mysql-session.ts';
import { checkWriteRights } from './engines/postgres-rights.ts';
import { openPostgres } from './engines/postgres-session.ts';
import type { Row } from './engines/session.ts';
import { engineContext, fileContext, type SqlContext } from './open.ts';

type Facts = { account: string; warnings: string[] };

/** Proves that the engine lets the user in, and that it may do no more than read. */
export async function check(context: SqlContext): Promise<CheckResult> {
  const { engine } = context.config;
  const { account, warnings } = await checks[engine](context);
  const told = EXPERIMENTAL.includes(engine)
    ? [`${engine} is experimental: compare a few values with your own first.`, ...warnings]
    : warnings;
  return { account, livemode: null, warnings: told, timeZone: null, currency: null };
}

const checks: Readonly<Record<SqlContext['config']['engine'], (context: SqlContext) => Promise<Facts>>> = {
  async postgres(context) {
    const { config, record } = context;
    const session = await openPostgres(engineContext(context));
    try {
      const [row] = await session.ask(
        `SELECT current_setting('server_version') AS version, current_user AS role`,
        record,
      );
      const warnings = await checkWriteRights(session, config, record);
      const version = textIn(row, 'version').split(' ')[0] ?? '';
      return { account: `PostgreSQL ${version}, ${config.database}, as ${textIn(row, 'role')}`, warnings };
    } finally {
      await session.close();
    }
  },
  async mysql(context) {
    const { config, record } = context;
    const session = await openMysql(engineContext(context));
    try {
      const [row] = await session.ask('SELECT CURRENT_USER() AS who', record);
      const warnings = writeWarnings(session.grants, config);
      const kind = session.version.includes('MariaDB') ? 'MariaDB' : 'MySQL';
      const version = session.version.split('-')[0] ?? '';
      return { account: `${kind} ${version}, ${config.database}, as ${textIn(row, 'who')}`, warnings };
    } finally {
      await session.close();
    }
  },
  async clickhouse(context) {
    const session = openClickhouse(engineContext(context));
    const { columns, rows } = await session.query(
      { sql: 'SELECT version() AS version', bound: [] },
      context.record,
    );
    const version = columns[0] === 'version' ? (rows[0]?.[0] ?? '') : '';
    return { account: `ClickHouse ${version}, as ${context.config.user}`, warnings: [] };
  },
  async bigquery(context) {
    const session = openBigquery(engineContext(context));
    await session.ask('SELECT 1 AS one', context.record);
    return { account: `BigQuery ${context.config.project}`, warnings: [] };
  },
  async duckdb(context) {
    await loadDriver('@duckdb/node-api', () => import('@duckdb/node-api'));
    const { passedOver, tables } = await tablesIn(fileContext(context));
    const listed = tables
      .slice(0, 10)
      .map(({ name }) => name)
      .join(', ');
    const warnings = [
      ...(tables.length === 0 ? ['The folder has no CSV or Parquet file yet.'] : []),
      ...(passedOver.length === 0
        ? []
        : [`These are not read (links, or no CSV or Parquet files): ${passedOver.slice(0, 5).join(', ')}.`]),
    ];
    return { account: `files in ${context.config.folder}: ${tables.length} tables (${listed})`, warnings };
  },
};

function textIn(row: Row | undefined, name: string): string {
  const value = row?.[name];
  return typeof value === 'string' ? value : '';
}
