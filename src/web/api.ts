import type { Answer } from '../api/client-types.ts';
import type { Board, Explanation, KeyResultDetail, Problem } from '../api/contract.ts';
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

/** `cycle` is a key or an id; null is the current one. `asOf` is a past day or instant; null is now. */
export async function getBoard(
  cycle: string | null,
  asOf: string | null,
  signal: AbortSignal,
): Promise<Board> {
  const board = (await request('GET', `/board${queryOf({ cycle, asOf })}`, { signal })) as Board;
  // A past answer stands at its own time.
  if (board.asOf === null) heardServerTime(board.now, 'body');
  return board;
}

export async function getKeyResult(
  keyResult: string,
  asOf: string | null,
  signal: AbortSignal,
): Promise<KeyResultDetail> {
  const path = `/key-results/${encodeURIComponent(keyResult)}${queryOf({ asOf })}`;
  const detail = (await request('GET', path, { signal })) as KeyResultDetail;
  if (detail.asOf === null) heardServerTime(detail.now, 'body');
  return detail;
}

export async function getExplanation(
  keyResult: string,
  asOf: string | null,
  signal: AbortSignal,
): Promise<Explanation> {
  const path = `/key-results/${encodeURIComponent(keyResult)}/explanation${queryOf({ asOf })}`;
  return (await request('GET', path, { signal })) as Explanation;
}

export type Hint = Answer<'listHints'>['data'][number];
export type CheckIn = Answer<'listCheckIns'>['data'][number];
export type Movements = Answer<'explainKeyResultMovements'>;

export async function getHints(cycle: string, signal: AbortSignal): Promise<Hint[]> {
  const path = `/cycles/${encodeURIComponent(cycle)}/hints`;
  return everyRow<Hint>(path, signal);
}

/** Newest first. */
export async function getCheckIns(keyResult: string, signal: AbortSignal): Promise<CheckIn[]> {
  const path = `/key-results/${encodeURIComponent(keyResult)}/check-ins`;
  return everyRow<CheckIn>(path, signal);
}

/** Who moved the metric of a Key Result between the closes of two days, `limit` of them by name. */
export async function getMovements(
  keyResult: string,
  days: { from: string; to: string },
  limit: number,
  signal: AbortSignal,
): Promise<Movements> {
  const query = new URLSearchParams({ ...days, limit: String(limit) });
  const path = `/key-results/${encodeURIComponent(keyResult)}/movements?${query.toString()}`;
  return (await request('GET', path, { signal })) as Movements;
}

type Listed<Row> = { data: Row[]; page: { nextCursor: string | null } };

/** A list to its end, page by page. */
async function everyRow<Row>(path: string, signal: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = null; ; ) {
    const query = queryOf({ limit: '200', cursor });
    const { data, page } = (await request('GET', `${path}${query}`, { signal })) as Listed<Row>;
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

function queryOf(given: Record<string, string | null>): string {
  const parts = Object.entries(given).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Trades a one-time token for the session cookie. */
export async function createSession(token: string): Promise<void> {
  await request('POST', '/sessions', { body: { token } });
}

/** By e-mail address and password. */
export async function signIn(email: string, password: string): Promise<void> {
  await request('POST', '/sessions', { body: { email, password } });
}

/** By the one-time token of an invitation or a reset; opens a session too. */
export async function setPassword(token: string, password: string): Promise<void> {
  await request('POST', '/passwords', { body: { token, password } });
}

/** The server checks its answers against the contract; checking them again here would cost the page its schemas. */
async function request(
  method: 'GET' | 'POST',
  path: string,
  options: { body?: unknown; signal?: AbortSignal },
): Promise<unknown> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json' };
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    headers,
    signal: options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]),
  };
  if (options.body !== undefined) {
    Object.assign(headers, { 'content-type': 'application/json', 'x-tdm-csrf': '1' });
    init.body = JSON.stringify(options.body);
  }
  const answer = await fetch(`/api/v1${path}`, init).catch((error: unknown) => {
    if (options.signal?.aborted === true) throw error;
    throw unreachable();
  });
  heardServerTime(answer.headers.get('date'), 'header');
  const text = await answer.text().catch(() => {
    throw unreachable();
  });
  if (!answer.ok) throw problemOf(answer, text);
  return text === '' ? null : parsed(answer, text);
}

function unreachable(): ApiError {
  return new ApiError({ status: 0, code: 'unreachable', detail: '', fix: '', requestId: null });
}

function parsed(answer: Response, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw problemOf(answer, text);
  }
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
