import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../src/api/contract.ts';
import { type Answer, request, startTestServer, type TestServer } from './support/server.ts';

// Section 12 of the reliability rules: limits, and what each bad input gets. A stale `If-Match` is in versions.test.ts,
// sign-in in its own test, destinations in test/egress.

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.ask('POST', '/api/v1/cycles', { key: 'q', startDay: '2026-01-01', endDay: '2026-04-01' });
  await server.ask('POST', '/api/v1/objectives', { key: 'growth', title: 'Grow', cycle: 'q' });
});
afterAll(() => server.close());

const json = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}, path = '/api/v1/objectives') =>
  server.ask('POST', path, body, headers);
const objective = (change: object) => ({ key: 'x', title: 'X', cycle: 'q', ...change });

function expectProblem(answer: Answer, status: number, code: string) {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.parse(answer.json);
  expect(problem).toMatchObject({ status, code, type: `/problems/${code.replaceAll('_', '-')}` });
  expect(answer.text).not.toMatch(/\bat .*\.(ts|js):\d|SELECT |node_modules|\/src\//);
  return problem;
}

describe('section 12: request body', () => {
  it('of more than 256 KiB answers 413', async () => {
    const padding = 'x'.repeat(256 * 1024);
    expectProblem(await post(objective({ description: padding })), 413, 'body_too_large');
  });
});

describe('section 12: content type', () => {
  it.each(['text/plain', 'application/xml', 'application/json5', 'application/json; charset=utf-16', ''])(
    '"%s" answers 415',
    async (type) => {
      const answer = await fetch(`${server.api.url}/api/v1/objectives`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.api.localToken}`,
          ...(type === '' ? {} : { 'content-type': type }),
        },
        body: type === '' ? new Uint8Array([123, 125]) : '{}',
      });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        415,
        'unsupported_media_type',
      ]);
    },
  );

  it('application/json in UTF-8 is what is taken', async () => {
    expect(
      (await post(objective({ key: 'typed' }), { 'content-type': 'application/json; charset=UTF-8' })).status,
    ).toBe(201);
  });
});

describe('section 12: JSON', () => {
  const nested = (depth: number): string => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  it.each([
    ['no JSON', '{"key":'],
    ['33 levels', nested(32)],
    ['100,000 levels', nested(100_000)],
    ['10,001 keys', `{${Array.from({ length: 10_001 }, (_, index) => `"k${index}":1`).join(',')}}`],
    ['a key twice', '{"key":"a","title":"A","cycle":"q","title":"B"}'],
    ['a key twice, once escaped', '{"key":"a","\\u006bey":"b","title":"A","cycle":"q"}'],
    ['a deep key twice', '{"goal":{"a":1,"a":2}}'],
    ['__proto__', '{"__proto__":{"admin":true},"key":"a"}'],
    ['constructor', '{"key":"a","x":{"constructor":1}}'],
    ['prototype', '{"key":"a","x":[{"prototype":1}]}'],
  ])('%s answers 400', async (_what, body) => {
    expectProblem(await post(body, json), 400, 'bad_json');
  });

  it('32 levels and a brace in a text are read, and judged by what they say', async () => {
    expectProblem(await post(nested(31), json), 422, 'validation');
    expect((await post(objective({ key: 'braces', title: '{"a":1,"a":[[[' }))).status).toBe(201);
  });
});

describe('section 12: unknown field / wrong type', () => {
  it('answers 422 with every field', async () => {
    const problem = expectProblem(await post({ key: 7, titel: 'X', cycle: 'q' }), 422, 'validation');
    const pointers = problem.errors.map(({ pointer }) => pointer);
    expect(pointers).toContain('/key');
    expect(pointers).toContain('/title');
    expect(problem.detail).toContain('titel');
  });

  it('also in a query, and in the body of what takes none', async () => {
    expectProblem(await server.ask('GET', '/api/v1/cycles?colour=red'), 422, 'validation');
    expectProblem(await post({ loud: true }, {}, '/api/v1/sign-in-links'), 422, 'validation');
  });
});

describe('section 12: name / description', () => {
  it.each([
    ['a name of 201 characters', { title: 'x'.repeat(201) }],
    ['an empty name', { title: ' ' }],
    ['a description of 4,001', { description: 'x'.repeat(4_001) }],
    ['a control character', { title: 'bell\u0007' }],
    ['NUL', { description: 'a\u0000b' }],
    ['half of a character', { title: 'a\ud800' }],
  ])('%s answers 422', async (_what, change) => {
    expectProblem(await post(JSON.stringify(objective(change)), json), 422, 'validation');
  });

  it('is kept in NFC, however it was typed', async () => {
    const typed = await post(objective({ key: 'nfc', title: 'Cafe\u0301' }));
    expect(typed.json['title']).toBe('Caf\u00e9');
  });
});

describe('section 12: id', () => {
  it.each(['%20', '..%2f..%2fetc', 'a%00b', '%F0%9F%98%80', "'%20OR%201=1", 'x'.repeat(200), '%zz', '-x'])(
    '%s answers 404',
    async (id) => {
      expectProblem(await server.ask('GET', `/api/v1/cycles/${id}`), 404, 'not_found');
    },
  );
});

describe('section 12: number', () => {
  const keyResult = (targetValue: string): string =>
    `{"key":"n","title":"N","objective":"growth","unit":"count","goal":{"kind":"reach","startValue":0,"targetValue":${targetValue}}}`;
  it.each(['1e400', '-1e400', '1000000000000001', '-1.1e15', '0.1234567891', '"7"', 'true'])(
    '%s answers 422',
    async (number) => {
      const problem = expectProblem(
        await post(keyResult(number), json, '/api/v1/key-results'),
        422,
        'validation',
      );
      expect(problem.errors[0]?.pointer).toBe('/goal/targetValue');
    },
  );

  it('1e15 and nine decimals are taken', async () => {
    expect((await post(keyResult('1e15'), json, '/api/v1/key-results')).status).toBe(201);
    const small = keyResult('0.123456789').replace('"n"', '"n2"');
    expect((await post(small, json, '/api/v1/key-results')).status).toBe(201);
  });
});

describe('section 12: timestamp', () => {
  const later = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  it.each(['2026-01-01T00:00:00', '2026-13-01T00:00:00Z', 'yesterday', '1999-12-31T23:59:59Z', later(367)])(
    '%s answers 422',
    async (asOf) => {
      expectProblem(
        await server.ask('GET', `/api/v1/board?asOf=${encodeURIComponent(asOf)}`),
        422,
        'validation',
      );
      expectProblem(
        await post({ everything: true, until: asOf, reason: 'a test' }, {}, '/api/v1/snoozes'),
        422,
        'validation',
      );
    },
  );
});

describe('section 12: schedule', () => {
  const connection = (change: object) => ({ key: 'c', connectorId: 'records', config: {}, ...change });
  it.each([{ everyMinutes: 4 }, { everyMinutes: 44_641 }, { everyMinutes: 5.5 }])(
    '%j answers 422',
    async (change) => {
      expectProblem(await post(connection(change), {}, '/api/v1/connections'), 422, 'validation');
    },
  );

  it('an unknown time zone answers 422', async () => {
    const body = { key: 'z', startDay: '2026-01-01', endDay: '2026-04-01', timeZone: 'Mars/Olympus' };
    expect((await post(body, {}, '/api/v1/cycles')).status).toBe(422);
  });
});

describe('section 12: missing, expired or unknown token', () => {
  it.each(['', 'Bearer tdm_unknown_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'Basic eDp5'])(
    '"%s" answers 401',
    async (authorization) => {
      expectProblem(
        await server.ask('GET', '/api/v1/board', undefined, { authorization }),
        401,
        'unauthorized',
      );
    },
  );
});

describe('section 12: rate', () => {
  it('answers 429 after 600 a minute for a token, 120 for an address, 6 syncs an hour for a connection', async () => {
    const own = await startTestServer('', { limits: { perToken: 600, perAddress: 120, syncsPerHour: 6 } });
    try {
      await own.ask('POST', '/api/v1/connections', {
        key: 'shop',
        connectorId: 'stripe',
        config: { apiKey: 'rk_test_0123456789abcdefghij' },
      });
      const asked: Answer[] = [];
      for (let turn = 0; turn < 7; turn += 1) {
        asked.push(await own.ask('POST', '/api/v1/sync-runs', { connection: 'shop' }));
        await own.services.database.pool.query(`UPDATE sync_run SET status = 'succeeded'`);
      }
      expect(asked.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 202, 429]);
      expect(Number(asked[6]?.headers.get('retry-after'))).toBeGreaterThan(3_000);
      expect(asked[0]?.headers.get('location')).toMatch(/^\/api\/v1\/runs\/run_/);
      const first = await own.ask('GET', '/api/v1/connectors?limit=1');
      expect(first.headers.get('ratelimit-policy')).toBe('"token";q=600;w=60');
      expect(first.headers.get('ratelimit')).toMatch(/^"token";r=59\d;t=\d+$/);
      let refused = first;
      for (let count = 0; count < 600 && refused.status !== 429; count += 1)
        refused = await own.ask('GET', '/api/v1/connectors?limit=1');
      expectProblem(refused, 429, 'rate_limited');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      const anonymous = { authorization: '' };
      const answers: number[] = [];
      for (let count = 0; count < 121; count += 1)
        answers.push((await own.ask('GET', '/api/v1/board', undefined, anonymous)).status);
      expect(answers).toEqual([...Array<number>(120).fill(401), 429]);
      expect((await request(`${own.api.url}/livez`, 'GET')).status).toBe(200);
    } finally {
      await own.close();
    }
  });
});

describe('section 12: page size', () => {
  it.each(['0', '201', '-1', '1.5', 'ten'])('limit=%s answers 422', async (limit) => {
    expectProblem(await server.ask('GET', `/api/v1/objectives?limit=${limit}`), 422, 'validation');
  });

  it.each(['', 'x', 'eyJhIjoxfQ', 'a'.repeat(5_000)])(
    'a cursor "%.20s" that we did not sign answers 422',
    async (cursor) => {
      expect((await server.ask('GET', `/api/v1/objectives?cursor=${cursor}`)).status).toBe(422);
    },
  );

  it('a cursor that was changed, or is of another list, answers 422', async () => {
    for (const key of ['p1', 'p2']) await post(objective({ key }));
    const { json } = await server.ask('GET', '/api/v1/objectives?limit=1');
    const cursor = (json['page'] as { nextCursor: string }).nextCursor;
    const last = cursor.endsWith('A') ? 'B' : 'A';
    for (const path of [
      `/api/v1/objectives?limit=1&cursor=${cursor.slice(0, -1)}${last}`,
      `/api/v1/runs?limit=1&cursor=${cursor}`,
    ])
      expect((await server.ask('GET', path)).status, path).toBe(422);
    expect((await server.ask('GET', `/api/v1/objectives?limit=1&cursor=${cursor}`)).status).toBe(200);
  });
});

describe('section 12: URL', () => {
  const connection = (endpoint: string) => ({
    key: 'inside',
    connectorId: 'stripe',
    endpoint,
    config: { apiKey: 'rk_test_1234567890abcdef' },
  });
  it.each([
    'https://127.0.0.1/',
    'https://169.254.169.254/latest',
    'https://[::1]/',
    'https://0x7f.1/',
    'https://localhost/',
    'https://user:password@stripe.example.com/',
    'http://stripe.example.com/',
    `https://${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.example/`,
    `https://stripe.example.com/${'x'.repeat(2_100)}`,
    'ftp://stripe.example.com/',
  ])('%.60s answers 422, and nothing is stored', async (endpoint) => {
    const answer = await post(connection(endpoint), {}, '/api/v1/connections');
    expect(answer.status, answer.text).toBe(422);
    expect((await server.ask('GET', '/api/v1/connections/inside')).status).toBe(404);
  });
});

describe('section 12: valid token, other workspace / missing right', () => {
  it('answers 404 for what another workspace has, 403 for what the token may not do', async () => {
    const { pool } = server.services.database;
    await pool.query(`INSERT INTO workspace (id, name, time_zone) VALUES ('wsp_far', 'Far', 'UTC')`);
    await pool.query(
      `INSERT INTO cycle (id, workspace_id, key, title, start_day, end_day, time_zone)
       VALUES ('cyc_far', 'wsp_far', 'far', 'Far', '2026-01-01', '2026-04-01', 'UTC')`,
    );
    for (const id of ['cyc_far', 'far'])
      expectProblem(await server.ask('GET', `/api/v1/cycles/${id}`), 404, 'not_found');
    const made = await post({ name: 'reader', scopes: ['read'] }, {}, '/api/v1/tokens');
    const reader = { authorization: `Bearer ${String(made.json['token'])}` };
    expect((await server.ask('GET', '/api/v1/objectives', undefined, reader)).status).toBe(200);
    expectProblem(await post(objective({ key: 'never' }), reader), 403, 'scope_missing');
  });
});

describe('section 12: slow client', () => {
  /** How long the server waits for somebody who sends this and then nothing. */
  const silence = (text: string): Promise<number> =>
    new Promise((done) => {
      const began = performance.now();
      const socket = connect(server.api.port, '127.0.0.1', () => socket.write(text));
      socket.on('data', () => {});
      socket.on('error', () => {});
      socket.once('close', () => done((performance.now() - began) / 1_000));
    });
  const head = () =>
    `Host: 127.0.0.1:${server.api.port}\r\nAuthorization: Bearer ${server.api.localToken}\r\n`;

  it('is closed after 15 s for its headers, 30 s for its body, 5 s between two requests', {
    timeout: 60_000,
  }, async () => {
    const [headers, body, idle] = await Promise.all([
      silence('GET /api/v1/board HTTP/1.1\r\nHost: x'),
      silence(
        `POST /api/v1/cycles HTTP/1.1\r\n${head()}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
      ),
      silence(`GET /livez HTTP/1.1\r\nHost: 127.0.0.1:${server.api.port}\r\n\r\n`),
    ]);
    expect(headers).toBeGreaterThan(14);
    expect(headers).toBeLessThan(20);
    expect(body).toBeGreaterThan(28);
    expect(body).toBeLessThan(33);
    expect(idle).toBeGreaterThan(4);
    expect(idle).toBeLessThan(9);
  });
});
