import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ExchangeRecord, Sources } from '../../src/app/ports.ts';
import type { MetricOutcome } from '../../src/app/run-outcome.ts';
import { createRunEngine } from '../../src/db/create-run-engine.ts';
import { createSourceStore } from '../../src/db/source-store.ts';
import { countDeliveries } from '../../src/wiring/operations.ts';
import { startStack } from '../../src/wiring/stack.ts';
import { createTelemetry, type Telemetry } from '../../src/wiring/telemetry.ts';
import { parseMetrics, sampleOf } from '../api/support/prometheus.ts';
import { configOf } from '../api/support/server.ts';
import { queueRun, seedSource } from '../db/support/seed.ts';
import { createDatabase, dropDatabase, freshDatabase, type TestDatabase } from '../support/database.ts';
import { noKeyResults } from '../support/evaluate.ts';

let database: TestDatabase;
let telemetry: Telemetry;
beforeEach(async () => {
  database = await freshDatabase();
  telemetry = createTelemetry({ pool: database.pool, version: '1' });
});
afterEach(() => database.close());

const read = async () => parseMetrics((await telemetry.render()).text);

function outcomeOf(metricVersionId: string, days: readonly string[]): MetricOutcome {
  const points = days.map((day) => ({
    day,
    value: '7',
    numerator: null,
    denominator: null,
    counts: null,
    flags: null,
  }));
  const completeness = { pages: 1, items: points.length, lastPageReached: true, notes: [] };
  return {
    metricVersionId,
    definitionHash: 'hash',
    connectorVersion: '1',
    window: { startDay: '2026-03-01', endDay: '2026-03-05' },
    takenBack: 0,
    exchanges: [],
    ok: true,
    reading: { points, completeness },
  };
}

it('counts the attempts of runs by connector and outcome, and the points that they changed', async () => {
  const { connectionId, metric } = await seedSource(database, 'shop');
  const sources = createSourceStore(database);
  const engine = telemetry.runs(createRunEngine(database, sources, noKeyResults, telemetry.stored));
  const run = async (finish: Parameters<typeof engine.finish>[2], days: readonly string[]): Promise<void> => {
    const started = await engine.start(await queueRun(database, connectionId), 'worker');
    if (started === null) throw new Error('the run did not start');
    await engine.context(started);
    const error = finish.status === 'succeeded' ? null : { class: 'transient', message: '503' };
    await engine.finish(started, [outcomeOf(metric.versionId, days)], finish, error);
    await database.pool.query(`UPDATE sync_run SET status = 'skipped' WHERE status = 'queued'`);
  };
  await run({ status: 'succeeded' }, ['2026-03-01', '2026-03-02', '2026-03-03']);
  await run({ status: 'succeeded' }, ['2026-03-03', '2026-03-04']); // one of the two is what it was
  await run({ status: 'queued', delayMs: 0, countsAsFailure: true, blockConnection: false }, []);
  await run({ status: 'failed', connectionState: null, hint: null }, []);
  const families = await read();
  const runs = (outcome: string) =>
    sampleOf(families, 'tidemark_sync_runs_total', { connector: 'stub', outcome });
  expect([runs('succeeded'), runs('retried'), runs('failed')]).toEqual([2, 1, 1]);
  expect(sampleOf(families, 'tidemark_metric_points_stored_total', { connector: 'stub' })).toBe(4);
  const labels = { connector: 'stub', outcome: 'succeeded' };
  expect(sampleOf(families, 'tidemark_sync_run_duration_seconds_count', labels)).toBe(2);
});

it('counts what connectors send by how it was answered, a shared request once', async () => {
  const exchange = (status: number | null, error?: string): ExchangeRecord => ({
    method: 'GET',
    url: 'https://api.example.com/planted',
    status,
    requestId: null,
    responseSha256: null,
    responseBytes: 0,
    startedAt: '2026-03-01T00:00:00.000Z',
    durationMs: 1,
    ...(error === undefined ? {} : { error }),
  });
  const shared = exchange(200);
  const outcome = (exchanges: ExchangeRecord[]) => ({
    ok: false as const,
    failure: { errorClass: 'transient' as const, message: '', hint: null, afterMs: null },
    exchanges,
  });
  const asked: Pick<Sources, 'read'> = {
    read: async () => [
      outcome([shared, exchange(429)]),
      outcome([shared, exchange(503), exchange(null, 'timeout')]),
    ],
  };
  const sources = telemetry.sources(asked as Sources); // nothing else of it is called
  const connection = await createSourceStore(database).findConnection(
    database.workspaceId,
    (await seedSource(database, 'shop')).connectionId,
  );
  if (connection === null) throw new Error('the connection is not there');
  await sources.read(connection, [], new Date(), new AbortController().signal);
  const families = await read();
  const count = (answered: string) =>
    sampleOf(families, 'tidemark_provider_requests_total', { connector: 'stub', outcome: answered });
  expect(['2xx', '4xx', '5xx', 'error'].map(count)).toEqual([1, 1, 1, 1]);
  expect((await telemetry.render()).text).not.toContain('planted');
});

it('counts deliveries by the kind of channel and what became of them', async () => {
  const message = {
    id: '1',
    deliveryId: 'msg_1',
    channelKind: 'webhook',
    kind: 'test',
    attempts: 0,
    createdAt: new Date(),
    now: new Date(),
  };
  const deps = countDeliveries<typeof message>(
    {
      claim: async () => [],
      send: async () => ({ ok: true, status: 204 }),
      settle: async () => {},
      giveBack: async () => {},
    },
    telemetry,
  );
  await deps.settle(message, { status: 'delivered', httpStatus: 204 }, 40);
  await deps.settle(
    message,
    { status: 'retry', delayMs: 5, errorClass: 'transient', httpStatus: 503 },
    2_000,
  );
  const families = await read();
  const count = (outcome: string) =>
    sampleOf(families, 'tidemark_deliveries_total', { channel: 'webhook', outcome });
  expect([count('delivered'), count('retry')]).toEqual([1, 1]);
  // 0.04 s and 2 s.
  expect(sampleOf(families, 'tidemark_delivery_duration_seconds_sum', { channel: 'webhook' })).toBeCloseTo(
    2.04,
    5,
  );
});

it('a worker by itself tells its counters, the queue and how it does on a port of its own', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-worker-'));
  const databaseUrl = await createDatabase();
  const metricsPort = await freePort();
  const config = configOf(dataDir, { databaseUrl, metricsPort });
  const stack = await startStack(config, { roles: ['worker'], say: () => {} });
  const address = `http://127.0.0.1:${metricsPort}`;
  try {
    const own = { ...stack.services.database, url: databaseUrl, workspaceId: stack.services.workspace.id };
    const { connectionId } = await seedSource(own, 'shop');
    await queueRun(own, connectionId);
    await vi.waitFor(
      async () => {
        const families = parseMetrics(await (await fetch(`${address}/metrics`)).text());
        // No provider is called "stub", which is a mistake of ours: the run is tried again.
        const labels = { connector: 'stub', outcome: 'retried' };
        expect(sampleOf(families, 'tidemark_sync_runs_total', labels)).toBe(1);
        for (const state of ['waiting', 'active'])
          expect(sampleOf(families, 'tidemark_queue_jobs', { queue: 'sync', state })).toBeGreaterThanOrEqual(
            0,
          );
      },
      { timeout: 15_000, interval: 100 },
    );
    expect((await fetch(`${address}/livez`)).status).toBe(200);
    expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({ ok: true });
    expect((await fetch(`${address}/api/v1/board`)).status).toBe(404);
  } finally {
    await stack.stop();
    await dropDatabase(databaseUrl);
    rmSync(dataDir, { recursive: true, force: true });
  }
});

async function freePort(): Promise<number> {
  const holder = createServer();
  await new Promise<void>((listening) => holder.listen(0, '127.0.0.1', listening));
  const address = holder.address();
  await new Promise((closed) => holder.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
