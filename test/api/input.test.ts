import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../src/api/contract.ts';
import { type Answer, startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer('127.0.0.1:4999');
  const made = [
    await server.ask('POST', '/api/v1/cycles', cycle),
    await server.ask('POST', '/api/v1/objectives', { key: 'growth', title: 'Growth', cycle: 'q1' }),
    await server.ask('POST', '/api/v1/connections', connection),
  ];
  expect(made.map((answer) => answer.status)).toEqual([201, 201, 201]);
});
afterAll(() => server.close());

const CANARY = 'rk_test_canary0123456789abcdefCANARY';
const cycle = { key: 'q1', startDay: '2026-01-01', endDay: '2026-04-01' };
const connection = { key: 'main', connectorId: 'stripe', config: { apiKey: CANARY } };
const keyResult = {
  key: 'growth.wau',
  title: 'Weekly users',
  objective: 'growth',
  unit: 'count',
  goal: { kind: 'reach', startValue: 100, targetValue: 200 },
};

/** Every error has the one shape, and tells nothing of our insides. */
function expectProblem(answer: Answer, status: number) {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const parsed = problemSchema.parse(answer.json);
  expect(parsed.status).toBe(status);
  expect(parsed.type).toBe(`/problems/${parsed.code.replaceAll('_', '-')}`);
  expect(parsed.detail.length).toBeGreaterThan(5);
  expect(parsed.fix.length).toBeGreaterThan(5);
  expect(parsed.requestId).toBe(answer.headers.get('x-request-id'));
  expect(answer.text).not.toMatch(/\.ts:\d|\.js:\d|node_modules|SELECT |prisma|stack/i);
  return parsed;
}

const rows = async (table: string): Promise<number> =>
  Number((await server.services.database.pool.query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n);

describe('what cannot be read', () => {
  const post = (body: string, type = 'application/json') =>
    server.ask('POST', '/api/v1/cycles', body, { 'content-type': type });

  it('an address that is not there is 404', async () => {
    for (const path of ['/api/v1/nothing', '/api/v2/board', '/api/'])
      expect(expectProblem(await server.ask('GET', path), 404).code).toBe('not_found');
  });

  it('a method that a path does not know is 405, with those that it knows', async () => {
    const answer = await server.ask('DELETE', '/api/v1/cycles');
    expectProblem(answer, 405);
    expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(['GET', 'HEAD', 'POST']);
  });

  it.each(['{"key":', '', 'null', '[]', '"text"', '{"key":"a"}{"key":"b"}', '\u0000'])(
    'the body %j changes nothing and is refused',
    async (body) => {
      const answer = await post(body);
      expect([400, 422]).toContain(answer.status);
      expectProblem(answer, answer.status);
    },
  );

  it('a body of another kind is 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/html', 'application/xml'])
      expect(expectProblem(await post('key=a', type), 415).code).toBe('unsupported_media_type');
  });

  it('a body above 256 KiB is 413', async () => {
    const big = JSON.stringify({ key: 'a', title: 'x'.repeat(300 * 1024) });
    expect(expectProblem(await post(big), 413).code).toBe('body_too_large');
  });

  it.each([
    '{"key":"a","startDay":"2026-01-01","endDay":"2026-04-01","__proto__":{"polluted":true}}',
    '{"key":"a","startDay":"2026-01-01","endDay":"2026-04-01","constructor":{"prototype":{"polluted":true}}}',
  ])('a key that would reach into objects is refused: %s', async (body) => {
    const answer = await post(body);
    expect([400, 422]).toContain(answer.status);
    expectProblem(answer, answer.status);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('a secret settings object cannot reach into objects either', async () => {
    const config = `{"apiKey":"${CANARY}","__proto__":{"polluted":true}}`;
    const body = `{"key":"proto","connectorId":"stripe","config":${config}}`;
    const answer = await server.ask('POST', '/api/v1/connections', body, {
      'content-type': 'application/json',
    });
    expect(answer.text).not.toContain(CANARY);
    expect([201, 400, 422]).toContain(answer.status);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('what reads well but cannot be used', () => {
  it('lists every field that does not fit, each with a pointer', async () => {
    const body = { key: 'NOT A KEY', startDay: 'tomorrow', title: 7, surprise: true };
    const { code, errors } = expectProblem(await server.ask('POST', '/api/v1/cycles', body), 422);
    expect(code).toBe('validation');
    const pointers = errors.map((error) => error.pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/key', '/startDay', '/endDay', '/title', '/']));
    expect(errors.map((error) => error.detail).join()).toContain('surprise');
  });

  it.each([
    { what: 'an unknown field', path: '/api/v1/cycles', body: { ...cycle, key: 'x', colour: 'red' } },
    {
      what: 'an unknown field inside the goal',
      path: '/api/v1/key-results',
      body: { ...keyResult, goal: { ...keyResult.goal, odd: 1 } },
    },
    {
      what: 'a name with control characters',
      path: '/api/v1/cycles',
      body: { ...cycle, key: 'x', title: 'a\u0007b' },
    },
    {
      what: 'a name of 201 characters',
      path: '/api/v1/cycles',
      body: { ...cycle, key: 'x', title: 'x'.repeat(201) },
    },
    {
      what: 'a schedule under five minutes',
      path: '/api/v1/connections',
      body: { ...connection, key: 'x', everyMinutes: 1 },
    },
    {
      what: 'a value above 1e15',
      path: '/api/v1/key-results',
      body: { ...keyResult, goal: { ...keyResult.goal, targetValue: 1e16 } },
    },
  ])('refuses $what', async ({ path, body }) => {
    expectProblem(await server.ask('POST', path, body), 422);
  });

  it('refuses an unknown query field', async () => {
    expectProblem(await server.ask('GET', '/api/v1/board?surprise=1'), 422);
    expectProblem(await server.ask('GET', '/api/v1/runs?limit=100000'), 422);
  });

  it('refuses a goal whose start equals its target, and stores nothing', async () => {
    const before = await rows('key_result');
    const goal = { kind: 'reach', startValue: 100, targetValue: 100 };
    const refused = expectProblem(
      await server.ask('POST', '/api/v1/key-results', { ...keyResult, goal }),
      422,
    );
    expect(refused.detail).toMatch(/100/);
    expect(refused.errors.map((error) => error.pointer)).toEqual([expect.stringMatching(/^\/goal\//)]);
    expect(await rows('key_result')).toBe(before);
  });

  it.each([
    { startDay: '2026-04-01', endDay: '2026-01-01', why: 'it ends before it starts' },
    { startDay: '2026-04-01', endDay: '2026-04-01', why: 'it ends when it starts' },
    { startDay: '2026-02-30', endDay: '2026-04-01', why: 'its first day does not exist' },
    {
      startDay: '2026-01-01',
      endDay: '2026-04-01',
      timeZone: 'Mars/Olympus',
      why: 'its zone does not exist',
    },
  ])('refuses a cycle when $why, and stores nothing', async ({ why, ...days }) => {
    const before = await rows('cycle');
    expect(why).not.toBe('');
    expectProblem(await server.ask('POST', '/api/v1/cycles', { key: 'wrong', ...days }), 422);
    expect(await rows('cycle')).toBe(before);
  });

  it('names what there is when a connector, a metric or a currency is unknown', async () => {
    const at = '/api/v1/bindings/previews';
    const unknown = await server.ask('POST', '/api/v1/connections', {
      ...connection,
      key: 'x',
      connectorId: 'strype',
    });
    expect(expectProblem(unknown, 422)).toMatchObject({ fix: expect.stringContaining('stripe') });
    const metric = await server.ask('POST', at, { connection: 'main', metric: 'profit', params: {} });
    expect(expectProblem(metric, 422)).toMatchObject({ fix: expect.stringContaining('net_revenue') });
    for (const params of [{ currency: 'euros' }, {}, { currency: 5 }]) {
      const refused = expectProblem(
        await server.ask('POST', at, { connection: 'main', metric: 'net_revenue', params }),
        422,
      );
      expect(refused.detail).toContain('currency');
    }
  });

  it('refuses a key that is taken with 409, and keeps what was there', async () => {
    expect(expectProblem(await server.ask('POST', '/api/v1/cycles', cycle), 409).code).toBe('already_exists');
    expectProblem(await server.ask('POST', '/api/v1/connections', connection), 409);
    const objective = { key: 'growth', title: 'Other', cycle: 'q1' };
    expectProblem(await server.ask('POST', '/api/v1/objectives', objective), 409);
    expect((await server.ask('GET', '/api/v1/objectives')).text).not.toContain('Other');
  });

  it('answers 404 for an objective, cycle, connection or metric that is not there', async () => {
    expectProblem(
      await server.ask('POST', '/api/v1/objectives', { key: 'y', title: 'Y', cycle: 'none' }),
      404,
    );
    expectProblem(await server.ask('POST', '/api/v1/key-results', { ...keyResult, objective: 'none' }), 404);
    expectProblem(await server.ask('POST', '/api/v1/key-results', { ...keyResult, metric: 'none' }), 404);
    expectProblem(await server.ask('GET', '/api/v1/connections/none'), 404);
  });
});

describe('where a connection may lead', () => {
  const add = (endpoint: string) =>
    server.ask('POST', '/api/v1/connections', { ...connection, key: 'elsewhere', endpoint });

  it.each([
    'http://127.0.0.1:9/',
    'http://localhost:8080/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://0x7f.1/',
    'https://10.0.0.1/',
    'http://api.stripe.com/',
    'ftp://example.com/',
    'https://user:password@example.com/',
    'not an address',
  ])('%s is refused without the operator, and stored nowhere', async (endpoint) => {
    const before = await rows('connection');
    expect(expectProblem(await add(endpoint), 422).code).toBe('blocked_destination');
    expect(await rows('connection')).toBe(before);
  });

  it('what the operator allowed is accepted, and only that port', async () => {
    expectProblem(await add('http://127.0.0.1:5000'), 422);
    expect((await add('http://127.0.0.1:4999')).status).toBe(201);
  });

  it('a new address needs the secret again', async () => {
    const moved = { endpoint: 'http://127.0.0.1:4999' };
    const refused = expectProblem(await server.ask('PATCH', '/api/v1/connections/main', moved), 422);
    expect(refused).toMatchObject({ fix: expect.stringContaining('apiKey') });
    const empty = await server.ask('PATCH', '/api/v1/connections/main', { ...moved, config: {} });
    expectProblem(empty, 422);
    const still = await server.ask('GET', '/api/v1/connections/main');
    expect(still.json).toMatchObject({ endpoint: null });
    const again = await server.ask('PATCH', '/api/v1/connections/main', {
      ...moved,
      config: { apiKey: CANARY },
    });
    expect(again.json).toMatchObject({ endpoint: 'http://127.0.0.1:4999' });
    expect(again.json['secrets']).toMatchObject({ apiKey: { set: true, allowedHosts: ['127.0.0.1:4999'] } });
  });
});

describe('a provider without an address of its own', () => {
  it.each([
    { connectorId: 'zendesk', config: { email: 'a@example.com', apiToken: CANARY } },
    { connectorId: 'feed', config: {} },
    { connectorId: 'http_json', config: { auth: 'bearer', secret: CANARY } },
  ])('$connectorId is not stored before its address is named', async ({ config, connectorId }) => {
    const before = await rows('connection');
    const made = (more: object) =>
      server.ask('POST', '/api/v1/connections', { key: 'nowhere', connectorId, config, ...more });
    for (const more of [{}, { endpoint: null }]) {
      const problem = expectProblem(await made(more), 422);
      expect(problem.errors).toEqual([
        expect.objectContaining({ pointer: '/endpoint', code: 'endpoint_needed' }),
      ]);
      expect(problem.detail).toContain('needs an address');
      expect(problem.fix).toContain(`https://${connectorId.replace('_', '-')}.example.com`);
    }
    expect(await rows('connection')).toBe(before);
  });

  it('keeps its address: it is not taken away again', async () => {
    const made = await server.ask('POST', '/api/v1/connections', {
      key: 'reports',
      connectorId: 'http_json',
      endpoint: 'https://api.example.com',
      config: { auth: 'bearer', secret: CANARY },
    });
    expect(made.status, made.text).toBe(201);
    const taken = { endpoint: null, config: { secret: CANARY } };
    const refused = expectProblem(await server.ask('PATCH', '/api/v1/connections/reports', taken), 422);
    expect(refused.errors).toMatchObject([{ pointer: '/endpoint', code: 'endpoint_needed' }]);
    const still = await server.ask('GET', '/api/v1/connections/reports');
    expect(still.json).toMatchObject({ endpoint: 'https://api.example.com' });
  });
});

describe('secrets', () => {
  it('are in no answer, whatever is asked', async () => {
    const bad = await server.ask('POST', '/api/v1/connections', {
      ...connection,
      key: 'b',
      config: { apiKey: `pk_live_${CANARY}` },
    });
    expectProblem(bad, 422);
    const channel = { key: 'hook', kind: 'webhook', url: 'https://hooks.example.com/in/secretpathCANARY' };
    const slack = {
      key: 'slack',
      kind: 'slack',
      url: 'https://hooks.slack.com/services/T000/B000/CANARYsecret',
    };
    const made = [
      await server.ask('POST', '/api/v1/channels', channel),
      await server.ask('POST', '/api/v1/channels', slack),
    ];
    expect(made.map((answer) => answer.status)).toEqual([201, 201]);
    expect(made[1]?.text).not.toContain('CANARYsecret');
    const { routes } = await import('../../src/api/routes.ts');
    const reads = Object.values(routes).filter((route) => route.method === 'GET');
    expect(reads.length).toBeGreaterThan(10);
    for (const { path } of reads) {
      for (const id of ['main', 'elsewhere', 'hook', 'growth.wau']) {
        const answer = await server.ask('GET', path.replace(':id', id));
        expect(answer.text, path).not.toMatch(/canary0123|CANARYsecret|whsec_\w/);
      }
    }
    expect(bad.text).not.toContain('canary0123');
  });

  it('lie in no table in clear', async () => {
    const { pool } = server.services.database;
    const tables = await pool.query<{ name: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    expect(tables.rows.length).toBeGreaterThan(10);
    for (const { name } of tables.rows) {
      const hits = await pool.query(`SELECT 1 FROM ${name} t WHERE t::text ~ 'canary0123|CANARYsecret'`);
      expect(hits.rowCount, name).toBe(0);
    }
  });
});

describe('another workspace', () => {
  it('has ids that are not there for us, to read or to bind', async () => {
    const { pool } = server.services.database;
    await pool.query(`INSERT INTO workspace (id, name, time_zone) VALUES ('wsp_other', 'Other', 'UTC')`);
    const { createConnection } = await import('../../src/app/create-connection.ts');
    const { createCycle } = await import('../../src/app/create-cycle.ts');
    const { createObjective } = await import('../../src/app/create-objective.ts');
    const { createKeyResult } = await import('../../src/app/create-key-result.ts');
    const { deps } = server.services;
    const actor = {
      workspace: { id: 'wsp_other', name: 'Other', timeZone: 'UTC' },
      name: 'x',
      requestId: null,
    };
    const theirs = await createConnection(deps, actor, { ...connection, key: 'theirs', everyMinutes: 60 });
    const cycleOf = await createCycle(deps, actor, { ...cycle, key: 'their-cycle' });
    const objective = await createObjective(deps, actor, {
      key: 'their-objective',
      title: 'Theirs',
      description: '',
      cycle: cycleOf.id,
      parent: null,
      owner: null,
    });
    const kr = await createKeyResult(deps, actor, {
      key: 'their-kr',
      title: 'Theirs',
      description: '',
      objective: objective.id,
      owner: null,
      goal: { kind: 'reach', startValue: 0, targetValue: 1 },
      paceCurve: { kind: 'linear' },
      unit: 'count',
      aggregate: null,
      metric: null,
    });
    for (const id of [theirs.id, 'theirs']) {
      expectProblem(await server.ask('GET', `/api/v1/connections/${id}`), 404);
      expectProblem(await server.ask('PATCH', `/api/v1/connections/${id}`, { title: 'mine now' }), 404);
      expectProblem(await server.ask('POST', `/api/v1/connections/${id}/test-runs`), 404);
      expectProblem(await server.ask('POST', '/api/v1/sync-runs', { connection: id }), 404);
      expectProblem(await server.ask('GET', `/api/v1/connections/${id}/measurable`), 404);
    }
    for (const id of [kr.id, 'their-kr']) {
      expectProblem(await server.ask('GET', `/api/v1/key-results/${id}`), 404);
      expectProblem(await server.ask('GET', `/api/v1/key-results/${id}/explanation`), 404);
      expectProblem(await server.ask('POST', `/api/v1/key-results/${id}/bindings`, { metric: 'any' }), 404);
      expectProblem(await server.ask('POST', '/api/v1/alert-rules', { keyResult: id }), 404);
    }
    expectProblem(
      await server.ask('POST', '/api/v1/key-results', { ...keyResult, objective: objective.id }),
      404,
    );
    expectProblem(
      await server.ask('POST', '/api/v1/objectives', { key: 'z', title: 'Z', cycle: cycleOf.id }),
      404,
    );
    for (const path of ['board', 'cycles', 'objectives', 'connections', 'runs'])
      expect((await server.ask('GET', `/api/v1/${path}`)).text).not.toMatch(/their|Theirs/);
  });
});
