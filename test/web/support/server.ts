import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Problem } from '../../../src/api/contract.ts';
import { routes } from '../../../src/api/routes.ts';
import { board, detailOf, explanationOf, now, rows } from '../fixtures.ts';
import { checkInsOf, knownDetailOf, knownExplanationOf, knownRows } from '../fixtures-known.ts';
import { builtPage } from './build.ts';

/** What the real server sends with every page. */
export const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export type Canned = { status: number; body: unknown; delay?: Promise<void> };
/** An answer by its path under `/api/v1`; what is missing is answered from the fixtures. */
export type Answers = Map<string, (query: URLSearchParams) => Canned>;

export type TestServer = {
  url: string;
  answers: Answers;
  /** `METHOD path` of every API request, oldest first. */
  asked: string[];
  /** Bodies of the requests to create a session. */
  sessions: unknown[];
  /** Says to every page that listens that something has happened. */
  tell(type: string, data: unknown): void;
  close(): Promise<void>;
};

export function problem(status: number, said: Partial<Problem> = {}): Canned {
  const body: Problem = {
    type: '/problems/test',
    title: 'Something failed',
    status,
    detail: 'The board could not be read from the database.',
    code: 'test_problem',
    requestId: 'req_test_123',
    retryable: true,
    fix: 'Look at the server log, then try again.',
    errors: [],
    ...said,
  };
  return { status, body };
}

/** Serves the built page and canned answers, each of which must fit the contract. */
export async function startTestServer(): Promise<TestServer> {
  const files = filesOf(builtPage());
  const answers: Answers = new Map();
  const asked: string[] = [];
  const sessions: unknown[] = [];
  const lines = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    void answer(request, response, files, { answers, asked, sessions, lines });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answers,
    asked,
    sessions,
    tell(type, data) {
      for (const line of lines) line.write(`event: ${type}\ndata: ${JSON.stringify({ type, data })}\n\n`);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  files: Files,
  state: Pick<TestServer, 'answers' | 'asked' | 'sessions'> & { lines: Set<ServerResponse> },
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  response.setHeader('content-security-policy', contentPolicy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('date', new Date(now).toUTCString());
  if (!pathname.startsWith('/api/v1')) return sendFile(response, files, pathname);

  const path = pathname.slice('/api/v1'.length);
  if (path === '/events') {
    // A line on which nothing happens; closing the server ends it.
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': listening\n\n');
    state.lines.add(response);
    return;
  }
  state.asked.push(`${request.method} ${path}`);
  if (path === '/sessions' || path === '/passwords') state.sessions.push(JSON.parse(await text(request)));
  const canned =
    state.answers.get(path)?.(searchParams) ?? asOf(fromFixtures(path), searchParams.get('asOf'));
  await canned.delay;
  const type = canned.status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(canned.status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(canned.body === null ? '' : JSON.stringify(canned.body));
}

function fromFixtures(path: string): Canned {
  if (path === '/sessions' || path === '/passwords') return { status: 204, body: null };
  if (path === '/board') return { status: 200, body: routes.getBoard.answer.parse(board) };
  if (/^\/cycles\/[^/]+\/hints$/.test(path))
    return { status: 200, body: { data: [], page: { nextCursor: null } } };
  const [, key, rest] = /^\/key-results\/([^/]+)(\/explanation|\/check-ins)?$/.exec(path) ?? [];
  const row = [...rows, ...knownRows].find((candidate) => candidate.key === key);
  if (row === undefined) return problem(404, { code: 'not_found', detail: 'No such Key Result.' });
  if (rest === '/check-ins')
    return { status: 200, body: routes.listCheckIns.answer.parse(checkInsOf(row.key)) };
  const known = knownRows.includes(row);
  return rest === undefined
    ? { status: 200, body: routes.getKeyResult.answer.parse(known ? knownDetailOf(row) : detailOf(row)) }
    : {
        status: 200,
        body: routes.explainKeyResult.answer.parse(known ? knownExplanationOf(row) : explanationOf(row)),
      };
}

/** The same answer as of the close of a past day, in a zone eight hours ahead of UTC. */
function asOf(canned: Canned, day: string | null): Canned {
  if (day === null || canned.status !== 200) return canned;
  const at = day.includes('T') ? day : `${day}T15:59:59.999Z`;
  const past = { at, day: day.includes('T') ? null : day, partly: [] };
  return { ...canned, body: { ...(canned.body as object), now: at, asOf: past } };
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

type Files = ReadonlyMap<string, Buffer>;

/** By address. Read once, so that a build that runs meanwhile cannot pull the page away. */
function filesOf(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(names.map((name) => [`/${relative(folder, name)}`, readFileSync(name)]));
}

function sendFile(response: ServerResponse, files: Files, pathname: string): void {
  const path = files.has(pathname) ? pathname : '/index.html';
  response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
  response.end(files.get(path));
}
