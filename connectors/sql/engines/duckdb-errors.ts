import type { ConnectorError } from '../../sdk/index.ts';
import type { Folder } from './duckdb-files.ts';
import { ownersError, passingError, serverWords } from './failure.ts';
import type { EngineWords, Refusal } from './session.ts';

/** What DuckDB's kinds of errors mean to whoever wrote the query. Its own words begin with the kind. */

const KINDS: readonly (readonly [RegExp, Refusal['kind']])[] = [
  [/^Permission Error/, 'no_right'],
  [/^(?:Conversion|Invalid Input|Out of Range) Error/, 'unreadable'],
  [/^(?:Parser|Syntax|Binder|Catalog|Not implemented|Dependency|Constraint|Parameter\w*) Error/i, 'misfit'],
];

export function statementError(error: unknown, own: EngineWords, { tables }: Folder): ConnectorError {
  const message = (error instanceof Error ? error.message : '').replace(/^Failed to [\w ]{1,40}: /, '');
  const [first = ''] = message.split('\n');
  const engine = 'DuckDB' as const;
  const table = /Table with name (.{1,80}?) does not exist/.exec(first)?.[1];
  if (table !== undefined) {
    const known = tables
      .slice(0, 10)
      .map(({ name }) => name)
      .join(', ');
    const words = `there is no file for the table ${table}; the folder has ${known === '' ? 'none' : known}`;
    return own.refused({ engine, kind: 'no_table', code: 'Catalog', words, cause: error });
  }
  const column = /Referenced column "?(.{1,80}?)"? (?:not found|was not found)/.exec(first)?.[1];
  if (column !== undefined)
    return own.refused({
      engine,
      kind: 'no_column',
      code: 'Binder',
      words: serverWords(first),
      cause: error,
    });
  if (/^Out of Memory Error/i.test(first)) {
    const what = `${own.statement} needs more memory than it may have.`;
    return ownersError('too_large', 'statement_timeout', what, own.slow, error);
  }
  if (first.startsWith('IO Error'))
    return passingError('io', 'A file of the query could not be read just now.', error);
  const kind = KINDS.find(([pattern]) => pattern.test(first))?.[1] ?? 'misfit';
  const code = /^([A-Z][\w ]{2,30}) Error/.exec(first)?.[1] ?? 'DuckDB';
  // What cannot be read is told with the cell and the row that hold it: of that the column is said.
  const named = /column "?([\w .-]{1,60})"?/i.exec(message)?.[1];
  const words =
    kind === 'unreadable'
      ? named === undefined
        ? ''
        : `column "${named}"`
      : serverWords(first.replace(/^[\w ]+ Error: /, ''));
  return own.refused({ engine, kind, code, words, cause: error });
}
