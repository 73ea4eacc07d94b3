import createClient from 'openapi-fetch';
import type { Answer, Body, OperationName, Query } from '../api/client-types.ts';
import type { Board, Explanation, KeyResultDetail, Problem } from '../api/contract.ts';
import { addresses } from '../api/generated/addresses.ts';
import type { paths } from '../api/generated/schema.ts';
import { heardServerTime } from './clock.ts';
import { heardSession, signedInAgain } from './session.ts';
import { withoutCommands } from './without-commands.ts';

/** Longer than any read takes; a server that hangs must not leave a page loading for ever. */
const TIMEOUT_MS = 20_000;
/** A file of any size takes its time on the way. */
const FILE_TIMEOUT_MS = 30 * 60_000;

export type FieldError = { pointer: string; detail: string };

/**
 * What the API said when it refused, or our own words when nothing usable came back. `status` 0 means that no answer
 * arrived; then `detail` and `fix` are empty and the page says it in the reader's language.
 */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly fix: string;
  readonly requestId: string | null;
  /** What is wrong with which field, by its JSON pointer in what was sent. */
  readonly errors: readonly FieldError[];

  constructor(said: {
    status: number;
    code: string;
    detail: string;
    fix: string;
    requestId: string | null;
    errors?: readonly FieldError[];
  }) {
    super(said.detail === '' ? said.code : said.detail);
    this.status = said.status;
    this.code = said.code;
    this.detail = said.detail;
    this.fix = said.fix;
    this.requestId = said.requestId;
    this.errors = said.errors ?? [];
  }
}

/** The client that is generated from the API's document; what it refuses and what does not come is said by `ApiError`. */
const client = createClient<paths>({
  credentials: 'same-origin',
  cache: 'no-store',
  headers: { accept: 'application/json, application/problem+json' },
  fetch: ask,
});
/** A page of another site cannot send this along with the cookie. */
const ours = { 'x-tdm-csrf': '1' };

export type CallInput<Name extends OperationName> = {
  /** Fills the `{name}` parts of the address. */
  params?: Record<string, string>;
  query?: { [Field in keyof Query<Name>]?: Query<Name>[Field] | null | undefined };
  body?: Body<Name>;
  /** A file, sent as it is. */
  file?: Blob;
  /** The version that a change is meant for, of `callVersioned`; without one, whatever is there. */
  ifMatch?: string;
  signal?: AbortSignal;
};

/**
 * One operation of the API by its name, such as `call('createSnooze', { body })`. A POST carries a key of its own, so that
 * a request that the browser sends twice is done once.
 *
 * @throws ApiError
 */
export async function call<Name extends OperationName>(
  name: Name,
  input: CallInput<Name> = {},
): Promise<Answer<Name>> {
  return (await callVersioned(name, input)).data;
}

/** The same, with the version (ETag) of what came back: a later change says that it means this one. */
export async function callVersioned<Name extends OperationName>(
  name: Name,
  input: CallInput<Name> = {},
): Promise<{ data: Answer<Name>; version: string | null }> {
  const { method, path } = addresses[name];
  const { body, file, ifMatch = '*', params, query, signal = new AbortController().signal } = input;
  const headers: Record<string, string> = method === 'GET' ? {} : { ...ours };
  if (method === 'POST') headers['idempotency-key'] = newKey();
  if (['PATCH', 'PUT', 'DELETE'].includes(method)) headers['if-match'] = ifMatch;
  const said = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  const init: Record<string, unknown> = {
    params: { path: params ?? {}, query: Object.fromEntries(said) },
    headers,
    signal,
  };
  if (file !== undefined) {
    headers['content-type'] = 'application/octet-stream';
    Object.assign(init, { body: file, bodySerializer: (sent: unknown) => sent });
  } else if (body !== undefined) init['body'] = body;
  // Its types follow from the address, which is not known before the call: ours follow from the name.
  const request = client.request as unknown as (
    method: string,
    path: string,
    init: Record<string, unknown>,
  ) => Promise<{ data?: Answer<Name>; response: Response }>;
  const answered = request(method.toLowerCase(), path, init);
  const { response } = await answered.catch(() => ({ response: null }));
  if (response?.status === 204) return { data: null as Answer<Name>, version: null };
  return { data: await read(answered, signal), version: response?.headers.get('etag') ?? null };
}

type RowOf<Name extends OperationName> = Answer<Name> extends { data: (infer Row)[] } ? Row : never;

/** A list to its end, page by page. */
export async function callAll<Name extends OperationName>(
  name: Name,
  input: CallInput<Name> = {},
): Promise<RowOf<Name>[]> {
  return everyRow((page) => {
    const query = { ...input.query, ...page } as NonNullable<CallInput<Name>['query']>;
    return call(name, { ...input, query }) as unknown as Promise<Listed<RowOf<Name>>>; // of a list, as RowOf says
  });
}

/** Random enough for a name; `randomUUID` is missing where a page comes over plain HTTP from another machine. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

export type BoardAsked = {
  /** A key or an id; null is the current one. */
  cycle: string | null;
  /** A past day or instant; null is now. */
  asOf: string | null;
  /** Ids of Key Results with commas between: no other rows; null is all of them. */
  keyResults: string | null;
};

/** `known`: the version (ETag) that is at hand. Null comes back while that is still the newest. */
export async function getBoard(
  asked: BoardAsked,
  known: string | null,
  signal: AbortSignal,
): Promise<{ board: Board; version: string | null } | null> {
  const init = {
    params: { query: { ...given(asked), trend: 'line' as const } },
    headers: known === null ? {} : { 'if-none-match': known },
    signal,
  };
  const answered = client.GET('/api/v1/board', init);
  const { response } = await answered.catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 304) return { response: null };
    return { response: undefined };
  });
  if (response === null) return null;
  const board: Board = await read(answered, signal);
  // A past answer stands at its own time.
  if (board.asOf === null) heardServerTime(board.now, 'body');
  return { board, version: response?.headers.get('etag') ?? null };
}

export async function getKeyResult(
  id: string,
  asOf: string | null,
  signal: AbortSignal,
): Promise<KeyResultDetail> {
  const params = { path: { id }, query: given({ asOf }) };
  const detail: KeyResultDetail = await read(
    client.GET('/api/v1/key-results/{id}', { params, signal }),
    signal,
  );
  if (detail.asOf === null) heardServerTime(detail.now, 'body');
  return detail;
}

export async function getExplanation(
  id: string,
  asOf: string | null,
  signal: AbortSignal,
): Promise<Explanation> {
  const params = { path: { id }, query: given({ asOf }) };
  return read(client.GET('/api/v1/key-results/{id}/explanation', { params, signal }), signal);
}

export type Hint = Answer<'listHints'>['data'][number];
export type CheckIn = Answer<'listCheckIns'>['data'][number];
export type Movements = Answer<'explainKeyResultMovements'>;

export async function getHints(id: string, signal: AbortSignal): Promise<Hint[]> {
  return everyRow((page) => {
    const params = { path: { id }, query: page };
    return read(client.GET('/api/v1/cycles/{id}/hints', { params, signal }), signal);
  });
}

/** Newest first. */
export async function getCheckIns(id: string, signal: AbortSignal): Promise<CheckIn[]> {
  return everyRow((page) => {
    const params = { path: { id }, query: page };
    return read(client.GET('/api/v1/key-results/{id}/check-ins', { params, signal }), signal);
  });
}

/** Who moved the metric of a Key Result between the closes of two days, `limit` of them by name. */
export async function getMovements(
  id: string,
  days: { from: string; to: string },
  limit: number,
  signal: AbortSignal,
): Promise<Movements> {
  const params = { path: { id }, query: { ...days, limit } };
  return read(client.GET('/api/v1/key-results/{id}/movements', { params, signal }), signal);
}

type Listed<Row> = { data: Row[]; page: { nextCursor: string | null } };

/** A list to its end, page by page. */
async function everyRow<Row>(
  pageOf: (page: { limit: number; cursor?: string }) => Promise<Listed<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = null; ; ) {
    const { data, page }: Listed<Row> = await pageOf({ limit: 200, ...(cursor === null ? {} : { cursor }) });
    rows.push(...data);
    cursor = page.nextCursor;
    if (cursor === null) return rows;
  }
}

/**
 * Hears what happens in the workspace while the page can be seen: a hidden one holds no line, for a browser has few.
 * A line that breaks is opened again by the browser; meanwhile the page goes on asking every few seconds.
 *
 * @returns stops listening
 */
export function listenToEvents(heard: (event: LiveEvent) => void): () => void {
  if (typeof EventSource === 'undefined') return () => {};
  let stream: EventSource | null = null;
  const turn = (): void => {
    const wanted = document.visibilityState === 'visible';
    if (wanted && (stream === null || stream.readyState === EventSource.CLOSED)) {
      stream = new EventSource('/api/v1/events');
      for (const type of ['key_result.changed', 'run.changed', 'alert.changed', 'reset'])
        stream.addEventListener(type, (message: MessageEvent<string>) => heard(eventOf(type, message.data)));
    } else if (!wanted) {
      stream?.close();
      stream = null;
    }
  };
  document.addEventListener('visibilitychange', turn);
  turn();
  return () => {
    document.removeEventListener('visibilitychange', turn);
    stream?.close();
  };
}

/** `id`: of the Key Result that changed; null where the event is about something else. */
export type LiveEvent = { type: string; id: string | null };

function eventOf(type: string, text: string): LiveEvent {
  try {
    const { data } = JSON.parse(text) as { data?: { id?: unknown } };
    return { type, id: type === 'key_result.changed' && typeof data?.id === 'string' ? data.id : null };
  } catch {
    return { type, id: null };
  }
}

/** What was chosen; the rest is left out of the address. */
function given<Name extends string>(query: Record<Name, string | null>): { [Each in Name]?: string } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== null)) as {
    [Each in Name]?: string;
  };
}

/** Trades a one-time token for the session cookie. */
export async function createSession(token: string): Promise<void> {
  await client.POST('/api/v1/sessions', { body: { token }, headers: ours });
}

/** By e-mail address and password. */
export async function signIn(email: string, password: string): Promise<void> {
  await client.POST('/api/v1/sessions', { body: { email, password }, headers: ours });
}

/** By the one-time token of an invitation or a reset; opens a session too. */
export async function setPassword(token: string, password: string): Promise<void> {
  await client.POST('/api/v1/passwords', { body: { token, password }, headers: ours });
}

/**
 * The answer as the document types it. The server checks its answers against the contract; checking them again here would
 * cost the page its schemas.
 */
async function read<Data>(
  answered: Promise<{ data?: Data; response: Response }>,
  signal: AbortSignal,
): Promise<Data> {
  const { data, response } = await answered.catch((error: unknown) => {
    if (error instanceof ApiError || signal.aborted) throw error;
    // It began well, and its body broke off or is no JSON: a proxy in between, or the line.
    if (error instanceof SyntaxError) throw unreadable(200, null);
    throw unreachable();
  });
  if (data === undefined) throw unreadable(response.status, response.headers.get('x-request-id'));
  return data;
}

/** Who signs in is refused for another reason than a session that has ended. */
const OPEN = /\/api\/v1\/(sessions|passwords)$/;

/**
 * One request, for no longer than it may take. When the session has ended meanwhile, it waits until somebody is signed in
 * again and is sent anew, but for files, which are not held twice.
 *
 * @throws ApiError for every answer that is not a success
 */
async function ask(request: Request): Promise<Response> {
  const isOpen = OPEN.test(new URL(request.url).pathname);
  const isFile = request.headers.get('content-type') === 'application/octet-stream';
  const again = isOpen || isFile ? null : request.clone();
  const timeout = AbortSignal.timeout(isFile ? FILE_TIMEOUT_MS : TIMEOUT_MS);
  const init = { signal: AbortSignal.any([request.signal, timeout]) };
  const answer = await fetch(request, init).catch((error: unknown) => {
    if (request.signal.aborted) throw error;
    throw unreachable();
  });
  heardServerTime(answer.headers.get('date'), 'header');
  if (answer.ok) {
    if (!isOpen) heardSession();
    return answer;
  }
  if (answer.status === 401 && again !== null && (await signedInAgain())) return ask(again);
  const text = await answer.text().catch(() => {
    throw unreachable();
  });
  throw problemOf(answer, text);
}

function unreadable(status: number, requestId: string | null): ApiError {
  return new ApiError({ status, code: `http_${status}`, detail: `HTTP ${status}`, fix: '', requestId });
}

function unreachable(): ApiError {
  return new ApiError({ status: 0, code: 'unreachable', detail: '', fix: '', requestId: null });
}

/** A proxy in between may answer with something else than a problem; its text is not shown, only its status. */
function problemOf(answer: Response, text: string): ApiError {
  let said: Partial<Record<keyof Problem, unknown>> = {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) said = value;
  } catch {
    said = {};
  }
  const word = (value: unknown): string => (typeof value === 'string' ? value : '');
  return new ApiError({
    status: answer.status,
    code: word(said.code) || `http_${answer.status}`,
    detail: word(said.detail) || word(said.title) || `HTTP ${answer.status}`,
    fix: withoutCommands(word(said.fix)),
    requestId: word(said.requestId) || answer.headers.get('x-request-id'),
    errors: Array.isArray(said.errors) ? (said.errors as FieldError[]) : [],
  });
}
