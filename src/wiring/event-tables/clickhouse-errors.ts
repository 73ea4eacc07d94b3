import { type ConnectorError, errorFromStatus } from '../../../connectors/sdk/index.ts';
import type { TableConfig } from './config.ts';
import { ownersError, passingError, serverWords, timeoutError, tooManyRowsError } from './failure.ts';
import type { HttpAnswer } from './http-exchange.ts';

/**
 * The code of an exception, wherever the server had to put it: in a header, or in the body of an answer that had begun
 * with 200. Null: there was none.
 */
export function codeIn({ body, headers, status }: HttpAnswer): number | null {
  const header = headers.get('x-clickhouse-exception-code');
  if (header !== null && /^\d+$/.test(header)) return Number(header);
  const told = /(?:^|\n)(?:__exception__\s+)?Code: (\d+)\. DB::Exception:/.exec(body);
  if (told !== null) return Number(told[1]);
  return status === 200 && body.includes('\n__exception__') ? 0 : null;
}

/** The codes of ErrorCodes.cpp that somebody has to act on. */
export function clickhouseError(
  code: number | null,
  answer: HttpAnswer,
  config: TableConfig,
): ConnectorError {
  const { table, user } = config;
  const words = serverWords(/DB::Exception: (.*)/.exec(answer.body)?.[1] ?? '');
  const named = `code ${code}`;
  switch (code) {
    case null:
      return errorFromStatus('ClickHouse', answer.status, answer.headers);
    case 192:
    case 193:
    case 194:
    case 516: {
      const what = `ClickHouse does not let "${user}" in (${named}).`;
      return ownersError(
        'auth',
        named,
        what,
        'Check user and password, and give the new password if it was changed.',
      );
    }
    case 60:
      return ownersError('config', named, `There is no table ${table}.`, 'Correct the setting "table".');
    case 81:
      return ownersError('config', named, 'There is no such database.', 'Correct the setting "database".');
    case 16:
    case 47: {
      const hint = 'Correct the column settings, or the property that the metric names.';
      return ownersError('config', named, `A column of ${table} is missing: ${words}.`, hint);
    }
    case 497:
      return ownersError(
        'config',
        named,
        `The user may not read ${table}.`,
        `Run: GRANT SELECT ON ${table} TO ${user}`,
      );
    case 164:
    case 452: {
      const hint =
        'Give the user readonly = 2 and no narrower limits: every statement brings limits of its own.';
      return ownersError('config', named, `ClickHouse refuses the settings of a statement: ${words}.`, hint);
    }
    case 43:
    case 53:
    case 386: {
      const what = `The columns of ${table} do not fit what they are used for: ${words}.`;
      return ownersError('config', named, what, 'Check which column is which, and timeAs.');
    }
    case 159:
    case 160:
      return timeoutError(config.statementTimeoutSeconds, 'ClickHouse');
    case 396:
      return tooManyRowsError('ClickHouse');
    case 158:
    case 241:
    case 307: {
      const what = `A statement over ${table} reached a limit of the ClickHouse user (${named}).`;
      const hint = 'Choose a shorter window, or raise the limits on memory and rows of that user.';
      return ownersError('too_large', 'statement_timeout', what, hint);
    }
    default:
      return passingError(named, `ClickHouse could not run a statement (${named}).`);
  }
}
