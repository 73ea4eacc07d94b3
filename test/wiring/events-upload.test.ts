import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { syncConnection } from '../../jobs/sync-connection.ts';
import { type Answer, startTestServer, type TestServer } from '../api/support/server.ts';

let server: TestServer;
const dayMs = 86_400_000;
const day = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const log = { info() {}, warn() {}, error() {} };

beforeEach(async () => {
  server = await startTestServer();
  await made('/api/v1/connections', { key: 'app', connectorId: 'records', config: {} });
});
afterEach(() => server.close());

async function made(path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await server.ask('POST', path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
}
async function upload(file: string | Uint8Array, query: string, key = ''): Promise<Answer> {
  const response = await fetch(`${server.api.url}/api/v1/connections/app/events?${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server.api.localToken}`,
      'content-type': 'application/octet-stream',
      ...(key === '' ? {} : { 'idempotency-key': key }),
    },
    body: typeof file === 'string' ? file : Buffer.from(file),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: JSON.parse(text) as Answer['json'],
  };
}
/** Works off the run that the delivery has asked for, as a worker does. */
async function sync(): Promise<void> {
  const { database, deps, runs } = server.services;
  const queued = await database.pool.query<{ id: string }>(`SELECT id FROM sync_run WHERE status = 'queued'`);
  for (const { id } of queued.rows) {
    const jobDeps = { runs, sources: deps.connectors, owner: 'test' };
    await syncConnection.run({ v: 1, runId: id }, jobDeps, { signal: new AbortController().signal, log });
    expect((await server.ask('GET', `/api/v1/runs/${id}`)).json).toMatchObject({ status: 'succeeded' });
  }
}
type Point = { day: string; value: string | null; numerator: string | null; denominator: string | null };
async function point(key: string, of: string): Promise<Point | undefined> {
  const data = await server.all(`/api/v1/metrics/${key}/points`);
  return (data as Point[]).find((each) => each.day === of);
}

/** Three sign up ten days ago; two of them share within a week, one of them twice. */
const rows = [
  ['u1', 'sign_up', `${day(-10)}T08:00:00Z`, 'a'],
  ['u2', 'sign_up', `${day(-10)}T09:00:00Z`, 'b'],
  ['u3', 'sign_up', `${day(-10)}T10:00:00Z`, 'c'],
  ['u1', 'share', `${day(-9)}T08:00:00Z`, 'd'],
  ['u1', 'share', `${day(-8)}T08:00:00Z`, 'e'],
  ['u2', 'share', `${day(-7)}T08:00:00Z`, 'f'],
];
const csv = ['who,what,when,eid', ...rows.map((row) => row.join(','))].join('\n');
const jsonl = rows
  .map(([userId, event, at, id]) => JSON.stringify({ userId, event, at, id, plan: 'pro' }))
  .join('\n');
const asCsv = 'format=csv&user=who&event=what&time=when&id=eid';
const activation = {
  key: 'activation',
  connection: 'app',
  metric: 'activation_rate',
  params: { signupEvent: 'sign_up', event: 'share', minCount: 1, withinDays: 7, window: 'day' },
};

it('measures funnels and the like from a file of events, and from the same file again nothing new', async () => {
  await made('/api/v1/metrics', activation);
  const told = await upload(csv, `${asCsv}&through=${day(-1)}`);
  expect(told.status, told.text).toBe(201);
  expect(told.json).toMatchObject({
    via: 'upload',
    format: 'csv',
    rows: 6,
    changed: 6,
    firstDay: day(-10),
    lastDay: day(-7),
  });
  await sync();
  // 2 of the 3 who signed up shared within 7 days.
  expect(await point('activation', day(-10))).toMatchObject({ numerator: '2', denominator: '3' });
  expect((await upload(csv, `${asCsv}&through=${day(-1)}`)).json).toMatchObject({ rows: 6, changed: 0 });
  expect((await server.ask('GET', '/api/v1/connections/app/records')).json).toMatchObject({
    data: [{ kind: 'events', records: 6, throughDay: day(-1) }],
  });
});

it('takes JSON lines, CSV and Parquet for the same events', async () => {
  await upload(jsonl, `format=jsonl&id=id&through=${day(-1)}`);
  const path = join(server.services.config.dataDir, 'told.parquet');
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  const values = rows.map((row) => `(${row.map((cell) => `'${cell}'`).join(', ')})`).join(', ');
  await duck.run(
    `COPY (SELECT who, what, "when"::TIMESTAMPTZ AS "when", eid, 'pro' AS plan FROM (VALUES ${values}) t(who, what, "when", eid))
     TO '${path}' (FORMAT parquet)`,
  );
  duck.disconnectSync();
  const again = await upload(readFileSync(path), 'format=parquet&user=who&event=what&time=when&id=eid');
  expect(again.json, again.text).toMatchObject({ format: 'parquet', rows: 6, changed: 0 });
  const names = (await server.ask('GET', '/api/v1/connections/app/events?days=30')).json;
  expect(names).toMatchObject({
    data: [
      { event: 'share', count: 3, users: 2 },
      { event: 'sign_up', count: 3, users: 3 },
    ],
  });
});

it('computes again what an event changes that is told later', async () => {
  await made('/api/v1/metrics', activation);
  await upload(csv, `${asCsv}&through=${day(-1)}`);
  await sync();
  const late = `who,what,when,eid\nu3,share,${day(-4)}T08:00:00Z,g`;
  await upload(late, asCsv);
  await sync();
  expect(await point('activation', day(-10))).toMatchObject({ numerator: '3', denominator: '3' });
});

it('knows the same event again where the file names none', async () => {
  const unnamed = csv.replaceAll(/,[^,\n]*(?=\n|$)/g, '');
  await upload(unnamed, 'format=csv&user=who&event=what&time=when');
  const again = await upload(`${unnamed}\n`, 'format=csv&user=who&event=what&time=when');
  expect(again.json, again.text).toMatchObject({ rows: 6, changed: 0 });
});

it('takes a delivery once under one key', async () => {
  await upload(csv, asCsv, 'first');
  const replayed = await upload(csv, asCsv, 'first');
  expect(replayed.json).toMatchObject({ replayed: true });
  expect(replayed.headers.get('idempotency-replayed')).toBe('true');
});

it.each([
  { file: `${csv}\n,share,${day(-7)}T08:00:00Z,x`, query: asCsv, says: /^Row 8: The user is missing/ },
  { file: csv.replace(`${day(-9)}T08:00:00Z`, 'yesterday'), query: asCsv, says: /yesterday/ },
  { file: csv, query: 'format=csv', says: /userId/ },
  { file: csv.replace(day(-9), day(2)), query: asCsv, says: /lies in the future/ },
  { file: '', query: asCsv, says: /The file is empty/ },
  { file: 'PAR1 but not really', query: 'format=parquet', says: /./ },
  { file: csv, query: `${asCsv}&through=2026-02-30`, says: /"2026-02-30" is not a day/ },
])(
  'refuses a file with one clear sentence, and keeps nothing of it: $says',
  async ({ file, query, says }) => {
    const answer = await upload(file, query);
    expect(answer.status, answer.text).toBe(422);
    expect(answer.json['detail']).toMatch(says);
    expect(answer.json['fix']).toMatch(/\S/);
    expect((await server.ask('GET', '/api/v1/connections/app/events')).json).toMatchObject({ data: [] });
  },
);

it('asks nobody in without a token, and takes no file for a connection that is read', async () => {
  const open = await fetch(`${server.api.url}/api/v1/connections/app/events?${asCsv}`, {
    method: 'POST',
    body: csv,
  });
  expect(open.status).toBe(401);
  await made('/api/v1/connections', {
    key: 'shop',
    connectorId: 'stripe',
    config: { apiKey: 'rk_test_1234567890' },
  });
  const wrong = await fetch(`${server.api.url}/api/v1/connections/shop/events?${asCsv}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.api.localToken}` },
    body: csv,
  });
  expect(wrong.status).toBe(409);
  expect(await wrong.json()).toMatchObject({ code: 'not_a_records_connection' });
});

it('moves events that an earlier version kept among the records', async () => {
  const { database, deps, workspace } = server.services;
  const app = await deps.sources.findConnection(workspace.id, 'app');
  await made('/api/v1/metrics', activation);
  await upload(`who,what,when,eid\nu9,open,${day(-10)}T08:00:00Z,z`, `${asCsv}&through=${day(-1)}`);
  await database.pool.query(
    `INSERT INTO source_record (connection_id, kind, record_id, at, payload, ingest_id)
     SELECT $1, 'events', t.id, t.at::timestamptz, t.payload, (SELECT id FROM ingest LIMIT 1)
     FROM unnest($2::text[], $3::text[], $4::jsonb[]) AS t(id, at, payload)`,
    [
      app?.id,
      rows.map(([, , , id]) => id),
      rows.map(([, , at]) => at),
      rows.map(([userId, event, at, id]) => JSON.stringify({ id, userId, event, at, properties: {} })),
    ],
  );
  await sync();
  expect((await database.pool.query(`SELECT 1 FROM source_record WHERE kind = 'events'`)).rowCount).toBe(0);
  await server.ask('POST', '/api/v1/sync-runs', { connection: 'app' });
  await sync();
  expect(await point('activation', day(-10))).toMatchObject({ numerator: '2', denominator: '3' });
});
