import {
  afterTime,
  badPayload,
  ConnectorError,
  type Remedy,
  retryAfterMs,
  statusClass,
} from '../sdk/index.ts';

const TOKEN_HINT =
  'Enter a new personal token; this one was revoked or copied in part, or is of an account in the other data centre.';
const SCOPE_HINT =
  'Use a token with the scopes responses:read and forms:read, of somebody who sees the form.';
const SAID_LENGTH = 240;

/** Typeform's own text and code of an error, without secrets. */
export type Said = { code: string | null; text: string | null };

/** What an error answer means. `asked` is what was asked for ("the responses of u6nXL7"). */
export function statusError(status: number, headers: Headers, said: Said, asked: string): ConnectorError {
  const text = said.text === null ? '' : ` Typeform says: ${shortened(said.text)}`;
  const waitMs = retryAfterMs(headers.get('retry-after'));
  if (status === 429 || (status === 503 && waitMs !== null)) {
    const message = `Typeform asks to slow down (${status}) at ${asked}. It is read again when there is room.`;
    return failure('rate_limited', `http_${status}`, message, afterTime(waitMs));
  }
  // A token that nobody knows is refused with 403 as well, and only the code tells it from a missing scope.
  if (status === 401 || (status === 403 && said.code === 'AUTHENTICATION_FAILED')) {
    return owner('auth', 'unauthorized', `Typeform refused the token (${status}).${text}`, TOKEN_HINT);
  }
  if (status === 403) {
    return owner('config', 'forbidden', `The token may not read ${asked} (403).${text}`, SCOPE_HINT);
  }
  if (status === 404) {
    const hint =
      'Check the id of the form, and where its account is kept: forms of the European data centre need https://api.eu.typeform.com as the address.';
    return owner('config', 'not_found', `Typeform does not show ${asked} to this token (404).`, hint);
  }
  const errorClass = statusClass(status, null);
  if (errorClass === 'config') {
    const hint = 'Check the parameters of this metric.';
    const problem = `Typeform refused the question for ${asked} (${status}).${text}`;
    return owner('config', `http_${status}`, problem, hint);
  }
  const message = `Typeform could not answer for ${asked} (${status}).${text} It is tried again later.`;
  return failure(errorClass, `http_${status}`, message, afterTime());
}

/** A form that was changed so that it no longer answers a metric: its other metrics are read all the same. */
export function formError(code: string, problem: string, hint: string): ConnectorError {
  return new ConnectorError(`${problem} ${hint}`, {
    errorClass: 'config',
    code,
    remedy: { by: 'owner', hint },
    concerns: 'metric',
  });
}

export const badAnswer = (code: string, problem: string) => badPayload('Typeform', code, problem);

function owner(errorClass: ConnectorError['errorClass'], code: string, problem: string, hint: string) {
  return failure(errorClass, code, `${problem} ${hint}`, { by: 'owner', hint });
}

function failure(errorClass: ConnectorError['errorClass'], code: string, message: string, remedy: Remedy) {
  return new ConnectorError(message, { errorClass, code, remedy });
}

function shortened(said: string): string {
  const text = said.trim().replace(/[.]*$/, '.');
  return text.length <= SAID_LENGTH ? text : `${text.slice(0, SAID_LENGTH)}….`;
}
