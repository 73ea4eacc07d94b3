import type { HolderRecord } from '../../../src/app/ports-access.ts';
import { type Answer, startTestServer, type TestServer } from './server.ts';

type Role = 'viewer' | 'editor' | 'admin';
type Scope = HolderRecord['scopes'][number];
const SCOPES: Scope[] = ['read', 'write', 'sync', 'credentials', 'admin'];

/** One object of each kind, by the part of a path that names its kind. */
export type Refs = Record<string, string>;
export type World = { workspaceId: string; refs: Refs; users: Record<Role | 'owner' | 'spare', string> };
export type Credentials = () => Promise<Record<string, string>>;
export type TwoWorlds = { server: TestServer; ours: World; theirs: World; close(): Promise<void> };

const dayMs = 86_400_000;
const day = (offset: number): string => new Date(Date.now() + offset * dayMs).toISOString().slice(0, 10);

/** The real API with two workspaces, each with people of every role and one object of every kind. */
export async function startTwoWorlds(): Promise<TwoWorlds> {
  // Nothing listens there: what would ask a provider fails at once.
  const server = await startTestServer('127.0.0.1:2525');
  const made = await server.ask('POST', '/api/v1/workspaces', {
    name: 'Theirs',
    timeZone: 'UTC',
    admin: { email: 'admin@theirs.test', name: 'Their Admin' },
  });
  if (made.status !== 201) throw new Error(made.text);
  const theirAdmin = (made.json['admin'] as { id: string }).id;
  const ours = await plantWorld(server, server.services.workspace.id, 'ours');
  const theirs = await plantWorld(server, String(made.json['id']), 'theirs', theirAdmin);
  return { server, ours, theirs, close: () => server.close() };
}

/** People of every role and one object of every kind; `name` stands in all their keys. */
export async function plantWorld(
  server: TestServer,
  workspaceId: string,
  name: string,
  admin?: string,
): Promise<World> {
  const { accounts } = server.services.deps.access;
  const entry = {
    workspaceId,
    actor: 'test',
    action: 'add',
    objectType: 'member',
    details: {},
    requestId: null,
  };
  const person = async (who: string, role: Role): Promise<string> => {
    const draft = {
      workspaceId,
      userId: `usr_${name}_${who}`,
      email: `${who}@${name}.test`,
      name: who,
      role,
    };
    const member = await accounts.addMember(draft, (objectId) => ({ ...entry, objectId }));
    if (member === null) throw new Error(`${who} is a member already`);
    return member.userId;
  };
  const users = {
    admin: admin ?? (await person('admin', 'admin')),
    editor: await person('editor', 'editor'),
    viewer: await person('viewer', 'viewer'),
    owner: await person('owner', 'viewer'),
    spare: await person('spare', 'editor'),
  };
  const headers = sessionOf(server, workspaceId, users.admin);
  const post = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await server.ask('POST', path, body, await headers());
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    return answer.json;
  };
  const id = async (path: string, body: unknown): Promise<string> => String((await post(path, body))['id']);
  const { pool } = server.services.database;
  const cycle = await id('/api/v1/cycles', { key: `${name}-q`, startDay: day(-30), endDay: day(60) });
  const next = await id('/api/v1/cycles', { key: `${name}-next`, startDay: day(60), endDay: day(150) });
  const objective = await id('/api/v1/objectives', { key: `${name}-o`, title: 'O', cycle });
  const metric = await id('/api/v1/metrics/values', { key: `${name}-m`, kind: 'flow', unit: 'count' });
  const goal = { kind: 'accumulate', targetValue: 10 };
  const keyResult = await id('/api/v1/key-results', {
    key: `${name}-kr`,
    title: 'KR',
    objective,
    goal,
    metric,
  });
  const stripe = {
    title: 'Shop',
    connectorId: 'stripe',
    environment: 'sandbox',
    endpoint: 'http://127.0.0.1:2525',
    config: { apiKey: 'rk_test_planted' },
  };
  const connection = await id('/api/v1/connections', { ...stripe, key: `${name}-shop` });
  const other = await id('/api/v1/connections', { ...stripe, key: `${name}-other` });
  await pool.query('UPDATE connection SET owner_user_id = $2 WHERE id = $1', [connection, users.owner]);
  await pool.query('UPDATE connection SET owner_user_id = $2 WHERE id = $1', [other, users.spare]);
  const channel = await id('/api/v1/channels', {
    key: `${name}-ops`,
    kind: 'webhook',
    url: 'https://hooks.example.com/in',
  });
  const link = await id(`/api/v1/key-results/${keyResult}/public-links`, { label: name });
  const initiative = await id(`/api/v1/key-results/${keyResult}/initiatives`, {
    title: 'Work',
    startDay: day(-1),
  });
  const rule = await id('/api/v1/alert-rules', { keyResult });
  const snooze = await id('/api/v1/snoozes', { keyResult, forMinutes: 60, reason: 'planned work' });
  const override = await id(`/api/v1/key-results/${keyResult}/overrides`, {
    value: 5,
    untilDay: day(3),
    reason: 'counted by hand',
  });
  const runs = (await post('/api/v1/sync-runs', { connection }))['data'] as { id: string }[];
  await pool.query(
    `INSERT INTO alert (id, workspace_id, key_result_id, kind, episode, state, severity, since, fired_at, fired_day, reason)
     VALUES ($1, $2, $3, 'check_in_due', 1, 'firing', 'warning', app_now(), app_now(), '2026-08-13',
       '{"code": "data_fresh", "values": {"throughDay": "2026-08-12"}}')`,
    [`alr_${name}`, workspaceId, keyResult],
  );
  const delivered = await pool.query<{ id: string }>(
    `INSERT INTO outbox (workspace_id, event_key, channel_id, delivery_id, kind, payload, status, attempts, delivered_at)
     VALUES ($1, $2, $3, $2, 'news', '{}', 'delivered', 1, app_now()) RETURNING id`,
    [workspaceId, `msg_${name}`, channel],
  );
  const token = await issue(server, { workspaceId, userId: users.admin, scopes: ['read'] });
  return {
    workspaceId,
    users,
    refs: {
      cycles: cycle,
      next,
      objectives: objective,
      metrics: metric,
      'key-results': keyResult,
      connections: connection,
      other,
      channels: channel,
      'public-links': link,
      initiatives: initiative,
      'alert-rules': rule,
      snoozes: snooze,
      overrides: override,
      runs: runs[0]?.id ?? '',
      alerts: `alr_${name}`,
      deliveries: delivered.rows[0]?.id ?? '',
      tokens: `tok_${token.id}`,
      members: users.spare,
      workspaces: workspaceId,
      rates: 'EUR',
      catalog: 'mrr',
    },
  };
}

export async function issue(
  server: TestServer,
  given: {
    workspaceId: string;
    userId: string | null;
    scopes?: Scope[];
    kind?: 'api' | 'session';
    validSeconds?: number;
  },
): Promise<{ id: string; text: string }> {
  const { kind = 'api', scopes = SCOPES, userId, validSeconds = 3_600, workspaceId } = given;
  const issued = await server.services.deps.access.grants.issue({
    workspaceId,
    userId,
    kind,
    name: 'test',
    scopes: kind === 'session' ? [] : scopes,
    validSeconds,
  });
  if (issued === null) throw new Error('no token was issued');
  return issued;
}

/** A new session for each request: some requests end the one that they come with. */
export function sessionOf(server: TestServer, workspaceId: string, userId: string): Credentials {
  return async () => {
    const { text } = await issue(server, { workspaceId, userId, kind: 'session' });
    return {
      authorization: '',
      cookie: `tdm_sid=${text}`,
      'x-tdm-csrf': '1',
      'sec-fetch-site': 'same-origin',
    };
  };
}

export function tokenOf(
  server: TestServer,
  given: { workspaceId: string; userId: string; scopes: Scope[] },
): Credentials {
  let text: Promise<string> | null = null;
  return async () => {
    text ??= issue(server, given).then((issued) => issued.text);
    return { authorization: `Bearer ${await text}` };
  };
}

/** Every row that belongs to a workspace, as one number: it stays while nothing of it changes. */
export async function digestOf(server: TestServer, workspaceId: string): Promise<string> {
  const { pool } = server.services.database;
  const tables = await pool.query<{ name: string }>(
    `SELECT c.table_name AS name FROM information_schema.columns c JOIN pg_class p ON p.relname = c.table_name
     WHERE c.column_name = 'workspace_id' AND c.table_schema = 'public' AND NOT p.relispartition AND p.relkind IN ('r', 'p')
     ORDER BY 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables.rows) {
    const rows = await pool.query<{ digest: string }>(
      `SELECT count(*) || ':' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS digest
       FROM "${name}" t WHERE workspace_id = $1`,
      [workspaceId],
    );
    parts.push(`${name} ${rows.rows[0]?.digest ?? ''}`);
  }
  return parts.join('\n');
}

export type { Answer };
