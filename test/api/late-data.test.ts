import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { syncConnection } from '../../jobs/sync-connection.ts';
import { readState, restate, type Sandbox, startSandbox, writeState } from '../../sandbox/index.ts';
import { moveClock } from '../support/database.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const DAY_MS = 86_400_000;
const log = { info() {}, warn() {}, error() {} };

let folder: string;
let sandbox: Sandbox;
let server: TestServer;
let movedDays = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-late-'));
  let clockMs = 0;
  // The limits go by a clock that runs ahead: syncs that follow each other at once here are hours apart.
  sandbox = await startSandbox({ statePath: statePath(), monotonicMs: () => (clockMs += 60_000) });
  server = await startTestServer(`127.0.0.1:${sandbox.port}`);
  const { ga4, mixpanel } = sandbox.state();
  const key = { type: 'service_account', client_email: ga4.clientEmail, private_key: ga4.privateKey };
  await connect('ga4', { propertyId: ga4.propertyId, serviceAccountKey: JSON.stringify(key) });
  await connect('mixpanel', {
    projectId: mixpanel.projectId,
    serviceAccount: mixpanel.username,
    serviceAccountSecret: mixpanel.secret,
  });
  await connect('stripe', { apiKey: sandbox.apiKey });
  await measure('ga4', 'new_users', {});
  await measure('mixpanel', 'unique_users', { event: 'Project Created' });
  await measure('stripe', 'net_revenue', { currency: 'usd' });
}, 120_000);
afterAll(async () => {
  await server?.close();
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

const statePath = () => join(folder, 'sandbox.json');

async function post(path: string, body: unknown, status = 201): Promise<Record<string, unknown>> {
  const answer = await server.ask('POST', path, body);
  expect(answer.status, answer.text).toBe(status);
  return answer.json;
}

async function connect(connectorId: string, config: Record<string, unknown>): Promise<void> {
  const where = { environment: 'sandbox', endpoint: sandbox.url, config };
  await post('/api/v1/connections', { key: connectorId, title: connectorId, connectorId, ...where });
}

async function measure(connection: string, metric: string, params: Record<string, unknown>): Promise<void> {
  const metricOf = { key: `${connection}-metric`, title: metric, connection, metric, params };
  await post('/api/v1/metrics', { ...metricOf, historyDays: 20 });
}

async function sync(connection: string): Promise<void> {
  const { database, runs, deps } = server.services;
  const asked = await post('/api/v1/sync-runs', { connection }, 202);
  const id = (asked['data'] as { id: string }[])[0]?.id ?? '';
  await database.pool.query('UPDATE sync_run SET not_before = app_now() WHERE id = $1', [id]);
  await database.pool.query('UPDATE connection SET blocked_until = NULL');
  // What counts calls within an hour lies hours back.
  await database.pool.query('DELETE FROM quota_call');
  const jobDeps = { runs, sources: deps.connectors, owner: 'test' };
  await syncConnection.run({ v: 1, runId: id }, jobDeps, { signal: new AbortController().signal, log });
  expect((await server.ask('GET', `/api/v1/runs/${id}`)).json).toMatchObject({ status: 'succeeded' });
}

async function pointOf(connection: string, day: string) {
  const data = await server.all(`/api/v1/metrics/${connection}-metric/points`);
  const points = data as { day: string; value: string | null; revision: number }[];
  const found = points.find((point) => point.day === day);
  return found === undefined ? null : { value: Number(found.value), revision: found.revision };
}

async function later(days: number): Promise<void> {
  movedDays += days;
  await moveClock(server.services.database.pool, movedDays * DAY_MS);
  const state = readState(statePath());
  if (state !== null) writeState(statePath(), { ...state, clockOffsetMs: movedDays * DAY_MS });
}

/** Something of that day arrives now. */
function change(provider: 'ga4' | 'mixpanel' | 'stripe', day: string): void {
  const state = readState(statePath());
  if (state !== null) writeState(statePath(), restate(state, provider, { day, now: sandbox.now() }));
}

const daysAgo = (days: number) =>
  new Date(sandbox.now().getTime() - days * DAY_MS).toISOString().slice(0, 10);

// GA4 restates three days and Mixpanel takes late events for five. A day counts as settled after as long, and each sync
// reads as many days again behind that: six days back and ten.
it.each([
  { provider: 'ga4' as const, settlesDays: 3, rereadDays: 3 },
  { provider: 'mixpanel' as const, settlesDays: 5, rereadDays: 5 },
])(
  '$provider: an unsettled day follows the source from sync to sync, and stands when its window is over',
  async (of) => {
    const { provider, rereadDays, settlesDays } = of;
    const day = daysAgo(2);
    /** One person more on that day, told between two syncs that follow each other at once. */
    const arrives = async () => {
      await sync(provider);
      const before = await pointOf(provider, day);
      change(provider, day);
      await sync(provider);
      return { before, after: await pointOf(provider, day) };
    };
    const young = await arrives();
    expect(young.before?.revision).toBe(1);
    expect(young.after).toEqual({ value: (young.before?.value ?? 0) + 1, revision: 2 });
    // Still so on the last day of the window, when the day is as many days old as settle and are read again.
    await later(settlesDays + rereadDays - 2);
    const old = await arrives();
    expect(old.after?.value).toBe((old.before?.value ?? 0) + 1);
    expect(old.after?.revision).toBe((old.before?.revision ?? 0) + 1);
    // From then on the past stands, whatever arrives.
    await later(1);
    expect(await arrives()).toEqual({ before: old.after, after: old.after });
    await later(1);
    expect(await arrives()).toEqual({ before: old.after, after: old.after });
  },
  120_000,
);

it('stripe: the ledger follows a change of the past however long ago, and keeps what was believed', async () => {
  await sync('stripe');
  const day = daysAgo(12);
  const first = await pointOf('stripe', day);
  expect(first?.revision).toBe(1);
  change('stripe', day);
  await sync('stripe');
  await sync('stripe');
  const second = await pointOf('stripe', day);
  const note = readState(statePath())?.restatements.at(-1);
  expect(second?.value, JSON.stringify(note)).not.toBe(first?.value);
  expect(second?.revision).toBe(2);
}, 120_000);
