import type pg from 'pg';
import type { ExportBatch } from '../../app/ports-resources.ts';
import { type CellKind, type ExportCell, exportKey } from '../../domain/export-lines.ts';
import { type ExportType, exportTypes } from './export-types.ts';

/** Rows held at a time; those with large payloads stay some megabytes. */
const BATCH = 500;
/** How long whoever reads may pause: after that the transaction is not held open for them any more. */
const PAUSE = '5min';

/** PostgreSQL's numbers of types. What is not among them is text. */
const KINDS: Record<number, CellKind> = {
  16: 'boolean',
  20: 'number',
  21: 'number',
  23: 'number',
  700: 'number',
  701: 'number',
  1700: 'number',
  1082: 'day',
  1114: 'instant',
  1184: 'instant',
  114: 'json',
  3802: 'json',
  1009: 'json', // text[]
};

/**
 * Every row of the named types that belongs to the workspace, as of one moment: all of it is read in one transaction that
 * sees what was stored when it began. Each type is told at least once, with its columns, also when it has no rows.
 */
export async function* exportRows(
  pool: pg.Pool,
  workspaceId: string,
  types: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<ExportBatch> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  const lost = (error: Error): void => {
    broken = error;
  };
  tx.on('error', lost);
  try {
    await tx.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await tx.query(`SET LOCAL idle_in_transaction_session_timeout = '${PAUSE}'`);
    for (const type of types) {
      const found = exportTypes[type];
      if (found === undefined) throw new RangeError(`there is nothing of the type ${type} to export`);
      yield* rowsOf(tx, type, found, workspaceId, signal);
    }
  } finally {
    await tx.query('ROLLBACK').catch(lost);
    tx.off('error', lost);
    tx.release(broken);
  }
}

async function* rowsOf(
  tx: pg.PoolClient,
  type: string,
  { columns, omit = [], order, table, where }: ExportType,
  workspaceId: string,
  signal: AbortSignal,
): AsyncGenerator<ExportBatch> {
  const condition = where.replaceAll(':workspace', tx.escapeLiteral(workspaceId));
  await tx.query(
    `DECLARE rows NO SCROLL CURSOR FOR SELECT ${columns ?? 't.*'} FROM ${table} t WHERE ${condition} ORDER BY ${order}`,
  );
  for (let first = true; ; first = false) {
    signal.throwIfAborted();
    const fetched = await tx.query<ExportCell[]>({ text: `FETCH ${BATCH} FROM rows`, rowMode: 'array' });
    if (fetched.rows.length === 0 && !first) break;
    const shown = fetched.fields.flatMap(({ dataTypeID, name }, index) =>
      omit.includes(name) ? [] : [{ index, key: exportKey(name), kind: KINDS[dataTypeID] ?? 'text' }],
    );
    yield {
      type,
      columns: shown.map(({ key, kind }) => ({ key, kind })),
      rows: fetched.rows.map((row) => shown.map(({ index }) => row[index] ?? null)),
    };
    if (fetched.rows.length < BATCH) break;
  }
  await tx.query('CLOSE rows');
}
