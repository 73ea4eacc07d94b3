import { Stripe } from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGate } from '../../src/api/webhooks.ts';
import { type Answer, request, startTestServer, type TestServer } from './support/server.ts';

const secret = 'whsec_only_for_this_test';
let server: TestServer;
let connection: string;
let connections = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  connection = await connect();
});

/** A connection of its own for each test; its id. */
async function connect(config: Record<string, unknown> = { webhookSecret: secret }): Promise<string> {
  connections += 1;
  const answer = await server.ask('POST', '/api/v1/connections', {
    key: `shop-${connections}`,
    connectorId: 'stripe',
    environment: 'test',
    config: { apiKey: 'rk_test_1234567890', ...config },
  });
  expect(answer.status, answer.text).toBe(201);
  return String(answer.json['id']);
}

let events = 0;
/** As Stripe writes it: a snapshot of what changed, of which only the name is taken. */
function event(change: Record<string, unknown> = {}): string {
  events += 1;
  return JSON.stringify(
    {
      id: `evt_${events}`,
      object: 'event',
      api_version: '2025-01-27.acacia',
      created: Math.floor(Date.now() / 1000),
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type: 'customer.subscription.updated',
      data: { object: { id: 'sub_1', object: 'subscription', customer: 'cus_1', status: 'active' } },
      ...change,
    },
    null,
    2, // spaces that a parser would lose: the signature is over the bytes
  );
}

type Signing = { secret?: string; secondsAgo?: number; to?: string };

/** Signed by Stripe's own client, and sent without any token of ours. */
function deliver(payload: string, { secret: by = secret, secondsAgo = 0, to = connection }: Signing = {}) {
  const signature = Stripe.webhooks.generateTestHeaderString({
    payload,
    secret: by,
    timestamp: Math.floor(Date.now() / 1000) - secondsAgo,
  });
  return post(to, payload, { 'stripe-signature': signature });
}
function post(to: string, payload: string, headers: Record<string, string>): Promise<Answer> {
  return request(`${server.api.url}/api/v1/webhooks/${to}`, 'POST', payload, {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
  });
}

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return (await server.services.database.pool.query(sql, [connection])).rows as Record<string, unknown>[];
}
const kept = () =>
  rows('SELECT event_id, touched, done_at FROM billing_event WHERE connection_id = $1 ORDER BY event_id');
const runs = () =>
  rows(
    `SELECT status, not_before > app_now() + interval '10 seconds' AS waits FROM sync_run WHERE connection_id = $1`,
  );

describe('an event that Stripe signed', () => {
  it('is kept as a hint of what to read again, and a run that gathers more of them is asked for', async () => {
    const answer = await deliver(event({ id: 'evt_new' }));
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toEqual({ taken: 'new' });
    expect(await kept()).toEqual([
      { event_id: 'evt_new', touched: [{ kind: 'subscription', id: 'sub_1' }], done_at: null },
    ]);
    expect(await runs()).toEqual([{ status: 'queued', waits: true }]);
  });

  it('has no effect when it comes twice, and many of them make one run', async () => {
    const payload = event();
    expect((await deliver(payload)).json).toEqual({ taken: 'new' });
    expect(await deliver(payload)).toMatchObject({ status: 200, json: { taken: 'known' } });
    // Older than the first by its own account: the order does not matter.
    expect((await deliver(event({ created: 1_700_000_000 }))).json).toEqual({ taken: 'new' });
    expect(await kept()).toHaveLength(2);
    expect(await runs()).toHaveLength(1);
  });

  it('brings no run forward that waits for the provider', async () => {
    await deliver(event());
    await server.services.database.pool.query(
      `UPDATE sync_run SET not_before = app_now() + interval '1 hour' WHERE connection_id = $1`,
      [connection],
    );
    await deliver(event());
    const far = `SELECT not_before > app_now() + interval '50 minutes' AS far FROM sync_run WHERE connection_id = $1`;
    expect(await rows(far)).toEqual([{ far: true }]);
  });

  it('is answered and left alone when it says nothing about the ledger', async () => {
    const payload = event({ type: 'account.updated', data: { object: { id: 'acct_1', object: 'account' } } });
    expect(await deliver(payload)).toMatchObject({ status: 200, json: { taken: 'ignored' } });
    expect(await kept()).toEqual([]);
    expect(await runs()).toEqual([]);
  });

  it('is kept for a paused connection, which is read when it is resumed', async () => {
    await server.ask('PATCH', `/api/v1/connections/${connection}`, { paused: true });
    expect((await deliver(event())).json).toEqual({ taken: 'new' });
    expect(await kept()).toHaveLength(1);
    expect(await runs()).toEqual([]);
  });

  it('shows on its connection, with the address that it came to', async () => {
    const seen = async () =>
      (await server.ask('GET', `/api/v1/connections/${connection}`)).json['webhook'] as {
        lastEventAt: string | null;
      };
    expect(await seen()).toEqual({
      url: `${server.api.url}/api/v1/webhooks/${connection}`,
      secretField: 'webhookSecret',
      lastEventAt: null,
    });
    await deliver(event());
    expect(Date.parse((await seen()).lastEventAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });
});

describe('what Stripe did not sign', () => {
  it.each([
    { why: 'by another secret', send: () => deliver(event(), { secret: 'whsec_other' }) },
    { why: 'six minutes ago, a replay', send: () => deliver(event(), { secondsAgo: 360 }) },
    { why: 'for a time to come', send: () => deliver(event(), { secondsAgo: -360 }) },
    { why: 'not at all', send: () => post(connection, event(), {}) },
    { why: 'in the live mode', send: () => deliver(event({ livemode: true })) },
    { why: 'over an empty body', send: () => deliver('') },
    { why: 'over what is no event', send: () => deliver('{"hello":1}') },
  ])('is refused when signed $why', async ({ send }) => {
    const answer = await send();
    expect(answer.status, answer.text).toBe(400);
    expect(String(answer.json['detail']).length).toBeGreaterThan(20);
    expect(answer.text).not.toContain(secret);
    expect(answer.text).not.toContain('sub_1');
    expect(await kept()).toEqual([]);
    expect(await runs()).toEqual([]);
  });

  it('is refused when one byte of it has changed, even one that means nothing', async () => {
    const payload = event();
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    const answer = await post(connection, payload.replace('{\n', '{ \n'), { 'stripe-signature': signature });
    expect(answer.status, answer.text).toBe(400);
  });

  it('is refused where no secret is stored', async () => {
    const bare = await connect({});
    expect((await deliver(event(), { to: bare })).status).toBe(400);
  });
});

describe('an address that takes no events', () => {
  it('answers alike, whatever else it may be', async () => {
    const answer = await server.ask('POST', '/api/v1/connections', {
      key: 'own-records',
      connectorId: 'records',
      config: {},
    });
    const ids = ['con_0000000000000000000000000', 'shop-1', String(answer.json['id']), 'con_%27', '..%2fetc'];
    const answers = await Promise.all(ids.map((to) => deliver(event(), { to })));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 404));
    const told = answers.map(({ json: { code, detail, fix } }) => JSON.stringify({ code, detail, fix }));
    expect(new Set(told).size).toBe(1);
  });

  it('takes nothing larger than any event', async () => {
    const answer = await deliver(event({ filling: 'x'.repeat(300 * 1024) }));
    expect(answer.status).toBe(413);
  });

  it('leaves every other address as it is: signed in, and JSON only', async () => {
    const path = `${server.api.url}/api/v1/sync-runs`;
    expect((await request(path, 'POST', '{}', { 'content-type': 'application/json' })).status).toBe(401);
    const raw = await server.ask('POST', '/api/v1/sync-runs', 'raw', { 'content-type': 'text/plain' });
    expect(raw.status).toBe(415);
  });
});

it('takes 600 events of a connection a minute, and then goes on in the next', () => {
  let now = 0;
  const admit = createGate(() => now);
  for (let count = 0; count < 600; count += 1) admit('con_1');
  expect(() => admit('con_1')).toThrow('Too many events');
  expect(() => admit('con_2')).not.toThrow();
  now = 60_000;
  expect(() => admit('con_1')).not.toThrow();
});
