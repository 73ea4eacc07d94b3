import type { DuckDBConnection } from '@duckdb/node-api';
import { abortedError, ConnectorError } from '../../sdk/index.ts';
import { loadDriver } from './driver.ts';
import { statementError } from './duckdb-errors.ts';
import { type Folder, filesIn } from './duckdb-files.ts';
import { openDuckdbOn } from './duckdb-open.ts';
import { recorded } from './evidence.ts';
import { timeoutError, tooManyRowsError } from './failure.ts';
import type { Answer, EngineContext, Query, Recorder } from './session.ts';

export type FileContext = EngineContext & { opened: string | null; folder: string };

/** An interrupt that arrives before the statement has begun is not heard: it is said again. */
const INTERRUPT_EVERY_MS = 50;

/**
 * Runs a query over those files of the folder that it names.
 *
 * @param names every name in the query, in small letters
 */
export async function queryFiles(
  context: FileContext,
  query: Query,
  names: ReadonlySet<string>,
  record: Recorder,
): Promise<Answer> {
  const { folder, opened, settings, signal, words } = context;
  if (signal.aborted) throw abortedError('DuckDB');
  const seconds = settings.statementTimeoutSeconds;
  const found = await filesIn(opened, folder);
  let late = false;
  const run = async (): Promise<Answer> => {
    const engine = await openDuckdbOn(found.tables.filter(({ name }) => names.has(name.toLowerCase())));
    const stop = interruptOn(engine.connection, signal, seconds * 1_000, () => {
      late = true;
    });
    try {
      return await answerOf(engine.connection, context, query);
    } finally {
      stop();
      await engine.close();
    }
  };
  return recorded(
    `duckdb://files/${folder}`,
    query,
    record,
    () => context.spend(run),
    (error) => {
      if (signal.aborted) return abortedError('DuckDB', error);
      if (late) return timeoutError(seconds, 'DuckDB', words.slow, error);
      return error instanceof ConnectorError ? error : statementError(error, words, found);
    },
  );
}

/** The files that a query may name. */
export function tablesIn({ folder, opened }: FileContext): Promise<Folder> {
  return filesIn(opened, folder);
}

async function answerOf(
  connection: DuckDBConnection,
  { most, words }: EngineContext,
  { bound, sql }: Query,
): Promise<Answer> {
  const { StatementType } = await loadDriver('@duckdb/node-api', () => import('@duckdb/node-api'));
  const statements = await connection.extractStatements(sql);
  const prepared = await statements.prepare(0);
  // COPY could write to the files that may be read.
  if (statements.count !== 1 || prepared.statementType !== StatementType.SELECT)
    throw words.refused({
      engine: 'DuckDB',
      kind: 'writes',
      code: 'no_select',
      words: 'it is no single SELECT',
    });
  prepared.bind(Object.fromEntries(bound.map(({ name, value }) => [name, value])));
  const result = await prepared.stream();
  const rows: (string | null)[][] = [];
  let bytes = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    for (const row of chunk.getRows()) {
      const cells = row.map((cell) => (cell === null ? null : String(cell)));
      bytes += cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
      rows.push(cells);
      if (rows.length > most.rows || bytes > most.bytes) throw tooManyRowsError('DuckDB', words.large);
    }
  }
  return { columns: result.columnNames(), rows };
}

/** @returns stops it */
function interruptOn(
  connection: DuckDBConnection,
  signal: AbortSignal,
  ms: number,
  onLate: () => void,
): () => void {
  let again: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    again ??= setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MS);
  };
  const timer = setTimeout(() => {
    onLate();
    interrupt();
  }, ms);
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  return () => {
    clearTimeout(timer);
    clearInterval(again);
    signal.removeEventListener('abort', interrupt);
  };
}
