import { existsSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEgress } from '../../src/egress/index.ts';
import {
  mixpanelSettingsSchema,
  type ProgressMessage,
  progressMessageSchema,
  type SendProgressInput,
  sendProgress,
} from '../../src/notifications/mixpanel.ts';
import { sendByClient } from '../../src/notifications/mixpanel-client.ts';
import { openForwarder } from '../../src/notifications/mixpanel-forwarder.ts';
import { openProject, type Project } from '../sandbox/mixpanel-support.ts';
import { startReceiver } from './receiver.ts';

const NOW = '2026-03-09T12:00:00Z';
const closers: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.splice(0).toReversed()) await close();
});

const message: ProgressMessage = progressMessageSchema.parse({
  v: 1,
  type: 'key_result.progress',
  keyResult: { id: 'kr_1', key: 'growth.signups', title: '注册 "sign-ups" +/=' },
  asOfDay: '2026-03-08',
  revision: 'snapshot-7',
  computedAt: '2026-03-09T06:00:00.700Z',
  value: 120,
  target: 200,
  progress: 0.2,
  expected: null,
  status: 'off_track',
  dataState: 'fresh',
  sandbox: true,
});
const secrets = { serviceAccountSecret: 'kEpt0utOfSight' };

async function project(): Promise<Project> {
  const opened = await openProject({ events: [], now: NOW });
  closers.push(() => opened.close());
  return opened;
}

/** The real client and the real guarded way out to a project that keeps what it takes. */
function sender({
  access,
  url,
}: Project): (change?: Partial<SendProgressInput>) => ReturnType<typeof sendProgress> {
  const { hostname, port } = new URL(url);
  const egress = createEgress({ allow: [{ kind: 'host', host: hostname, port: Number(port) }] });
  closers.push(() => egress.close());
  const settings = mixpanelSettingsSchema.parse({
    projectId: access.projectId,
    serviceAccount: access.username,
  });
  return (change = {}) =>
    sendProgress({
      settings,
      secrets: { serviceAccountSecret: access.secret },
      endpoint: new URL(url),
      message,
      fetch: egress.fetch,
      signal: new AbortController().signal,
      now: new Date(NOW),
      ...change,
    });
}

type Taken = { event: string; at: number; insertId: string; properties: Record<string, unknown> };
function taken({ statePath }: Project): Taken[] {
  const path = join(statePath, '..', 'ingested.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Taken);
}

/** How many such events the project's own report counts. */
async function counted({ get }: Project): Promise<number> {
  const { body } = await get('/segmentation', {
    event: 'Key Result Progress',
    from_date: '2026-01-01',
    to_date: '2026-03-09',
    unit: 'day',
    type: 'general',
  });
  const { data } = body as { data: { values: Record<string, Record<string, number>> } };
  return Object.values(data.values['Key Result Progress'] ?? {}).reduce((sum, count) => sum + count, 0);
}

/** The same against a receiver that answers whatever a test says. */
async function answered(status: number, body: string, headers: Record<string, string> = {}) {
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  });
  closers.push(() => receiver.close());
  const result = await sendProgress({
    settings: mixpanelSettingsSchema.parse({ projectId: 1, serviceAccount: 'tidemark.sa' }),
    secrets,
    endpoint: new URL(receiver.url),
    message,
    fetch: receiver.fetch,
    signal: new AbortController().signal,
    now: new Date(NOW),
  });
  return { result, receiver };
}

describe('progress in a Mixpanel project', () => {
  it('arrives by the official client as it was computed, at its second and under its own id', async () => {
    const given = await project();
    expect(await sender(given)()).toEqual({ ok: true, status: 200 });
    expect(taken(given)).toEqual([
      expect.objectContaining({
        event: 'Key Result Progress',
        at: 1_773_036_000, // 2026-03-09T06:00:00Z: 20,521 days of 86,400 s and 6 h
        insertId: expect.stringMatching(/^[a-f0-9]{36}$/),
        properties: {
          key: 'growth.signups',
          title: '注册 "sign-ups" +/=',
          day: '2026-03-08',
          value: 120,
          target: 200,
          progress: 0.2,
          status: 'off_track',
          data_state: 'fresh',
          sandbox: true,
        },
      }),
    ]);
  });

  it('is counted once however often it is sent, as after a crash between sending and recording', async () => {
    const given = await project();
    const send = sender(given);
    for (let time = 0; time < 3; time += 1) expect(await send()).toMatchObject({ ok: true });
    expect(taken(given)).toHaveLength(3);
    expect(await counted(given)).toBe(1);
  });

  it('is an event of its own for each snapshot, each counted once', async () => {
    const given = await project();
    const send = sender(given);
    const snapshots = [
      message,
      { ...message, revision: 'snapshot-8' },
      { ...message, asOfDay: '2026-03-07' },
      { ...message, keyResult: { ...message.keyResult, id: 'kr_2' } },
    ];
    for (const each of [...snapshots, ...snapshots]) await send({ message: each });
    expect(new Set(taken(given).map(({ insertId }) => insertId)).size).toBe(4);
    expect(await counted(given)).toBe(4);
  });

  it('takes a snapshot that is older than the five days that tracking allows', async () => {
    const given = await project();
    // An outbox that was down for six weeks.
    const old = { ...message, computedAt: '2026-01-26T06:00:00.000Z' };
    expect(await sender(given)({ message: old })).toMatchObject({ ok: true });
    expect(await counted(given)).toBe(1);
  });

  it('takes a title of four thousand letters, which no address could carry', async () => {
    const given = await project();
    const title = '目'.repeat(4_000);
    const long = { ...message, keyResult: { ...message.keyResult, title } };
    expect(await sender(given)({ message: long })).toMatchObject({ ok: true });
    expect(taken(given)[0]?.properties['title']).toBe(title);
  });

  it.each(['server_error', 'rate_limit', 'revoked', 'forbidden'] as const)(
    'is not called sent when the project answers %s, and is there once after it was sent again',
    async (kind) => {
      const given = await project();
      const send = sender(given);
      given.broken({ kind });
      expect(await send()).toMatchObject({ ok: false });
      expect(taken(given)).toEqual([]);
      given.broken(null);
      expect(await send()).toMatchObject({ ok: true });
      expect(await counted(given)).toBe(1);
    },
  );
});

describe('an answer that the client alone would misread', () => {
  it.each([
    { status: 500, body: '1', why: 'the client calls it a success', is: 'transient' },
    { status: 503, body: '1', why: 'as above', is: 'transient' },
    { status: 401, body: '1', why: 'as above', is: 'rejected' },
    { status: 429, body: '1', why: 'as above', is: 'rate_limited' },
    { status: 200, body: '1', why: 'it is the answer of another door', is: 'transient' },
    { status: 200, body: '0', why: 'nothing was taken', is: 'transient' },
    { status: 200, body: '<html>Sign in</html>', why: 'somebody else has answered', is: 'transient' },
    { status: 200, body: '', why: 'it says nothing', is: 'transient' },
    {
      status: 200,
      body: '{"code":200,"num_records_imported":0,"status":"OK"}',
      why: 'nothing was taken',
      is: 'transient',
    },
  ])('is no success: $status $body, because $why', async ({ status, body, is }) => {
    const { result } = await answered(status, body);
    expect(result).toMatchObject({ ok: false, errorClass: is, status });
  });

  it('is a success where the client calls it an error: Mixpanel’s real answer to an import', async () => {
    const { result, receiver } = await answered(200, '{"code":200,"num_records_imported":1,"status":"OK"}\n');
    expect(result).toEqual({ ok: true, status: 200 });
    expect(receiver.received).toHaveLength(1);
  });

  it('is waited for as long as it asks', async () => {
    const { result } = await answered(429, 'slow down', { 'retry-after': '90' });
    expect(result).toMatchObject({ errorClass: 'rate_limited', afterMs: 90_000 });
  });

  it('is sent again later when none came in time', async () => {
    const late = async () => {
      throw new DOMException('too slow', 'TimeoutError');
    };
    expect(await sender(await project())({ fetch: late })).toMatchObject({
      ok: false,
      errorClass: 'transient',
      permanent: false,
    });
  });

  it('is not sent again where the guard forbids the address', async () => {
    const given = await project();
    const egress = createEgress({ allow: [] });
    closers.push(() => egress.close());
    expect(await sender(given)({ fetch: egress.fetch })).toMatchObject({
      ok: false,
      errorClass: 'blocked_destination',
    });
    expect(taken(given)).toEqual([]);
  });
});

describe('behind a proxy', () => {
  it.each(['HTTP_PROXY', 'HTTPS_PROXY'])(
    'the client starts nevertheless, and goes nowhere but through the guarded way out (%s)',
    async (name) => {
      const given = await project();
      const proxy = await startReceiver((_request, response) => response.end('1'));
      closers.push(() => proxy.close());
      vi.stubEnv(name, proxy.url);
      expect(await sender(given)()).toMatchObject({ ok: true });
      expect(process.env[name]).toBe(proxy.url);
      expect(proxy.received).toEqual([]);
      expect(await counted(given)).toBe(1);
    },
  );
});

describe('the port that the client is let to', () => {
  const ask = (port: number, path: string, body: string): Promise<number> =>
    new Promise((done, failed) => {
      const request = httpRequest({ host: '127.0.0.1', port, path, method: 'POST' }, (response) => {
        response.resume().once('end', () => done(response.statusCode ?? 0));
      });
      request.once('error', failed).end(body);
    });
  const body = `data=${Buffer.from('[{"event":"x","properties":{}}]').toString('base64')}`;

  it('forwards nothing without the pass, nothing twice, and nothing to another door', async () => {
    const delivered: unknown[][] = [];
    const forwarder = await openForwarder(async (events) => delivered.push(events) > 0);
    closers.push(() => forwarder.close());
    const { pass, port } = forwarder;
    expect(await ask(port, '/import', body)).toBe(403);
    expect(await ask(port, `/import?api_key=${'0'.repeat(pass.length)}`, body)).toBe(403);
    expect(await ask(port, `/track?api_key=${pass}`, body)).toBe(403);
    expect(await ask(port, `/import?api_key=${pass}`, body)).toBe(200);
    expect(await ask(port, `/import?api_key=${pass}`, body)).toBe(403);
    expect(delivered).toEqual([[{ event: 'x', properties: {} }]]);
  });

  it('is closed when it is done with, and a failure on the way is no success', async () => {
    const forwarder = await openForwarder(async () => Promise.reject(new Error('the way out is shut')));
    const { pass, port } = forwarder;
    expect(await ask(port, `/import?api_key=${pass}`, body)).toBe(200); // with `0`, which the client reads as no
    await forwarder.close();
    await expect(ask(port, '/import', body)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const event = { event: 'x', properties: { time: 1 } };
    expect(await sendByClient(event, async () => Promise.reject(new Error('shut')))).toBe(
      'Mixpanel Server Error: 0',
    );
  });

  it('never sees the secret: it travels outside of the client only', async () => {
    const seen: string[] = [];
    await sendByClient({ event: 'x', properties: { time: 1, key: 'k' } }, async (events) => {
      seen.push(JSON.stringify(events));
      return true;
    });
    expect(seen).toEqual(['[{"event":"x","properties":{"time":1,"key":"k"}}]']);
  });
});

it.each([
  { region: 'us', host: 'api.mixpanel.com' },
  { region: 'eu', host: 'api-eu.mixpanel.com' },
  { region: 'in', host: 'api-in.mixpanel.com' },
] as const)('goes to the host of the project’s region ($region)', async ({ host, region }) => {
  const urls: string[] = [];
  await sendProgress({
    settings: mixpanelSettingsSchema.parse({ region, projectId: 7, serviceAccount: 'tidemark.sa' }),
    secrets,
    endpoint: null,
    message,
    fetch: async (url) => {
      urls.push(String(url));
      return new Response('{"code":200,"num_records_imported":1}');
    },
    signal: new AbortController().signal,
    now: new Date(NOW),
  });
  expect(urls).toEqual([`https://${host}/import?strict=1&project_id=7`]);
});
