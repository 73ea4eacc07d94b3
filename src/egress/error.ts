/** What a refused or failed request means for a retry; the words of the run's error classes, plus `timeout`. */
export type EgressErrorClass = 'blocked_destination' | 'transient' | 'timeout' | 'too_large' | 'bad_payload';

/** Which rule said no, or what went wrong. Stable: tests and translations may rely on it. */
export type EgressCode =
  | 'bad_url'
  | 'scheme'
  | 'userinfo'
  | 'port'
  | 'name'
  | 'address'
  | 'host_not_bound'
  | 'header'
  | 'method'
  | 'connect_timeout'
  | 'first_byte_timeout'
  | 'total_timeout'
  | 'idle_timeout'
  | 'network'
  | 'response_size'
  | 'response_ratio'
  | 'response_encoding'
  | 'response_protocol';

/**
 * A request that was not made, or not answered well. The message is fit for the person who typed the
 * address: it never holds a resolved IP, a response body or a header value. `systemCode` is the short
 * code of the system below (`ECONNREFUSED`, `CERT_HAS_EXPIRED`) or null; the original error is dropped on
 * purpose, because Node writes the resolved address into it.
 */
export class EgressError extends Error {
  override readonly name = 'EgressError';
  readonly errorClass: EgressErrorClass;
  readonly code: EgressCode;
  readonly systemCode: string | null;

  constructor(
    errorClass: EgressErrorClass,
    code: EgressCode,
    message: string,
    systemCode: string | null = null,
  ) {
    super(message);
    this.errorClass = errorClass;
    this.code = code;
    this.systemCode = systemCode;
  }
}

export function blocked(code: EgressCode, message: string): EgressError {
  return new EgressError('blocked_destination', code, message);
}

/** Turns whatever the socket, TLS, HTTP parser or inflater threw into an `EgressError` about `host`. */
export function toEgressError(error: unknown, host: string): EgressError {
  if (error instanceof EgressError) return error;
  const code = systemCodeOf(error);
  if (code === 'UND_ERR_HEADERS_TIMEOUT') {
    return new EgressError('timeout', 'first_byte_timeout', `${host} did not start to answer in time`);
  }
  if (code === 'UND_ERR_BODY_TIMEOUT') {
    return new EgressError('timeout', 'idle_timeout', `${host} stopped sending in the middle of its answer`);
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new EgressError('too_large', 'response_size', `${host} answered with too many headers`);
  }
  if (code?.startsWith('HPE_') === true) {
    return new EgressError('bad_payload', 'response_protocol', `${host} did not answer in HTTP`, code);
  }
  if (code?.startsWith('Z_') === true || code?.startsWith('ERR_BROTLI') === true) {
    return new EgressError(
      'bad_payload',
      'response_encoding',
      `${host} sent a damaged compressed answer`,
      code,
    );
  }
  const suffix = code === null ? '' : ` (${code})`;
  return new EgressError('transient', 'network', `the connection to ${host} failed${suffix}`, code);
}

function systemCodeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
