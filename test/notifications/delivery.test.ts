import { afterEach, expect, it } from 'vitest';
import { createEgress } from '../../src/egress/index.ts';
import { channels } from '../../src/notifications/index.ts';
import { newWebhookSecret } from '../../src/secrets/index.ts';
import { sendInput, startReceiver } from './receiver.ts';

const secrets = { signingSecret: newWebhookSecret() };
const now = new Date('2025-03-11T06:00:00Z');
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(answer: Parameters<typeof startReceiver>[0]) {
  const receiver = await startReceiver(answer);
  closers.push(receiver.close);
  return receiver;
}

it.each([
  { status: 200, result: { ok: true } },
  { status: 202, result: { ok: true } },
  { status: 301, result: { ok: false, errorClass: 'transient' } },
  { status: 304, result: { ok: false, errorClass: 'transient' } },
  { status: 400, result: { ok: false, errorClass: 'rejected' } },
  { status: 401, result: { ok: false, errorClass: 'rejected' } },
  { status: 404, result: { ok: false, errorClass: 'rejected' } },
  { status: 408, result: { ok: false, errorClass: 'transient' } },
  { status: 410, result: { ok: false, errorClass: 'gone' } },
  { status: 425, result: { ok: false, errorClass: 'transient' } },
  { status: 429, result: { ok: false, errorClass: 'rate_limited' } },
  { status: 500, result: { ok: false, errorClass: 'transient' } },
  { status: 503, result: { ok: false, errorClass: 'transient' } },
])('a receiver that answers $status gives $result', async ({ status, result }) => {
  const { url, fetch } = await start((_request, response) => response.writeHead(status).end());
  const sent = await channels.webhook.send(sendInput({ config: { url }, secrets, fetch, now }));
  expect(sent).toEqual({ ...result, status });
});

it.each([
  { status: 429, retryAfter: '120', afterMs: 120_000 },
  { status: 503, retryAfter: '120', afterMs: 120_000 },
  { status: 429, retryAfter: 'Tue, 11 Mar 2025 06:05:00 GMT', afterMs: 300_000 },
  { status: 429, retryAfter: 'Tue, 11 Mar 2025 05:00:00 GMT', afterMs: 1_000 },
  { status: 429, retryAfter: '0', afterMs: 1_000 },
  { status: 429, retryAfter: '999999', afterMs: 21_600_000 },
])(
  'waits $afterMs ms after $status with Retry-After: $retryAfter',
  async ({ status, retryAfter, afterMs }) => {
    const { url, fetch } = await start((_request, response) => {
      response.writeHead(status, { 'retry-after': retryAfter }).end();
    });
    const sent = await channels.webhook.send(sendInput({ config: { url }, secrets, fetch, now }));
    expect(sent).toEqual({ ok: false, errorClass: 'rate_limited', status, afterMs });
  },
);

it('ignores a Retry-After that nobody can read', async () => {
  const { url, fetch } = await start((_request, response) => {
    response.writeHead(429, { 'retry-after': 'later' }).end();
  });
  const sent = await channels.webhook.send(sendInput({ config: { url }, secrets, fetch, now }));
  expect(sent).toEqual({ ok: false, errorClass: 'rate_limited', status: 429 });
});

it('never follows a redirect with the signed message', async () => {
  const other = await start((_request, response) => response.end());
  const { url, fetch } = await start((_request, response) => {
    response.writeHead(307, { location: other.url }).end();
  });
  const sent = await channels.webhook.send(sendInput({ config: { url }, secrets, fetch, now }));
  expect(sent).toEqual({ ok: false, errorClass: 'transient', status: 307 });
  expect(other.received).toEqual([]);
});

it('counts as delivered by its status, however slowly the body drips', async () => {
  const { url, fetch } = await start((_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('.'), 10);
    response.on('close', () => clearInterval(drip));
  });
  const sent = await channels.webhook.send(sendInput({ config: { url }, secrets, fetch, now }));
  expect(sent).toEqual({ ok: true, status: 200 });
});

it('a cut connection is transient', async () => {
  const { url, fetch } = await start((request) => request.socket.destroy());
  const sent = await channels.webhook.send(sendInput({ config: { url }, secrets, fetch, now }));
  expect(sent).toEqual({ ok: false, errorClass: 'transient', status: null });
});

it('an address that the guard refuses is reported as blocked, and nobody is called', async () => {
  const { url, received } = await start((_request, response) => response.end());
  const closed = createEgress({ allow: [] });
  closers.push(closed.close);
  const sent = await channels.webhook.send(sendInput({ config: { url }, secrets, fetch: closed.fetch, now }));
  expect(sent).toEqual({ ok: false, errorClass: 'blocked_destination', status: null });
  expect(received).toEqual([]);
});

it('a shutdown during an attempt is no result: the attempt is given back', async () => {
  const shutdown = new AbortController();
  const reason = new Error('shutting down');
  const { url, fetch } = await start(() => shutdown.abort(reason));
  const sending = channels.webhook.send(
    sendInput({ config: { url }, secrets, fetch, now, signal: shutdown.signal }),
  );
  await expect(sending).rejects.toBe(reason);
});

it('a message of an unknown version is rejected, not sent half understood', async () => {
  const { url, fetch, received } = await start((_request, response) => response.end());
  const message = JSON.parse('{"v":3}');
  const input = sendInput({ config: { url }, secrets, fetch, delivery: { id: 'dlv_1', message } });
  expect(await channels.webhook.send(input)).toEqual({ ok: false, errorClass: 'rejected', status: null });
  expect(received).toEqual([]);
});
