import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { syncConnection } from '../../jobs/sync-connection.ts';
import { main } from '../../src/cli/main.ts';
import { startTestServer, type TestServer } from '../api/support/server.ts';
import { fakeIo } from './support/fake-io.ts';

let server: TestServer;
let folder: string;
const dayMs = 86_400_000;
/** A day of the server's calendar, counted from today. */
const day = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-ingest-'));
  server = await startTestServer();
  await tidemark('cycle', 'add', 'now', '--start', day(-20), '--end', day(20));
  await tidemark('objective', 'add', 'aim', '--title', 'Aim', '--cycle', 'now');
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The command against the real API, at the present moment. */
async function run(argv: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const env = { LANG: 'en_US.UTF-8', TIDEMARK_URL: server.api.url, TIDEMARK_TOKEN: server.api.localToken };
  const io = fakeIo({ env, input, now: () => new Date() });
  const code = await main(argv, io);
  return { code, out: io.out(), err: io.err() };
}
async function tidemark(...argv: string[]): Promise<string> {
  const { code, err, out } = await run(argv);
  expect(code, err).toBe(0);
  return out;
}
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

it('brings a number of one’s own: makes the metric, pushes a day, uploads more, and sees them on the board', async () => {
  expect(await tidemark('metric', 'add', 'signups', '--values', '--kind', 'flow', '--unit', 'count')).toBe(
    'Metric signups is saved. Next: tidemark push signups --value NUMBER\n',
  );
  // What flows is complete when its day is over, so without a day it is yesterday's.
  expect(await tidemark('push', 'signups', '--value', '0')).toBe(
    `signups for ${day(-1)} (yesterday, UTC): 1 row taken, 1 new or changed. Next: tidemark status\n`,
  );
  const csv = file('signups.csv', `day,value\n${day(-3)},4\n${day(-2)},5\n`);
  expect(await tidemark('upload', 'signups', csv)).toContain(
    `${day(-3)} to ${day(-2)}: 2 rows taken, 2 new or changed`,
  );
  expect(await tidemark('upload', 'signups', csv)).toContain('2 rows taken, nothing is new');
  const piped = await run(
    ['upload', 'signups', '-', '--format', 'jsonl', '--json'],
    `{"day":"${day(-4)}","value":1}\n`,
  );
  expect(JSON.parse(piped.out)).toMatchObject({ via: 'upload', format: 'jsonl', rows: 1, replayed: false });
  await tidemark(
    'kr',
    'add',
    'aim.signups',
    '--objective',
    'aim',
    '--title',
    'Signups',
    '--goal',
    'accumulate',
    '--to',
    '20',
    '--metric',
    'signups',
  );
  const status = await tidemark('status', '--verbose');
  expect(status).toMatch(/Signups .*Pushed values/);
  expect(await tidemark('kr', 'show', 'aim.signups')).toContain('10'); // 1 + 4 + 5 + 0
});

it('takes a push once under one idempotency key, and refuses another under it', async () => {
  await tidemark(
    'metric',
    'add',
    'level',
    '--values',
    '--kind',
    'stock',
    '--unit',
    'money',
    '--currency',
    'EUR',
  );
  const push = ['push', 'level', '--value', '1100.50 EUR', '--idempotency-key', 'till-1'];
  expect(await tidemark(...push)).toContain(`level for ${day(0)} (today, UTC): 1 row taken`);
  expect(await tidemark(...push)).toContain('it was taken before under this idempotency key');
  const other = await run(['push', 'level', '--value', '5', '--idempotency-key', 'till-1']);
  expect(other).toMatchObject({
    code: 2,
    err: expect.stringContaining('"till-1" was used before, for something else'),
  });
  const data = await server.all('/api/v1/metrics/level/points');
  expect(data).toMatchObject([{ day: day(0), value: '110050' }]);
});

it('says what is wrong with its line, and what to do', async () => {
  await tidemark('metric', 'add', 'share', '--values', '--kind', 'ratio', '--unit', 'ratio');
  const wrong = await run(['upload', 'share', file('wrong.csv', `day,value\n${day(-1)},0.5\n${day(4)},1\n`)]);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toMatch(/error: Line 3, column "day": .*future/);
  expect(wrong.err).toContain('Nothing was stored.');
  expect(await run(['push', 'share', '--value', '1 USD'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('the currency is "USD"'),
  });
  expect(await run(['push', 'share'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is no value to push'),
  });
  expect(await run(['push', 'nothing', '--value', '1'])).toMatchObject({ code: 5 });
  expect(await run(['upload', 'share', join(folder, 'none.csv')])).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no such file'),
  });
  expect(await run(['upload', 'share', join(folder, 'none.xlsx')])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--format csv'),
  });
  expect(await run(['metric', 'add', 'x', '--values'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--kind and --unit'),
  });
  expect(
    await run(['metric', 'add', 'x', '--values', '--kind', 'flow', '--unit', 'count', '--connection', 'c']),
  ).toMatchObject({ code: 2 });
  expect(
    await run(['metric', 'add', 'x', '--kind', 'flow', '--connection', 'c', '--metric', 'm']),
  ).toMatchObject({ code: 2 });
  expect(await run(['metric', 'add', 'x', '--values', '--kind', 'flow', '--unit', 'money'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('money without a currency'),
  });
});

it('knows what pushed values mean when the catalog does', async () => {
  const answer = await tidemark('metric', 'add', 'team-nps', '--values', '--metric', 'nps_average', '--json');
  expect(JSON.parse(answer)).toMatchObject({
    kind: 'ratio',
    unit: 'score',
    definition: { metric: 'nps_average' },
  });
  expect(await run(['metric', 'add', 'y', '--values', '--metric', 'happiness'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('The catalogue has no metric "happiness"'),
  });
});

// C28: what people say is asked for, and never shown as read.
it('checks in what no system knows, and shows it as a check-in with its reminder', async () => {
  await tidemark(
    'kr',
    'add',
    'aim.talks',
    '--objective',
    'aim',
    '--title',
    'Talks',
    '--goal',
    'accumulate',
    '--to',
    '10',
    '--unit',
    'count',
  );
  const before = await tidemark('status');
  expect(before).toMatch(/Talks .*Check-in/);
  expect(before).toContain('no check-in yet');
  expect(
    await tidemark(
      'checkin',
      'aim.talks',
      '--add',
      '2',
      '--day',
      day(-2),
      '--note',
      'two customers',
      '--confidence',
      '70%',
    ),
  ).toBe(`aim.talks on ${day(-2)}: 2; now 2, 20 % done.\n`);
  expect(await tidemark('checkin', 'aim.talks', '--total', '5')).toBe(
    `aim.talks on ${day(0)}: 3; now 5, 50 % done.\n`,
  );
  const list = await tidemark('checkin', 'aim.talks', '--list');
  expect(list).toMatch(new RegExp(`${day(-2)}\\s+2\\s+70 %\\s+two customers`));
  const status = await tidemark('status', '--verbose');
  expect(status).toMatch(/Talks .*Check-in/);
  expect(status).not.toContain('no check-in yet');
  expect(await tidemark('explain', 'aim.talks')).toContain('check_in');
  expect(await run(['checkin', 'aim.talks'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('says nothing'),
  });
  expect(await run(['checkin', 'aim.talks', '--confidence', '70'])).toMatchObject({ code: 2 });
  expect(await run(['checkin', 'aim.talks', '--add', '1', '--total', '2'])).toMatchObject({ code: 2 });
  expect(await run(['checkin', 'aim.talks', '--value', '1', '--day', day(-30)])).toMatchObject({ code: 2 });
});

it('ticks steps by name or number, and takes one back', async () => {
  await tidemark(
    'kr',
    'add',
    'aim.launch',
    '--objective',
    'aim',
    '--title',
    'Launch',
    '--goal',
    'milestone',
    '--steps',
    'Draft, Review=3',
    '--unit',
    'count',
  );
  expect(await tidemark('kr', 'step', 'aim.launch', 'draft')).toBe(
    'aim.launch: "draft" is done; 1/2 steps, 25 % done.\n',
  );
  expect(await tidemark('kr', 'step', 'aim.launch', '2', '--done', day(-1))).toContain(
    '2/2 steps, 100 % done',
  );
  expect(await tidemark('kr', 'step', 'aim.launch', 'Draft', '--undone')).toContain(
    'is not done; 1/2 steps, 75 % done',
  );
  expect(await run(['kr', 'step', 'aim.launch', 'Draft', '--done', day(1)])).toMatchObject({
    code: 2,
    err: expect.stringContaining('future'),
  });
});

it('turns uploaded answers into a score with its sample, and says when a goal is within noise', async () => {
  await tidemark('connection', 'add', 'records', '--key', 'surveys');
  await tidemark(
    'metric',
    'add',
    'nps',
    '--connection',
    'surveys',
    '--metric',
    'nps',
    '--param',
    'window=28d',
  );
  await tidemark(
    'kr',
    'add',
    'aim.nps',
    '--objective',
    'aim',
    '--title',
    'Loved',
    '--goal',
    'reach',
    '--from',
    '10',
    '--to',
    '40',
    '--metric',
    'nps',
  );
  const vectors = JSON.parse(
    readFileSync(new URL('../vectors/satisfaction.json', import.meta.url), 'utf8'),
  ) as {
    vectors: { input: { responses: { id: string; respondentId: string; score: number }[] } }[];
  };
  const rows = vectors.vectors[0]?.input.responses ?? []; // SAT-001: 5 of 10 promote, 3 detract
  const lines = rows.map(({ id, respondentId, score }) =>
    JSON.stringify({ id, respondentId, score, time: `${day(-2)}T10:00:00Z` }),
  );
  const path = file('answers.jsonl', lines.join('\n'));
  expect(await tidemark('records', 'push', 'surveys', 'responses', path)).toContain(
    'surveys responses: 10 rows taken, 10 new or changed',
  );
  expect(await tidemark('records', 'list', 'surveys')).toMatch(new RegExp(`responses\\s+10\\s+${day(-2)}`));
  const { database, deps, runs } = server.services;
  const queued = await database.pool.query<{ id: string }>(`SELECT id FROM sync_run WHERE status = 'queued'`);
  const log = { info() {}, warn() {}, error() {} };
  const jobDeps = { runs, sources: deps.connectors, owner: 'test' };
  await syncConnection.run({ v: 1, runId: queued.rows[0]?.id ?? '' }, jobDeps, {
    signal: new AbortController().signal,
    log,
  });
  for (const command of [
    ['kr', 'show', 'aim.nps'],
    ['explain', 'aim.nps'],
  ]) {
    const shown = await tidemark(...command);
    // 15.4 ± 45.7 points around the adjusted score: see the test of the records source.
    expect(shown).toContain('Sample: 10; with 95 % certainty the true value lies from -30.3 to 61.1.');
    expect(shown).toContain('The whole goal is within noise');
  }
  expect(await tidemark('status')).toContain('Your records');
  expect(await run(['records', 'push', 'surveys', 'answers', path])).toMatchObject({
    code: 2,
    err: expect.stringContaining('no kind of record "answers"'),
  });
  expect(await run(['records', 'push', 'surveys', 'responses', path, '--through', day(2)])).toMatchObject({
    code: 2,
  });
});

it('starts the help of every command with a line to paste', async () => {
  for (const command of [
    ['push'],
    ['upload'],
    ['checkin'],
    ['kr', 'step'],
    ['records', 'push'],
    ['records', 'list'],
  ]) {
    expect(await tidemark(...command, '--help')).toMatch(/^Example:\n {2}tidemark /);
  }
});
