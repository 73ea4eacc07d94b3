import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedBy } from '../../../src/api/conventions.ts';
import { type Route, type RouteName, routes } from '../../../src/api/routes.ts';
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
  /**
   * With the local token, unless `headers` has an `authorization` of its own; an object body goes as JSON. A change that
   * has to name a version reads it first, unless `headers` has an `if-match`.
   */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Every row of a list, page by page. */
  all(path: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
};

export const configOf = (dataDir: string, change: Partial<Config> = {}): Config => ({
  dataDir,
  eventsDir: join(dataDir, 'events'),
  sqlFiles: null,
  databaseUrl: null,
  redisUrl: null,
  host: '127.0.0.1',
  port: null,
  privatePort: false,
  publicUrl: null,
  masterKey: null,
  masterKeyFile: null,
  metricsPort: null,
  metricsToken: null,
  egressAllow: [],
  logLevel: 'silent',
  concurrency: 2,
  // A test asks in a second what a person asks in an hour; the limits have a test of their own.
  limits: { perToken: 1_000_000, perAddress: 1_000_000, syncsPerHour: 1_000 },
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
    async ask(method, path, body, headers = {}) {
      const bearer = { authorization: `Bearer ${api.localToken}` };
      const held = 'if-match' in headers ? null : versionFor(method, path);
      const version = held === null ? null : await request(`${api.url}${held}`, 'GET', undefined, bearer);
      const match = version?.headers.get('etag') ?? '';
      return request(`${api.url}${path}`, method, body, { ...bearer, 'if-match': match, ...headers });
    },
    async all(path) {
      const rows: Record<string, unknown>[] = [];
      const address = new URL(path, api.url);
      address.searchParams.set('limit', '200');
      for (;;) {
        const answer = await request(address.href, 'GET', undefined, {
          authorization: `Bearer ${api.localToken}`,
        });
        if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
        const { data, page } = answer.json as unknown as Listed;
        rows.push(...data);
        if (page.nextCursor === null) return rows;
        address.searchParams.set('cursor', page.nextCursor);
      }
    },
    async close() {
      await api.stop();
      await services.close();
      await dropDatabase(databaseUrl);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type Listed = { data: Record<string, unknown>[]; page: { nextCursor: string | null } };

/** Where the version is read that a change has to name; null where none is needed. */
function versionFor(method: string, path: string): string | null {
  for (const [name, route] of Object.entries<Route>(routes)) {
    const held = changedBy(name as RouteName);
    const found = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`).exec(path);
    if (route.method === method && held !== null && found !== null)
      return routes[held].path.replace(':id', found[1] ?? '');
  }
  return null;
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
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** One that is free just now. */
export async function anyPort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
