import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { syncConnection } from '../../jobs/sync-connection.ts';
import { withRecords } from '../../src/wiring/records-source.ts';
import { type Answer, startTestServer, type TestServer } from '../api/support/server.ts';
import { moveClock } from '../support/database.ts';

let server: TestServer;
const dayMs = 86_400_000;
/** A day of the server's calendar, counted from today. */
const day = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const log = { info() {}, warn() {}, error() {} };

beforeEach(async () => {
  server = await startTestServer();
  await made('/api/v1/connections', { key: 'surveys', connectorId: 'records', config: {} });
});
afterEach(() => server.close());

const send = (path: string, body: unknown, key?: string): Promise<Answer> =>
  server.ask(
    'POST',
    path,
    body,
    key === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': key },
  );
async function made(path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await send(path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
}
const metric = (key: string, params: Record<string, unknown> = {}, name = key) =>
  made('/api/v1/metrics', { key: name, connection: 'surveys', metric: key, params });
const push = (kind: string, records: unknown[], rest: Record<string, unknown> = {}) =>
  made('/api/v1/connections/surveys/records', { kind, records, ...rest });

/** Works off the run that the delivery has asked for, as a worker does. */
async function sync(): Promise<void> {
  const { database, deps, runs } = server.services;
  const queued = await database.pool.query<{ id: string }>(`SELECT id FROM sync_run WHERE status = 'queued'`);
  expect(queued.rows).toHaveLength(1);
  const id = queued.rows[0]?.id ?? '';
  const jobDeps = { runs, sources: deps.connectors, owner: 'test' };
  await syncConnection.run({ v: 1, runId: id }, jobDeps, { signal: new AbortController().signal, log });
  const run = (await server.ask('GET', `/api/v1/runs/${id}`)).json;
  expect(run, JSON.stringify(run)).toMatchObject({ status: 'succeeded' });
}
async function points(key: string): Promise<Record<string, string | null>> {
  const data = await server.all(`/api/v1/metrics/${key}/points`);
  return Object.fromEntries(
    (data as { day: string; value: string | null }[]).map((each) => [each.day, each.value]),
  );
}
async function flagsOf(key: string, of: string): Promise<{ sample: Record<string, number | null> }> {
  const rows = await server.services.database.pool.query<{
    flags: { sample: Record<string, number | null> };
  }>(
    `SELECT flags FROM metric_point p JOIN metric_version v ON v.id = p.metric_version_id JOIN metric m ON m.id = v.metric_id
     WHERE m.key = $1 AND p.day = $2`,
    [key, of],
  );
  return rows.rows[0]?.flags ?? { sample: {} };
}

type Vector = {
  id: string;
  input: { responses: { id: string; respondentId: string; score: number }[] };
  expected: { value: number };
};
const vectors = (
  JSON.parse(readFileSync(new URL('../vectors/satisfaction.json', import.meta.url), 'utf8')) as {
    vectors: Vector[];
  }
).vectors;
const vector = (id: string): Vector => vectors.find((each) => each.id === id) as Vector;
/** The answers of the vectors, given two days ago. */
const answers = (id: string) =>
  vector(id).input.responses.map((each) => ({ ...each, time: `${day(-2)}T10:00:00Z` }));
const csvOf = (rows: ReturnType<typeof answers>): string =>
  [
    'id,respondent_id,score,time',
    ...rows.map((row) => [row.id, row.respondentId, row.score, row.time].join(',')),
  ].join('\n');

it('gives NPS on both scales from uploaded answers, with how many they were and where the true value lies', async () => {
  await metric('nps', { window: 'day' });
  await metric('nps_average', { window: 'day' });
  const told = await made('/api/v1/connections/surveys/records/uploads', {
    kind: 'responses',
    format: 'csv',
    text: csvOf(answers('SAT-001')),
  });
  expect(told).toMatchObject({ via: 'upload', rows: 10, changed: 10, firstDay: day(-2), lastDay: day(-2) });
  await sync();
  expect((await points('nps'))[day(-2)]).toBe(String(vector('SAT-001').expected.value)); // 20
  expect(Number((await points('nps_average'))[day(-2)])).toBeCloseTo(vector('SAT-002').expected.value, 9); // 7.6
  // 5 of 10 promote and 3 detract; with three more answers, 3/4 of them promoters and 3/4 detractors:
  // p = 5.75/13 and d = 3.75/13, so (p - d) = 2/13 and the variance is (9.5/13 - (2/13)²)/13 = 0.0543924.
  // 100 x (2/13 ± 1.959964 x 0.2332217) = 15.384615 ± 45.710613.
  const net = (await flagsOf('nps', day(-2))).sample;
  expect(net).toMatchObject({ size: 10, level: 0.95 });
  expect(net['lower']).toBeCloseTo(-30.326, 2);
  expect(net['upper']).toBeCloseTo(61.0952, 2);
  // Squares around 7.6 add up to 48.4; 48.4/9/10 = 0.537778 has the root 0.733333; t(9) = 2.262157.
  const mean = (await flagsOf('nps_average', day(-2))).sample;
  expect(mean).toMatchObject({ size: 10 });
  expect(mean['lower']).toBeCloseTo(7.6 - 2.262157 * 0.733333, 3);
  expect(mean['upper']).toBeCloseTo(7.6 + 2.262157 * 0.733333, 3);
});

// C19 and G7: with 10 answers a way of 30 points lies within ± 45.7.
it('says beside a Key Result how many answered, and that the whole goal is within noise', async () => {
  await metric('nps', { window: '28d' });
  await made('/api/v1/cycles', { key: 'now', startDay: day(-20), endDay: day(20) });
  await made('/api/v1/objectives', { key: 'aim', title: 'Aim', cycle: 'now' });
  const goal = { kind: 'reach', startValue: 10, targetValue: 40 };
  await made('/api/v1/key-results', { key: 'loved', title: 'Loved', objective: 'aim', metric: 'nps', goal });
  await push('responses', answers('SAT-001'));
  await sync();
  const row = (await server.ask('GET', '/api/v1/key-results/loved')).json;
  expect(row).toMatchObject({
    currentValue: 20,
    tracking: 'automatic',
    sample: { size: 10, level: 0.95, goalWithinNoise: true, changeWithinNoise: true },
  });
  // Nobody has told of yesterday and today: there is no point, and so no zero.
  expect((await points('nps'))[day(-2)]).toBe('20');
  expect(
    Object.keys(await points('nps'))
      .toSorted()
      .at(-1),
  ).toBe(day(-2));
  await moveClock(server.services.database.pool, 40 * dayMs);
  await server.services.evaluator.evaluate(await server.services.evaluator.due(0, 100));
  const later = (await server.ask('GET', '/api/v1/key-results/loved')).json;
  // A survey is asked in waves: only after 35 days its answers are too old to judge by.
  expect(later).toMatchObject({
    currentValue: 20,
    data: { state: 'stale', reason: { values: { staleAfterDays: 35 } } },
  });
});

it('computes the days anew that one corrected answer touches, however long ago they are', async () => {
  await metric('nps', { window: 'day' });
  const old = answers('SAT-001').map((answer) => ({ ...answer, time: `${day(-100)}T10:00:00Z` }));
  await push('responses', [
    ...old,
    { id: 'new', respondentId: 'p99', score: 9, time: `${day(-1)}T10:00:00Z` },
  ]);
  await sync();
  expect(await points('nps')).toMatchObject({ [day(-100)]: '20', [day(-1)]: '100' });
  // The fifth answer was a 7 and becomes a 9: six promoters and three detractors are 30.
  const fifth = { ...old[4], score: 9 };
  expect(await push('responses', [fifth])).toMatchObject({ rows: 1, changed: 1 });
  await sync();
  expect(await points('nps')).toMatchObject({ [day(-100)]: '30', [day(-1)]: '100' });
  const { sources } = server.services.deps;
  const { versionId } = (await sources.findMetric(server.services.workspace.id, 'nps')) as {
    versionId: string;
  };
  expect(await sources.revisions(versionId, day(-101), day(0))).toMatchObject([
    { day: day(-100), value: '20', revision: 1 },
  ]);
  // The same file again is the same answers: nothing is new.
  expect(await push('responses', [fifth])).toMatchObject({ changed: 0 });
});

it('knows no day after the last one that was told, and takes silence for nothing only where it was told', async () => {
  await metric('activity_count', { window: 'day' });
  const entry = { id: 'e1', time: `${day(-5)}T10:00:00Z` };
  await push('entries', [entry]);
  await sync();
  expect(await points('activity_count')).toMatchObject({ [day(-6)]: '0', [day(-5)]: '1' });
  expect((await points('activity_count'))[day(-4)]).toBeUndefined();
  // Up to the day before yesterday nothing else happened: that is told, so these days are zeros.
  await push('entries', [entry], { through: day(-2) });
  await sync();
  expect(await points('activity_count')).toMatchObject({ [day(-4)]: '0', [day(-3)]: '0', [day(-2)]: '0' });
  expect((await points('activity_count'))[day(-1)]).toBeUndefined();
  const { data } = (await server.ask('GET', '/api/v1/connections/surveys/records')).json;
  expect(data).toMatchObject([{ kind: 'entries', records: 1, throughDay: day(-2) }]);
  const explained = await server.services.database.pool.query<{
    completeness: { items: number; notes: string[] };
  }>('SELECT completeness FROM sync_evidence ORDER BY recorded_at DESC LIMIT 1');
  expect(explained.rows[0]?.completeness).toMatchObject({ items: 1 });
  expect(explained.rows[0]?.completeness.notes[0]).toBe(`entries: 1 records, told through ${day(-2)}`);
  expect(explained.rows[0]?.completeness.notes[1]).toMatch(/^ing_\w+: push by .*, 1 records of /);
});

it('gives a cohort only once everybody of it is decided, at its last day of entries', async () => {
  await metric(
    'activation_rate',
    { signupEvent: 'sign_up', event: 'create', minCount: 1, withinDays: 7, window: 'day' },
    'activated',
  );
  const event = (user: string, name: string, at: number) => ({
    id: `${user}-${name}`,
    userId: user,
    event: name,
    time: `${day(at)}T10:00:00Z`,
  });
  await push(
    'events',
    [
      event('a', 'sign_up', -20),
      event('a', 'create', -19),
      event('b', 'sign_up', -20),
      event('c', 'sign_up', -3),
      event('c', 'create', -2),
    ],
    { through: day(-1) },
  );
  await sync();
  const found = await points('activated');
  expect(found[day(-20)]).toBe('0.5'); // of a and b, a did
  // Of those of three days ago nobody knows yet, also of the one who has done it already.
  expect(found[day(-3)]).toBeUndefined();
  // Eight days ago, seven days plus the day itself: decided by the end of yesterday, and nobody came.
  expect(Object.keys(found).toSorted().at(-1)).toBe(day(-8));
  const listed = (await server.ask('GET', '/api/v1/metrics')).json['data'] as Record<string, unknown>[];
  expect(listed.find(({ key }) => key === 'activated')).toMatchObject({
    settlesAfterHours: 7 * 24,
    kind: 'ratio',
  });
});

it('stores what a metric means, and overlapping windows as levels', async () => {
  const trailing = await metric('nps_average', {});
  expect(trailing).toMatchObject({
    kind: 'stock',
    params: { window: '90d', dedupe: 'latest_per_respondent' },
  });
  expect(await metric('nps_average', { window: 'day' }, 'daily')).toMatchObject({ kind: 'ratio' });
  const monthly = await metric('nps', { window: 'month' }, 'monthly');
  expect(monthly).toMatchObject({ kind: 'distribution' });
  const { sources } = server.services.deps;
  const stored = await sources.findMetric(server.services.workspace.id, 'monthly');
  expect(stored).toMatchObject({
    cadence: 'month',
    staleAfterDays: 35,
    definition: {
      kind: 'catalog',
      metric: 'nps',
      definitionVersion: 1,
      window: { kind: 'month' },
      timeZone: 'UTC',
    },
  });
  const refused = await send('/api/v1/metrics', {
    key: 'x',
    connection: 'surveys',
    metric: 'nps',
    params: { window: '28', dedup: 'all' },
  });
  expect(refused.json['detail']).toMatch(
    /"dedup" is not a parameter of nps.*"window" is "28"; write day, month/,
  );
  const preview = await send('/api/v1/bindings/previews', {
    connection: 'surveys',
    metric: 'nps',
    params: { window: 'day' },
    days: 10,
  });
  expect(preview.json).toMatchObject({ coverage: { daysWithValue: 0 }, points: [] });
});

it('refuses records line by line, and keeps nothing of them', async () => {
  const upload = async (text: string, kind = 'responses') => {
    const answer = await send('/api/v1/connections/surveys/records/uploads', { kind, format: 'csv', text });
    expect(answer.status, answer.text).toBe(422);
    return answer.json['detail'] as string;
  };
  const header = 'id,respondent_id,score,time';
  expect(await upload(`${header}\nr1,p1,9,2026-03-10T10:00:00Z\nr1,p2,9,2026-03-10T10:00:00Z`)).toMatch(
    /^Line 3, column "id"/,
  );
  expect(await upload(`${header}\nr1,p1,,2026-03-10T10:00:00Z`)).toMatch(/^Line 2, column "score"/);
  expect(await upload(`${header}\nr1,p1,9,yesterday`)).toMatch(/^Line 2, column "time"/);
  expect(await upload(`${header}\nr1,p1,9,${day(3)}T10:00:00Z`)).toMatch(
    /^Record 1, id "r1": .* lies in the future/,
  );
  expect(await upload(header, 'answers')).toMatch(/There is no kind of record "answers"/);
  const ahead = await send('/api/v1/connections/surveys/records', {
    kind: 'responses',
    records: answers('SAT-001'),
    through: day(1),
  });
  expect(ahead.json['detail']).toMatch(/lies in the future/);
  expect((await server.ask('GET', '/api/v1/connections/surveys/records')).json['data']).toEqual([]);
});

it('takes a delivery once under one key', async () => {
  const body = { kind: 'responses', records: answers('SAT-001') };
  const first = await send('/api/v1/connections/surveys/records', body, 'wave-1');
  const again = await send('/api/v1/connections/surveys/records', body, 'wave-1');
  expect(again.json).toEqual({ ...first.json, replayed: true });
  const other = await send('/api/v1/connections/surveys/records', { ...body, through: day(-1) }, 'wave-1');
  expect(other.json).toMatchObject({ status: 422, code: 'idempotency_conflict' });
});

it('needs no secret, tells what it has when it is checked, and refuses records where a provider is read', async () => {
  expect((await send('/api/v1/connections/surveys/test-runs', {})).json).toMatchObject({
    account: 'no records',
    requests: [],
  });
  await push('responses', answers('SAT-001'));
  expect((await send('/api/v1/connections/surveys/test-runs', {})).json).toMatchObject({
    account: `10 responses through ${day(-2)}`,
  });
  const wrong = await send('/api/v1/connections', {
    key: 'other',
    connectorId: 'records',
    config: { apiKey: 'x' },
  });
  expect(wrong.json).toMatchObject({ status: 422 });
  await made('/api/v1/connections', {
    key: 'shop',
    connectorId: 'stripe',
    config: { apiKey: 'rk_test_1234567890' },
  });
  expect(
    (await send('/api/v1/connections/shop/records', { kind: 'responses', records: answers('SAT-001') })).json,
  ).toMatchObject({
    status: 409,
    code: 'not_a_records_connection',
  });
});

it('counts no more records than it can hold, and says what to do instead', async () => {
  await push('responses', answers('SAT-001'));
  const { deps, workspace } = server.services;
  const few = withRecords(
    deps.connectors,
    deps.records,
    { files: deps.eventFiles, listings: deps.eventListings },
    9,
  );
  const connection = await deps.sources.findConnection(workspace.id, 'surveys');
  if (connection === null) throw new Error('the connection is gone');
  const request = {
    metric: 'nps',
    params: { window: 'day' },
    startDay: day(-3),
    endDay: day(0),
    timeZone: 'UTC',
  };
  const [outcome] = await few.read(connection, [request], new Date(), new AbortController().signal);
  expect(outcome).toMatchObject({
    ok: false,
    failure: {
      errorClass: 'too_large',
      message: 'There are 10 responses, and at most 9 of a kind are counted.',
    },
  });
});

it('gives a month of entries a point on its last day once the whole month is decided, and no point before', async () => {
  // The first of four months ago, and of the month after it.
  const now = new Date();
  const first = (back: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
  const text = (at: Date, days: number) => new Date(at.getTime() + days * dayMs).toISOString().slice(0, 10);
  const event = (user: string, name: string, on: string) => ({
    id: `${user}-${name}`,
    userId: user,
    event: name,
    time: `${on}T10:00:00Z`,
  });
  await metric('retention', { startEvent: 'sign_up', criterion: 'bracket', bracketDays: [30, 59] });
  await push(
    'events',
    [
      event('a', 'sign_up', text(first(4), 2)),
      event('a', 'visit', text(first(4), 2 + 40)), // on day 40, inside of the bracket
      event('b', 'sign_up', text(first(4), 3)),
      event('c', 'sign_up', text(first(1), 1)), // has not had 60 days yet
    ],
    { through: day(-1) },
  );
  await sync();
  const found = await points('retention');
  expect(found[text(first(3), -1)]).toBe('0.5'); // a of a and b
  const undecided = Object.keys(found).filter((on) => on >= text(first(1), 0));
  expect(undecided).toEqual([]);
});

it('takes a state that has no moment for the day that it was told, and for no day before', async () => {
  await metric('store_rating');
  await push('countries', [
    { country: 'DE', average: 4, count: 100 },
    { country: 'US', average: 4.5, count: 300 },
  ]);
  await sync();
  // (4 x 100 + 4.5 x 300) / 400
  expect(await points('store_rating')).toEqual({ [day(0)]: '4.375' });
});

it('counts sessions from events where no sessions were told', async () => {
  await metric('session_count', { window: 'day' });
  const event = (id: string, minute: string) => ({
    id,
    userId: 'a',
    event: 'visit',
    time: `${day(-2)}T10:${minute}:00Z`,
  });
  // Half an hour of silence begins a new session: 10:00 and 10:10 are one, 10:45 is another.
  await push('events', [event('1', '00'), event('2', '10'), event('3', '45')]);
  await sync();
  expect((await points('session_count'))[day(-2)]).toBe('2');
});
