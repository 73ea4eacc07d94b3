import { request as rawRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../src/api/contract.ts';
import { routes } from '../../src/api/routes.ts';
import { request, startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const cycle = (key: string) => ({ key, startDay: '2026-01-01', endDay: '2026-04-01' });
const anonymous = { authorization: '' };

async function linkToken(): Promise<string> {
  return new URL(await server.api.signInLink()).hash.replace('#token=', '');
}

async function session(): Promise<string> {
  const answer = await server.ask('POST', '/api/v1/sessions', { token: await linkToken() }, anonymous);
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** Node's `fetch` sets `Host` by itself; a browser that was led here by a foreign name sends that name. */
function withHost(path: string, host: string): Promise<{ status: number; text: string }> {
  return new Promise((done, fail) => {
    const { port } = server.api;
    const headers = { host, authorization: `Bearer ${server.api.localToken}` };
    rawRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, text }));
    })
      .once('error', fail)
      .end();
  });
}

describe('section 12: without a valid token', () => {
  const guarded = Object.entries(routes).filter(([, { access }]) => access !== 'open');

  it.each(guarded)('%s answers 401 and says how to get in', async (_name, { method, path }) => {
    const body = method === 'GET' ? undefined : {};
    const answer = await server.ask(method, path.replace(':id', 'x'), body, anonymous);
    expect(answer.status).toBe(401);
    expect(problemSchema.parse(answer.json)).toMatchObject({ code: 'unauthorized', retryable: false });
    expect(answer.json['fix']).toContain('tidemark link');
  });

  it.each([
    'Bearer ',
    'Bearer nonsense',
    'Bearer tdm_unknown_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'Basic dGlkZW1hcms6eA==',
  ])('"%s" opens nothing', async (authorization) => {
    expect((await server.ask('GET', '/api/v1/board', undefined, { authorization })).status).toBe(401);
  });

  it('a true token with another secret part opens nothing', async () => {
    const forged = server.api.localToken
      .replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
      .replace(/_(.)/, '_$1');
    const changed = `${forged.slice(0, -8)}AAAAAAAA`;
    const answer = await server.ask('GET', '/api/v1/board', undefined, {
      authorization: `Bearer ${changed}`,
    });
    expect(answer.status).toBe(401);
  });
});

describe('section 13: the link that signs a browser in', () => {
  it('works once, and gives a session that only HTTP can read', async () => {
    const token = await linkToken();
    const first = await server.ask('POST', '/api/v1/sessions', { token }, anonymous);
    expect(first.status).toBe(204);
    const cookie = first.headers.get('set-cookie') ?? '';
    for (const flag of [/^tdm_sid=tdm_/, /; HttpOnly/, /; SameSite=Lax/, /; Path=\//, /; Max-Age=604800/])
      expect(cookie).toMatch(flag);
    expect(cookie).not.toMatch(/Secure/); // it is served in clear text, on loopback
    const second = await server.ask('POST', '/api/v1/sessions', { token }, anonymous);
    expect(second.status).toBe(401);
    expect(second.json).toMatchObject({ code: 'link_used' });
    expect(second.headers.get('set-cookie')).toBeNull();
  });

  it('lets only one of many in when it is opened at the same moment', async () => {
    const token = await linkToken();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => server.ask('POST', '/api/v1/sessions', { token }, anonymous)),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      204,
      ...Array(7).fill(401),
    ]);
  });

  it('is not itself a token for anything else', async () => {
    const authorization = `Bearer ${await linkToken()}`;
    expect((await server.ask('GET', '/api/v1/board', undefined, { authorization })).status).toBe(401);
  });

  it('cannot be traded by a page of another site', async () => {
    const headers = { ...anonymous, 'sec-fetch-site': 'cross-site' };
    const answer = await server.ask('POST', '/api/v1/sessions', { token: await linkToken() }, headers);
    expect(answer.status).toBe(403);
  });

  it('marks the cookie Secure where people come by https', async () => {
    const behindTls = await startTestServer('', { publicUrl: 'https://tidemark.example.com' });
    const token = new URL(await behindTls.api.signInLink()).hash.replace('#token=', '');
    const answer = await behindTls.ask('POST', '/api/v1/sessions', { token }, anonymous);
    expect(answer.headers.get('set-cookie')).toMatch(/; Secure/);
    await behindTls.close();
  });
});

describe('section 12: cookie write without CSRF proof; section 13: a session cookie', () => {
  it('reads without more, and writes only with the proof that our page sent it', async () => {
    const cookie = await session();
    expect((await server.ask('GET', '/api/v1/board', undefined, { ...anonymous, cookie })).status).toBe(200);
    const bare = await server.ask('POST', '/api/v1/cycles', cycle('c1'), { ...anonymous, cookie });
    expect(bare.status).toBe(403);
    expect(bare.json).toMatchObject({ code: 'csrf' });
    const proven = { ...anonymous, cookie, 'x-tdm-csrf': '1', 'sec-fetch-site': 'same-origin' };
    expect((await server.ask('POST', '/api/v1/cycles', cycle('c1'), proven)).status).toBe(201);
  });

  it.each([
    { name: 'another site by Sec-Fetch-Site', foreign: { 'sec-fetch-site': 'cross-site' } },
    { name: 'a sister site by Sec-Fetch-Site', foreign: { 'sec-fetch-site': 'same-site' } },
    { name: 'another Origin', foreign: { origin: 'https://evil.example' } },
    { name: 'an Origin without a name', foreign: { origin: 'null' } },
  ])('writes nothing for $name, even with the header', async ({ foreign }) => {
    const headers = { ...anonymous, cookie: await session(), 'x-tdm-csrf': '1', ...foreign };
    const answer = await server.ask('POST', '/api/v1/cycles', cycle('foreign'), headers);
    expect(answer.status).toBe(403);
    const cycles = await server.ask('GET', '/api/v1/cycles');
    expect(cycles.text).not.toContain('foreign');
  });
});

describe('section 13: the name that a request came by', () => {
  it.each(['evil.example', 'evil.example:4400', 'localhost.evil.example', '169.254.169.254'])(
    '"%s" is not ours and is refused, whoever asks',
    async (host) => {
      const answer = await withHost('/api/v1/board', host);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(404);
      expect(answer.text).not.toContain('workspace');
    },
  );

  it('localhost and 127.0.0.1 on our port are ours', async () => {
    for (const name of ['localhost', '127.0.0.1', 'LOCALHOST'])
      expect((await withHost('/api/v1/board', `${name}:${server.api.port}`)).status).toBe(200);
  });
});

describe('section 13: every answer', () => {
  it('forbids frames, foreign scripts and guessing, and is not kept', async () => {
    for (const path of ['/api/v1/board', '/api/v1/nothing', '/livez']) {
      const { headers } = await server.ask('GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ])
        expect(policy).toContain(rule);
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await server.ask('GET', '/api/v1/board')).headers.get('cache-control')).toBe('no-store');
  });

  it("carries a request id, the caller's own when it is well formed", async () => {
    const given = await server.ask('GET', '/api/v1/board', undefined, { 'x-request-id': 'from-a-caller-1' });
    expect(given.headers.get('x-request-id')).toBe('from-a-caller-1');
    const odd = await server.ask('GET', '/api/v1/nothing', undefined, { 'x-request-id': 'a b<script>' });
    expect(odd.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
    expect(odd.json['requestId']).toBe(odd.headers.get('x-request-id'));
  });

  it('/livez, /readyz and /version answer anybody on this machine and tell nothing of the data', async () => {
    const at = (path: string) => request(`${server.api.url}${path}`, 'GET');
    expect((await at('/livez')).json).toEqual({ ok: true });
    expect((await at('/readyz')).json).toMatchObject({ ok: true, checks: { database: { ok: true } } });
    expect((await at('/version')).json).toEqual({
      name: 'tidemark',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });
});
