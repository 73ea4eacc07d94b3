import { type ConnectorError, errorFromStatus } from '../../sdk/index.ts';
import { ownersError, passingError, serverWords, timeoutError, tooManyRowsError } from './failure.ts';
import type { HttpAnswer } from './http-exchange.ts';
import type { EngineContext, Refusal } from './session.ts';

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
  { settings, words: own }: Pick<EngineContext, 'settings' | 'words'>,
): ConnectorError {
  const { user } = settings;
  const words = serverWords(/DB::Exception: (.*)/.exec(answer.body)?.[1] ?? '');
  const named = `code ${code}`;
  const refused = (kind: Refusal['kind']) => own.refused({ engine: 'ClickHouse', kind, code: named, words });
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
      return refused('no_table');
    case 81:
      return ownersError('config', named, 'There is no such database.', 'Correct the setting "database".');
    case 16:
    case 47:
      return refused('no_column');
    case 497:
      return refused('no_right');
    case 164:
    case 452: {
      const hint =
        'Give the user readonly = 2 and no narrower limits: every statement brings limits of its own.';
      return ownersError('config', named, `ClickHouse refuses the settings of a statement: ${words}.`, hint);
    }
    case 43:
    case 53:
    case 386:
      return refused('misfit');
    case 159:
    case 160:
      return timeoutError(settings.statementTimeoutSeconds, 'ClickHouse', own.slow);
    case 396:
      return tooManyRowsError('ClickHouse', own.large);
    case 158:
    case 241:
    case 307: {
      const what = `${own.statement} reached a limit of the ClickHouse user (${named}).`;
      const hint = 'Choose a shorter window, or raise the limits on memory and rows of that user.';
      return ownersError('too_large', 'statement_timeout', what, hint);
    }
    default:
      return passingError(named, `ClickHouse could not run a statement (${named}).`);
  }
}
