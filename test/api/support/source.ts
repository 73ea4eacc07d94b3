import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { syncConnection } from '../../../jobs/sync-connection.ts';
import {
  addFact,
  breakProvider,
  type Fault,
  type FaultKind,
  heal,
  readState,
  type SandboxState,
  startSandbox,
  writeState,
} from '../../../sandbox/index.ts';
import { moveClock } from '../../support/database.ts';
import { startTestServer, type TestServer } from './server.ts';

export type RunEnd = { id: string; status: string; errorClass: string | null; message: string | null };
export type Source = {
  server: TestServer;
  /** Asks for a sync as a person does, and works it off as a worker does, whatever it still waits for. */
  sync(): Promise<RunEnd>;
  points(metric: string): Promise<unknown[]>;
  row(keyResult: string): Promise<KeyResultRow>;
  break(fault: FaultKind | Fault): void;
  /** Sells something for ten dollars, this second. */
  sell(): void;
  /** Mends the provider and enters the key again, as an owner does after a refusal. */
  heal(): Promise<void>;
  /** Moves our clock and the provider's alike. */
  later(days: number): Promise<void>;
  close(): Promise<void>;
};
export type KeyResultRow = {
  currentValue: number | null;
  progress: number | null;
  status: { state: string; lastKnown: { state: string; asOfDay: string } | null; reason: { text: string } };
  data: { state: string; dataThroughDay: string | null; reason: { text: string } };
};

const log = { info() {}, warn() {}, error() {} };

/** The real API, a connection to the sandbox company with two metrics, and a Key Result; nothing is synced yet. */
export async function startSource(): Promise<Source> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-source-'));
  const statePath = join(folder, 'sandbox.json');
  // Its limits go by a clock that runs ahead a second a look: syncs that follow each other at once here are hours apart.
  let clockMs = 0;
  const sandbox = await startSandbox({ statePath, monotonicMs: () => (clockMs += 1_000) });
  const server = await startTestServer(`127.0.0.1:${sandbox.port}`);
  const { database, runs, deps } = server.services;
  const change = (by: (state: SandboxState) => SandboxState): void => {
    const state = readState(statePath);
    if (state !== null) writeState(statePath, by(state));
  };
  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await post(server, '/api/v1/connections', {
    key: 'shop',
    title: 'Shop',
    connectorId: 'stripe',
    environment: 'sandbox',
    endpoint: sandbox.url,
    config: { apiKey: sandbox.apiKey },
  });
  const revenue = { key: 'revenue', title: 'Net revenue', connection: 'shop', metric: 'net_revenue' };
  await post(server, '/api/v1/metrics', { ...revenue, params: { currency: 'usd' }, historyDays: 30 });
  const mrr = { key: 'mrr', title: 'MRR', connection: 'shop', metric: 'mrr' };
  await post(server, '/api/v1/metrics', { ...mrr, params: { currency: 'usd' } });
  await post(server, '/api/v1/cycles', { key: 'now', startDay: day(-30), endDay: day(60) });
  await post(server, '/api/v1/objectives', { key: 'money', title: 'Money', cycle: 'now' });
  const goal = { kind: 'accumulate', targetValue: 1_000_000_00 };
  const keyResult = { key: 'money.net', title: 'Net revenue', objective: 'money', metric: 'revenue', goal };
  await post(server, '/api/v1/key-results', keyResult);
  return {
    server,
    async sync() {
      const asked = await post(server, '/api/v1/sync-runs', { connection: 'shop' }, 202);
      const id = (asked['data'] as { id: string }[])[0]?.id ?? '';
      await database.pool.query('UPDATE sync_run SET not_before = app_now() WHERE id = $1', [id]);
      await database.pool.query('UPDATE connection SET blocked_until = NULL');
      const jobDeps = { runs, sources: deps.connectors, owner: 'test' };
      await syncConnection.run({ v: 1, runId: id }, jobDeps, { signal: new AbortController().signal, log });
      const run = (await server.ask('GET', `/api/v1/runs/${id}`)).json;
      const error = run['error'] as { class: string; message: string } | null;
      return {
        id,
        status: String(run['status']),
        errorClass: error?.class ?? null,
        message: error?.message ?? null,
      };
    },
    async points(metric) {
      const data = await server.all(`/api/v1/metrics/${metric}/points`);
      const points = data as { day: string; value: string | null; revision: number }[];
      return points.map(({ day: of, value, revision }) => ({ day: of, value, revision }));
    },
    row: async (key) =>
      (await server.ask('GET', `/api/v1/key-results/${key}`)).json as unknown as KeyResultRow,
    sell() {
      const at = Math.floor(sandbox.now().getTime() / 1_000);
      change((state) => addFact(state, { kind: 'charge', at, amountMinor: 1_000, currency: 'usd' }));
    },
    break: (fault) => change((state) => breakProvider(state, 'stripe', fault)),
    async heal() {
      change((state) => heal(state, 'stripe'));
      const config = { apiKey: sandbox.apiKey };
      const answer = await server.ask('PATCH', '/api/v1/connections/shop', { config });
      expect(answer.json).toMatchObject({ state: 'active' });
    },
    async later(days) {
      await moveClock(database.pool, days * 86_400_000);
      change((state) => ({ ...state, clockOffsetMs: days * 86_400_000 }));
      await server.services.evaluator.evaluate(await server.services.evaluator.due(0, 100));
    },
    async close() {
      await server.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function post(
  server: TestServer,
  path: string,
  body: unknown,
  status = 201,
): Promise<Record<string, unknown>> {
  const answer = await server.ask('POST', path, body);
  expect(answer.status, answer.text).toBe(status);
  return answer.json;
}
