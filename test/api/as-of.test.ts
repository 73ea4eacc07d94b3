import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Source, startSource } from './support/source.ts';

let source: Source;
beforeEach(async () => {
  source = await startSource();
}, 60_000);
afterEach(() => source.close());

type Json = Record<string, unknown>;

async function get(path: string): Promise<Json> {
  const answer = await source.server.ask('GET', `/api/v1${path}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
}

/** Without what a clock makes of it: when something was last read or computed, and that the answer is of the past. */
function believed(answer: unknown): string {
  const ages = new Set(['fetchedAt', 'computedAt', 'asOf', 'comparedAt', 'now']);
  return JSON.stringify(answer, (name, value: unknown) => (ages.has(name) ? undefined : value), 1);
}

/** As an import of the plan does: the words change, and no new version of the goal begins. */
async function rename(title: string): Promise<void> {
  const { plan } = source.server.services.deps;
  const found = await plan.findKeyResult(source.server.services.workspace.id, 'money.net');
  await plan.updateKeyResult(found?.id ?? '', { title });
}

const read = async (at = '') => ({
  board: believed(await get(`/board${at}`)),
  keyResult: believed(await get(`/key-results/money.net${at}`)),
  explanation: believed(await get(`/key-results/money.net/explanation${at}`)),
});

/** What Tidemark says at this moment, to be compared with what it later says of it. */
async function remember() {
  const said = await read();
  return { at: String((await get('/board'))['now']), said };
}

it('shows of every past moment, byte for byte, what it said at that moment', async () => {
  const moments = [await remember()];
  await source.sync();
  moments.push(await remember());
  // Each sale changes a day that was read before: today's, and after two days yesterday's no longer.
  source.sell();
  await source.sync();
  moments.push(await remember());
  await rename('Net revenue, all shops');
  await source.server.ask('PATCH', '/api/v1/objectives/money', { title: 'More money', weight: 2 });
  moments.push(await remember());
  await source.later(1);
  source.sell();
  await source.sync();
  moments.push(await remember());
  source.break('server_error');
  await source.sync();
  await source.later(3);
  moments.push(await remember());
  await source.heal();
  await source.sync();
  const goal = { kind: 'reach', startValue: 0, targetValue: 1 };
  const more = { key: 'money.more', title: 'More', objective: 'money', metric: 'mrr', goal };
  const made = await source.server.ask('POST', '/api/v1/key-results', more);
  expect(made.status, made.text).toBe(201);
  moments.push(await remember());
  await source.later(9);
  await source.sync();

  for (const { at, said } of moments) expect(await read(`?asOf=${at}`)).toEqual(said);
  // Otherwise nothing was put to the test: no two of the moments said the same.
  expect(new Set(moments.map(({ said }) => said.board)).size).toBeGreaterThan(5);
  expect(moments.at(-1)?.said.board).toContain('money.more');
  expect((await read(`?asOf=${moments[1]?.at}`)).board).not.toContain('money.more');
}, 120_000);

it('takes a day for its close in the zone of the workspace, and says so', async () => {
  await source.sync();
  await source.later(2);
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  expect((await get(`/board?asOf=${day}`))['asOf']).toEqual({
    at: `${day}T23:59:59.999Z`,
    day,
    partly: [],
  });
  expect((await get('/board'))['asOf']).toBeNull();
}, 60_000);

it('has an empty board for a day before there was anything', async () => {
  expect(await get('/board?asOf=2020-01-01')).toMatchObject({ cycle: null, objectives: [] });
  const answer = await source.server.ask('GET', '/api/v1/key-results/money.net?asOf=2020-01-01');
  expect(answer.status).toBe(404);
});

it.each([
  { asOf: '2999-01-01', why: 'of the future nothing is believed' },
  { asOf: '2026-02-30', why: 'the calendar has no such day' },
  { asOf: 'yesterday', why: 'words are no days' },
])('refuses $asOf: $why', async ({ asOf }) => {
  const answer = await source.server.ask('GET', `/api/v1/board?asOf=${asOf}`);
  expect(answer.status).toBe(422);
});

it('tells what stood before its history began from the snapshots, and says what they do not know', async () => {
  await source.sync();
  const before = await remember();
  // An older database: its rows were there before their history was kept.
  const { pool } = source.server.services.database;
  await pool.query('TRUNCATE row_history');
  await source.later(2);
  await rename('Another title');
  await source.server.ask('PATCH', '/api/v1/objectives/money', { title: 'More money' });
  const board = await get(`/board?asOf=${before.at}`);
  expect(board['asOf']).toMatchObject({ partly: ['money.net'] });
  const then = JSON.parse(before.said.board) as { objectives: { keyResults: Json[] }[] };
  const now = board as unknown as typeof then;
  const [old, told] = [then.objectives[0]?.keyResults[0], now.objectives[0]?.keyResults[0]];
  for (const name of ['currentValue', 'progress', 'expected', 'startValue', 'targetValue'])
    expect(told?.[name]).toEqual(old?.[name]);
  expect(told).toMatchObject({ title: 'Another title', data: { reason: { code: 'data_not_kept' } } });
}, 60_000);
