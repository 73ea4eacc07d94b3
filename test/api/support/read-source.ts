import { expect } from 'vitest';
import { syncConnection } from '../../../jobs/sync-connection.ts';
import type { Reading, ReadRequest, Sources } from '../../../src/app/ports.ts';
import { type Answer, startTestServer, type TestServer } from './server.ts';

type Point = Partial<Reading['points'][number]> & { value: string | null };
/** What the provider says of one day of one metric; undefined: nothing at all. */
export type Says = (request: ReadRequest, day: string) => Point | number | undefined;

export type Bench = {
  server: TestServer;
  /** A day of the server's calendar, counted from today. */
  day(offset: number): string;
  post(path: string, body: unknown, status?: number): Promise<Record<string, unknown>>;
  put(path: string, body: unknown): Promise<Record<string, unknown>>;
  get(path: string): Promise<Record<string, unknown>>;
  /** The one problem that a refused request answers with. */
  refused(method: string, path: string, body: unknown, status: number): Promise<Problem>;
  /** Works a run off as a worker does, with a provider that answers as it is told. */
  sync(connection: string, says: Says): Promise<void>;
  /** What the ledger does when something changed the past: every day from then on is read again. */
  changePast(connection: string, fromDay: string): Promise<void>;
  audited(action: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
};
export type Problem = { code: string; detail: string; fix: string };

const dayMs = 86_400_000;
const log = { info() {}, warn() {}, error() {} };

/** The real API on a database of its own; the numbers come from a provider that the test speaks for. */
export async function startBench(): Promise<Bench> {
  const server = await startTestServer();
  const { database, runs, deps } = server.services;
  const sent = async (method: string, path: string, body: unknown, status: number) => {
    const answer: Answer = await server.ask(method, path, body);
    expect(answer.status, answer.text).toBe(status);
    return answer.json;
  };
  return {
    server,
    day: (offset) => new Date(Date.now() + offset * dayMs).toISOString().slice(0, 10),
    post: (path, body, status = 201) => sent('POST', path, body, status),
    put: (path, body) => sent('PUT', path, body, 200),
    get: (path) => sent('GET', path, undefined, 200),
    async refused(method, path, body, status) {
      return (await sent(method, path, body, status)) as unknown as Problem;
    },
    async sync(connection, says) {
      const asked = await sent('POST', '/api/v1/sync-runs', { connection }, 202);
      const id = (asked['data'] as { id: string }[])[0]?.id ?? '';
      await database.pool.query('UPDATE sync_run SET not_before = app_now() WHERE id = $1', [id]);
      const sources: Sources = {
        ...deps.connectors,
        prepare: async () => null,
        read: async (_, requests) => requests.map(answered(says)),
      };
      const signal = new AbortController().signal;
      await syncConnection.run({ v: 1, runId: id }, { runs, sources, owner: 'test' }, { signal, log });
      expect(await sent('GET', `/api/v1/runs/${id}`, undefined, 200)).toMatchObject({ status: 'succeeded' });
    },
    async changePast(connection, fromDay) {
      const found = await sent('GET', `/api/v1/connections/${connection}`, undefined, 200);
      await deps.runs.readAgain(String(found['id']), fromDay);
    },
    async audited(action) {
      const rows = await database.pool.query<{ details: Record<string, unknown> }>(
        'SELECT details FROM audit_log WHERE action = $1 ORDER BY id',
        [action],
      );
      return rows.rows.map(({ details }) => details);
    },
    close: () => server.close(),
  };
}

const answered = (says: Says) => (request: ReadRequest) => {
  const points: Reading['points'] = [];
  for (let at = Date.parse(request.startDay); at < Date.parse(request.endDay); at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10);
    const said = says(request, day);
    if (said === undefined) continue;
    const point = typeof said === 'number' ? { value: String(said) } : said;
    points.push({ numerator: null, denominator: null, counts: null, flags: null, ...point, day });
  }
  const completeness = { pages: 1, items: points.length, lastPageReached: true, notes: [] };
  const exchange = {
    method: 'GET',
    url: `https://provider.test/${request.metric}`,
    status: 200,
    requestId: null,
    responseSha256: 'a'.repeat(64),
    responseBytes: 1,
    startedAt: new Date().toISOString(),
    durationMs: 1,
  };
  return { ok: true as const, reading: { points, completeness }, exchanges: [exchange] };
};
