import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiServer, reservePort, startApi } from '../../../src/api/server.ts';
import { parseEgressAllow } from '../../../src/egress/index.ts';
import type { Config } from '../../../src/wiring/config.ts';
import { createLog, openServices, type Services } from '../../../src/wiring/services.ts';
import { createDatabase, dropDatabase } from '../../support/database.ts';

export type Answer = { status: number; headers: Headers; text: string; json: Record<string, unknown> };

export type TestServer = {
  api: ApiServer;
  services: Services;
  databaseUrl: string;
  /** With the local token, unless `headers` has an `authorization` of its own; an object body goes as JSON. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
};

export const configOf = (dataDir: string, change: Partial<Config> = {}): Config => ({
  dataDir,
  eventsDir: join(dataDir, 'events'),
  databaseUrl: null,
  redisUrl: null,
  host: '127.0.0.1',
  port: null,
  publicUrl: null,
  masterKey: null,
  egressAllow: [],
  logLevel: 'silent',
  concurrency: 2,
  workspaceName: 'Test',
  timeZone: 'UTC',
  ...change,
});

/** The real API on a database of its own, listening on a free port. `allow` is TIDEMARK_EGRESS_ALLOW. */
export async function startTestServer(allow = '', change: Partial<Config> = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-api-'));
  const rules = parseEgressAllow(allow);
  if (!rules.ok) throw new Error(rules.problems.join(' '));
  const databaseUrl = await createDatabase();
  const config = configOf(dataDir, { egressAllow: rules.rules, ...change });
  const services = await openServices(config, databaseUrl, 'http://tidemark.test', createLog(config));
  const api = await startApi(services, await reservePort('127.0.0.1', await anyPort()));
  return {
    api,
    services,
    databaseUrl,
    ask: (method, path, body, headers = {}) =>
      request(`${api.url}${path}`, method, body, { authorization: `Bearer ${api.localToken}`, ...headers }),
    async close() {
      await api.stop();
      await services.close();
      await dropDatabase(databaseUrl);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** One request as it is; an empty header value leaves the header out. */
export async function request(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const sent = Object.entries(headers).filter(([, value]) => value !== '');
  const typed = body === undefined || sent.some(([name]) => name === 'content-type');
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(typed ? {} : { 'content-type': 'application/json' }), ...Object.fromEntries(sent) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

async function anyPort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
