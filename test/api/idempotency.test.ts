import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const cycle = (key: string) => ({ key, startDay: '2026-01-01', endDay: '2026-04-01' });
const make = (key: string, name: string) =>
  server.ask('POST', '/api/v1/cycles', cycle(key), { 'idempotency-key': name });
const rows = async (sql: string, ...values: unknown[]) =>
  (await server.services.database.pool.query(sql, values)).rows;

describe('a request with an Idempotency-Key', () => {
  it('is done once, and answered again with the very same answer', async () => {
    const first = await make('once', 'key-1');
    const again = await make('once', 'key-1');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(await rows(`SELECT 1 FROM cycle WHERE key = 'once'`)).toHaveLength(1);
  });

  it('is refused when the same key comes with something else', async () => {
    await make('mine', 'key-2');
    const other = await make('other', 'key-2');
    expect(other.json).toMatchObject({ status: 422, code: 'idempotency_conflict' });
    expect(await rows(`SELECT 1 FROM cycle WHERE key = 'other'`)).toEqual([]);
  });

  it('is done once by however many at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => make('race', 'key-3')));
    for (const { json, status } of answers)
      if (status !== 201)
        expect(json).toMatchObject({ status: 409, code: 'idempotency_running', retryable: true });
    expect(
      answers.filter(
        ({ headers }) => headers.get('idempotency-replayed') === null && headers.get('location'),
      ),
    ).toHaveLength(1);
    expect(await rows(`SELECT 1 FROM cycle WHERE key = 'race'`)).toHaveLength(1);
  });

  it('may be tried again with the same key when it was refused', async () => {
    const wrong = { ...cycle('Not A Key') };
    const refused = await server.ask('POST', '/api/v1/cycles', wrong, { 'idempotency-key': 'key-4' });
    expect(refused.status).toBe(422);
    expect((await make('taken', 'x-1')).status).toBe(201);
    expect((await make('taken', 'key-5')).json).toMatchObject({ status: 409, code: 'already_exists' });
    await server.services.database.pool.query(`DELETE FROM cycle WHERE key = 'taken'`);
    expect((await make('taken', 'key-5')).status).toBe(201);
  });

  it('is taken over when the process that worked on it died, once its lease is over', async () => {
    await make('lost', 'key-6');
    await server.services.database.pool.query(`DELETE FROM cycle WHERE key = 'lost'`);
    await server.services.database.pool.query(
      `UPDATE idempotency_key SET status = NULL, answer = NULL, claim = 'dead', lease_until = app_now() + interval '1 minute'
       WHERE key = 'key-6'`,
    );
    expect((await make('lost', 'key-6')).json).toMatchObject({ status: 409, code: 'idempotency_running' });
    await server.services.database.pool.query(
      `UPDATE idempotency_key SET lease_until = app_now() - interval '1 second' WHERE key = 'key-6'`,
    );
    expect((await make('lost', 'key-6')).status).toBe(201);
    expect(await rows(`SELECT 1 FROM cycle WHERE key = 'lost'`)).toHaveLength(1);
  });

  it('keeps no secret that is told once, and says so', async () => {
    const hook = { key: 'hook', kind: 'webhook', url: 'https://hooks.example.com/in' };
    const headers = { 'idempotency-key': 'key-7' };
    const first = await server.ask('POST', '/api/v1/channels', hook, headers);
    expect(first.json['signingSecret']).toMatch(/^whsec_/);
    const again = await server.ask('POST', '/api/v1/channels', hook, headers);
    expect(again.json).toMatchObject({ status: 409, code: 'answer_not_kept' });
    expect(JSON.stringify(await rows('SELECT * FROM idempotency_key'))).not.toContain('whsec_');
  });

  it('is forgotten after a day', async () => {
    await make('old', 'key-8');
    await server.services.database.pool.query(`DELETE FROM cycle WHERE key = 'old'`);
    await server.services.database.pool.query(
      `UPDATE idempotency_key SET created_at = app_now() - interval '25 hours' WHERE key = 'key-8'`,
    );
    expect((await make('old', 'key-8')).headers.get('idempotency-replayed')).toBeNull();
  });

  it.each(['a\tb', 'a'.repeat(201)])('refuses the key %j', async (name) => {
    expect((await make('bad', name)).json).toMatchObject({ status: 422, code: 'idempotency_key_invalid' });
  });
});

it('what was made says where it is', async () => {
  const made = await server.ask('POST', '/api/v1/cycles', cycle('placed'));
  expect(made.headers.get('location')).toBe(`/api/v1/cycles/${String(made.json['id'])}`);
  expect((await server.ask('GET', made.headers.get('location') ?? '')).json['key']).toBe('placed');
});
