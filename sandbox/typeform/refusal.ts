/** What Typeform answers instead of data, in its own words. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.body = { code, description };
  }
}

export const nobody = () =>
  new Refusal(403, 'AUTHENTICATION_FAILED', 'Authentication credentials not found on the Request Headers');

export const scopeMissing = () =>
  new Refusal(403, 'FORBIDDEN', 'You do not have enough rights to access this resource');

export const noForm = () => new Refusal(404, 'FORM_NOT_FOUND', 'Non existing form with this uid');

export const notServed = () => new Refusal(404, 'NOT_FOUND', 'Nothing is served at this address');

export const invalid = (description: string) => new Refusal(400, 'VALIDATION_ERROR', description);

export const tooMany = () => new Refusal(429, 'TOO_MANY_REQUESTS', 'Too many requests');
