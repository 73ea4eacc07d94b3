import { ConnectorError, type ErrorClass, toConnectorError } from '../../../connectors/sdk/index.ts';
import type { ReadFailure } from '../../app/ports.ts';

/** What a failure is called when it says nothing about the connection: others of its metrics may be read. */
const OF_ONE_METRIC: readonly string[] = [
  'statement_timeout',
  'answer_too_large',
  'data_unreadable',
  'too_costly',
  'cannot_be_asked',
];

/** The owner has to act: `hint` says how, and ends the sentence, too. */
export function ownersError(
  errorClass: ErrorClass,
  code: string,
  what: string,
  hint: string,
  cause?: unknown,
) {
  return new ConnectorError(`${what} ${hint}`, { errorClass, code, remedy: { by: 'owner', hint }, cause });
}

/** It may work by itself later. */
export function passingError(code: string, what: string, cause?: unknown, afterMs?: number): ConnectorError {
  return new ConnectorError(`${what} The next run tries again.`, {
    errorClass: 'transient',
    code,
    remedy: afterMs === undefined ? { by: 'time' } : { by: 'time', afterMs },
    cause,
  });
}

export function timeoutError(seconds: number, engine: string, cause?: unknown): ConnectorError {
  const hint =
    'Give the table an index or a partition on its time column, choose a shorter window, or raise statementTimeoutSeconds.';
  const what = `${engine} did not finish a statement within ${seconds} seconds, and it was given up.`;
  return ownersError('too_large', 'statement_timeout', what, hint, cause);
}

export function tooManyRowsError(engine: string): ConnectorError {
  const what = `${engine} answered a statement with more than a measurement can have, and it was not read.`;
  return ownersError('too_large', 'answer_too_large', what, 'Choose a shorter window, or fewer steps.');
}

/** A server's own words about names, kept short; never its details, which may hold pieces of rows. */
export function serverWords(text: string): string {
  const [first = ''] = text.replaceAll(/\s+/g, ' ').split(/\. /);
  return first.trim().slice(0, 160);
}

export function failureOf(error: unknown, title: string): ReadFailure {
  const known = toConnectorError(error, title);
  return {
    errorClass: known.errorClass,
    message: known.message,
    hint: known.remedy.by === 'owner' ? known.remedy.hint : null,
    afterMs: known.remedy.by === 'time' ? (known.remedy.afterMs ?? null) : null,
    ...(OF_ONE_METRIC.includes(known.code) ? { concerns: 'metric' as const } : {}),
  };
}

/** Whether the session is of no more use: what follows would fail in the same way, or has nobody to ask. */
export function endsReading(error: unknown): boolean {
  const known = toConnectorError(error);
  if (OF_ONE_METRIC.includes(known.code)) return false;
  return known.errorClass !== 'rate_limited' || !known.code.startsWith('quota_');
}
