import { Stripe } from 'stripe';
import {
  afterTime,
  badPayload,
  ConnectorError,
  redact,
  retryAfterMs,
  statusClass,
  toConnectorError,
} from '../sdk/index.ts';

/** Another request of the account holds the object; Stripe lets go of it within seconds. */
const LOCK_WAIT_MS = 2_000;

/** What an error of the official client means for us. Anything that is not one of its errors is a bug and passes. */
export function stripeError(error: unknown, secrets: readonly string[]): unknown {
  if (error instanceof ConnectorError || !(error instanceof Stripe.errors.StripeError)) return error;
  if (error instanceof Stripe.errors.StripeConnectionError) return connectionError(error);
  const status = error.statusCode;
  if (status === undefined || status < 400) {
    return badPayload('Stripe', error.code ?? 'unusable_answer', 'sent an answer that is no result');
  }
  const said = redact(error.message, secrets);
  const cause = told(error, said);
  const waitMs = retryAfterMs(error.headers?.['retry-after']);
  if (status === 401) return refusedKey(cause);
  if (status === 403) return missingPermission(cause);
  if (status === 429) return rateLimited(cause, error, waitMs);
  if (error.code === 'resource_missing' && error.param === 'starting_after') return cursorGone(cause);
  const errorClass = statusClass(status, waitMs);
  const code = error.code ?? `http_${status}`;
  if (errorClass !== 'config') {
    const message = `Stripe could not answer (${status}): ${said} It is tried again later.`;
    return new ConnectorError(message, { errorClass, code, remedy: afterTime(waitMs), cause });
  }
  const message = `Stripe refused a request of Tidemark (${status}, ${code}): ${said}`;
  return new ConnectorError(message, { errorClass, code, remedy: { by: 'maintainer' }, cause });
}

/** What is kept of the client's error: not its headers, and nothing of the answer but the message. */
type Told = Error & {
  statusCode: number | undefined;
  code: string | undefined;
  requestId: string | undefined;
};

function told(error: Stripe.errors.StripeError, said: string): Told {
  const { type, statusCode, code, requestId } = error;
  return Object.assign(new Error(said), { name: type, statusCode, code, requestId });
}

/** The client wraps whatever our fetch threw; the original says more. */
function connectionError(error: Stripe.errors.StripeConnectionError): ConnectorError {
  const inner = error.detail as unknown;
  return toConnectorError(inner instanceof Error ? inner : error, 'Stripe');
}

/** The last object of a page was deleted before the next page was asked for: the next run walks past it. */
function cursorGone(cause: Told): ConnectorError {
  const message = 'Stripe lost the place in a list, because an object in it was deleted. It is read again.';
  return new ConnectorError(message, {
    errorClass: 'transient',
    code: 'cursor_gone',
    remedy: afterTime(),
    cause,
  });
}

function refusedKey(cause: Told): ConnectorError {
  const hint = 'Create a restricted key in the Stripe Dashboard (Developers, API keys) and enter it here.';
  const why = cause.code === 'api_key_expired' ? 'the key has expired' : cause.message;
  return new ConnectorError(`Stripe refused the key (401): ${why} ${hint}`, {
    errorClass: 'auth',
    code: cause.code ?? 'unauthorized',
    remedy: { by: 'owner', hint },
    cause,
  });
}

function missingPermission(cause: Told): ConnectorError {
  const names = [...new Set(cause.message.match(/\brak_[a-z0-9_]+/g) ?? [])];
  const hint =
    names.length === 0
      ? `Give the restricted key the read permission it lacks. Stripe says: ${cause.message}`
      : `Give the restricted key the permission ${names.join(', ')} in the Stripe Dashboard.`;
  return new ConnectorError(`The Stripe key may not read this (403). ${hint}`, {
    errorClass: 'auth',
    code: names[0] ?? cause.code ?? 'forbidden',
    remedy: { by: 'owner', hint },
    cause,
  });
}

function rateLimited(cause: Told, error: Stripe.errors.StripeError, waitMs: number | null): ConnectorError {
  if (error.code === 'lock_timeout') {
    const message = 'Stripe is changing an object that was asked for (lock_timeout). It is asked again soon.';
    const remedy = afterTime(waitMs ?? LOCK_WAIT_MS);
    return new ConnectorError(message, {
      errorClass: 'transient',
      code: 'lock_timeout',
      remedy,
      cause,
    });
  }
  const reason = error.headers?.['stripe-rate-limited-reason'] ?? error.code ?? 'rate_limit';
  const message = `Stripe asks to slow down (429, ${reason}). Other tools on this account share the limit.`;
  return new ConnectorError(message, {
    errorClass: 'rate_limited',
    code: reason,
    remedy: afterTime(waitMs),
    cause,
  });
}
