import type { Connection } from 'mysql2';
import { abortedError, ConnectorError } from '../../sdk/index.ts';
import { recorded } from './evidence.ts';
import { passingError, timeoutError } from './failure.ts';
import { connectMysql } from './mysql-connect.ts';
import { isEnded, statementError } from './mysql-errors.ts';
import { type Grants, grantsIn, refuseDangerous } from './mysql-rights.ts';
import { readRows, simply } from './mysql-rows.ts';
import type { Answer, EngineContext, EngineSession, Query, Recorder } from './session.ts';

/** How long a server that keeps to no limit, and a farewell, may take. */
const GRACE_MS = 5_000;

export type MysqlSession = EngineSession & { version: string; grants: Grants };

/** One transaction that only reads and sees one state of the tables throughout. */
export async function openMysql(context: EngineContext): Promise<MysqlSession> {
  const { address, settings, signal, words } = context;
  const connection = await connectMysql(context);
  const seconds = settings.statementTimeoutSeconds;
  const where = `mysql://${address?.host ?? ''}/${settings.database ?? ''}${words.path}`;
  let version: string;
  let grants: Grants;
  try {
    [version = ''] = await textsOf(connection, 'SELECT VERSION()');
    grants = await grantsOf(connection, version);
    refuseDangerous(grants, settings);
    const limit = version.includes('MariaDB')
      ? `max_statement_time = ${seconds}`
      : `max_execution_time = ${seconds * 1_000}`;
    for (const statement of [
      // Texts and names are written in the way that the query was read in: a backslash takes the next character with it.
      "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO'",
      "SET SESSION time_zone = '+00:00'",
      `SET SESSION ${limit}`,
      'SET SESSION lock_wait_timeout = 10',
      'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ',
      'SET SESSION TRANSACTION READ ONLY',
      'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
    ])
      await simply(connection, statement);
  } catch (error) {
    connection.destroy();
    throw signal.aborted ? abortedError('MariaDB', error) : statementError(error, words);
  }

  async function run(query: Query): Promise<Answer> {
    const startedMs = performance.now();
    const limit = stopAt(context, connection, seconds * 1_000 + GRACE_MS);
    try {
      const answer = await Promise.race([readRows(connection, context, query), limit.reached]);
      // A function that is ended in its work gives a value as if it had finished.
      if (performance.now() - startedMs >= seconds * 1_000)
        throw timeoutError(seconds, 'MariaDB', words.slow);
      return answer;
    } finally {
      limit.clear();
    }
  }

  const query = (asked: Query, record: Recorder): Promise<Answer> =>
    recorded(
      where,
      asked,
      record,
      () => context.spend(() => run(asked)),
      (error) => {
        if (signal.aborted) return abortedError('MariaDB', error);
        if (error instanceof ConnectorError) return error;
        return isEnded(error)
          ? timeoutError(seconds, 'MariaDB', words.slow, error)
          : statementError(error, words);
      },
    );
  return {
    version,
    grants,
    query,
    async ask(sql, record) {
      const { columns, rows } = await query({ sql, bound: [] }, record);
      return rows.map((cells) => Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? null])));
    },
    close: () => ended(connection),
  };
}

/** The first cell of each row. */
async function textsOf(connection: Connection, sql: string): Promise<string[]> {
  return (await simply(connection, sql)).map(([cell]) => (typeof cell === 'string' ? cell : ''));
}

async function grantsOf(connection: Connection, version: string): Promise<Grants> {
  const own = await textsOf(connection, 'SHOW GRANTS');
  if (version.includes('MariaDB')) return grantsIn(own); // with those of the roles that are in force
  const [roles = 'NONE'] = await textsOf(connection, 'SELECT CURRENT_ROLE()');
  return grantsIn(
    roles === 'NONE' ? own : await textsOf(connection, `SHOW GRANTS FOR CURRENT_USER() USING ${roles}`),
  );
}

/**
 * Closing a connection does not end what the server is doing for it: a statement that nobody waits for any more is ended
 * over a second one.
 */
function stopAt(context: EngineContext, connection: Connection, ms: number) {
  let stop: () => void = () => {};
  let timer: NodeJS.Timeout | undefined;
  const reached = new Promise<never>((_, reject) => {
    stop = (): void => {
      void killed(context, connection).finally(() => connection.destroy());
      const late = passingError('timeout', 'MariaDB kept a statement longer than it was allowed to.');
      reject(context.signal.aborted ? abortedError('MariaDB') : late);
    };
    timer = setTimeout(stop, ms);
    context.signal.addEventListener('abort', stop, { once: true });
  });
  reached.catch(() => {}); // whoever races it hears it; later nobody does
  if (context.signal.aborted) stop();
  return {
    reached,
    clear(): void {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', stop);
    },
  };
}

async function killed(context: EngineContext, connection: Connection): Promise<void> {
  const { threadId } = connection;
  try {
    const other = await connectMysql({ ...context, signal: AbortSignal.timeout(GRACE_MS) });
    if (typeof threadId === 'number') await simply(other, `KILL QUERY ${threadId}`).catch(() => {});
    other.destroy();
  } catch {
    // The statement ends by its own limit then.
  }
}

function ended(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(), GRACE_MS);
    const done = (): void => {
      clearTimeout(timer);
      connection.destroy();
      resolve();
    };
    connection.end(() => done());
  });
}
