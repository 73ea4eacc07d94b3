import {
  abortedError,
  afterTime,
  badPayload,
  ConnectorError,
  redact,
  statusClass,
  toConnectorError,
} from '../sdk/index.ts';
import { causes, readError, type Told } from './read-error.ts';
import { untilNextHourMs, untilPacificMidnightMs } from './wait.ts';

export const PROVIDER = 'Google Analytics';

type Circumstances = { secrets: readonly string[]; signal: AbortSignal; now: Date; clientEmail: string };

/** Google locks a property out after ten server errors in an hour, so a retry has to be slow. */
const SERVER_ERROR_WAIT_MS = 300_000;
const CONCURRENT_WAIT_MS = 30_000;
const HOUR_MS = 3_600_000;

/** What an error of the official client means for us. */
export function ga4Error(error: unknown, about: Circumstances): ConnectorError {
  if (about.signal.aborted) return abortedError(PROVIDER, plain(error, about.secrets));
  const ours = causes(error).find((link) => link instanceof ConnectorError);
  if (ours !== undefined) return ours;
  // The guard of the way out has refused the address, or found nobody there: no answer of Google's at all.
  if (causes(error).some(({ errorClass }) => typeof errorClass === 'string'))
    return toConnectorError(error, PROVIDER);
  const told = readError(error);
  const said = redact(told.said, about.secrets);
  const cause = plain(error, about.secrets);
  // Without a code it is the client itself that gave up: on a null where a text belongs, on a text that is no JSON.
  if (told.status === null)
    return badPayload(PROVIDER, 'undecodable', 'sent an answer that cannot be read', cause);
  if (told.status === 401) return refusedKey(said, cause);
  if (told.status === 403) return noAccess(said, told.reason, about.clientEmail, cause);
  // gRPC uses the code of a quota for an answer that is larger than we take.
  if (/message larger than/i.test(said)) return tooLarge(cause);
  if (told.status === 429) return exhausted(said, told.waitMs, about.now, cause);
  return other(told, said, cause);
}

/** Whether Google refused the question itself, so that a part of it may still be answered. */
export function isRefusedQuestion(error: unknown): boolean {
  return error instanceof ConnectorError && error.code === 'invalid_argument';
}

/** What is kept of the client's error: neither its headers nor its request. */
function plain(error: unknown, secrets: readonly string[]): Error {
  return new Error(redact(readError(error).said, secrets));
}

function refusedKey(said: string, cause: Error): ConnectorError {
  const hint = 'Create a new JSON key for the service account in Google Cloud and enter it here.';
  return failure('auth', 'unauthenticated', `Google refused the key (401): ${said} ${hint}`, hint, cause);
}

function noAccess(said: string, reason: string | null, email: string, cause: Error): ConnectorError {
  if (reason === 'SERVICE_DISABLED' || /has not been used|is disabled|SERVICE_DISABLED/i.test(said)) {
    const hint = 'Enable the "Google Analytics Data API" in the Google Cloud project of the service account.';
    return failure(
      'auth',
      'service_disabled',
      `The Data API is switched off (403): ${said} ${hint}`,
      hint,
      cause,
    );
  }
  const hint = `Add ${email} as a Viewer under GA4 Admin, Property access management, and check the property’s number.`;
  return failure(
    'auth',
    'permission_denied',
    `Google gives no access to this property (403): ${said} ${hint}`,
    hint,
    cause,
  );
}

function failure(
  errorClass: 'auth' | 'config',
  code: string,
  message: string,
  hint: string,
  cause: Error,
): ConnectorError {
  return new ConnectorError(message, { errorClass, code, remedy: { by: 'owner', hint }, cause });
}

function tooLarge(cause: Error): ConnectorError {
  const message = `An answer of ${PROVIDER} was larger than allowed and was not read.`;
  return new ConnectorError(message, {
    errorClass: 'too_large',
    code: 'too_large',
    remedy: { by: 'maintainer' },
    cause,
  });
}

/** Google names the quota in its text and promises no `Retry-After`. */
function exhausted(said: string, waitMs: number | null, now: Date, cause: Error): ConnectorError {
  const { code, ms } = quotaOf(said, now);
  const message = `The quota of this GA4 property is used up (429): ${said} Other tools on the property share it.`;
  const remedy = afterTime(waitMs ?? ms);
  return new ConnectorError(message, { errorClass: 'rate_limited', code, remedy, cause });
}

function quotaOf(said: string, now: Date): { code: string; ms: number | null } {
  if (/concurrent/i.test(said)) return { code: 'concurrent_requests', ms: CONCURRENT_WAIT_MS };
  if (/server error/i.test(said)) return { code: 'server_errors', ms: HOUR_MS };
  if (/per day/i.test(said)) return { code: 'tokens_per_day', ms: untilPacificMidnightMs(now) };
  if (/per hour|under an hour|thresholded/i.test(said))
    return { code: 'tokens_per_hour', ms: untilNextHourMs(now) };
  return { code: 'resource_exhausted', ms: null };
}

function other(told: Told, said: string, cause: Error): ConnectorError {
  const status = told.status ?? 500;
  if (status === 400) {
    const hint = `Change what the metric asks for. Google says: ${said}`;
    return failure(
      'config',
      'invalid_argument',
      `Google Analytics refused the question (400): ${said}`,
      hint,
      cause,
    );
  }
  const errorClass = status === 499 ? 'transient' : statusClass(status, told.waitMs);
  if (errorClass === 'config') {
    const hint = 'Check the property’s number and the address of this connection.';
    return failure(
      'config',
      `http_${status}`,
      `Google Analytics answered ${status}: ${said} ${hint}`,
      hint,
      cause,
    );
  }
  const slow = status === 500 || status === 503 ? SERVER_ERROR_WAIT_MS : null;
  const message = `Google Analytics could not answer (${status}): ${said} It is tried again later.`;
  const remedy = afterTime(told.waitMs ?? slow);
  return new ConnectorError(message, { errorClass, code: `http_${status}`, remedy, cause });
}
