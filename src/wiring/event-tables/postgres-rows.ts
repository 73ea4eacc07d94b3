import pg from 'pg';
import type { EventRow } from '../../event-sql/index.ts';
import { passingError, tooManyRowsError } from './failure.ts';
import { MOST_BYTES, MOST_ROWS } from './session.ts';

/** A server that keeps to its own limit has ended the statement by then; one that does not is left. */
const GRACE_MS = 5_000;

/** Rows as they come, so that an answer without end is not held. One statement only: the protocol takes no second one. */
export function readRows(client: pg.Client, seconds: number, sql: string): Promise<EventRow[]> {
  return new Promise((resolve, reject) => {
    const { stream } = client.connection;
    const rows: EventRow[] = [];
    let bytes = 0;
    let refused: Error | null = null;
    const leave = (error: Error): void => {
      refused ??= error;
      stream.destroy();
    };
    const timer = setTimeout(
      () => leave(passingError('timeout', 'PostgreSQL kept a statement longer than it was allowed to.')),
      seconds * 1_000 + GRACE_MS,
    );
    const count = (chunk: Buffer): void => {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES) leave(tooManyRowsError('PostgreSQL'));
    };
    const done = (): void => {
      clearTimeout(timer);
      stream.off('data', count);
    };
    stream.on('data', count);
    // The types do not know of `queryMode`; with it the text is one statement, whatever stands in it.
    const query = client.query(new pg.Query({ text: sql, queryMode: 'extended' } as pg.QueryConfig));
    query.on('row', (row: EventRow) => {
      if (rows.length < MOST_ROWS) rows.push(row);
      else leave(tooManyRowsError('PostgreSQL'));
    });
    query.on('error', (error: Error) => {
      done();
      reject(refused ?? error);
    });
    query.on('end', () => {
      done();
      if (refused === null) resolve(rows);
      else reject(refused);
    });
  });
}
