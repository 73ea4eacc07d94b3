import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Acceptance, AcceptOutcome, Sources } from '../../src/app/ports.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const fine: Acceptance = { problems: [], warnings: [], timeZone: null, currency: null };
const exchange = {
  method: 'GET',
  url: 'https://provider.test/metadata',
  status: 200,
  requestId: null,
  responseSha256: null,
  responseBytes: 2,
  startedAt: '2026-06-01T10:00:00.000Z',
  durationMs: 1,
};
let server: TestServer;
let answer: AcceptOutcome;
let calls = 0;
let checked: Awaited<ReturnType<Sources['check']>>;
let asked: { metric: string; params: Record<string, unknown> }[] = [];

/** The real API over real tables, with a provider that says what a test wants. */
beforeAll(async () => {
  server = await startTestServer('', { timeZone: 'Europe/Berlin' });
  const { tenancy, workspace } = server.services;
  const { deps } = tenancy.of(workspace.id);
  const connectors: Sources = {
    ...deps.connectors,
    accept: async (_connection, definitions) => {
      calls += 1;
      asked.push(...definitions);
      return definitions.map(() => answer);
    },
    check: async () => checked,
    read: async (_connection, requests) =>
      requests.map(({ startDay }) => ({
        ok: true,
        exchanges: [],
        reading: {
          points: [
            { day: startDay, value: '1', numerator: null, denominator: null, counts: null, flags: null },
          ],
          completeness: { pages: 1, items: 1, lastPageReached: true, notes: [] },
        },
      })),
  };
  Object.assign(deps, { connectors });
  await post('/api/v1/connections', {
    key: 'web',
    connectorId: 'mixpanel',
    config: {
      projectId: 1,
      serviceAccount: 'tidemark.a1b2c3.mp-service-account',
      serviceAccountSecret: 'kEpt0utOfSight',
    },
  });
});
afterAll(() => server?.close());
beforeEach(() => {
  asked = [];
  calls = 0;
  say({});
});

function say(change: Partial<Acceptance>): void {
  answer = { ok: true, acceptance: { ...fine, ...change }, exchanges: [exchange] };
}
const definition = { connection: 'web', metric: 'event_total', params: { event: 'Sign Up' } };

async function post(path: string, body: unknown, status = 201): Promise<Record<string, unknown>> {
  const reply = await server.ask('POST', path, body);
  expect(reply.status, reply.text).toBe(status);
  return reply.json;
}
async function get(path: string): Promise<Record<string, unknown>> {
  return (await server.ask('GET', path)).json;
}

describe('a definition that the provider cannot answer', () => {
  const detail = 'event "Sign Up" is not known. Choose one of: Login.';

  it('is refused before anything is stored, with the provider’s problem and the next step', async () => {
    say({ problems: [detail] });
    const problem = await post('/api/v1/metrics', { key: 'never', ...definition }, 422);
    expect(problem).toMatchObject({ errors: [{ pointer: '/params', code: 'not_accepted', detail }] });
    expect(problem['fix']).toContain('tidemark connection metrics web');
    expect(asked).toMatchObject([{ metric: 'event_total', params: { event: 'Sign Up' } }]);
    const { data } = await get('/api/v1/metrics');
    expect(data).toEqual([]);
    expect((await get('/api/v1/runs'))['data']).toEqual([]);
  });

  it('is refused in a preview, too', async () => {
    say({ problems: [detail] });
    const problem = await post('/api/v1/bindings/previews', { ...definition, days: 1 }, 422);
    expect(problem['detail']).toContain(detail);
  });

  it('is refused as a change, and the metric stays as it is', async () => {
    await post('/api/v1/metrics', { key: 'signups', ...definition });
    say({ problems: [detail] });
    await post('/api/v1/metrics/signups/versions', { params: { event: 'Sgn Up' }, reason: 'typo' }, 422);
    const { data } = await get('/api/v1/metrics/signups/versions');
    expect(data).toHaveLength(1);
  });

  it('is refused when a Key Result is bound to a metric whose event is gone', async () => {
    await post('/api/v1/cycles', { key: 'q', startDay: '2026-01-01', endDay: '2027-01-01' });
    await post('/api/v1/objectives', { key: 'o', title: 'O', cycle: 'q' });
    const goal = { kind: 'accumulate', targetValue: 10 };
    await post('/api/v1/key-results', { key: 'k', title: 'K', objective: 'o', goal, unit: 'count' });
    say({ problems: [detail] });
    await post('/api/v1/key-results/k/bindings', { metric: 'signups' }, 422);
    say({ warnings: ['It is renamed next month.'] });
    const bound = await post('/api/v1/key-results/k/bindings', { metric: 'signups' });
    expect(bound['warnings']).toMatchObject([{ code: 'provider', text: 'It is renamed next month.' }]);
  });
});

it('takes a definition while the provider is out, and says that it was not checked', async () => {
  const failure = { errorClass: 'transient', message: 'It did not answer.', hint: null, afterMs: null };
  answer = { ok: false, failure, exchanges: [] };
  const metric = await post('/api/v1/metrics', { key: 'unchecked', ...definition });
  expect(metric['warnings']).toMatchObject([
    { code: 'not_asked', text: expect.stringContaining('the definition was not checked') },
  ]);
});

it('shows in a preview what the provider was asked, and what it warned of', async () => {
  say({ warnings: ['It is renamed next month.'] });
  const preview = await post('/api/v1/bindings/previews', { ...definition, days: 1 }, 200);
  expect(preview['requests']).toMatchObject([{ url: 'https://provider.test/metadata' }]);
  expect(preview['warnings']).toMatchObject([{ code: 'provider' }]);
});

describe('the account behind a connection', () => {
  const told = (timeZone: string | null, currency: string | null) => {
    checked = { ok: true, account: 'A', livemode: null, warnings: [], timeZone, currency, exchanges: [] };
  };

  it('is unknown until somebody asks, and stays so where the answers do not name it', async () => {
    expect(await get('/api/v1/connections/web')).toMatchObject({ account: null, warnings: [] });
    told(null, null);
    await post('/api/v1/connections/web/test-runs', {}, 200);
    expect(await get('/api/v1/connections/web')).toMatchObject({ account: null, warnings: [] });
  });

  it('is kept by a check, and days that are not the workspace’s are pointed out', async () => {
    told('America/Los_Angeles', 'usd');
    const check = await post('/api/v1/connections/web/test-runs', {}, 200);
    const text = 'Days are cut in America/Los_Angeles, the workspace’s are Europe/Berlin.';
    expect(check).toMatchObject({ timeZone: 'America/Los_Angeles', notices: [{ text }] });
    expect(await get('/api/v1/connections/web')).toMatchObject({
      account: { timeZone: 'America/Los_Angeles', currency: 'USD', checkedAt: expect.any(String) },
      warnings: [{ code: 'days_differ', text }],
    });
  });

  it('decides which days a metric has, and refuses days that cannot be asked for', async () => {
    const preview = await post('/api/v1/bindings/previews', { ...definition, days: 1 }, 200);
    expect(preview).toMatchObject({ timeZone: 'America/Los_Angeles', warnings: [{ code: 'days_differ' }] });
    const metric = await post('/api/v1/metrics', { key: 'theirs', ...definition });
    expect(metric).toMatchObject({ timeZone: 'America/Los_Angeles', warnings: [{ code: 'days_differ' }] });
    const other = { key: 'ours', ...definition, timeZone: 'Europe/Berlin' };
    expect(await post('/api/v1/metrics', other, 422)).toMatchObject({
      errors: [{ pointer: '/timeZone', code: 'zone_differs' }],
    });
  });

  it('tells when the provider changes the zone, on the connection and in the audit log', async () => {
    say({ timeZone: 'Europe/Berlin', currency: 'EUR' });
    await post('/api/v1/metrics', { key: 'later', ...definition });
    const connection = await get('/api/v1/connections/web');
    expect(connection).toMatchObject({
      account: { timeZone: 'Europe/Berlin', currency: 'EUR' },
      warnings: [{ code: 'zone_changed', values: { from: 'America/Los_Angeles', to: 'Europe/Berlin' } }],
    });
    const { rows } = await server.services.database.pool.query(
      `SELECT object_id, details FROM audit_log WHERE action = 'account_zone_changed'`,
    );
    expect(rows).toEqual([
      {
        object_id: connection['id'],
        details: { key: 'web', from: 'America/Los_Angeles', to: 'Europe/Berlin' },
      },
    ]);
  });

  it('is forgotten when the connection is pointed at another project', async () => {
    await server.ask('PATCH', '/api/v1/connections/web', {
      config: { serviceAccountSecret: 'anotherKeptOutOfSight' },
    });
    expect(await get('/api/v1/connections/web')).toMatchObject({ account: { timeZone: 'Europe/Berlin' } });
    await server.ask('PATCH', '/api/v1/connections/web', { config: { projectId: 2 } });
    expect(await get('/api/v1/connections/web')).toMatchObject({ account: null, warnings: [] });
  });
});

describe('a text whose lines are measured on a connection', () => {
  const detail = 'the metric is not offered by this account.';
  const text = 'Objective: Delight\n- Increase CSAT from 70% to 80%\n- Increase NPS from 10 to 40\n';
  const bindings = [2, 3].map((line) => ({ line, connection: 'told' }));

  it('is refused with the line that the provider cannot answer, and nothing of it is stored', async () => {
    await post('/api/v1/connections', { key: 'told', connectorId: 'records', config: {} });
    say({ problems: [detail] });
    const refused = await post('/api/v1/imports/text', { cycle: 'q', text, bindings }, 422);
    const pointers = (refused['errors'] as { detail: string }[]).filter((error) =>
      error.detail.includes(detail),
    );
    expect(pointers).toHaveLength(2);
    const { data } = await get('/api/v1/objectives');
    expect((data as { title: string }[]).map(({ title }) => title)).not.toContain('Delight');
  });

  it('asks the provider once for all of its lines, and hands on what it warns of', async () => {
    say({ warnings: ['It is renamed next month.'] });
    const stored = await post('/api/v1/imports/text', { cycle: 'q', text, bindings });
    expect(stored['keyResults']).toMatchObject(
      bindings.map(() => ({ warnings: [{ code: 'provider', text: 'It is renamed next month.' }] })),
    );
    expect(calls).toBe(1);
    expect(asked).toHaveLength(2);
  });
});
