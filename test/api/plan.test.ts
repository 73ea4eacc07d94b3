import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Resources, resourcesOf } from './support/resources.ts';
import { startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
let api: Resources;
const reach = { kind: 'reach', startValue: 10, targetValue: 20 };
const kr = (key: string, objective: string, more: object = {}) => ({
  key,
  title: `Title of ${key}`,
  objective,
  goal: reach,
  unit: 'count',
  ...more,
});

beforeAll(async () => {
  server = await startTestServer();
  api = resourcesOf(server);
  await api.post('/cycles', { key: 'q', startDay: '2026-01-01', endDay: '2027-01-01' });
  for (const key of ['growth', 'people']) await api.post('/objectives', { key, title: key, cycle: 'q' });
  await api.post('/key-results', kr('growth.a', 'growth', { owner: 'Mei' }));
  await api.post('/key-results', kr('growth.b', 'growth'));
});
afterAll(() => server?.close());

describe('a cycle', () => {
  it('is changed and shows so, with a line of what it was before', async () => {
    const made = await api.post('/cycles', { key: 'c1', startDay: '2030-01-01', endDay: '2030-04-01' });
    await api.patch('/cycles/c1', { title: 'Spring', endDay: '2030-05-01' });
    expect(await api.get('/cycles/c1')).toMatchObject({ title: 'Spring', endDay: '2030-05-01' });
    const [, line] = await api.audited(made['id']);
    expect(line).toMatchObject({
      action: 'update',
      details: { before: { title: 'c1', endDay: '2030-04-01' }, title: 'Spring' },
    });
  });

  it('keeps the days that were judged', async () => {
    await api.post('/cycles', { key: 'c2', startDay: '2026-01-01', endDay: '2027-01-01' });
    await api.post('/objectives', { key: 'o2', title: 'o2', cycle: 'c2' });
    const made = await api.post('/key-results', kr('o2.a', 'o2'));
    await server.services.database.pool.query(
      `INSERT INTO progress_snapshot (id, workspace_id, key_result_id, as_of_day, inputs_digest, definition_version,
         computed_at, goal, status, status_reason, points)
       SELECT 'snp_planted', workspace_id, id, '2026-03-15', 'x', 1, app_now(), goal, 'on_track', '{}', '[]'
       FROM key_result WHERE id = $1`,
      [made['id']],
    );
    const refused = await api.patch('/cycles/c2', { endDay: '2026-03-10' }, 409);
    expect(refused).toMatchObject({ code: 'days_evaluated' });
    await api.patch('/cycles/c2', { timeZone: 'Asia/Tokyo' }, 409);
    await api.patch('/cycles/c2', { startDay: '2026-02-01' }, 409);
    await api.patch('/cycles/c2', { endDay: '2026-03-16' });
    expect(await api.get('/cycles/c2')).toMatchObject({ startDay: '2026-01-01', endDay: '2026-03-16' });
  });

  it('is put away when nothing lives in it, and comes back', async () => {
    await api.post('/cycles', { key: 'c3', startDay: '2031-01-01', endDay: '2031-04-01' });
    await api.remove('/cycles/c3');
    await api.remove('/cycles/c3');
    expect(await api.names('/cycles')).not.toContain('c3');
    expect(await api.names('/cycles?archived=true')).toEqual(['c3']);
    await api.post('/cycles/c3/restorations');
    expect(await api.names('/cycles')).toContain('c3');
    expect(await api.post('/cycles/c3/restorations', {}, 409)).toMatchObject({ code: 'not_archived' });
    const inUse = await api.remove('/cycles/q', 409);
    expect(inUse).toMatchObject({ code: 'in_use' });
    expect(String(inUse['detail'])).toContain('"growth"');
    expect(await api.names('/cycles')).toContain('q');
  });

  it('is refused what is no cycle', async () => {
    await api.patch('/cycles/nowhere', { title: 'x' }, 404);
    await api.remove('/cycles/nowhere', 404);
    await api.post('/cycles/nowhere/restorations', {}, 404);
    expect(await api.patch('/cycles/q', { startDay: '2028-01-01' }, 422)).toMatchObject({
      code: 'validation',
    });
    await api.patch('/cycles/q', { key: 'other' }, 422);
  });
});

describe('an objective', () => {
  it('takes its Key Results along, and brings back those that went with it', async () => {
    await api.post('/objectives', { key: 'ops', title: 'Ops', cycle: 'q' });
    await api.post('/objectives', { key: 'ops-child', title: 'Child', cycle: 'q', parent: 'ops' });
    await api.post('/key-results', kr('ops.a', 'ops'));
    await api.post('/key-results', kr('ops.b', 'ops'));
    await api.remove('/key-results/ops.a');
    expect(await api.remove('/objectives/ops', 409)).toMatchObject({ code: 'in_use' });
    await api.remove('/objectives/ops-child');
    await api.remove('/objectives/ops');
    expect(await api.names('/objectives')).not.toContain('ops');
    await api.get('/key-results?archived=true');
    expect(await api.names('/key-results?archived=true')).toEqual(expect.arrayContaining(['ops.a', 'ops.b']));
    expect(await api.post('/key-results/ops.b/restorations', {}, 409)).toMatchObject({
      code: 'within_archived',
    });
    await api.post('/objectives/ops/restorations');
    expect(await api.names('/key-results?objective=ops')).toEqual(['ops.b']);
    await api.post('/key-results/ops.a/restorations');
    expect(await api.names('/key-results?objective=ops')).toEqual(['ops.a', 'ops.b']);
  });
});

describe('a Key Result', () => {
  it('is changed: words leave its version, its goal raises it', async () => {
    const made = await api.post('/key-results', kr('growth.c', 'growth'));
    const version = async () => {
      const found = await server.services.database.pool.query(
        'SELECT version FROM key_result WHERE id = $1',
        [made['id']],
      );
      return (found.rows[0] as { version: number }).version;
    };
    await api.patch('/key-results/growth.c', { title: 'New', description: 'More', owner: 'Ana', weight: 2 });
    expect(await version()).toBe(1);
    const changed = await api.patch('/key-results/growth.c', {
      goal: { ...reach, targetValue: 40 },
      paceCurve: { kind: 'linear' },
    });
    expect(changed).toMatchObject({ title: 'New', owner: 'Ana', goal: { targetValue: 40 } });
    expect(await version()).toBe(2);
    expect(await api.get('/key-results/growth.c')).toMatchObject({
      description: 'More',
      goal: { targetValue: 40 },
    });
    expect((await api.audited(made['id'])).map(({ action }) => action)).toEqual([
      'create',
      'update',
      'update',
    ]);
  });

  it('moves to another objective of its cycle, and to no other cycle', async () => {
    await api.post('/key-results', kr('growth.d', 'growth'));
    await api.patch('/key-results/growth.d', { objective: 'people' });
    expect(await api.names('/key-results?objective=people')).toEqual(['growth.d']);
    await api.post('/cycles', { key: 'far', startDay: '2032-01-01', endDay: '2032-04-01' });
    await api.post('/objectives', { key: 'far', title: 'Far', cycle: 'far' });
    expect(await api.patch('/key-results/growth.d', { objective: 'far' }, 409)).toMatchObject({
      code: 'other_cycle',
    });
    await api.patch('/key-results/growth.d', { objective: 'nowhere' }, 404);
    const same = { goal: { ...reach, targetValue: 10 } };
    expect(await api.patch('/key-results/growth.d', same, 422)).toMatchObject({ code: 'goal_invalid' });
    await api.patch('/key-results/nowhere', { title: 'x' }, 404);
    await api.patch('/key-results/growth.d', { version: 7 }, 422);
  });

  it('is put away: no board shows it, what burns about it is over, and its line says who', async () => {
    const made = await api.post('/key-results', kr('growth.e', 'growth'));
    await server.services.database.pool.query(
      `INSERT INTO alert (id, workspace_id, key_result_id, kind, episode, state, severity, since, fired_at, fired_day)
       SELECT 'alr_gone', workspace_id, id, 'off_track', 1, 'firing', 'warning', app_now(), app_now(), '2026-03-01'
       FROM key_result WHERE id = $1`,
      [made['id']],
    );
    await api.remove('/key-results/growth.e');
    await api.remove('/key-results/growth.e');
    expect(JSON.stringify(await api.get('/board'))).not.toContain('growth.e');
    await server.ask('GET', '/api/v1/key-results/growth.e').then(({ status }) => expect(status).toBe(404));
    expect(await api.get('/alerts/alr_gone')).toMatchObject({ state: 'closed' });
    await api.post('/key-results/growth.e/restorations');
    expect(JSON.stringify(await api.get('/board'))).toContain('growth.e');
    expect((await api.audited(made['id'])).map(({ action }) => action)).toEqual([
      'create',
      'archive',
      'restore',
    ]);
    await api.remove('/key-results/nowhere', 404);
  });

  it('is found by owner, status and data state', async () => {
    expect(await api.names('/key-results?owner=Mei')).toEqual(['growth.a']);
    expect(await api.names('/key-results?cycle=q&status=unknown,off_track&data=none&owner=Mei')).toEqual([
      'growth.a',
    ]);
    expect(await api.names('/key-results?status=achieved')).toEqual([]);
    await server
      .ask('GET', '/api/v1/key-results?status=great')
      .then(({ status }) => expect(status).toBe(422));
    await server
      .ask('GET', '/api/v1/key-results?cycle=nowhere')
      .then(({ status }) => expect(status).toBe(404));
  });
});

describe('an initiative', () => {
  const path = '/key-results/growth.a/initiatives';

  it('is added, changed and taken away, and is a mark on its Key Result meanwhile', async () => {
    const made = await api.post(path, {
      title: 'Ship it',
      startDay: '2026-02-01',
      url: 'https://tasks.example/7',
    });
    const id = String(made['id']);
    expect(made).toMatchObject({ state: 'open', endDay: null, url: 'https://tasks.example/7' });
    await api.patch(`/initiatives/${id}`, { state: 'done', endDay: '2026-02-20' });
    expect(await api.get(`/initiatives/${id}`)).toMatchObject({ state: 'done', endDay: '2026-02-20' });
    expect(await api.names(path)).toEqual([id]);
    expect(await api.get('/key-results/growth.a')).toMatchObject({
      initiatives: [{ id, title: 'Ship it', startDay: '2026-02-01', endDay: '2026-02-20' }],
    });
    await api.remove(`/initiatives/${id}`);
    await api.remove(`/initiatives/${id}`, 404);
    expect(await api.names(path)).toEqual([]);
    expect((await api.audited(id)).map(({ action }) => action)).toEqual(['create', 'update', 'delete']);
  });

  it.each([
    { title: 'x', startDay: '2026-02-30' },
    { title: 'x', startDay: '2026-02-10', endDay: '2026-02-09' },
    { title: '', startDay: '2026-02-10' },
    { title: 'x', startDay: '2026-02-10', url: 'javascript:alert(1)' },
    { title: 'x', startDay: '2026-02-10', state: 'great' },
  ])('is refused as %j', async (body) => {
    await api.post(path, body, 422);
    expect(await api.names(path)).toEqual([]);
  });

  it('belongs to a Key Result that there is', async () => {
    const work = { title: 'x', startDay: '2026-02-10' };
    expect(await api.post('/key-results/nowhere/initiatives', work, 404)).toMatchObject({
      code: 'not_found',
    });
    await api.patch('/initiatives/ini_nowhere', { title: 'x' }, 404);
  });
});
