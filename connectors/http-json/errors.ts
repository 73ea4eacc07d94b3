import { afterTime, ConnectorError, redact, retryAfterMs, statusClass } from '../sdk/index.ts';
import type { Api } from './api.ts';
import { follow } from './pointer.ts';

const SAID_LENGTH = 200;
const REQUEST_HINT = 'Check the address, the path and the parameters of this metric.';

/** What only the owner can put right in the settings of a connection or a metric. */
export function settingError(code: string, problem: string, hint: string): ConnectorError {
  return new ConnectorError(`${problem} ${hint}`, {
    errorClass: 'config',
    code,
    remedy: { by: 'owner', hint },
  });
}

/** An error answer in JSON. `body` may hold the reason in one of the usual places. */
export function statusError(
  { keyHint, provider, throttled = [] }: Pick<Api, 'keyHint' | 'provider' | 'throttled'>,
  status: number,
  headers: Headers,
  body: unknown,
  secrets: readonly string[],
): ConnectorError {
  const waitMs = retryAfterMs(headers.get('retry-after'));
  const errorClass = throttled.includes(status) ? 'rate_limited' : statusClass(status, waitMs);
  const said = sentence(provider, reasonIn(body), secrets);
  const code = `http_${status}`;
  const owner = (problem: string, hint: string) =>
    new ConnectorError(`${problem} (${status}).${said} ${hint}`, {
      errorClass,
      code,
      remedy: { by: 'owner', hint },
    });
  if (errorClass === 'auth') return owner(`${provider} refused the key`, keyHint);
  if (errorClass === 'config') return owner(`${provider} refused the request`, REQUEST_HINT);
  const problem = errorClass === 'rate_limited' ? 'asks to slow down' : 'could not answer';
  const message = `${provider} ${problem} (${status}).${said} It is tried again later.`;
  return new ConnectorError(message, { errorClass, code, remedy: afterTime(waitMs) });
}

/** An answer that is an error in spite of its status, such as those of GraphQL. */
export function reportedError(
  provider: string,
  body: unknown,
  at: unknown,
  secrets: readonly string[],
): ConnectorError {
  const reason = reasonIn(at) ?? reasonIn(body);
  const said = sentence(provider, reason, secrets);
  const text = JSON.stringify(at) ?? '';
  if (/throttl|rate.?limit/i.test(text)) {
    const message = `${provider} asks to slow down.${said} It is tried again later.`;
    return new ConnectorError(message, {
      errorClass: 'rate_limited',
      code: 'throttled',
      remedy: afterTime(),
    });
  }
  return settingError('error_in_answer', `${provider} answered with an error.${said}`, REQUEST_HINT);
}

/** Where APIs write in words what went wrong. */
const REASONS = [
  '/message',
  '/error/message',
  '/error',
  '/errors/0/message',
  '/errors/0',
  '/error_description',
  '/detail',
  '/title',
  '/0/message',
  '/0',
];

function reasonIn(body: unknown): string | null {
  if (typeof body === 'string') return body;
  for (const at of REASONS) {
    const place = follow(at.slice(1).split('/'), body);
    if (place !== 'missing' && typeof place.found === 'string' && place.found.trim() !== '')
      return place.found;
  }
  return null;
}

function sentence(provider: string, reason: string | null, secrets: readonly string[]): string {
  if (reason === null) return '';
  // Cut after the secrets are out: half a secret is not recognised any more.
  const clean = redact(reason, secrets).replace(/\s+/g, ' ').trim();
  const short = clean.length > SAID_LENGTH ? `${clean.slice(0, SAID_LENGTH)}…` : clean;
  return ` ${provider} says: ${short}${/[.!?…]$/.test(short) ? '' : '.'}`;
}
