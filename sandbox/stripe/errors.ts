import type { Wire } from './wire.ts';

/** An answer other than 200, in the provider's words. */
export class Refusal extends Error {
  readonly status: number;
  readonly error: Wire;
  readonly headers: Record<string, string>;

  constructor(status: number, error: Wire, headers: Record<string, string> = {}) {
    super(String(error.message));
    this.name = 'Refusal';
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

const TYPE = 'invalid_request_error';

export function invalid(message: string, more: { code?: string; param?: string } = {}): Refusal {
  return new Refusal(400, { type: TYPE, message, ...more });
}

export function unknownParameter(param: string): Refusal {
  return invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
}

/** 404 when the object is the address, 400 when a parameter names it. */
export function missing(object: string, id: string, param = 'id'): Refusal {
  const status = param === 'id' ? 404 : 400;
  const message = `No such ${object.replaceAll('_', ' ')}: '${id}'`;
  return new Refusal(status, { type: TYPE, message, code: 'resource_missing', param });
}

export function unknownUrl(method: string, path: string): Refusal {
  const message = `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`;
  return new Refusal(404, { type: TYPE, message });
}

export function noKey(): Refusal {
  const message =
    "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').";
  return new Refusal(401, { type: TYPE, message }, { 'www-authenticate': 'Bearer realm="Stripe"' });
}

export function badKey(key: string): Refusal {
  const message = `Invalid API Key provided: ${masked(key)}`;
  return new Refusal(401, { type: TYPE, message }, { 'www-authenticate': 'Bearer realm="Stripe"' });
}

export function notPermitted(key: string, account: string, permission: string): Refusal {
  const message = `The provided key '${masked(key)}' does not have the required permissions for this endpoint on account '${account}'. Having the '${permission}' permission would allow this request to continue.`;
  return new Refusal(403, { type: TYPE, message });
}

export function tooMany(headers: Record<string, string> = {}): Refusal {
  const message = 'Request rate limit exceeded.';
  const reason = { 'stripe-rate-limited-reason': 'global-rate' };
  return new Refusal(429, { type: TYPE, message, code: 'rate_limit' }, { ...reason, ...headers });
}

export function serverError(): Refusal {
  return new Refusal(500, { type: 'api_error', message: 'An unexpected error occurred.' });
}

function masked(key: string): string {
  const head = /^[a-z]+_(?:test|live)_/.exec(key)?.[0] ?? key.slice(0, 3);
  return `${head}****${key.length > head.length + 3 ? key.slice(-3) : ''}`;
}
