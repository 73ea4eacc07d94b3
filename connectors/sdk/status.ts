import { afterTime, ConnectorError } from './error.ts';
import type { ErrorClass, Remedy } from './types.ts';

const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
const LONGEST_RESET_MS = 3_600_000;

/**
 * `Retry-After` in milliseconds, from seconds or an HTTP date, held between 1 s and 6 h.
 * Null when the header is missing or unreadable.
 */
export function retryAfterMs(value: string | null | undefined, nowMs = Date.now()): number | null {
  if (value === null || value === undefined || value.trim() === '') return null;
  const seconds = Number(value);
  const waitMs = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - nowMs;
  if (!Number.isFinite(waitMs)) return null;
  return Math.trunc(Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, waitMs)));
}

/**
 * How long until a limit is filled up again, in milliseconds, held between 1 s and 1 h. `resetMs` is an instant by the
 * provider's clock, which its answer tells as `Date`; null when it is none.
 */
export function resetWaitMs(resetMs: number, headers: Headers): number | null {
  if (!Number.isFinite(resetMs)) return null;
  const toldMs = Date.parse(headers.get('date') ?? '');
  const waitMs = resetMs - (Number.isFinite(toldMs) ? toldMs : Date.now());
  return Math.min(LONGEST_RESET_MS, Math.max(SHORTEST_WAIT_MS, waitMs));
}

/** The class of an HTTP status that says nothing more; `Retry-After` makes a 503 a matter of the rate. */
export function statusClass(status: number, waitMs: number | null): ErrorClass {
  if (status === 429 || (status === 503 && waitMs !== null)) return 'rate_limited';
  if (status === 401 || status === 403) return 'auth';
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'transient';
  return 'config';
}

/** An error answer whose body tells nothing: a proxy's page, or a provider that only uses status codes. */
export function errorFromStatus(provider: string, status: number, headers: Headers): ConnectorError {
  const waitMs = retryAfterMs(headers.get('retry-after'));
  const errorClass = statusClass(status, waitMs);
  const { remedy, next } = advice(provider, errorClass, waitMs);
  return new ConnectorError(`${provider} answered with status ${status}. ${next}`, {
    errorClass,
    code: `http_${status}`,
    remedy,
  });
}

function advice(
  provider: string,
  errorClass: ErrorClass,
  waitMs: number | null,
): { remedy: Remedy; next: string } {
  if (errorClass === 'auth') {
    const hint = `Check the key of this ${provider} connection and enter a new one if it was revoked.`;
    return { remedy: { by: 'owner', hint }, next: hint };
  }
  if (errorClass === 'config') {
    const hint = `Check the address and settings of this ${provider} connection.`;
    return { remedy: { by: 'owner', hint }, next: hint };
  }
  return { remedy: afterTime(waitMs), next: 'It is tried again later.' };
}
