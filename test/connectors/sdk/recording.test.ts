import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { github } from '../../../connectors/github/index.ts';
import {
  createHttp,
  defineConnector,
  defineMetric,
  type GuardedFetch,
  parseAnswer,
} from '../../../connectors/sdk/index.ts';
import { recordReading } from '../../../connectors/sdk/record.ts';
import { parseRecording, RecordingError } from '../../../connectors/sdk/recording.ts';
import { createReplay, differingDays, replayReading } from '../../../connectors/sdk/replay.ts';
import { createScrub } from '../../../connectors/sdk/scrub.ts';
import { replayServer } from '../../../connectors/sdk/test-kit-replay.ts';
import { main } from '../../../src/cli/main.ts';
import { fakeIo } from '../../cli/support/fake-io.ts';
import { window as days, definitionOf } from '../github/support/read.ts';
import { startGitHub, worldOf } from '../github/support/server.ts';
import { testContext } from '../support/context.ts';
import { startHttpServer, type TestServer } from '../support/http-server.ts';

const TOKEN = 'github_pat_kEpt0utOfSight1234567890';
const at = (day: string) => `${day}T10:00:00Z`;
const issues = [
  { number: 1, created_at: at('2026-03-01') },
  { number: 2, created_at: at('2026-03-01') },
  { number: 3, created_at: at('2026-03-03') },
];
const now = new Date('2026-03-20T12:00:00Z');
const direct: GuardedFetch = (input, init) => fetch(input, init);

describe('a recording of GitHub', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-recording-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is made by the command line and played without a network, to the same points and without the token', async () => {
    const server = await startGitHub(worldOf({ issues, pageSize: 2 }));
    const config = join(folder, 'config.json');
    const out = join(folder, 'issues');
    await writeFile(config, JSON.stringify({ repository: 'acme/shop' }));
    const env = {
      LANG: 'en_US.UTF-8',
      TIDEMARK_EGRESS_ALLOW: server.endpoint.host,
      TIDEMARK_SECRET_TOKEN: TOKEN,
    };
    const record = fakeIo({ env });
    const args = ['--metric', 'issue_count', '--config', config, '--endpoint', server.endpoint.href];
    const window = ['--from', '2026-03-01', '--to', '2026-03-03', '--out', out];
    try {
      expect(await main(['connector', 'record', 'github', ...args, ...window], record)).toBe(0);
    } finally {
      await server.close();
    }
    expect(record.out()).toContain('GitHub repository acme/shop');
    expect(record.out()).toMatch(/2026-03-01 +2\n.*2026-03-02 +0\n.*2026-03-03 +1/);

    const text = await readFile(join(out, 'recording.json'), 'utf8');
    expect(text).not.toContain(TOKEN);
    expect(text.toLowerCase()).not.toContain('authorization');
    const recording = parseRecording(text);
    // The repository and five rights, then two pages of issues.
    expect(recording.exchanges).toHaveLength(8);
    expect(recording.secrets).toEqual({ token: 'text' });
    expect(recording.config).toEqual({ repository: 'acme/shop' });

    // The server is gone.
    const replay = fakeIo();
    expect(await main(['connector', 'replay', out], replay)).toBe(0);
    expect(replay.out()).toMatch(/2026-03-01 +2\n.*2026-03-02 +0\n.*2026-03-03 +1/);
    expect(replay.err()).toContain('The same points as recorded, from 8 recorded exchanges');

    const again = fakeIo({ env });
    expect(await main(['connector', 'record', 'github', ...args, ...window], again)).toBe(6);
    expect(again.err()).toContain('nothing is written over');
  });

  it('that was changed by hand is told by its days', async () => {
    const out = join(folder, 'issues');
    const text = await readFile(join(out, 'recording.json'), 'utf8');
    const recording = parseRecording(text);
    const [first] = recording.points;
    if (first !== undefined) first.value = '3';
    await writeFile(join(out, 'recording.json'), JSON.stringify(recording));
    const io = fakeIo({ env: { LANG: 'zh_CN.UTF-8' } });
    expect(await main(['connector', 'replay', out], io)).toBe(1);
    expect(io.err()).toContain('以下日期与录制不一致：2026-03-01');
  });

  it('plays as a server, whose pages lead to itself, and which names what it does not hold', async () => {
    const recording = await recorded();
    const server = await replayServer(recording, { secrets: [TOKEN] });
    const window = days('2026-03-01', '2026-03-04');
    const { context } = testContext(
      github.configSchema.parse({ repository: 'acme/shop', token: TOKEN }),
      server.endpoint,
      now,
    );
    try {
      const params: unknown = definitionOf('issue_count').paramsSchema.parse({});
      const reads = [{ metric: 'issue_count', params, window }];
      const { points } = await definitionOf('issue_count').read({ ...context, reads }, window, params);
      expect(points.map(({ value }) => value)).toEqual(['2', '0', '1']);
      expect(server.requestCount()).toBe(2);
      expect(server.refused).toEqual([]);

      const other = definitionOf('releases');
      await expect(other.read(context, window, other.paramsSchema.parse({}))).rejects.toThrow(
        'GitHub does not show',
      );
      expect(server.refused).toEqual([
        'The recording does not hold GET /repos/acme/shop/releases per_page=100. The nearest that it holds is GET /repos/acme/shop/releases per_page=1.',
      ]);
    } finally {
      await server.close();
    }
  });

  it('says which request is missing when it is read in another way than it was recorded', async () => {
    const recording = await recorded();
    const shorter = { ...recording, exchanges: recording.exchanges.slice(0, -1) };
    await expect(replayReading(github, shorter)).rejects.toThrow(
      /does not hold GET \/repos\/acme\/shop\/issues .*page=2.* The nearest that it holds is GET \/repos\/acme\/shop\/issues/,
    );
    await expect(
      replayReading(github, recording).then(({ reading }) => differingDays(recording, reading)),
    ).resolves.toEqual([]);
  });
});

async function recorded() {
  const server = await startGitHub(worldOf({ issues, pageSize: 2 }));
  try {
    const { recording } = await recordReading({
      connector: github,
      config: github.configSchema.parse({ repository: 'acme/shop', token: TOKEN }),
      endpoint: server.endpoint,
      fetch: direct,
      signal: new AbortController().signal,
      now,
      metric: 'issue_count',
      params: definitionOf('issue_count').paramsSchema.parse({}),
      window: days('2026-03-01', '2026-03-04'),
    });
    return recording;
  } finally {
    await server.close();
  }
}

/** A connector that sends its secret everywhere, to a provider that repeats it: what a recording must survive. */
const talkative = defineConnector<{ key: string; email: string }>({
  id: 'talkative',
  title: 'Talkative',
  version: '1',
  configSchema: z.object({ key: z.string(), email: z.string() }),
  secretFields: ['key'],
  guide: 'A key.',
  allowedHosts: () => ['talkative.example'],
  limits: { requestsPerSecond: 100, concurrent: 1 },
  check: async () => ({ account: 'Talkative of ana@globex.test', livemode: null, warnings: [] }),
  metrics: {
    people: defineMetric({
      title: 'People',
      description: 'How many different people there are.',
      stage: 'activation',
      unit: 'count',
      kind: 'stock',
      paramsSchema: z.object({}),
      settlesAfterHours: 1,
      rereadDays: 1,
      history: 'from_now',
      async read(context, window) {
        const { endpoint, config } = context;
        const http = createHttp(context, {
          provider: 'Talkative',
          limits: { requestsPerSecond: 100, concurrent: 1 },
          secrets: [config.key],
        });
        const login = await http(new URL('/login', endpoint ?? undefined), {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ client_secret: config.key, grant_type: 'client' }).toString(),
        });
        const { access_token } = z.object({ access_token: z.string() }).parse(await login.json());
        const url = new URL('/people', endpoint ?? undefined);
        url.searchParams.set('api_key', config.key);
        url.searchParams.set('about', config.email);
        const basic = Buffer.from(`me:${config.key}`).toString('base64');
        const answer = await http(url, {
          headers: { authorization: `Basic ${basic}`, 'x-session': access_token },
        });
        const { people } = parseAnswer(
          'Talkative',
          'people',
          z.object({ people: z.array(z.object({ email: z.string() })) }),
          await answer.json(),
        );
        const value = String(new Set(people.map(({ email }) => email)).size);
        return {
          points: [{ day: window.startDay, value }],
          completeness: { pages: 1, items: people.length, lastPageReached: true, notes: [] },
        };
      },
    }),
  },
});

const KEY = 'k3y "with" signs/and+more=ü';
const HANDED_OUT = 'handed-out-9f8e7d6c5b4a';

describe('a provider that repeats what it is told', () => {
  let server: TestServer;
  let echo: (request: IncomingMessage, body: string) => object;
  beforeAll(async () => {
    server = await startHttpServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const told = echo(request, Buffer.concat(parts).toString('utf8'));
        const isLogin = request.url === '/login';
        response.writeHead(200, {
          'content-type': 'application/json',
          'set-cookie': `session=${HANDED_OUT}`,
          'x-echo': encodeURIComponent(KEY),
          'x-request-id': 'r-1',
        });
        const people = ['ana@globex.test', 'bo@globex.test', 'Ana@globex.test', 'ana@globex.test'].map(
          (email) => ({
            email,
            displayName: email.startsWith('bo') ? 'Bo Berg' : 'Ana Arp',
          }),
        );
        response.end(JSON.stringify({ ...(isLogin ? { access_token: HANDED_OUT } : { people }), ...told }));
      });
    });
  });
  afterAll(() => server.close());

  const record = () =>
    recordReading({
      connector: talkative,
      config: { key: KEY, email: 'ana@globex.test' },
      endpoint: server.url,
      fetch: direct,
      signal: new AbortController().signal,
      now,
      metric: 'people',
      params: {},
      window: days('2026-03-01', '2026-03-02'),
      mask: ['displayName'],
    });

  it('leaves no secret, no token that was handed out and no person in the file, and plays to the same points', async () => {
    echo = (request, body) => ({
      url: request.url,
      header: request.headers.authorization,
      said: `Bearer ${HANDED_OUT}`,
      inside: JSON.stringify({ key: KEY, url: encodeURIComponent(KEY) }),
      body,
    });
    const { recording, replaced, text } = await record();
    const handed = [KEY, HANDED_OUT];
    for (const secret of handed) {
      const basic = Buffer.from(`me:${secret}`).toString('base64').slice(4, -4);
      for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), basic]) {
        expect(text).not.toContain(form);
        expect(JSON.stringify(recording.exchanges.map(({ response }) => response.body))).not.toContain(form);
      }
    }
    expect(text).not.toMatch(/globex\.test|Ana|Bo Berg|set-cookie|x-request-id/i);
    expect(replaced).toBe(4); // two addresses and two names
    expect(recording.config).toEqual({ email: 'person-1@example.com' });
    expect(recording.account).toBe('Talkative of person-1@example.com');
    // The same address is the same person, however it is written.
    expect(recording.points).toEqual([{ day: '2026-03-01', value: '3' }]);
    expect(recording.exchanges[1]?.request.url).toContain('about=person-1%40example.com');
  });

  it.each([
    { form: 'in hexadecimal digits', of: () => Buffer.from(KEY).toString('hex') },
    { form: 'inside of other bytes in base64', of: () => Buffer.from(`12${KEY}34`).toString('base64') },
    { form: 'escaped four times', of: () => JSON.stringify(JSON.stringify(JSON.stringify(KEY))) },
  ])('is not written at all when a secret is left $form', async ({ of }) => {
    echo = () => ({ debug: of() });
    const failure: unknown = await record().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RecordingError);
    const { message } = failure as RecordingError;
    expect(message).toContain('A secret is still in what would be written, at /exchanges/0/response/body');
    expect(message).not.toContain(of());
  });
});

it('takes out what is named like a secret and leaves what only pages are called', () => {
  const scrub = createScrub({ secrets: [] });
  expect(scrub.url('https://a.example/x?page_token=abcdefgh&token=ijklmnop&key=q#frag')).toBe(
    'https://a.example/x?page_token=abcdefgh&token=%5Bredacted%5D&key=%5Bredacted%5D',
  );
  expect(scrub.body('{"next":"abcdefgh","access_token":"a\\"b\\"cdefg","n":1.10}')).toBe(
    '{"next":"abcdefgh","access_token":"[redacted]","n":1.10}',
  );
  // It is a secret from now on, wherever it comes.
  expect(scrub.text('said a"b"cdefg again')).toBe('said [redacted] again');
});

it('answers the same request in the order of then, and its last answer from then on', () => {
  const response = (body: string) => ({ status: 200, headers: {}, body, encoding: 'text' as const });
  const request = { method: 'GET', url: 'https://a.example/x?b=2&a=1', headers: {}, body: '' };
  const replay = createReplay({
    ...EMPTY,
    exchanges: [
      { request, response: response('first') },
      { request, response: response('second') },
    ],
  });
  const asked = { method: 'get', url: 'http://127.0.0.1:1/x?a=1&b=2', body: '' };
  expect([1, 2, 3].map(() => replay.answer(asked)?.body)).toEqual(['first', 'second', 'second']);
  expect(replay.answer({ ...asked, url: 'http://127.0.0.1:1/x?a=1' })).toBeNull();
});

const EMPTY = {
  v: 1 as const,
  about: '',
  connector: 'x',
  connectorVersion: '1',
  now: now.toISOString(),
  endpoint: null,
  config: {},
  secrets: {},
  account: '',
  metric: 'x',
  params: {},
  window: { startDay: '2026-03-01', endDay: '2026-03-02', timeZone: 'UTC', startAt: '', endAt: '' },
  points: [],
};
