import { type Problem, problemSchema } from './contract.ts';
import { type Answer, type Body, type Query, type Route, type RouteName, routes } from './routes.ts';

/** Where the API listens, and the bearer token that opens it. */
export type ApiAddress = { url: string; token: string };

export type ClientOptions = ApiAddress & {
  /** Absent: the global `fetch`. */
  fetch?: typeof globalThis.fetch;
  /** For one call, answer read to its end. Default 60 000: a preview reads from the provider while we wait. */
  timeoutMs?: number;
  /** Aborts the call under way and refuses the next one. */
  signal?: AbortSignal;
};

/** `params` fills the `:name` parts of the path; keys and ids are both accepted there. */
export type CallInput<Name extends RouteName> = {
  params?: Record<string, string>;
  query?: Query<Name>;
  body?: Body<Name>;
  /** Of a route that takes a file, sent as it is read. */
  file?: ReadableStream<Uint8Array>;
  /** The same key again is the same delivery, so that it can be sent again without harm. */
  idempotencyKey?: string;
};

export type Client = {
  /**
   * One operation of the contract.
   *
   * @throws ApiProblem when the API refused, ApiUnreachable when nothing answered, ApiTimeout when it took too
   *   long, ApiMismatch when the answer does not fit the contract
   */
  call<Name extends RouteName>(name: Name, input?: CallInput<Name>): Promise<Answer<Name>>;
};

/** The API's own refusal, RFC 9457, with everything that it said. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly fix: string;
  /** Null when the answer carried none, as when a proxy answered in place of the API. */
  readonly requestId: string | null;
  readonly retryable: boolean;
  readonly errors: Problem['errors'];

  constructor(problem: Omit<Problem, 'requestId'> & { requestId: string | null }) {
    super(problem.detail === '' ? problem.title : problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.fix = problem.fix;
    this.requestId = problem.requestId;
    this.retryable = problem.retryable;
    this.errors = problem.errors;
  }
}

/** Nothing answered at the address: refused, unknown host, or cut off half-way. */
export class ApiUnreachable extends Error {
  override name = 'ApiUnreachable';
  readonly url: string;
  /** The system's word for it, such as `ECONNREFUSED`; null when it gave none. */
  readonly code: string | null;

  constructor(url: string, code: string | null, cause: unknown) {
    const why = code === 'ECONNREFUSED' ? 'the connection was refused' : (code ?? 'the connection failed');
    super(`No API answers at ${url}: ${why}`, { cause });
    this.url = url;
    this.code = code;
  }
}

export class ApiTimeout extends Error {
  override name = 'ApiTimeout';
  constructor(operation: string, timeoutMs: number) {
    super(`The API did not answer ${operation} within ${timeoutMs / 1000} s`);
  }
}

/** The answer does not fit the contract: server and client are not of one version. */
export class ApiMismatch extends Error {
  override name = 'ApiMismatch';
  constructor(operation: string, field: string, cause?: unknown) {
    super(`The API answered ${operation} in an unexpected shape (${field})`, { cause });
  }
}

/** As long as the server lets one request take, and a while for the work on it. */
const FILE_TIMEOUT_MS = 1_800_000;

/** The typed client of `/api/v1`, over any `fetch`. Holds no connection and no state between calls. */
export function createClient(options: ClientOptions): Client {
  const base = options.url.replace(/\/+$/, '');
  const timeoutMs = options.timeoutMs ?? 60_000;
  const send = options.fetch ?? globalThis.fetch;

  return {
    async call(name, input = {}) {
      const route: Route = routes[name];
      const address = `${base}${fillPath(route.path, input.params ?? {})}${queryString(input.query)}`;
      const timer = AbortSignal.timeout(input.file === undefined ? timeoutMs : FILE_TIMEOUT_MS);
      const signal = options.signal === undefined ? timer : AbortSignal.any([timer, options.signal]);
      let response: Response;
      let text: string;
      try {
        response = await send(address, {
          ...requestOf(route, options.token, input),
          signal,
        });
        text = await response.text();
      } catch (cause) {
        if (options.signal?.aborted === true) throw options.signal.reason;
        if (timer.aborted) throw new ApiTimeout(name, timeoutMs);
        throw new ApiUnreachable(base, systemCode(cause), cause);
      }
      if (!response.ok) throw problemOf(response, text, name, base);
      return answerOf(route, response, text, name) as Answer<typeof name>;
    },
  };
}

type Sent = { body?: unknown; file?: ReadableStream<Uint8Array>; idempotencyKey?: string };

function requestOf(route: Route, token: string, { body, file, idempotencyKey }: Sent): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json', authorization: `Bearer ${token}` };
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  // A redirect would carry the token to an address that nobody chose.
  const request: RequestInit = { method: route.method, headers, redirect: 'error' };
  if (file !== undefined) {
    headers['content-type'] = 'application/octet-stream';
    return { ...request, body: file, duplex: 'half' };
  }
  if (body === undefined) return request;
  headers['content-type'] = 'application/json';
  return { ...request, body: JSON.stringify(body) };
}

function fillPath(path: string, params: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_, part: string) => {
    const value = params[part];
    if (value === undefined || value === '') throw new RangeError(`${path} needs a value for "${part}"`);
    return encodeURIComponent(value);
  });
}

function queryString(query: unknown): string {
  const search = new URLSearchParams();
  for (const [field, value] of Object.entries(
    (query ?? {}) as Record<string, string | number | boolean | null | undefined>,
  )) {
    if (value !== undefined && value !== null) search.set(field, String(value));
  }
  return search.size === 0 ? '' : `?${search.toString()}`;
}

function answerOf(route: Route, response: Response, text: string, operation: string): unknown {
  const parsed = route.answer.safeParse(response.status === 204 ? null : jsonOf(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = `/${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'unreadable'}`;
  throw new ApiMismatch(operation, field, parsed.error);
}

function problemOf(response: Response, text: string, operation: string, base: string): ApiProblem {
  const parsed = problemSchema.safeParse(jsonOf(text));
  if (parsed.success) return new ApiProblem(parsed.data);
  // A proxy or another program on the port: its body is not ours to repeat.
  return new ApiProblem({
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: `${operation} was answered with HTTP ${response.status}, and not by Tidemark`,
    code: 'unexpected_answer',
    requestId: response.headers.get('x-request-id'),
    retryable: response.status >= 500,
    fix: `Check that ${base} is the address of a Tidemark API.`,
    errors: [],
  });
}

/** Undefined when it is not JSON: no schema of the contract accepts that. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function systemCode(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code: unknown = 'code' in at ? at.code : undefined;
    if (typeof code === 'string') return code;
    if (at instanceof AggregateError) return systemCode(at.errors[0]);
  }
  return null;
}
