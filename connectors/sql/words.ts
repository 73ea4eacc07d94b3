import { ConnectorError, type ErrorClass, redact } from '../sdk/index.ts';
import type { SqlConfig } from './config.ts';
import type { EngineWords, Refusal } from './engines/session.ts';

/** A failure that says nothing about the connection: others of its queries may be read. */
export function queryError(
  code: string,
  what: string,
  hint: string,
  { cause, errorClass = 'config' }: { errorClass?: ErrorClass; cause?: unknown } = {},
): ConnectorError {
  return new ConnectorError(`${what} ${hint}`, {
    errorClass,
    code: `query_${code}`,
    remedy: { by: 'owner', hint },
    concerns: 'metric',
    cause,
  });
}

/** What failures of the engines' sessions are called that are about one statement. */
const OF_ONE_QUERY = ['statement_timeout', 'answer_too_large', 'too_costly'];

/** The same failure, marked as one of the query where it is. */
export function ofOneQuery(error: unknown): unknown {
  if (!(error instanceof ConnectorError) || !OF_ONE_QUERY.includes(error.code)) return error;
  const { cause, code, errorClass, message, remedy } = error;
  return new ConnectorError(message, { errorClass, code, remedy, cause, concerns: 'metric' });
}

/** What an engine says of somebody's query. */
export function sqlWords(config: SqlConfig): EngineWords {
  const secrets = [config.password ?? ''];
  return {
    statement: 'The query',
    path: '',
    refused: (refusal) => refused({ ...refusal, words: safe(refusal.words, secrets) }),
    slow: 'Let it look at the days of the window alone (an index or a partition on the time helps), prepare totals by day in a view, or raise statementTimeoutSeconds.',
    large: 'Give one row a day: group by day.',
    costly: 'Partition the table by time and keep to the window, or raise maxGigabytes.',
  };
}

function refused({ cause, code, engine, kind, words }: Refusal): ConnectorError {
  const said = words === '' ? '' : `: ${words}`;
  const error = (what: string, hint: string) => queryError('refused', what, hint, { cause });
  const isBigQuery = engine === 'BigQuery';
  switch (kind) {
    case 'no_table':
      return error(
        `${engine} does not find a table of the query (${code})${said}.`,
        isBigQuery
          ? 'Correct its name (dataset.table), or the setting "location".'
          : 'Correct its name, or grant the user SELECT on it.',
      );
    case 'no_column':
      return error(`${engine} does not find a column of the query (${code})${said}.`, 'Correct its name.');
    case 'no_right':
      return error(
        `The user may not read what the query asks for (${engine}, ${code})${said}.`,
        isBigQuery
          ? 'Give the service account BigQuery Data Viewer on it, or ask another table.'
          : 'Grant the user SELECT on it, or ask another table.',
      );
    case 'writes':
      return error(
        `The query tries to write (${engine}, ${code})${said}.`,
        'A query here only reads; look also at the functions and views that it uses.',
      );
    case 'too_complex':
      return error(`The query is too large for ${engine} (${code})${said}.`, 'Put parts of it into a view.');
    case 'unreadable':
      return queryError(
        'unreadable',
        `${engine} cannot read a row as the query asks (${code})${said}.`,
        'Look for a cast or a division that some rows do not allow.',
        { cause, errorClass: 'bad_payload' },
      );
    case 'misfit':
      return error(
        `${engine} refuses the query (${code})${said}.`,
        'Correct the query; try it there first, with dates in place of its parameters.',
      );
  }
}

/** An engine's own words without secrets and folders. What it quotes of rows was left out before, with the whole sentence. */
function safe(words: string, secrets: readonly string[]): string {
  const plain = words.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/\/(?:[\w.-]+\/)+/g, '');
  return redact(plain, secrets);
}
