import createFetchClient from 'openapi-fetch';
import type { Answer, Body, OperationName, Query } from './client-types.ts';
import { type Problem, problemSchema } from './contract.ts';
import { addresses } from './generated/addresses.ts';
import type { paths } from './generated/schema.ts';
import { type Route, routes } from './routes.ts';

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
export type CallInput<Name extends OperationName> = {
  params?: Record<string, string>;
  query?: Query<Name>;
  body?: Body<Name>;
  /** Of a route that takes a file, sent as it is read. */
  file?: ReadableStream<Uint8Array>;
  /** The same key again is the same delivery, so that it can be sent again without harm. */
  idempotencyKey?: string;
  /** The version that a change is meant for, as an ETag; absent: whatever is there. */
  ifMatch?: string;
};

export type Client = {
  /**
   * One operation of the document. Of a list, every row, page by page, unless `query` has a limit or a cursor.
   *
   * @throws ApiProblem when the API refused, ApiUnreachable when nothing answered, ApiTimeout when it took too
   *   long, ApiMismatch when the answer does not fit the contract
   */
  call<Name extends OperationName>(name: Name, input?: CallInput<Name>): Promise<Answer<Name>>;
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

/** The largest page that there is, and more pages than anything of ours has. */
const PAGE = 200;
const MAX_PAGES = 5_000;

/** The typed client of `/api/v1`, over any `fetch`. Holds no connection and no state between calls. */
export function createClient(options: ClientOptions): Client {
  const base = options.url.replace(/\/+$/, '');
  const timeoutMs = options.timeoutMs ?? 60_000;
  const fetcher = createFetchClient<paths>({
    baseUrl: base,
    // A redirect would carry the token to an address that nobody chose.
    redirect: 'error',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${options.token}`,
      // The server ends an idle connection after five seconds, and a request that meets its end is lost: to a server on the
      // same machine a new one costs next to nothing.
      connection: 'close',
    },
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });

  return {
    async call(name, input = {}) {
      const first = await once(name, input);
      if (!isWholeList(name, input)) return first as Answer<typeof name>;
      const rows = [...(first as Listed).data];
      let { nextCursor } = (first as Listed).page;
      for (let page = 1; nextCursor !== null && page < MAX_PAGES; page += 1) {
        const next = await once(name, { ...input, query: { ...input.query, cursor: nextCursor } as never });
        rows.push(...(next as Listed).data);
        ({ nextCursor } = (next as Listed).page);
      }
      return { ...(first as Listed), data: rows, page: { nextCursor } } as unknown as Answer<typeof name>;
    },
  };

  async function once<Name extends OperationName>(name: Name, input: CallInput<Name>): Promise<unknown> {
    const { method, path } = addresses[name];
    const timer = AbortSignal.timeout(input.file === undefined ? timeoutMs : FILE_TIMEOUT_MS);
    const signal = options.signal === undefined ? timer : AbortSignal.any([timer, options.signal]);
    const init = requestOf(name, input);
    // Its types follow from the address, which is not known before the call: ours follow from the name.
    const answered = await (fetcher.request as unknown as Send)(method.toLowerCase(), path, {
      ...init,
      signal,
      parseAs: 'text',
    }).catch((cause: unknown) => {
      if (options.signal?.aborted === true) throw options.signal.reason;
      if (timer.aborted) throw new ApiTimeout(name, timeoutMs);
      throw new ApiUnreachable(base, systemCode(cause), cause);
    });
    const { data, error, response } = answered;
    if (!response.ok) throw problemOf(response, error, name, base);
    return answerOf(routes[name], response, data ?? '', name);
  }
}

type Listed = { data: unknown[]; page: { nextCursor: string | null } };
type Send = (
  method: string,
  path: string,
  init: Record<string, unknown>,
) => Promise<{ data?: string; error?: unknown; response: Response }>;
type Input = {
  params?: Record<string, string>;
  query?: unknown;
  body?: unknown;
  file?: ReadableStream<Uint8Array>;
  idempotencyKey?: string;
  ifMatch?: string;
};

/** Whether everything is asked for of what comes in pages. */
function isWholeList(name: OperationName, { query }: Input): boolean {
  const { answer, method }: Route = routes[name];
  const isList = method === 'GET' && 'shape' in answer && 'page' in (answer.shape as object);
  const { cursor, limit } = (query ?? {}) as { cursor?: unknown; limit?: unknown };
  return isList && cursor === undefined && limit === undefined;
}

function requestOf(name: OperationName, input: Input): Record<string, unknown> {
  const { method, path } = addresses[name];
  const { body, file, idempotencyKey, ifMatch, params = {}, query } = input;
  for (const [, part = ''] of path.matchAll(/\{(\w+)\}/g)) {
    if ((params[part] ?? '') === '') throw new RangeError(`${path} needs a value for "${part}"`);
  }
  const headers: Record<string, string> = {};
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  // Without a version, what somebody states by name is meant whatever else has changed.
  if (['PATCH', 'PUT', 'DELETE'].includes(method)) headers['if-match'] = ifMatch ?? '*';
  const asked = isWholeList(name, input) ? { ...(query as object | undefined), limit: PAGE } : query;
  const request = { params: { path: params, query: known(asked) }, headers };
  if (file !== undefined) {
    headers['content-type'] = 'application/octet-stream';
    return { ...request, body: file, duplex: 'half', bodySerializer: (sent: unknown) => sent };
  }
  if (body === undefined) return request;
  headers['content-type'] = 'application/json';
  return { ...request, body };
}

function known(query: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries((query ?? {}) as Record<string, unknown>).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  );
}

function answerOf(route: Route, response: Response, text: string, operation: string): unknown {
  const parsed = route.answer.safeParse(response.status === 204 ? null : jsonOf(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = `/${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'unreadable'}`;
  throw new ApiMismatch(operation, field, parsed.error);
}

function problemOf(response: Response, said: unknown, operation: string, base: string): ApiProblem {
  const parsed = problemSchema.safeParse(said);
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
