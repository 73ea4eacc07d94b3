import type pg from 'pg';
import { abortedError } from '../../sdk/index.ts';
import { recorded } from './evidence.ts';
import { timeoutError } from './failure.ts';
import { connectPostgres } from './postgres-connect.ts';
import { statementError } from './postgres-errors.ts';
import { leaveOnAbort } from './postgres-leave.ts';
import { refuseDangerous } from './postgres-rights.ts';
import { type Asked, readRows, type Told } from './postgres-rows.ts';
import type { EngineContext, EngineSession, Query, Recorder, Row } from './session.ts';

/** How every statement that is asked begins. */
const READS = /^\s*(?:EXPLAIN \(FORMAT JSON\)\s+)?(?:SELECT|WITH)\b/i;
/** Cells as the server writes them: a day is not turned into an instant of this process, and no digit is lost. */
const AS_TEXT: pg.CustomTypesConfig = { getTypeParser: () => (cell: string) => cell };

export type PostgresSession = EngineSession & { client: pg.Client };

/** One transaction that only reads and sees one state of the tables throughout. */
export async function openPostgres(context: EngineContext): Promise<PostgresSession> {
  const { address, settings, signal, words } = context;
  const client = await connectPostgres(context);
  const leaving = leaveOnAbort(context, client);
  const seconds = settings.statementTimeoutSeconds;
  const where = `postgresql://${address?.host ?? ''}/${settings.database ?? ''}${words.path}`;
  try {
    await refuseDangerous(client, settings);
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await client.query('SET TRANSACTION READ ONLY');
    await client.query(`SET LOCAL statement_timeout = ${seconds * 1_000}`);
    await client.query(`SET LOCAL TimeZone = 'UTC'`);
    await client.query(`SET LOCAL DateStyle = 'ISO, YMD'`);
    await client.query(`SET LOCAL standard_conforming_strings = on`);
    await client.query(`SET LOCAL lock_timeout = '10s'`);
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = '120s'`);
  } catch (error) {
    await leaving.end();
    throw statementError(error, words);
  }

  async function run<R>(query: Query, asked: Asked, record: Recorder): Promise<Told<R>> {
    const told = (error: unknown, tookMs: number) =>
      signal.aborted
        ? abortedError('PostgreSQL', error)
        : isTimeout(error, tookMs, seconds)
          ? timeoutError(seconds, 'PostgreSQL', words.slow, error)
          : statementError(error, words);
    const work = () => context.spend(() => inSavepoint(client, () => readRows<R>(client, context, asked)));
    return recorded(where, query, record, work, told);
  }

  return {
    client,
    close: () => leaving.end(),
    async ask(sql, record) {
      // Only what reads can be within the transaction; COMMIT, SET and COPY are statements, too.
      if (!READS.test(sql)) throw new TypeError('only a SELECT is asked of a table of events');
      return (await run<Row>({ sql, bound: [] }, { text: sql }, record)).rows;
    },
    async query(query, record) {
      const values = query.bound.map(({ value }) => value);
      const asked: Asked = { text: query.sql, values, rowMode: 'array', types: AS_TEXT };
      return run<(string | null)[]>(query, asked, record);
    },
  };
}

/** A statement that fails takes back only itself, so that the next metric can still be asked for. */
async function inSavepoint<T>(client: pg.Client, read: () => Promise<T>): Promise<T> {
  await client.query('SAVEPOINT statement');
  try {
    const told = await read();
    await client.query('RELEASE SAVEPOINT statement');
    return told;
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT statement').catch(() => {});
    throw error;
  }
}

/** The code is the same for a limit and for somebody who cancels; its words are in the server's language. */
function isTimeout(error: unknown, tookMs: number, seconds: number): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === '57014' && tookMs >= seconds * 900;
}
