import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Resources, resourcesOf } from './support/resources.ts';
import { startTestServer, type TestServer } from './support/server.ts';

// Section 12 of the reliability rules: how many of each thing a workspace can have.

let server: TestServer;
let api: Resources;
const goal = { kind: 'reach', startValue: 1, targetValue: 2 };
const kr = (key: string) => ({ key, title: key, objective: 'growth', goal, unit: 'count' });

beforeAll(async () => {
  server = await startTestServer();
  api = resourcesOf(server);
  await api.post('/cycles', { key: 'q', startDay: '2026-01-01', endDay: '2027-01-01' });
  await api.post('/objectives', { key: 'growth', title: 'Growth', cycle: 'q' });
  const { pool } = server.services.database;
  const { id } = server.services.workspace;
  await pool.query(
    `INSERT INTO key_result (id, workspace_id, objective_id, cycle_id, key, title, goal_kind, goal, unit)
     SELECT 'kr_' || n, $1, o.id, o.cycle_id, 'k' || n, 'K', 'reach', $2, 'count' FROM objective o, generate_series(1, 4999) n`,
    [id, JSON.stringify(goal)],
  );
  await pool.query(
    `INSERT INTO connection (id, workspace_id, key, title, connector_id)
     SELECT 'con_' || n, $1, 'c' || n, 'C', 'records' FROM generate_series(1, 1999) n`,
    [id],
  );
  await pool.query(
    `INSERT INTO channel (id, workspace_id, key, title, kind) SELECT 'chn_' || n, $1, 'n' || n, 'N', 'webhook'
     FROM generate_series(1, 49) n`,
    [id],
  );
});
afterAll(() => server?.close());

describe('section 12: counts', () => {
  const cases = [
    { what: 'Key Results', path: '/key-results', body: kr, one: 'k1', limit: '5,000' },
    {
      what: 'connections',
      path: '/connections',
      body: (key: string) => ({ key, connectorId: 'records', config: {} }),
      one: 'c1',
      limit: '2,000',
    },
    {
      what: 'channels',
      path: '/channels',
      body: (key: string) => ({ key, kind: 'webhook', url: 'https://hooks.example.com/in' }),
      one: 'n1',
      limit: '50',
    },
  ];

  it.each(cases)('$limit $what; of several who add one more at once exactly one does', async (each) => {
    const answers = await Promise.all(
      ['x1', 'x2', 'x3', 'x4'].map((key) => server.ask('POST', `/api/v1${each.path}`, each.body(key))),
    );
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['201', '409', '409', '409']);
    const refused = answers.find(({ status }) => status === 409)?.json;
    expect(refused).toMatchObject({ code: 'limit_reached' });
    expect(refused?.['detail']).toContain(`${each.limit} ${each.what}`);
    // What is put away makes room, and needs room to come back.
    await api.remove(`${each.path}/${each.one}`);
    const key = `y-${each.one}`;
    await api.post(each.path, each.body(key));
    expect(await api.post(`${each.path}/${each.one}/restorations`, {}, 409)).toMatchObject({
      code: 'limit_reached',
    });
    await api.remove(`${each.path}/${key}`);
    await api.post(`${each.path}/${each.one}/restorations`);
  });

  it('20 rules for one Key Result, and another one has its own', async () => {
    for (let n = 0; n < 20; n += 1) await api.post('/alert-rules', { keyResult: 'k2' });
    expect(await api.post('/alert-rules', { keyResult: 'k2' }, 409)).toMatchObject({ code: 'limit_reached' });
    await api.post('/alert-rules', { keyResult: 'k3' });
  });

  it('holds for a plan that is written in one go as well, of which nothing is stored then', async () => {
    const { deps, workspace } = server.services;
    const growth = await deps.plan.findObjective(workspace.id, 'growth');
    const source = await deps.plan.findKeyResult(workspace.id, 'k2');
    if (growth === null || source === null) throw new Error('planted');
    const { id: _id, version: _version, ...rest } = source;
    const written = deps.imports.inOne(async (writer) => {
      const { id: _, ...aim } = growth;
      await writer.createObjective({ ...aim, key: 'imported' });
      for (const key of ['i1', 'i2']) await writer.createKeyResult({ ...rest, key });
    });
    await expect(written).rejects.toMatchObject({ code: 'limit_reached', kind: 'conflict' });
    expect(await api.names('/objectives')).toEqual(['growth']);
  });

  it('a limit of one workspace is nothing to another', async () => {
    const { pool } = server.services.database;
    await pool.query(`INSERT INTO workspace (id, name, time_zone) VALUES ('wsp_other', 'Other', 'UTC')`);
    await pool.query(
      `INSERT INTO channel (id, workspace_id, key, title, kind) VALUES ('chn_other', 'wsp_other', 'ops', 'Ops', 'webhook')`,
    );
    expect(await api.names('/channels?limit=200')).not.toContain('ops');
  });
});
