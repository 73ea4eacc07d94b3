/** What Zendesk answers instead of data, in its own words. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: object;
  readonly headers: Record<string, string>;

  constructor(status: number, body: object, headers: Record<string, string> = {}) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const notAuthenticated = () => new Refusal(401, { error: "Couldn't authenticate you" });

export const notAllowed = () =>
  new Refusal(403, {
    error: {
      title: 'Forbidden',
      message:
        'You do not have access to this page. Please contact the account owner of this help desk for further help.',
    },
  });

export const notThere = () => new Refusal(404, { error: 'InvalidEndpoint', description: 'Not found' });

export const invalidAttribute = (message: string) =>
  new Refusal(400, { error: { title: 'Invalid attribute', message } });

export const invalidSearch = (description: string) =>
  new Refusal(422, { error: 'invalid', description: `Invalid search: ${description}` });

export const tooManyRequests = (waitSeconds: number) =>
  new Refusal(
    429,
    {
      error: 'APIRateLimitExceeded',
      description: 'Number of allowed API requests per minute exceeded',
    },
    { 'retry-after': String(waitSeconds) },
  );
