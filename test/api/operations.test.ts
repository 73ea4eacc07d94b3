import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOperations } from '../../src/api/operations-server.ts';
import { packageVersion, projectRoot } from '../../src/project.ts';
import { apiMetricsAccess, operationsOf, ownPortMetricsAccess } from '../../src/wiring/operations.ts';
import { createReadiness } from '../../src/wiring/readiness.ts';
import { freshDatabase } from '../support/database.ts';
import { parseMetrics, sampleOf } from './support/prometheus.ts';
import { configOf, request, startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

const scrape = async () => {
  const answer = await request(`${server.api.url}/metrics`, 'GET');
  expect(answer.status, answer.text).toBe(200);
  return { answer, families: parseMetrics(answer.text) };
};

/** As a load balancer asks: by an address that is no name of the server. */
function asStranger(path: string): Promise<number> {
  return new Promise((answer, fail) => {
    const { hostname, port } = new URL(server.api.url);
    const asked = httpRequest({ hostname, port, path, headers: { host: '10.0.0.7:8080' } }, (response) => {
      response.resume();
      answer(response.statusCode ?? 0);
    });
    asked.on('error', fail).end();
  });
}

describe('/metrics', () => {
  it('is text that Prometheus reads, each family named, explained and typed', async () => {
    const { answer, families } = await scrape();
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(families.length).toBeGreaterThan(30);
    for (const { name, type } of families) {
      expect(name).toMatch(/^tidemark_/);
      if (type === 'counter') expect(name).toMatch(/_total$/);
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    }
    expect(sampleOf(families, 'tidemark_build_info', { version: packageVersion() })).toBe(1);
    expect(sampleOf(families, 'tidemark_database_up', {})).toBe(1);
  });

  it('counts requests by the pattern of their route, and shows no address, id or name', async () => {
    const before = (await scrape()).families;
    const found = { method: 'GET', route: '/api/v1/key-results/:id', status: '4xx' };
    const count = (families: typeof before, labels: Record<string, string>) =>
      sampleOf(families, 'tidemark_http_requests_total', labels) ?? 0;
    for (const id of ['planted-one', 'planted-two', 'planted-three'])
      await server.ask('GET', `/api/v1/key-results/${id}?asOf=2026-01-01`);
    await server.ask('GET', '/planted/nowhere');
    const { answer, families } = await scrape();
    expect(count(families, found) - count(before, found)).toBe(3);
    const lost = { method: 'GET', route: 'unmatched', status: '4xx' };
    expect(count(families, lost) - count(before, lost)).toBe(1);
    const seconds = { method: 'GET', route: '/api/v1/key-results/:id' };
    expect(sampleOf(families, 'tidemark_http_request_duration_seconds_count', seconds)).toBe(
      count(families, found),
    );
    expect(answer.text).not.toContain('planted');
  });

  it('tells what waits in the outbox and which runs are open', async () => {
    // Nothing else runs on this database, so what lies there is what the test has put there.
    const database = await freshDatabase();
    const { createTelemetry } = await import('../../src/wiring/telemetry.ts');
    await database.pool.query(
      `INSERT INTO channel (id, workspace_id, key, title, kind) VALUES ('chn_on', $1, 'on', 'on', 'webhook')`,
      [database.workspaceId],
    );
    await database.pool.query(
      `INSERT INTO channel (id, workspace_id, key, title, kind, enabled) VALUES ('chn_off', $1, 'off', 'off', 'webhook', false)`,
      [database.workspaceId],
    );
    for (const [key, channel, age] of [
      ['one', 'chn_on', 90],
      ['two', 'chn_on', 30],
      ['three', 'chn_off', 900],
    ])
      await database.pool.query(
        `INSERT INTO outbox (workspace_id, event_key, channel_id, delivery_id, kind, payload, created_at)
         VALUES ($1, $2, $3, $2, 'test', '{}', app_now() - make_interval(secs => $4))`,
        [database.workspaceId, key, channel, age],
      );
    const telemetry = createTelemetry({ pool: database.pool, version: '1' });
    const families = parseMetrics((await telemetry.render()).text);
    expect(sampleOf(families, 'tidemark_outbox_pending_messages', {})).toBe(2);
    const oldest = sampleOf(families, 'tidemark_outbox_oldest_age_seconds', {}) ?? 0;
    expect(oldest).toBeGreaterThanOrEqual(90);
    expect(oldest).toBeLessThan(120);
    expect(sampleOf(families, 'tidemark_sync_runs_open', { state: 'queued' })).toBe(0);
    await database.close();
    // Without an answer there is no number, and no zero in its place.
    const blind = createTelemetry({ pool: database.pool, version: '1' });
    const unknown = parseMetrics((await blind.render()).text);
    expect(sampleOf(unknown, 'tidemark_outbox_pending_messages', {})).toBeNaN();
    expect(sampleOf(unknown, 'tidemark_database_up', {})).toBe(0);
  });

  const loopback = { host: '127.0.0.1', publicUrl: null, metricsToken: null };
  it.each([
    { config: loopback, api: 'open', own: 'open' },
    { config: { ...loopback, host: '::1' }, api: 'open', own: 'open' },
    { config: { ...loopback, host: '0.0.0.0' }, api: 'nobody', own: 'nobody' },
    { config: { ...loopback, host: '10.0.0.1', metricsToken: 't' }, api: 'token', own: 'token' },
    // Behind a proxy that passes on whatever it is asked for.
    { config: { ...loopback, publicUrl: 'https://okr.example.com' }, api: 'nobody', own: 'open' },
    { config: { ...loopback, metricsToken: 't' }, api: 'token', own: 'token' },
  ])('on $config.host, public: $config.publicUrl, is $api on the API’s port and $own on its own', (row) => {
    const said = (access: ReturnType<typeof apiMetricsAccess>) =>
      access === null ? 'open' : access.token === null ? 'nobody' : 'token';
    expect([said(apiMetricsAccess(row.config)), said(ownPortMetricsAccess(row.config))]).toEqual([
      row.api,
      row.own,
    ]);
  });

  it('of a server that others reach is told to whoever has the token', async () => {
    const token = 'metrics-token-of-the-test';
    const own = await startOperations(
      { host: '127.0.0.1', port: 0 },
      operationsOf(server.services, { token }),
    );
    const ask = (headers: Record<string, string>) =>
      request(`http://127.0.0.1:${own.port}/metrics`, 'GET', undefined, headers);
    for (const authorization of ['', 'Bearer wrong', `Basic ${token}`, 'Bearer'])
      expect((await ask({ authorization })).status).toBe(401);
    expect((await ask({ authorization: '' })).json).toMatchObject({ code: 'unauthorized' });
    const read = await ask({ authorization: `Bearer ${token}` });
    expect(read.status).toBe(200);
    expect(parseMetrics(read.text).length).toBeGreaterThan(30);
    for (const path of ['/livez', '/readyz', '/version'])
      expect((await request(`http://127.0.0.1:${own.port}${path}`, 'GET')).status).toBe(200);
    await own.stop();
  });
});

describe('what watches a server', () => {
  it('may ask by any address; nothing else is told under a foreign name', async () => {
    for (const path of ['/livez', '/readyz', '/version', '/metrics'])
      expect(await asStranger(path)).toBe(200);
    for (const path of ['/api/v1/board', '/', '/livez/', '/metrics/../api/v1/board'])
      expect(await asStranger(path), path).toBe(403);
  });

  it('is told when the event loop was deaf for longer than a second, and when that is over', async () => {
    const deaf = Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_300);
    expect(deaf).toBe('timed-out');
    expect((await request(`${server.api.url}/livez`, 'GET')).status).toBe(503);
  });
});

describe('/readyz', () => {
  it('names every check, and is ready when all are well', async () => {
    const answer = await request(`${server.api.url}/readyz`, 'GET');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      ok: true,
      checks: {
        database: { ok: true },
        schema: { ok: true },
        queue: { ok: true },
        clock: { ok: true },
        disk: { ok: true },
      },
    });
  });

  it('says what is wrong in words for the operator, without address or password', async () => {
    const database = await freshDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-ready-'));
    const ready = createReadiness(database, configOf(dataDir), projectRoot());
    expect(Object.values(await ready()).every(({ ok }) => ok)).toBe(true);

    // A migration that this version ships is not in the database.
    await database.pool.query(
      `DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`,
    );
    expect((await ready())['schema']).toMatchObject({ ok: false, problem: '1 migrations are not applied' });
    // One that it does not know is a newer version's: both run side by side while a fleet is updated.
    rmSync(dataDir, { recursive: true });
    expect((await ready())['disk']).toEqual({ ok: false, problem: 'no answer' });
    await database.close();
    const down = await ready();
    expect(down).toMatchObject({ database: { ok: false }, clock: { ok: false }, queue: { ok: false } });
    expect(JSON.stringify(down)).not.toMatch(/postgres|127\.0\.0\.1/);
  });

  it('answers 503 and when to ask again while something is missing', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-ready-'));
    const services = { ...server.services, config: { ...server.services.config, dataDir } };
    const own = await startOperations({ host: '127.0.0.1', port: 0 }, operationsOf(services, null));
    const ask = () => request(`http://127.0.0.1:${own.port}/readyz`, 'GET');
    expect((await ask()).status).toBe(200);
    chmodSync(dataDir, 0o700);
    rmSync(dataDir, { recursive: true });
    const answer = await ask();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.json).toMatchObject({ ok: false, checks: { disk: { ok: false }, database: { ok: true } } });
    await own.stop();
  });
});
