import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueues, postgresBackend } from '../../jobs/schedule.ts';
import { openQueuePool } from '../../src/wiring/services.ts';
import { hasRedis, redisNote, startRedis } from '../support/redis.ts';
import { anyPort, startTestServer, type TestServer } from './support/server.ts';
import {
  type Credentials,
  sessionOf,
  startTwoWorlds,
  type TwoWorlds,
  tokenOf,
} from './support/two-worlds.ts';

// This process has an API and no worker: nothing but the dashboard itself has opened the queue.

type Shown = { name: string; readOnlyMode: boolean; counts: Record<string, number>; jobs: unknown[] };

let worlds: TwoWorlds;
let callers: Record<string, { headers: Credentials; status: number; code?: string }>;
beforeAll(async () => {
  worlds = await startTwoWorlds();
  const { ours, server, theirs } = worlds;
  const { users, workspaceId } = ours;
  const person = (userId: string) => sessionOf(server, workspaceId, userId);
  const token = (scope: 'read' | 'write' | 'sync' | 'credentials' | 'admin', userId = users.admin) =>
    tokenOf(server, { workspaceId, userId, scopes: [scope] });
  callers = {
    nobody: { headers: async () => ({ authorization: '' }), status: 401, code: 'unauthorized' },
    'a token that never was': {
      headers: async () => ({ authorization: 'Bearer tdm_none' }),
      status: 401,
      code: 'unauthorized',
    },
    viewer: { headers: person(users.viewer), status: 403, code: 'role_missing' },
    editor: { headers: person(users.editor), status: 403, code: 'role_missing' },
    owner: { headers: person(users.owner), status: 403, code: 'role_missing' },
    'token to read': { headers: token('read'), status: 403, code: 'scope_missing' },
    'token to write': { headers: token('write'), status: 403, code: 'scope_missing' },
    'token to sync': { headers: token('sync'), status: 403, code: 'scope_missing' },
    'token for credentials': { headers: token('credentials'), status: 403, code: 'scope_missing' },
    'editor with an admin token': {
      headers: token('admin', users.editor),
      status: 403,
      code: 'role_missing',
    },
    'admin of another workspace': {
      headers: sessionOf(server, theirs.workspaceId, theirs.users.admin),
      status: 403,
      code: 'first_workspace_only',
    },
    admin: { headers: person(users.admin), status: 200 },
    'admin token': { headers: token('admin'), status: 200 },
    operator: { headers: async () => ({}), status: 200 },
  };
}, 120_000);
afterAll(() => worlds?.close());

const shown = async (server: TestServer, query = ''): Promise<Shown[]> => {
  const answer = await server.ask('GET', `/queues/api/queues${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json['queues'] as Shown[];
};

describe('who sees it', () => {
  const paths = [
    '/queues',
    '/queues/',
    '/queues/queue/sync',
    '/queues/api/queues',
    '/queues/api/redis/stats',
    '/queues/static/images/logo.svg',
  ];

  it.each(paths)('GET %s', async (path) => {
    const said: unknown[] = [];
    for (const [name, { headers }] of Object.entries(callers)) {
      const { json, status } = await worlds.server.ask('GET', path, undefined, await headers());
      said.push([name, status, status < 400 ? undefined : json['code']]);
    }
    expect(said).toEqual(Object.entries(callers).map(([name, { status, code }]) => [name, status, code]));
  });

  it('the admin of the first workspace does not see it from another workspace that is theirs too', async () => {
    const { ours, server, theirs } = worlds;
    const { pool } = server.services.database;
    await pool.query(
      `INSERT INTO membership (workspace_id, user_id, role) VALUES ($1, $2, 'admin') ON CONFLICT DO NOTHING`,
      [theirs.workspaceId, ours.users.admin],
    );
    const headers = await sessionOf(server, theirs.workspaceId, ours.users.admin)();
    expect((await server.ask('GET', '/queues', undefined, headers)).status).toBe(403);
  });
});

describe('what can be done there', () => {
  const writes: [string, string][] = [
    ['PUT', '/queues/api/queues/pause'],
    ['PUT', '/queues/api/queues/sync/pause'],
    ['PUT', '/queues/api/queues/sync/obliterate'],
    ['PUT', '/queues/api/queues/sync/empty'],
    ['PUT', '/queues/api/queues/sync/clean/waiting'],
    ['POST', '/queues/api/queues/sync/add'],
    ['PUT', '/queues/api/queues/sync/concurrency'],
  ];

  it.each(writes)('%s %s is refused, by the admin too', async (method, path) => {
    for (const [name, { headers, status }] of Object.entries(callers)) {
      const answer = await worlds.server.ask(method, path, { name: 'x', data: {} }, await headers());
      const expected = status === 200 ? [405, 'method_not_allowed'] : [status, answer.json['code']];
      expect([name, answer.status, answer.json['code']]).toEqual([name, ...expected]);
      if (status === 200) expect(answer.headers.get('allow')).toBe('GET, HEAD');
    }
  });

  it('a page of another site cannot even try it with the cookie of an admin', async () => {
    const { cookie = '' } = (await callers['admin']?.headers()) ?? {};
    const answer = await worlds.server.ask('PUT', '/queues/api/queues/pause', undefined, {
      authorization: '',
      cookie,
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    });
    expect([answer.status, answer.json['code']]).toEqual([403, 'csrf']);
  });
});

describe('what it shows', () => {
  it('both queues, to look at, with what waits in them', async () => {
    const pool = openQueuePool(worlds.server.databaseUrl, 4);
    const filled = await openQueues(
      { ...(await postgresBackend(pool)), close: () => pool.end() },
      worlds.server.services.log,
    );
    const queue = filled.queues.find(({ name }) => name === 'sync');
    for (const runId of ['1', '2', '3'])
      await queue?.add('sync', { v: 1, runId }, { jobId: `run_${runId}_1` });
    const [sync, quarantine] = await shown(
      worlds.server,
      '?activeQueue=sync&status=waiting&page=1&jobsPerPage=10',
    );
    expect([sync?.name, quarantine?.name]).toEqual(['sync', 'sync-quarantine']);
    expect([sync?.readOnlyMode, quarantine?.readOnlyMode]).toEqual([true, true]);
    expect([sync?.counts['waiting'], quarantine?.counts['waiting']]).toEqual([3, 0]);
    // A job is an id: nothing of a Key Result, a customer or a secret is in it.
    expect(sync?.jobs.map((job) => (job as { data: unknown }).data)).toEqual(
      expect.arrayContaining([{ v: 1, runId: '2' }]),
    );
    await filled.close();
  });

  it('a page that asks no foreign host, under a policy of its own', async () => {
    const page = await worlds.server.ask('GET', '/queues');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).toContain('<base href="/queues/" />');
    expect(page.text).toContain('href="static/css/main');
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const elsewhere = await worlds.server.ask('GET', '/api/v1/me');
    expect(elsewhere.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(elsewhere.headers.get('content-security-policy')).toContain("base-uri 'none'");
  });

  it('a queue that there is not is not found', async () => {
    const answer = await worlds.server.ask('GET', '/queues/api/queues/nowhere/metrics');
    expect(answer.status).toBe(404);
  });
});

describe.skipIf(!hasRedis)(`with Redis${redisNote}`, () => {
  it('shows the queue there; when Redis is gone it says so in time, and the server stops all the same', async () => {
    const redis = await startRedis();
    const server = await startTestServer('', { redisUrl: redis.url });
    try {
      const [sync] = await shown(server);
      expect([sync?.name, sync?.counts['waiting']]).toEqual(['sync', 0]);
      await redis.stop();
      const answer = await server.ask('GET', '/queues/api/queues');
      expect([answer.status, answer.json['code']]).toEqual([503, 'queue_down']);
      expect(answer.text).not.toContain(new URL(redis.url).port);
    } finally {
      await server.close();
    }
  });

  it('a Redis that is not there when somebody first looks is tried again by the next', async () => {
    const port = await anyPort();
    const server = await startTestServer('', { redisUrl: `redis://127.0.0.1:${port}/0` });
    try {
      for (let times = 0; times < 2; times += 1) {
        const answer = await server.ask('GET', '/queues');
        expect([answer.status, answer.json['code']]).toEqual([503, 'queue_down']);
        expect(answer.text).not.toContain(String(port));
      }
    } finally {
      await server.close();
    }
  });
});
