import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRelay } from '../../../jobs/deliver-messages.ts';
import { createChannel } from '../../../src/app/create-channel.ts';
import { createCycle } from '../../../src/app/create-cycle.ts';
import { createKeyResult } from '../../../src/app/create-key-result.ts';
import { createObjective } from '../../../src/app/create-objective.ts';
import { createValuesMetric } from '../../../src/app/create-values-metric.ts';
import { ingestValues } from '../../../src/app/ingest-values.ts';
import type { Actor } from '../../../src/app/ports.ts';
import type { ClaimedMessage } from '../../../src/db/outbox.ts';
import { loadConfig } from '../../../src/wiring/config.ts';
import { relayDeps } from '../../../src/wiring/relay.ts';
import { createLog, openServices, type Services } from '../../../src/wiring/services.ts';
import { createDatabase, dropDatabase, moveClock } from '../../support/database.ts';

/** One request that was answered with 200. `atMs`: on the test's clock. */
export type Taken = { id: string; atMs: number; headers: IncomingHttpHeaders; body: string; path: string };

/** A real HTTP server that can be down: then a connection is cut before a word is said. */
export async function startInbox(clock: () => number) {
  const taken: Taken[] = [];
  let isDown = false;
  let refused = 0;
  const server = createServer((request, response) => {
    if (isDown) {
      refused += 1;
      request.socket.destroy();
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const { headers, url = '' } = request;
      taken.push({ id: String(headers['webhook-id']), atMs: clock(), headers, body, path: url });
      response.writeHead(200).end('ok');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    taken,
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/hook`,
    refused: () => refused,
    down: (wanted: boolean) => {
      isDown = wanted;
      if (wanted) server.closeAllConnections();
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export type Town = Awaited<ReturnType<typeof openTown>>;

/**
 * The whole way from a number that is sent in to a message at its receiver, on a clock that the test moves: use cases,
 * evaluation, telling, composing and the relay are the product's own; only their loops are the test's, so that nothing
 * sleeps.
 */
export async function openTown(startAt: Date, hosts: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-alerting-'));
  const url = await createDatabase();
  const env = {
    DATABASE_URL: url,
    TIDEMARK_DATA_DIR: folder,
    TIDEMARK_EGRESS_ALLOW: hosts.join(','),
    TIDEMARK_TIME_ZONE: 'UTC',
  };
  const config = loadConfig(env);
  const log = createLog({ logLevel: 'silent' });
  const services = await openServices(config, url, 'https://okr.example.test', log);
  const { pool } = services.database;
  const actor: Actor = { workspace: services.workspace, name: 'test', requestId: null };
  let offsetMs = startAt.getTime() - Date.now();
  const now = (): number => Date.now() + offsetMs;
  /** The clock goes on by itself, and never back. */
  const moveTo = async (ms: number): Promise<void> => {
    offsetMs = Math.max(ms, now()) - Date.now();
    await moveClock(pool, offsetMs);
  };
  await moveTo(startAt.getTime());
  await createCycle(services.deps, actor, { key: 'summer', startDay: '2026-07-01', endDay: '2026-10-01' });
  await pool.query('UPDATE alert_rule SET for_evaluations = 1, keep_firing_evaluations = 1');
  const rows = async <Row>(question: string): Promise<Row[]> => (await pool.query(question)).rows as Row[];
  return {
    services,
    /** What a process on the same database needs in its environment. */
    env,
    rows,
    moveTo,
    now,
    channel: (draft: Parameters<typeof createChannel>[2]) => createChannel(services.deps, actor, draft),
    /** "Reach 100 from 0" by the end of September, of a number that is sent in. `chinese`: its title and its objective's. */
    async keyResult(key: string, objective = key, chinese?: { keyResult: string; objective: string }) {
      const plan = { description: '', owner: null };
      const known = await rows<{ key: string }>('SELECT key FROM objective');
      if (!known.some((row) => row.key === objective))
        await createObjective(services.deps, actor, {
          ...plan,
          key: objective,
          title: objective,
          titles: chinese && { 'zh-CN': chinese.objective },
          cycle: 'summer',
          parent: null,
        });
      const metric = { title: null, kind: 'stock', unit: 'count', currency: null, timeZone: 'UTC' } as const;
      await createValuesMetric(services.deps, actor, {
        ...metric,
        key,
        staleAfterDays: 10,
        definition: null,
      });
      await createKeyResult(services.deps, actor, {
        ...plan,
        key,
        title: `Reach 100 ${key}`,
        titles: chinese && { 'zh-CN': chinese.keyResult },
        objective,
        goal: { kind: 'reach', startValue: 0, targetValue: 100 },
        paceCurve: { kind: 'linear' },
        aggregate: null,
        metric: key,
      });
    },
    async send(key: string, day: string, value: number): Promise<void> {
      const row = { numerator: null, denominator: null, unit: null, currency: null, note: null, key: null };
      await ingestValues(services.deps, actor, {
        metric: key,
        via: 'push',
        format: 'json',
        rows: [{ ...row, line: 1, day, value: String(value) }],
        note: null,
        idempotencyKey: null,
      });
    },
    /** What the loops of a worker do once. */
    async work(relays = 1): Promise<void> {
      await services.alerting.follow();
      await services.alerting.compose();
      await Promise.all(Array.from({ length: relays }, (_, index) => relayOnce(services, index)));
    },
    async close(): Promise<void> {
      await services.close();
      await dropDatabase(url);
      rmSync(folder, { recursive: true });
    },
  };
}

/** The product's relay until it has settled what it claimed first. */
export async function relayOnce(services: Services, index: number): Promise<void> {
  const deps = relayDeps({ ...services, owner: `${services.owner}:${index}` });
  let settled = (): void => {};
  const done = new Promise<void>((wake) => {
    settled = wake;
  });
  let left = 0;
  const loop = startRelay<ClaimedMessage>(
    {
      ...deps,
      async claim(limit) {
        const messages = await deps.claim(limit);
        left += messages.length;
        if (left === 0) settled();
        return messages;
      },
      async settle(message, settlement, durationMs) {
        await deps.settle(message, settlement, durationMs);
        left -= 1;
        if (left === 0) settled();
      },
    },
    { info() {}, warn() {}, error() {} },
  );
  await done;
  await loop.stop();
}
