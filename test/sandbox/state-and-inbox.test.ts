import { readFileSync, statSync } from 'node:fs';
import { Agent, createServer, get } from 'node:http';
import http2 from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readState, type Sandbox, startSandbox, writeState } from '../../sandbox/index.ts';
import { ANCHOR_DAY, NOW, openSandbox, temporaryStatePath } from './support.ts';

const start = (statePath: string, port?: number) =>
  startSandbox({
    statePath,
    now: () => NOW,
    initial: { anchorDay: ANCHOR_DAY },
    ...(port === undefined ? {} : { port }),
  });

it('makes a state that only its owner may read, with a key of its own, and keeps key and port', async () => {
  const statePath = temporaryStatePath();
  const first = await start(statePath);
  expect(statSync(statePath).mode & 0o777).toBe(0o600);
  expect(first.apiKey).toMatch(/^rk_test_[0-9a-f]{48}$/);
  await first.close();
  const second = await start(statePath);
  expect([second.apiKey, second.port]).toEqual([first.apiKey, first.port]);
  await second.close();
  const other = await openSandbox();
  expect(other.apiKey).not.toBe(first.apiKey);
  await other.close();
});

it('starts from a state that names only a company, and gives it a key', async () => {
  const statePath = temporaryStatePath();
  writeState(statePath, { v: 1, seed: 3, anchorDay: ANCHOR_DAY } as never);
  const sandbox = await start(statePath, 0);
  expect(sandbox.apiKey).toMatch(/^rk_test_[0-9a-f]{48}$/);
  expect(readState(statePath)).toMatchObject({ seed: 3, apiKey: sandbox.apiKey, faults: { stripe: null } });
  await sandbox.close();
});

it('takes another port when its own is taken, and remembers it', async () => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
  const taken = (squatter.address() as AddressInfo).port;
  const statePath = temporaryStatePath();
  const sandbox = await startSandbox({
    statePath,
    now: () => NOW,
    initial: { anchorDay: ANCHOR_DAY, preferredPort: taken },
  });
  expect(sandbox.port).not.toBe(taken);
  expect(readState(statePath)?.preferredPort).toBe(sandbox.port);
  await sandbox.close();
  squatter.close();
});

it('refuses a file that is no sandbox state', () => {
  const statePath = temporaryStatePath();
  writeState(statePath, { v: 2 } as never);
  expect(() => readState(statePath)).toThrow(/not a sandbox state/);
});

it('receives webhooks and Slack messages and shows the newest first, also after a restart', async () => {
  const statePath = temporaryStatePath();
  const sandbox = await start(statePath, 0);
  const body = '{"type":"alert.firing","näme":"Umsatz"}';
  const headers = {
    'content-type': 'application/json',
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1795176000',
    'webhook-signature': 'v1,abc',
    authorization: 'Bearer secret',
  };
  const webhook = await fetch(`${sandbox.url}/inbox/webhook`, { method: 'POST', headers, body });
  expect(webhook.status).toBe(204);
  const slack = await fetch(`${sandbox.url}/inbox/slack`, { method: 'POST', body: '{"text":"hi"}' });
  expect([slack.status, await slack.text()]).toEqual([200, 'ok']);

  const listed = (await (await fetch(`${sandbox.url}/inbox`)).json()) as {
    sandbox: boolean;
    messages: object[];
  };
  const { authorization: _secret, ...kept } = headers;
  expect(listed.sandbox).toBe(true);
  expect(listed.messages).toMatchObject([
    { channel: 'slack', body: '{"text":"hi"}' },
    { channel: 'webhook', body, headers: kept, receivedAt: NOW.toISOString() },
  ]);
  expect(readFileSync(join(dirname(statePath), 'inbox.jsonl'), 'utf8')).not.toContain('secret');
  await sandbox.close();
  const again = await start(statePath, 0);
  expect(again.inbox()).toHaveLength(2);
  await again.close();
});

it('takes no message above 256 KiB, and nothing by GET', async () => {
  const sandbox = await openSandbox();
  const most = await fetch(`${sandbox.url}/inbox/slack`, { method: 'POST', body: 'x'.repeat(256 * 1024) });
  expect(most.status).toBe(200);
  const outcome = await fetch(`${sandbox.url}/inbox/slack`, {
    method: 'POST',
    body: 'x'.repeat(256 * 1024 + 1),
  }).then(
    ({ status }) => status,
    () => 413, // hung up on before the answer could be read
  );
  expect(outcome).toBe(413);
  expect(sandbox.inbox()).toHaveLength(1);
  expect((await fetch(`${sandbox.url}/inbox/webhook`)).status).toBe(405);
  await sandbox.close();
});

it('says at its door that it is a sandbox', async () => {
  const sandbox = await openSandbox();
  expect(await (await fetch(sandbox.url)).json()).toMatchObject({ sandbox: true });
  const lost = await fetch(`${sandbox.url}/nowhere`);
  expect(lost.status).toBe(404);
  await sandbox.close();
});

it('imports nothing of the rest of the project', async () => {
  const { readdirSync } = await import('node:fs');
  const root = new URL('../../sandbox/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(40);
  for (const name of files) {
    const source = readFileSync(new URL(name, root), 'utf8');
    for (const [, from] of source.matchAll(/from '(\.[^']+)'/g)) {
      const target = new URL(from ?? '', new URL(name, root)).href;
      expect(target.startsWith(root.href), `${name} imports ${from}`).toBe(true);
    }
  }
});

describe('one port for every provider', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox.close());

  it('leads each address to its own server, and keeps a connection for several of them', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const statuses = [];
    for (const path of [
      '/',
      '/v1/charges',
      '/v1beta/properties/1/metadata',
      '/api/query/segmentation',
      '/inbox',
    ]) {
      statuses.push([path, await status(sandbox, path, agent)]);
    }
    // Without credentials each provider refuses; the door and the inbox ask for none.
    expect(statuses).toEqual([
      ['/', 200],
      ['/v1/charges', 401],
      ['/v1beta/properties/1/metadata', 401],
      ['/api/query/segmentation', 401],
      ['/inbox', 200],
    ]);
    agent.destroy();
  });

  it('answers a request that arrives byte by byte', async () => {
    const socket = connect(sandbox.port, '127.0.0.1');
    socket.setNoDelay(true);
    for (const byte of 'POST /inbox/slack HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi') {
      socket.write(byte);
      await new Promise((next) => setImmediate(next));
    }
    let answer = '';
    for await (const part of socket) answer += String(part);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(sandbox.inbox()[0]?.body).toBe('hi');
  });

  it('leads HTTP/2 to the gRPC server', async () => {
    const session = http2.connect(sandbox.url);
    const request = session.request({
      ':method': 'POST',
      ':path': '/google.analytics.data.v1beta.BetaAnalyticsData/RunReport',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    request.end(Buffer.from([0, 0, 0, 0, 0])); // an empty message
    const headers = await new Promise<http2.IncomingHttpHeaders>((resolve, reject) => {
      request.once('response', resolve).once('error', reject);
    });
    expect(headers['content-type']).toMatch(/^application\/grpc/);
    session.destroy();
  });

  it('closes though connections are open that never said a word, or wait for an answer', async () => {
    const own = await openSandbox({ faults: { stripe: { kind: 'timeout' }, ga4: null, mixpanel: null } });
    const silent = connect(own.port, '127.0.0.1');
    await new Promise((resolve) => silent.once('connect', resolve));
    const headers = { authorization: `Bearer ${own.apiKey}` };
    const waiting = fetch(`${own.url}/v1/charges`, { headers }).then(
      () => 'answered',
      () => 'cut off',
    );
    const gone = new Promise((resolve) => silent.once('close', resolve));
    await fetch(own.url); // by now the other request has arrived too
    await own.close();
    expect(await waiting).toBe('cut off');
    await gone;
  });

  it('shows tests no activity of the future', async () => {
    const nowAt = NOW.getTime() / 1_000;
    const { activity } = sandbox.model();
    expect(activity.length).toBeGreaterThan(100_000);
    expect(activity.at(-1)?.at).toBeLessThanOrEqual(nowAt);
  });
});

function status(sandbox: Sandbox, path: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${sandbox.url}${path}`, { agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    }).once('error', reject);
  });
}
