import type { ConnectorContext } from '../sdk/index.ts';
import type { SqlConfig } from './config.ts';
import { guardedAddress } from './engines/address.ts';
import { openBigquery } from './engines/bigquery.ts';
import { openClickhouse } from './engines/clickhouse.ts';
import { type FileContext, queryFiles } from './engines/duckdb-session.ts';
import { openMysql } from './engines/mysql-session.ts';
import { openPostgres } from './engines/postgres-session.ts';
import type { Answer, Bound, EngineContext, EngineSession, Recorder } from './engines/session.ts';
import { MOST_ROWS } from './points.ts';
import type { Statement } from './statement.ts';
import { ofOneQuery, sqlWords } from './words.ts';

export type SqlContext = ConnectorContext<SqlConfig>;

/** Statements of one database under way at the same time, whichever workers run them. */
const CONCURRENT = 2;
const MOST_BYTES = 10 * 1_048_576;

export function engineContext(context: SqlContext): EngineContext {
  const { config, endpoint, fetch, now, quota, resolve, signal } = context;
  const rule = { scope: scopeOf(context), perHour: null, concurrent: CONCURRENT };
  return {
    settings: config,
    words: sqlWords(config),
    most: { rows: MOST_ROWS, bytes: MOST_BYTES },
    address: endpoint === null ? null : guardedAddress(endpoint.href),
    fetch,
    resolve,
    signal,
    now,
    spend: (call) => quota.spend(rule, call),
  };
}

export function fileContext(context: SqlContext): FileContext {
  return { ...engineContext(context), opened: context.folder ?? null, folder: context.config.folder ?? '' };
}

/** Files are read by this machine itself, whichever connection asks. */
function scopeOf({ config, endpoint }: SqlContext): string {
  if (config.engine === 'duckdb') return 'DuckDB over files';
  if (config.engine === 'bigquery') return `BigQuery statements of ${config.project ?? ''}`;
  return `statements on ${endpoint?.host ?? ''}/${config.database ?? ''}`;
}

/** Runs one query on a session of its own. @throws ConnectorError in the words of the owner */
export async function ask(
  context: SqlContext,
  { bound, names, sql }: Statement,
  values: (names: Statement['bound']) => Bound[],
  record: Recorder,
): Promise<Answer> {
  const query = { sql, bound: values(bound) };
  try {
    if (context.config.engine === 'duckdb')
      return await queryFiles(fileContext(context), query, names, record);
    const session = await openSession(context, context.config.engine);
    try {
      return await session.query(query, record);
    } finally {
      await session.close();
    }
  } catch (error) {
    throw ofOneQuery(error);
  }
}

async function openSession(
  context: SqlContext,
  engine: Exclude<SqlConfig['engine'], 'duckdb'>,
): Promise<EngineSession> {
  const opened = engineContext(context);
  switch (engine) {
    case 'postgres':
      return openPostgres(opened);
    case 'mysql':
      return openMysql(opened);
    case 'clickhouse':
      return openClickhouse(opened);
    case 'bigquery':
      return openBigquery(opened);
  }
}
