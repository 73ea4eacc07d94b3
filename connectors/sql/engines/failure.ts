import { ConnectorError, type ErrorClass } from '../../sdk/index.ts';

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

export function timeoutError(seconds: number, engine: string, hint: string, cause?: unknown): ConnectorError {
  const what = `${engine} did not finish a statement within ${seconds} seconds, and it was given up.`;
  return ownersError('too_large', 'statement_timeout', what, hint, cause);
}

export function tooManyRowsError(engine: string, hint: string): ConnectorError {
  const what = `${engine} answered a statement with more than a measurement can have, and it was not read.`;
  return ownersError('too_large', 'answer_too_large', what, hint);
}

/** A server's own words about names, kept short; never its details, which may hold pieces of rows. */
export function serverWords(text: string): string {
  const [first = ''] = text.replaceAll(/\s+/g, ' ').split(/\. /);
  return first.trim().replace(/\.$/, '').slice(0, 160);
}
