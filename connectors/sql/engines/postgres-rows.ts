import pg from 'pg';
import { passingError, tooManyRowsError } from './failure.ts';
import type { EngineContext } from './session.ts';

/** A server that keeps to its own limit has ended the statement by then; one that does not is left. */
const GRACE_MS = 5_000;

export type Asked = Pick<pg.QueryArrayConfig, 'text' | 'values' | 'types'> & { rowMode?: 'array' };
export type Told<R> = { columns: string[]; rows: R[] };

/** Rows as they come, so that an answer without end is not held. One statement only: the protocol takes no second one. */
export function readRows<R>(
  client: pg.Client,
  { most, settings, words }: Pick<EngineContext, 'most' | 'settings' | 'words'>,
  asked: Asked,
): Promise<Told<R>> {
  return new Promise((resolve, reject) => {
    const { stream } = client.connection;
    const rows: R[] = [];
    let bytes = 0;
    let refused: Error | null = null;
    const leave = (error: Error): void => {
      refused ??= error;
      stream.destroy();
    };
    const timer = setTimeout(
      () => leave(passingError('timeout', 'PostgreSQL kept a statement longer than it was allowed to.')),
      settings.statementTimeoutSeconds * 1_000 + GRACE_MS,
    );
    const count = (chunk: Buffer): void => {
      bytes += chunk.byteLength;
      if (bytes > most.bytes) leave(tooManyRowsError('PostgreSQL', words.large));
    };
    const done = (): void => {
      clearTimeout(timer);
      stream.off('data', count);
    };
    stream.on('data', count);
    // The types do not know of `queryMode`; with it the text is one statement, whatever stands in it.
    const query = client.query(new pg.Query({ ...asked, queryMode: 'extended' } as pg.QueryConfig));
    query.on('row', (row: R) => {
      if (rows.length < most.rows) rows.push(row);
      else leave(tooManyRowsError('PostgreSQL', words.large));
    });
    query.on('error', (error: Error) => {
      done();
      reject(refused ?? error);
    });
    query.on('end', ({ fields }: pg.QueryResult) => {
      done();
      if (refused === null) resolve({ columns: fields.map(({ name }) => name), rows });
      else reject(refused);
    });
  });
}
