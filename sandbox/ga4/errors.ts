/** The same outcome in both of the provider's protocols. */
const STATUSES = {
  INVALID_ARGUMENT: { http: 400, grpc: 3 },
  UNAUTHENTICATED: { http: 401, grpc: 16 },
  PERMISSION_DENIED: { http: 403, grpc: 7 },
  NOT_FOUND: { http: 404, grpc: 5 },
  RESOURCE_EXHAUSTED: { http: 429, grpc: 8 },
  INTERNAL: { http: 500, grpc: 13 },
  UNIMPLEMENTED: { http: 501, grpc: 12 },
} as const;

type Status = keyof typeof STATUSES;

/** An answer that is an error, in the provider's words. */
export class Refusal extends Error {
  readonly status: Status;
  readonly reason: string | null; // of the ErrorInfo, which only some errors carry
  readonly retryAfterSeconds: number | null;

  constructor(
    status: Status,
    message: string,
    more: { reason?: string; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.reason = more.reason ?? null;
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
  }

  get http(): number {
    return STATUSES[this.status].http;
  }

  get grpc(): number {
    return STATUSES[this.status].grpc;
  }

  /** The JSON body over REST. */
  body(): unknown {
    const { http: code, message, status, reason } = this;
    if (reason === null) return { error: { code, message, status } };
    const type = 'type.googleapis.com/google.rpc.ErrorInfo';
    const details = [{ '@type': type, reason, domain: ERROR_DOMAIN, metadata: {} }];
    return { error: { code, message, status, details } };
  }
}

export const ERROR_DOMAIN = 'googleapis.com';

export function invalid(message: string): Refusal {
  return new Refusal('INVALID_ARGUMENT', message);
}

export function noToken(): Refusal {
  const message =
    'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.';
  return new Refusal('UNAUTHENTICATED', message, { reason: 'CREDENTIALS_MISSING' });
}

/** Also what a revoked key gets: the provider does not tell why it no longer trusts a token. */
export function badToken(): Refusal {
  const message =
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.';
  return new Refusal('UNAUTHENTICATED', message, { reason: 'ACCESS_TOKEN_EXPIRED' });
}

export function noAccess(): Refusal {
  const message =
    'User does not have sufficient permissions for this property. To learn more about Property ID, see https://developers.google.com/analytics/devguides/reporting/data/v1/property-id.';
  return new Refusal('PERMISSION_DENIED', message);
}

export function notServed(what: string): Refusal {
  return new Refusal('UNIMPLEMENTED', `${what} is not served by the sandbox.`);
}

const EXHAUSTED = {
  concurrent: 'Exhausted concurrent requests quota. Please send fewer requests concurrently.',
  day: 'Exhausted property tokens per day. These quota tokens will return in under a day. To increase your quota, consider upgrading to Analytics 360.',
  hour: 'Exhausted property tokens per hour. These quota tokens will return in under an hour. To increase your quota, consider upgrading to Analytics 360.',
  projectHour:
    'Exhausted property tokens for a project per hour. These quota tokens will return in under an hour. To increase your quota, consider upgrading to Analytics 360.',
  serverErrors:
    'Exhausted server errors quota for a project per hour. Requests are refused until it returns in under an hour.',
  thresholded: 'Exhausted potentially thresholded requests quota. This quota will refresh in under an hour.',
} as const;

export function exhausted(quota: keyof typeof EXHAUSTED, retryAfterSeconds?: number): Refusal {
  return new Refusal('RESOURCE_EXHAUSTED', EXHAUSTED[quota], { retryAfterSeconds });
}

export function internal(): Refusal {
  return new Refusal('INTERNAL', 'Internal error encountered.');
}
