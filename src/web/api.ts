import createClient from 'openapi-fetch';
import type { Answer } from '../api/client-types.ts';
import type { Board, Explanation, KeyResultDetail, Problem } from '../api/contract.ts';
import type { paths } from '../api/generated/schema.ts';
import { heardServerTime } from './clock.ts';

/** Longer than any read takes; a server that hangs must not leave a page loading for ever. */
const TIMEOUT_MS = 20_000;

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

  constructor(said: { status: number; code: string; detail: string; fix: string; requestId: string | null }) {
    super(said.detail === '' ? said.code : said.detail);
    this.status = said.status;
    this.code = said.code;
    this.detail = said.detail;
    this.fix = said.fix;
    this.requestId = said.requestId;
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

/** `cycle` is a key or an id; null is the current one. `asOf` is a past day or instant; null is now. */
export async function getBoard(
  cycle: string | null,
  asOf: string | null,
  signal: AbortSignal,
): Promise<Board> {
  const query = given({ cycle, asOf });
  const board: Board = await read(client.GET('/api/v1/board', { params: { query }, signal }), signal);
  // A past answer stands at its own time.
  if (board.asOf === null) heardServerTime(board.now, 'body');
  return board;
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
export function listenToEvents(heard: (type: string) => void): () => void {
  if (typeof EventSource === 'undefined') return () => {};
  let stream: EventSource | null = null;
  const turn = (): void => {
    const wanted = document.visibilityState === 'visible';
    if (wanted && (stream === null || stream.readyState === EventSource.CLOSED)) {
      stream = new EventSource('/api/v1/events');
      for (const type of ['key_result.changed', 'run.changed', 'alert.changed', 'reset'])
        stream.addEventListener(type, () => heard(type));
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

/** One request, for no longer than it may take. @throws ApiError for every answer that is not a success */
async function ask(request: Request): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const init = { signal: AbortSignal.any([request.signal, timeout]) };
  const answer = await fetch(request, init).catch((error: unknown) => {
    if (request.signal.aborted) throw error;
    throw unreachable();
  });
  heardServerTime(answer.headers.get('date'), 'header');
  if (answer.ok) return answer;
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
    fix: word(said.fix),
    requestId: word(said.requestId) || answer.headers.get('x-request-id'),
  });
}
