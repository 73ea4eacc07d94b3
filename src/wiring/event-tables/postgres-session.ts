import { createHash } from 'node:crypto';
import type pg from 'pg';
import { abortedError } from '../../../connectors/sdk/index.ts';
import type { ExchangeRecord } from '../../app/ports.ts';
import type { EventRow } from '../../event-sql/index.ts';
import { timeoutError } from './failure.ts';
import { connectPostgres } from './postgres-connect.ts';
import { statementError } from './postgres-errors.ts';
import { leaveOnAbort } from './postgres-leave.ts';
import { refuseDangerous } from './postgres-rights.ts';
import { readRows } from './postgres-rows.ts';
import type { SessionContext, TableSession } from './session.ts';

/** How every statement of ours begins. */
const READS = /^\s*(?:EXPLAIN \(FORMAT JSON\)\s+)?(?:SELECT|WITH)\b/i;

export type PostgresSession = TableSession & { client: pg.Client };

/** One transaction that only reads and sees one state of the table throughout. */
export async function openPostgres(context: SessionContext): Promise<PostgresSession> {
  const { config, signal } = context;
  const client = await connectPostgres(context);
  const leaving = leaveOnAbort(context, client);
  const seconds = config.statementTimeoutSeconds;
  try {
    await refuseDangerous(client, config);
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await client.query('SET TRANSACTION READ ONLY');
    await client.query(`SET LOCAL statement_timeout = ${seconds * 1_000}`);
    await client.query(`SET LOCAL TimeZone = 'UTC'`);
    await client.query(`SET LOCAL lock_timeout = '10s'`);
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = '120s'`);
  } catch (error) {
    await leaving.end();
    throw statementError(error, config.table);
  }
  return {
    client,
    close: () => leaving.end(),
    async ask(sql, record) {
      // Only what reads can be within the transaction; COMMIT, SET and COPY are statements, too.
      if (!READS.test(sql)) throw new TypeError('only a SELECT is asked of a table of events');
      const startedAt = new Date();
      const startedMs = performance.now();
      const keep = (rows: EventRow[] | null, error?: string): void => {
        const durationMs = Math.round(performance.now() - startedMs);
        record(exchangeOf(context, sql, rows, { startedAt: startedAt.toISOString(), durationMs, error }));
      };
      try {
        const rows = await context.spend(() => inSavepoint(client, seconds, sql));
        keep(rows);
        return rows;
      } catch (error) {
        const tookMs = performance.now() - startedMs;
        const told = signal.aborted
          ? abortedError('PostgreSQL', error)
          : isTimeout(error, tookMs, seconds)
            ? timeoutError(seconds, 'PostgreSQL', error)
            : statementError(error, config.table);
        keep(null, told.code);
        throw told;
      }
    },
  };
}

/** A statement that fails takes back only itself, so that the next metric can still be asked for. */
async function inSavepoint(client: pg.Client, seconds: number, sql: string): Promise<EventRow[]> {
  await client.query('SAVEPOINT statement');
  try {
    const rows = await readRows(client, seconds, sql);
    await client.query('RELEASE SAVEPOINT statement');
    return rows;
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

/** The statement by its digest, the answer by the digest of its rows. */
function exchangeOf(
  { address, config }: SessionContext,
  sql: string,
  rows: EventRow[] | null,
  { durationMs, error, startedAt }: { startedAt: string; durationMs: number; error: string | undefined },
): ExchangeRecord {
  const body = rows === null ? null : JSON.stringify(rows);
  return {
    method: 'SELECT',
    url: `postgresql://${address?.host ?? ''}/${config.database ?? ''}/${config.table}?statement=${digestOf(sql)}`,
    status: null,
    requestId: null,
    responseSha256: body === null ? null : createHash('sha256').update(body).digest('hex'),
    responseBytes: body === null ? 0 : Buffer.byteLength(body),
    startedAt,
    durationMs,
    ...(error === undefined ? {} : { error }),
  };
}

function digestOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex').slice(0, 16);
}
