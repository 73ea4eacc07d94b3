import {
  afterTime,
  badPayload,
  ConnectorError,
  type Remedy,
  resetWaitMs,
  retryAfterMs,
  statusClass,
} from '../sdk/index.ts';

const ACCOUNT_HINT =
  'Check the e-mail address and enter a new API token; this one was revoked, has expired or is of another account.';
const RIGHT_HINT = 'Give the account access to it in Jira, or the token the scope that is missing.';
const SAID_LENGTH = 240;

/** What an error answer means. `said` is Jira's own text without secrets, `asked` what was asked for ("board 12"). */
export function statusError(
  status: number,
  headers: Headers,
  said: string | null,
  asked: string,
): ConnectorError {
  const text = said === null ? '' : ` Jira says: ${shortened(said)}`;
  if (status === 429 || (status === 503 && headers.has('retry-after'))) {
    const reason = headers.get('ratelimit-reason');
    const why = reason !== null && /^[\w-]{1,60}$/.test(reason) ? `, ${reason}` : '';
    const message = `Jira asks to slow down (${status}${why}) at ${asked}. It is read again when there is room.`;
    return failure('rate_limited', `http_${status}`, message, afterTime(limitWaitMs(headers)));
  }
  // The gateway refuses a token that lacks a scope in the same way as a wrong one, but for its words.
  const isScope = status === 401 && /scope/i.test(said ?? '');
  if (status === 401 && !isScope) {
    return owner('auth', 'unauthorized', `Jira refused the account (401) at ${asked}.${text}`, ACCOUNT_HINT);
  }
  if (status === 403 || isScope) {
    return owner('config', 'forbidden', `The account may not read ${asked} (${status}).${text}`, RIGHT_HINT);
  }
  if (status === 404) {
    const hint = 'Check the name, and whether the account may see it: Jira says "not found" for both.';
    return owner('config', 'not_found', `Jira does not show ${asked} to this account (404).`, hint);
  }
  const errorClass = statusClass(status, null);
  if (errorClass === 'config') {
    const hint = 'Check the parameters of this metric.';
    return owner(
      'config',
      `http_${status}`,
      `Jira refused the question for ${asked} (${status}).${text}`,
      hint,
    );
  }
  const message = `Jira could not answer for ${asked} (${status}).${text} It is tried again later.`;
  return failure(errorClass, `http_${status}`, message, afterTime());
}

/** `Retry-After`, else `X-RateLimit-Reset` (an instant) by the server's own clock; null when neither is told. */
function limitWaitMs(headers: Headers): number | null {
  const asked = retryAfterMs(headers.get('retry-after'));
  return asked ?? resetWaitMs(Date.parse(headers.get('x-ratelimit-reset') ?? ''), headers);
}

/** Jira answers somebody whom it does not know as it answers the public: with lists that are empty. */
export function anonymousError(asked: string): ConnectorError {
  const problem = `Jira answered for ${asked} as for somebody it does not know.`;
  return owner('auth', 'anonymous', problem, ACCOUNT_HINT);
}

/** What only the owner can put right. */
export function settingError(code: string, problem: string, hint: string): ConnectorError {
  return owner('config', code, problem, hint);
}

export const badAnswer = (code: string, problem: string) => badPayload('Jira', code, problem);

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
