import {
  afterTime,
  badPayload,
  ConnectorError,
  type Remedy,
  resetWaitMs,
  retryAfterMs,
  statusClass,
} from '../sdk/index.ts';

const TOKEN_HINT = 'Enter a new fine-grained token; this one was revoked, has expired or was copied in part.';
const SAID_LENGTH = 240;
/** What GitHub asks for where it names no wait. */
const SHORTEST_PAUSE_MS = 60_000;

/**
 * What an error answer means. `said` is GitHub's own text without secrets, `asked` what was asked for ("the issues of
 * globex/shop").
 */
export function statusError(
  status: number,
  headers: Headers,
  said: string | null,
  asked: string,
): ConnectorError {
  const waitMs = limitWaitMs(status, headers, said);
  if (waitMs !== null) {
    const message = `GitHub asks to slow down (${status}) at ${asked}. It is read again when there is room.`;
    return failure('rate_limited', `http_${status}`, message, afterTime(waitMs));
  }
  const text = said === null ? '' : ` GitHub says: ${shortened(said)}`;
  if (status === 401)
    return owner('auth', 'unauthorized', `GitHub refused the token (401).${text}`, TOKEN_HINT);
  if (status === 403) {
    const message = `The token may not read ${asked} (403).${text}`;
    return owner('config', 'forbidden', message, permissionHint(headers));
  }
  if (status === 404) {
    const hint =
      'Check the name, and whether the token was given access to this repository: GitHub says "not found" for both.';
    return owner('config', 'not_found', `GitHub does not show ${asked} to this token (404).`, hint);
  }
  if (status === 410) {
    const hint = 'Switch issues on in the settings of the repository, or measure something else.';
    return owner('config', 'gone', `GitHub no longer has ${asked} (410).${text}`, hint);
  }
  if (status === 301 || status === 307 || status === 308) {
    const hint = 'Enter the present name of the repository.';
    return owner('config', 'moved', `GitHub has moved ${asked} (${status}); it was renamed.`, hint);
  }
  const errorClass = statusClass(status, null);
  if (errorClass === 'config') {
    const hint = 'Check the parameters of this metric.';
    return owner(
      'config',
      `http_${status}`,
      `GitHub refused the question for ${asked} (${status}).${text}`,
      hint,
    );
  }
  const message = `GitHub could not answer for ${asked} (${status}).${text} It is tried again later.`;
  return failure(errorClass, `http_${status}`, message, afterTime());
}

/**
 * How long a limit lasts, or null where it is none. A 403 is one when nothing is left, when a wait is named, or when the
 * text says that it is the secondary one.
 */
function limitWaitMs(status: number, headers: Headers, said: string | null): number | null {
  if (status !== 403 && status !== 429)
    return status === 503 ? retryAfterMs(headers.get('retry-after')) : null;
  const asked = retryAfterMs(headers.get('retry-after'));
  if (asked !== null) return asked;
  const resetMs = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1_000;
  const waitMs = headers.get('x-ratelimit-remaining') === '0' ? resetWaitMs(resetMs, headers) : null;
  if (waitMs !== null) return waitMs;
  const isLimit = status === 429 || /rate limit|abuse/i.test(said ?? '');
  return isLimit ? SHORTEST_PAUSE_MS : null;
}

/** GitHub names what a fine-grained token would need: "issues=read". */
function permissionHint(headers: Headers): string {
  const needed = headers.get('x-accepted-github-permissions')?.replaceAll('=', ': ').slice(0, 120) ?? '';
  return /^[\w:;, -]+$/.test(needed)
    ? `Give the token the permission "${needed}" for this repository.`
    : 'Give the token read access to Issues, Pull requests, Contents, Deployments and Actions of this repository.';
}

/** What only the owner can put right in a definition. */
export function settingError(code: string, problem: string, hint: string): ConnectorError {
  return owner('config', code, problem, hint);
}

export function tooMany(code: string, message: string): ConnectorError {
  return failure('too_large', code, message, { by: 'maintainer' });
}

export const badAnswer = (code: string, problem: string) => badPayload('GitHub', code, problem);

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
