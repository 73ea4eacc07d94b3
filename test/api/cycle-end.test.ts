import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from './support/server.ts';
import { startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
const post = (path: string, body?: unknown) => server.ask('POST', `/api/v1${path}`, body);
const get = (path: string) => server.ask('GET', `/api/v1${path}`);
const patch = (path: string, body: unknown) => server.ask('PATCH', `/api/v1${path}`, body);

async function made(answer: Promise<Answer>): Promise<Record<string, unknown>> {
  const { json, status, text } = await answer;
  expect(status, text).toBe(201);
  return json;
}
const step = (name: string, doneOnDay: string | null) => ({ name, weight: 1, doneOnDay });
const keyResult = (key: string, goal: unknown, more: Record<string, unknown> = {}) =>
  made(post('/key-results', { key, title: `KR ${key}`, objective: 'ship', unit: 'count', goal, ...more }));

/** Feeds it from a metric that then gets another definition, which nobody has accepted. */
async function changeMetricUnder(key: string): Promise<void> {
  const users = { key: 'users', kind: 'stock', unit: 'count' };
  await made(post('/metrics/values', users));
  await made(post(`/key-results/${key}/bindings`, { metric: 'users' }));
  const { deps, workspace } = server.services;
  const metric = await deps.sources.findMetric(workspace.id, 'users');
  if (metric === null) throw new Error('the metric is not there');
  const {
    id,
    workspaceId,
    source,
    connectionId,
    connectionKey,
    title,
    versionId,
    version,
    cursorDay,
    ...definition
  } = metric;
  expect([version, source, connectionId, connectionKey, title, cursorDay]).toEqual([
    1,
    'values',
    '',
    '',
    'users',
    null,
  ]);
  expect([workspaceId, versionId]).not.toContain('');
  const { key: _named, ...next } = definition;
  await deps.sources.addMetricVersion(id, { ...next, definitionHash: 'other' }, 'somebody');
}

beforeAll(async () => {
  server = await startTestServer();
  await made(post('/cycles', { key: 'q1', startDay: '2020-01-01', endDay: '2020-04-01' }));
  await made(post('/cycles', { key: 'q2', startDay: '2020-04-01', endDay: '2020-07-01' }));
  await made(post('/cycles', { key: 'far', startDay: '2020-01-01', endDay: '2999-01-01' }));
  await made(post('/objectives', { key: 'company', title: 'Company', cycle: 'q1' }));
  await made(
    post('/objectives', {
      key: 'ship',
      title: 'Ship it',
      cycle: 'q1',
      parent: 'company',
      stage: 'delivery',
      phase: 'launch',
    }),
  );
  await keyResult('done', { kind: 'milestone', steps: [step('a', '2020-02-01'), step('b', '2020-03-31')] });
  await keyResult(
    'half',
    { kind: 'milestone', steps: [step('a', '2020-02-01'), step('b', null)] },
    { weight: 3 },
  );
  await keyResult('blind', { kind: 'reach', startValue: 1, targetValue: 5 });
  await changeMetricUnder('blind');
});
afterAll(() => server.close());

describe('an objective', () => {
  it('rolls its Key Results up by weight, and says how', async () => {
    const { json } = await get('/objectives/ship');
    // Done counts 1 with weight 1, half counts 0.5 with weight 3: (1 + 1.5) / 4. The third has no value.
    expect(json).toMatchObject({ progress: 0.625, coverage: 0.8, stage: 'delivery', phase: 'launch' });
    expect(json.formula).toBe('(1 × 1 + 3 × 0.5) ÷ (1 + 3) = 0.625');
    expect((await get('/objectives/company')).json).toMatchObject({ progress: 0.625, coverage: 1 });
  });

  it('cannot be its own parent, in one step or several', async () => {
    const loop = await patch('/objectives/company', { parent: 'ship' });
    expect([loop.status, loop.json.detail]).toEqual([
      422,
      '"ship" cannot be the parent of "company": it is the same objective, or lies below it.',
    ]);
    expect((await patch('/objectives/ship', { parent: 'ship' })).status).toBe(422);
  });

  it('takes only stages and phases that it can be grouped by', async () => {
    const wrong = await patch('/objectives/ship', { stage: 'monetisation' });
    expect(wrong.json).toMatchObject({ status: 422, detail: 'There is no stage "monetisation".' });
    expect(String(wrong.json.fix)).toContain('acquisition, activation');
    expect((await patch('/objectives/ship', { weight: 2, phase: 'growth' })).json).toMatchObject({
      weight: 2,
      phase: 'growth',
    });
  });

  it('gets hints, never refusals', async () => {
    const { json } = await get('/cycles/q1/hints');
    const hints = json.data as { code: string; keyResultKey: string | null; text: string }[];
    expect(hints.map(({ code, keyResultKey }) => [code, keyResultKey])).toEqual([
      ['hint_no_key_results', null],
      ['hint_activity_not_outcome', 'done'],
      ['hint_activity_not_outcome', 'half'],
    ]);
    expect(hints[0]?.text).toBe('“Company” has no Key Result. Add 2 to 5.');
  });
});

describe('a cycle that ends', () => {
  it('is not closed while it runs', async () => {
    const answer = await post('/cycles/far/closings');
    expect(answer.json).toMatchObject({ status: 409, code: 'cycle_runs' });
  });

  it('is not closed while a Key Result has no final verdict, and nothing is frozen then', async () => {
    const answer = await post('/cycles/q1/closings');
    expect(answer.json).toMatchObject({ status: 409, code: 'cycle_open' });
    expect(answer.json.errors).toEqual([
      {
        pointer: '/keyResults/blind',
        code: 'not_final',
        detail: 'blind is unknown as of no day (judged_no_data).',
      },
    ]);
    expect((await post('/cycles/q1/closings', { asIs: true })).json).toMatchObject({
      status: 422,
      code: 'reason_missing',
    });
    expect((await get('/cycles/q1/scorecard')).status).toBe(404);
    expect((await get('/cycles/q1')).json).toMatchObject({ state: 'closing', closedAt: null });
  });

  it('nothing is carried over before it is closed', async () => {
    expect((await post('/cycles/q1/carry-overs', { to: 'q2' })).json).toMatchObject({
      status: 409,
      code: 'cycle_open',
    });
  });

  it('is closed as it is with a reason, once, and what is not final is marked', async () => {
    const both = await Promise.all(
      [1, 2].map(() => post('/cycles/q1/closings', { asIs: true, reason: 'nobody measured it' })),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const { json } = await get('/cycles/q1/scorecard');
    const rows = json.keyResults as {
      key: string;
      status: string;
      provisional: boolean;
      progress: number | null;
    }[];
    expect(
      rows.map(({ key, status, provisional, progress }) => [key, status, provisional, progress]),
    ).toEqual([
      ['done', 'achieved', false, 1],
      ['half', 'missed', false, 0.5],
      ['blind', 'unknown', true, null],
    ]);
    expect(json).toMatchObject({ reason: 'nobody measured it' });
    expect((await get('/cycles/q1')).json.state).toBe('closed');
  });

  it('stays as it was: no change, no new Key Result, no later evaluation', async () => {
    const { pool } = server.services.database;
    await expect(pool.query(`UPDATE scorecard SET closed_by = 'me'`)).rejects.toThrow(/append-only|change/i);
    await expect(pool.query('DELETE FROM scorecard')).rejects.toThrow(/append-only|change/i);
    const more = {
      key: 'late',
      title: 'Late',
      objective: 'ship',
      unit: 'count',
      goal: { kind: 'accumulate', targetValue: 1 },
    };
    expect((await post('/key-results', more)).json).toMatchObject({ status: 409, code: 'cycle_closed' });
    expect((await patch('/objectives/ship', { title: 'Other' })).json).toMatchObject({
      code: 'cycle_closed',
    });
    const before = (await get('/key-results/half')).json;
    const goal = JSON.stringify({
      kind: 'milestone',
      steps: [step('a', '2020-02-01'), step('b', '2020-02-02')],
    });
    await pool.query(`UPDATE key_result SET goal = $1 WHERE key = 'half'`, [goal]);
    await server.services.evaluator.evaluate([String(before.id)]);
    expect((await get('/key-results/half')).json).toMatchObject({
      progress: 0.5,
      status: { state: 'missed' },
    });
  });

  it('lets what is open go on: the steps and the way that are left, and nothing twice', async () => {
    const first = await made(post('/cycles/q1/carry-overs', { to: 'q2' }));
    expect(first.left).toEqual([]);
    expect(first.carried).toMatchObject([
      { from: 'half', key: 'half.q2', goal: { kind: 'milestone', steps: [step('b', null)] } },
      { from: 'blind', key: 'blind.q2', goal: { kind: 'reach', startValue: null, targetValue: 5 } },
    ]);
    const board = (await get('/board?cycle=q2')).json.objectives as {
      key: string;
      keyResults: { key: string }[];
    }[];
    expect(board.map(({ key, keyResults }) => [key, keyResults.map((each) => each.key)])).toEqual([
      ['ship.q2', ['half.q2', 'blind.q2']],
    ]);
    // C24 holds over the end of a cycle: the newer definition of its metric still waits to be accepted.
    expect((await get('/key-results/blind.q2')).json.newDefinition).toMatchObject({ version: 2 });
    const again = await made(post('/cycles/q1/carry-overs', { to: 'q2' }));
    expect(again).toEqual({
      carried: [],
      left: [
        { key: 'half', why: 'carried_before' },
        { key: 'blind', why: 'carried_before' },
      ],
    });
    const unknown = await post('/cycles/q1/carry-overs', { to: 'q2', keyResults: ['nobody'] });
    expect(unknown.json).toMatchObject({
      status: 422,
      detail: 'The scorecard of "q1" has no Key Result "nobody".',
    });
  });

  it('writes each step into the record', async () => {
    const rows = await server.services.database.pool.query<{ line: string }>(
      `SELECT action || ' ' || object_type AS line FROM audit_log WHERE action IN ('close', 'update') ORDER BY id`,
    );
    expect(rows.rows.map(({ line }) => line)).toEqual(['update objective', 'close cycle']);
  });
});
