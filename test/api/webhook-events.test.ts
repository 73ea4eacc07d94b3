import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startRelay } from '../../jobs/deliver-messages.ts';
import { relayDeps } from '../../src/wiring/relay.ts';
import { type Received, startReceiver } from '../notifications/receiver.ts';
import { moveClock } from '../support/database.ts';
import { audited, plantGoals } from './support/alerts.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const HOUR_MS = 3_600_000;
let server: TestServer;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let relay: ReturnType<typeof startRelay>;
let status = 204;
beforeAll(async () => {
  receiver = await startReceiver((_request, response) => response.writeHead(status).end());
  server = await startTestServer(receiver.host);
  await plantGoals(server);
  const quiet = { info() {}, warn() {}, error() {} };
  relay = startRelay(relayDeps(server.services), quiet);
});
afterAll(async () => {
  await relay?.stop();
  await server?.close();
  await receiver?.close();
});
afterEach(async () => {
  status = 204;
  await moveClock(server.services.database.pool, 0);
});

async function asked(method: string, path: string, body: unknown, code: number) {
  const answer = await server.ask(method, path, body, { 'if-match': '*' });
  expect(answer.status, answer.text).toBe(code);
  return answer.json;
}
/** A webhook of its own address, with the secret that it was told once. */
async function webhook(key: string, events: string[]): Promise<string> {
  const body = { key, kind: 'webhook', url: `${receiver.url}/${key}`, events };
  const made = await asked('POST', '/api/v1/channels', body, 201);
  expect(made['events']).toEqual(events);
  return String(made['signingSecret']);
}
const at = (key: string): Received[] => receiver.received.filter(({ path }) => path === `/${key}`);
const arrived = (key: string, count: number) =>
  vi.waitFor(() => expect(at(key)).toHaveLength(count), { timeout: 15_000 });
const headersOf = ({ headers }: Received) => headers as Record<string, string>;
const checkIn = (value: number) =>
  asked('POST', '/api/v1/key-results/people.talks/check-ins', { value }, 201);
const deliveries = async (key: string) =>
  ((await asked('GET', '/api/v1/deliveries', undefined, 200))['data'] as Record<string, unknown>[]).filter(
    ({ channelKey }) => channelKey === key,
  );

describe('an event', () => {
  it('arrives signed, with what changed, where to look, and no title or name', async () => {
    const secret = await webhook('feed', ['key_result.progress_changed']);
    await checkIn(3);
    await arrived('feed', 1);
    const [first] = at('feed');
    if (first === undefined) throw new Error('nothing arrived');
    const content = new Webhook(secret).verify(first.body, headersOf(first)) as Record<string, unknown>;
    const keyResult = await asked('GET', '/api/v1/key-results/people.talks', undefined, 200);
    const id = String(keyResult['id']);
    expect(content).toEqual({
      type: 'key_result.progress_changed',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: {
        id,
        key: 'people.talks',
        objectiveId: expect.stringMatching(/^obj_/),
        asOfDay: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        dataState: 'fresh',
        unit: 'count',
        currency: null,
        from: { value: null, progress: null },
        // 3 of 10 talks.
        to: { value: 3, progress: 0.3 },
        links: {
          api: `http://tidemark.test/api/v1/key-results/${id}`,
          open: 'http://tidemark.test/key-results/people.talks',
        },
      },
    });
    expect(first.body).not.toMatch(/Mei|Talk"/);
  });

  it('is not sent to a webhook that did not ask for it, nor after it no longer does', async () => {
    await webhook('deaf', []);
    await webhook('once', ['key_result.progress_changed']);
    await checkIn(4);
    await arrived('once', 1);
    const off = await asked('PATCH', '/api/v1/channels/once', { events: [] }, 200);
    expect(off['events']).toEqual([]);
    await webhook('last', ['key_result.progress_changed']);
    await checkIn(5);
    await arrived('last', 1);
    expect([at('deaf').length, at('once').length]).toEqual([0, 1]);
  });

  it('is for webhooks alone, and has a name that there is', async () => {
    const unknown = { key: 'x', kind: 'webhook', url: receiver.url, events: ['key_result.exploded'] };
    expect(await asked('POST', '/api/v1/channels', unknown, 422)).toMatchObject({ code: 'validation' });
    const slack = 'https://hooks.slack.com/services/T000/B000/planted';
    await asked('POST', '/api/v1/channels', { key: 'team', kind: 'slack', url: slack }, 201);
    const refused = await asked('PATCH', '/api/v1/channels/team', { events: ['alert.fired'] }, 422);
    expect(refused['errors']).toMatchObject([{ pointer: '/events' }]);
  });
});

describe('a signing secret that is replaced', () => {
  it('signs beside the new one for a day, then no more', async () => {
    const before = await webhook('rotated', []);
    const answer = await asked('POST', '/api/v1/channels/rotated/secret-rotations', undefined, 201);
    const after = String(answer['signingSecret']);
    expect(after).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/); // 32 bytes
    expect(after).not.toBe(before);
    await asked('POST', '/api/v1/channels/rotated/test-messages', undefined, 202);
    await arrived('rotated', 1);
    const [first] = at('rotated');
    if (first === undefined) throw new Error('nothing arrived');
    for (const secret of [before, after]) new Webhook(secret).verify(first.body, headersOf(first));
    expect(headersOf(first)['webhook-signature']?.split(' ')).toHaveLength(2);
    const until = Date.parse(String(answer['previousValidUntil'])) - Date.now();
    expect(until / HOUR_MS).toBeCloseTo(24, 1);

    await moveClock(server.services.database.pool, 24 * HOUR_MS + 60_000);
    await asked('POST', '/api/v1/channels/rotated/test-messages', undefined, 202);
    await vi.waitFor(async () => expect((await deliveries('rotated'))[0]?.['status']).toBe('delivered'), {
      timeout: 15_000,
    });
    const kept = await server.services.database.pool.query(
      `SELECT s.field FROM secret s JOIN channel c ON c.id = s.row_id WHERE c.key = 'rotated'`,
    );
    expect(kept.rows).toEqual([{ field: 'signingSecret' }]);
    const [, second] = at('rotated');
    expect(second?.headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]+=$/);
  });

  it('is recorded without either secret, and is there for webhooks alone', async () => {
    const rows = (await audited(server, 'channel')).filter(({ action }) => action === 'rotate_secret');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('whsec_');
    const slack = await asked('POST', '/api/v1/channels/team/secret-rotations', undefined, 422);
    expect(slack).toMatchObject({ code: 'no_signing_secret' });
    await asked('POST', '/api/v1/channels/nowhere/secret-rotations', undefined, 404);
  });
});

describe('a message', () => {
  it('that arrived is sent again under the same id, as often as somebody asks', async () => {
    const secret = await webhook('again', []);
    await asked('POST', '/api/v1/channels/again/test-messages', undefined, 202);
    await arrived('again', 1);
    const [sent] = await vi.waitFor(async () => {
      const found = await deliveries('again');
      expect(found[0]?.['status']).toBe('delivered');
      return found;
    });
    const path = `/api/v1/deliveries/${String(sent?.['deliveryId'])}/redeliveries`;
    expect(await asked('POST', path, undefined, 202)).toMatchObject({ status: 'pending', attempts: 0 });
    await arrived('again', 2);
    const [one, two] = at('again');
    expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
    expect(two?.body).toBe(one?.body);
    if (two !== undefined) new Webhook(secret).verify(two.body, headersOf(two));
    await vi.waitFor(async () => expect((await deliveries('again'))[0]?.['status']).toBe('delivered'));
    expect((await deliveries('again'))[0]?.['tries']).toHaveLength(2);
    expect((await audited(server, 'delivery')).map(({ action }) => action)).toEqual(['redeliver']);
  });

  it('that is still on its way is not, and neither is one that there is not', async () => {
    await webhook('slow', []);
    status = 503;
    const { deliveryId } = await asked('POST', '/api/v1/channels/slow/test-messages', undefined, 202);
    await arrived('slow', 1);
    const early = await asked(
      'POST',
      `/api/v1/deliveries/${String(deliveryId)}/redeliveries`,
      undefined,
      409,
    );
    expect(early).toMatchObject({ code: 'delivery_not_over' });
    await asked('POST', '/api/v1/deliveries/msg_nothing/redeliveries', undefined, 404);
  });

  it('that is answered 410 switches the channel off, and can be sent again when it is on', async () => {
    await webhook('gone', ['key_result.progress_changed']);
    status = 410;
    await checkIn(2);
    await vi.waitFor(
      async () =>
        expect(await asked('GET', '/api/v1/channels/gone', undefined, 200)).toMatchObject({
          enabled: false,
          disabledReason: expect.stringContaining('410'),
        }),
      { timeout: 15_000 },
    );
    const [dead] = await deliveries('gone');
    const path = `/api/v1/deliveries/${String(dead?.['deliveryId'])}/redeliveries`;
    expect(await asked('POST', path, undefined, 409)).toMatchObject({ code: 'channel_off' });
    status = 204;
    await asked('PATCH', '/api/v1/channels/gone', { enabled: true }, 200);
    await asked('POST', path, undefined, 202);
    await arrived('gone', 2);
    expect(at('gone')[1]?.headers['webhook-id']).toBe(at('gone')[0]?.headers['webhook-id']);
  });
});
