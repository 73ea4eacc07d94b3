import type { Connection, FieldPacket } from 'mysql2';
import { withoutZone } from './bound.ts';
import { tooManyRowsError } from './failure.ts';
import type { Answer, EngineContext, Query } from './session.ts';

/** A statement of ours that needs no parameters and gives little. */
export function simply(connection: Connection, sql: string): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    connection.query({ sql, rowsAsArray: true }, (error, rows) => {
      if (error !== null) reject(error);
      else resolve(Array.isArray(rows) ? (rows as unknown[][]) : []); // lists, as was asked for; of SET nothing
    });
  });
}

/** Rows as they come, so that an answer without end is not held. Prepared: the protocol takes no second statement. */
export function readRows(
  connection: Connection,
  { most, words }: Pick<EngineContext, 'most' | 'words'>,
  { bound, sql }: Query,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const rows: (string | null)[][] = [];
    let columns: string[] = [];
    let bytes = 0;
    const leave = (): void => {
      connection.destroy();
      reject(tooManyRowsError('MariaDB', words.large));
    };
    const values = bound.map(withoutZone);
    const asked = connection.execute({ sql, values, rowsAsArray: true });
    asked.on('fields', (fields: FieldPacket[] | undefined) => {
      columns = (fields ?? []).map(({ name }) => name);
    });
    asked.on('result', (row: unknown) => {
      if (!Array.isArray(row)) return; // the head of an answer without rows
      const cells = row.map(textOf);
      bytes += cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
      rows.push(cells);
      if (rows.length > most.rows || bytes > most.bytes) leave();
    });
    asked.on('error', reject);
    asked.on('end', () => resolve({ columns, rows }));
  });
}

function textOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string') return cell;
  if (Buffer.isBuffer(cell)) return '(bytes)';
  return typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell);
}
