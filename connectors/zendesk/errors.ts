import {
  afterTime,
  badPayload,
  ConnectorError,
  type Remedy,
  retryAfterMs,
  statusClass,
} from '../sdk/index.ts';

const TOKEN_HINT =
  'Check the e-mail address, that token access is switched on (Admin Center, Apps and integrations, APIs), and enter a new token.';
const RIGHT_HINT = 'Use the token with an agent that may see it, best an administrator.';
const SAID_LENGTH = 240;
/** Limits are counted by the minute; this is waited where Zendesk names no wait. */
const LIMIT_MS = 60_000;

/** What an error answer means. `said` is Zendesk's own text without secrets, `asked` what was asked for ("the tickets"). */
export function statusError(
  status: number,
  headers: Headers,
  said: string | null,
  asked: string,
): ConnectorError {
  const text = said === null ? '' : ` Zendesk says: ${shortened(said)}`;
  const waitMs = retryAfterMs(headers.get('retry-after'));
  if (status === 429 || (status === 503 && waitMs !== null)) {
    const message = `Zendesk asks to slow down (${status}) at ${asked}. It is read again when there is room.`;
    return failure('rate_limited', `http_${status}`, message, afterTime(waitMs ?? LIMIT_MS));
  }
  if (status === 401) {
    return owner('auth', 'unauthorized', `Zendesk refused the token (401) at ${asked}.${text}`, TOKEN_HINT);
  }
  if (status === 403) {
    return owner('config', 'forbidden', `The agent may not read ${asked} (403).${text}`, RIGHT_HINT);
  }
  if (status === 404) {
    const hint = 'Check the address of the account, and that its plan has what is asked for.';
    return owner('config', 'not_found', `Zendesk has no ${asked} at this address (404).${text}`, hint);
  }
  const errorClass = statusClass(status, null);
  if (errorClass === 'config') {
    const hint = 'Check the parameters of this metric.';
    const problem = `Zendesk refused the question for ${asked} (${status}).${text}`;
    return owner('config', `http_${status}`, problem, hint);
  }
  const message = `Zendesk could not answer for ${asked} (${status}).${text} It is tried again later.`;
  return failure(errorClass, `http_${status}`, message, afterTime());
}

/** To whom it does not know Zendesk says that nobody is there, without refusing. */
export function anonymousError(): ConnectorError {
  return owner('auth', 'anonymous', 'Zendesk does not know whose token this is.', TOKEN_HINT);
}

/** What only the owner can put right. */
export function settingError(code: string, problem: string, hint: string): ConnectorError {
  return owner('config', code, problem, hint);
}

export const badAnswer = (code: string, problem: string) => badPayload('Zendesk', code, problem);

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
