import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './support/read-source.ts';
import { type Resources, resourcesOf } from './support/resources.ts';

let bench: Bench;
let api: Resources;
const config = { apiKey: 'rk_test_planted_1234567890' };
const stripe = (key: string) => ({ key, connectorId: 'stripe', environment: 'test', config });
const metric = (key: string, connection: string) => ({
  key,
  connection,
  metric: 'net_revenue',
  params: { currency: 'usd' },
});

beforeAll(async () => {
  bench = await startBench();
  api = resourcesOf(bench.server);
  await api.post('/cycles', { key: 'q', startDay: bench.day(-30), endDay: bench.day(60) });
  await api.post('/objectives', { key: 'money', title: 'Money', cycle: 'q' });
  await api.post('/metrics/values', { key: 'signups', kind: 'flow', unit: 'count' });
});
afterAll(() => bench?.close());

const keyResult = (key: string, more: object) => ({
  key,
  title: key,
  objective: 'money',
  goal: { kind: 'accumulate', targetValue: 100 },
  ...more,
});

describe('a binding', () => {
  it('is shown, and taken away again: from then on people say the value', async () => {
    await api.post('/key-results', keyResult('money.a', { metric: 'signups' }));
    const found = await api.get('/key-results/money.a/bindings');
    expect(found['data']).toMatchObject([
      { metricKey: 'signups', version: 1, source: 'values', connectionKey: null },
    ]);
    await api.remove('/key-results/money.a/bindings');
    expect(await api.names('/key-results/money.a/bindings')).toEqual([]);
    expect(await api.remove('/key-results/money.a/bindings', 409)).toMatchObject({ code: 'not_bound' });
    await api.remove('/key-results/nowhere/bindings', 404);
    await api.post('/key-results/money.a/check-ins', { value: 5 });
    const [own] = (await api.get('/key-results/money.a/bindings'))['data'] as Record<string, unknown>[];
    expect(own).toMatchObject({ metricKey: 'check-in.money.a', source: 'check_in' });
    const unbound = await bench.audited('unbind');
    expect(unbound).toEqual([{ metric: 'signups', version: 1 }]);
  });
});

describe('a metric', () => {
  it('is read alone and gets another name, which nobody else has', async () => {
    await api.post('/metrics/values', { key: 'visits', kind: 'flow', unit: 'count' });
    await api.patch('/metrics/visits', { title: 'Visits of the page', key: 'page-visits' });
    expect(await api.get('/metrics/page-visits')).toMatchObject({
      title: 'Visits of the page',
      liveVersions: 1,
    });
    expect(await api.patch('/metrics/page-visits', { key: 'signups' }, 409)).toMatchObject({
      code: 'already_exists',
    });
    await api.patch('/metrics/page-visits', {}, 422);
    await api.patch('/metrics/visits', { title: 'x' }, 404);
    expect(await bench.audited('rename')).toEqual([
      { before: { key: 'visits', title: 'visits' }, title: 'Visits of the page', key: 'page-visits' },
    ]);
  });

  it('is put away once nothing is measured by it', async () => {
    await api.post('/metrics/values', { key: 'old', kind: 'flow', unit: 'count' });
    await api.post('/key-results', keyResult('money.old', { metric: 'old' }));
    const refused = await api.remove('/metrics/old', 409);
    expect(refused).toMatchObject({ code: 'in_use' });
    expect(String(refused['detail'])).toContain('"money.old"');
    expect(await api.names('/metrics')).toContain('old');
    await api.remove('/key-results/money.old');
    await api.remove('/metrics/old');
    expect(await api.names('/metrics')).not.toContain('old');
    await api.post('/metrics/old/restorations');
    expect(await api.names('/metrics')).toContain('old');
    await api.remove('/metrics/nowhere', 404);
  });
});

describe('a connection', () => {
  it('is put away with its metrics; no run of it is started, and it comes back whole', async () => {
    const made = await api.post('/connections', stripe('shop'));
    await api.post('/metrics', metric('revenue', 'shop'));
    await api.post(
      '/key-results',
      keyResult('money.b', { metric: 'revenue', goal: { kind: 'accumulate', targetValue: 100_000 } }),
    );
    expect(await api.remove('/connections/shop', 409)).toMatchObject({ code: 'in_use' });
    await api.remove('/key-results/money.b');
    await api.post('/sync-runs', { connection: 'shop' }, 202);
    await api.remove('/connections/shop');
    expect(await api.names('/connections')).not.toContain('shop');
    expect(await api.names('/metrics')).not.toContain('revenue');

    const { database, runs } = bench.server.services;
    const state = async () =>
      (await database.pool.query('SELECT status FROM sync_run WHERE connection_id = $1', [made['id']])).rows;
    expect(await state()).toEqual([{ status: 'skipped' }]);
    // One that was planned by somebody who had not seen it yet.
    await database.pool.query(
      `INSERT INTO sync_run (id, workspace_id, connection_id, slot, trigger, not_before)
       SELECT 'run_late', workspace_id, id, app_now(), 'manual', app_now() - interval '1 minute' FROM connection WHERE id = $1`,
      [made['id']],
    );
    expect((await runs.takeDispatchable()).map(({ id }) => id)).not.toContain('run_late');
    expect(await runs.start('run_late', 'test')).toBeNull();
    await database.pool.query('UPDATE schedule SET next_due_at = app_now() WHERE connection_id = $1', [
      made['id'],
    ]);
    await runs.claimDueSlots();
    expect(await state()).toHaveLength(2);

    await api.post('/connections/shop/restorations');
    expect(await api.names('/connections')).toContain('shop');
    expect(await api.names('/metrics')).toContain('revenue');
    expect((await api.audited(made['id'])).map(({ action }) => action)).toEqual([
      'create',
      'archive',
      'restore',
    ]);
    await api.remove('/connections/nowhere', 404);
    await api.post('/connections/shop/restorations', {}, 409);
  });
});

describe('evidence and forecast', () => {
  it('lead from a Key Result to the redacted requests of its runs', async () => {
    await api.post('/connections', stripe('till'));
    await api.post('/metrics', { ...metric('takings', 'till'), historyDays: 40 });
    await api.post(
      '/key-results',
      keyResult('money.c', { metric: 'takings', goal: { kind: 'accumulate', targetValue: 9_000 } }),
    );
    await bench.sync('till', () => 100);
    const { data } = await api.get('/runs?connection=till');
    const runs = data as { id: string; status: string }[];
    const run = runs.find(({ status }) => status === 'succeeded');
    const evidence = await api.get(`/runs/${run?.id}/evidence`);
    expect(evidence['data']).toMatchObject([
      {
        metricKey: 'takings',
        outcome: 'ok',
        error: null,
        exchanges: [{ url: 'https://provider.test/net_revenue', status: 200 }],
      },
    ]);
    expect(JSON.stringify(evidence)).not.toContain(config.apiKey);
    const walk = await api.get('/key-results/money.c/evidence');
    expect(walk).toMatchObject({ runs: [{ id: run?.id }], metric: { key: 'takings' } });
    expect((walk['points'] as unknown[]).length).toBeGreaterThan(0);
    await bench.refused('GET', '/api/v1/runs/run_nowhere/evidence', undefined, 404);

    const outlook = await api.get('/key-results/money.c/forecast');
    const shown = await api.get('/key-results/money.c');
    expect(outlook['forecast']).toEqual(shown['forecast']);
    expect(outlook).toMatchObject({ keyResultKey: 'money.c', noForecast: null });
    expect(outlook['chance']).toMatchObject({ latest: (shown['chance'] as { latest: number }).latest });
    await api.post('/key-results', keyResult('money.d', { unit: 'count' }));
    expect(await api.get('/key-results/money.d/forecast')).toMatchObject({ chance: null, forecast: null });
    await bench.refused('GET', '/api/v1/key-results/nowhere/forecast', undefined, 404);
  });

  it('overrides are listed with who said so', async () => {
    const given = {
      value: 5_000,
      fromDay: bench.day(0),
      untilDay: bench.day(3),
      reason: 'the till was closed',
    };
    await api.post('/key-results/money.c/overrides', given);
    const found = await api.get('/key-results/money.c/overrides');
    expect(found['data']).toMatchObject([
      { value: 5_000, untilDay: bench.day(3), reason: 'the till was closed' },
    ]);
    await bench.refused('GET', '/api/v1/key-results/nowhere/overrides', undefined, 404);
  });
});

describe('rules and channels', () => {
  it('a rule is read, changed and put away', async () => {
    const made = await api.post('/alert-rules', { keyResult: 'money.c' });
    const path = `/alert-rules/${String(made['id'])}`;
    await api.patch(path, { forEvaluations: 5, repeatDays: null, sensitivity: 'quiet' });
    expect(await api.get(path)).toMatchObject({ forEvaluations: 5, repeatDays: null, enabled: true });
    await api.patch(path, { enabled: false });
    await api.patch(path, { forEvaluations: 0 }, 422);
    await api.remove(path);
    await api.get('/alert-rules');
    expect(await api.names('/alert-rules')).not.toContain(made['id']);
    await api.patch(path, { enabled: true }, 404);
    expect(await api.post(`${path}/restorations`)).toMatchObject({ enabled: true, forEvaluations: 5 });
    expect((await api.audited(made['id'])).map(({ action }) => action)).toEqual([
      'create',
      'update',
      'switch_off',
      'archive',
      'restore',
    ]);
    await api.remove('/alert-rules/rul_nowhere', 404);
  });

  it('a channel that is put away hears nothing, and its key stays taken', async () => {
    const hook = { key: 'ops', kind: 'webhook', url: 'https://hooks.example.com/in' };
    const made = await api.post('/channels', hook);
    await api.remove('/channels/ops');
    await api.remove('/channels/ops');
    expect(await api.names('/channels')).not.toContain('ops');
    await bench.refused('GET', '/api/v1/channels/ops', undefined, 404);
    const { pool } = bench.server.services.database;
    const enabled = await pool.query('SELECT enabled FROM channel WHERE id = $1', [made['id']]);
    expect(enabled.rows).toEqual([{ enabled: false }]);
    expect(await api.post('/channels', hook, 409)).toMatchObject({ code: 'already_exists' });
    expect(await api.post('/channels/ops/restorations')).toMatchObject({
      enabled: true,
      disabledReason: null,
    });
    await api.remove('/channels/nowhere', 404);
  });
});
