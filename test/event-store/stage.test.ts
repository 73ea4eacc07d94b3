import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventFile } from '../../src/app/ports-events.ts';
import { CONNECTION, event, inTurn, never, openStore, query, rowsOf, type TestStore } from './support.ts';

let store: TestStore;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.close());

const columns: EventFile['columns'] = {
  userId: 'user',
  event: 'name',
  at: 'time',
  id: 'id',
  properties: null,
};
const staged = async (input: Parameters<TestStore['stage']>[0]) => {
  const { path } = await store.stage(input);
  return rowsOf([join(store.folder, path)]);
};
const left = () => readdir(join(store.folder, CONNECTION, 'staging')).catch(() => []);
const jsonl = async (lines: string[], change: Partial<EventFile['columns']> = {}): Promise<EventFile> => ({
  path: await store.file('told.jsonl', lines.join('\n')),
  format: 'jsonl',
  columns: { ...columns, ...change },
});
const csv = async (lines: string[], change: Partial<EventFile['columns']> = {}): Promise<EventFile> => ({
  path: await store.file('told.csv', lines.join('\n')),
  format: 'csv',
  columns: { ...columns, ...change },
});

const HOW = 'cannot be read: write it like 2026-10-05T08:00:00Z, or as seconds or milliseconds since 1970.';

it('takes events as they come, whatever characters they are made of', async () => {
  const odd = 'a "b" \\ud800 \n\u0000 é 😀 \u2028';
  const rows = await staged([
    event('1', '2026-03-01T10:00:00.123Z', { userId: odd, properties: { [odd]: [odd, null, 1.5, true] } }),
    event(null, '2026-03-01T09:00:00Z', { event: '*', properties: { half: '\ud800' } }),
  ]);
  expect(rows.map(({ at_ms, id, user_id }) => [at_ms, id, user_id])).toEqual([
    [Date.parse('2026-03-01T09:00:00Z'), null, 'ada'],
    [Date.parse('2026-03-01T10:00:00.123Z'), '1', odd],
  ]);
  expect(rows.map(({ properties }) => JSON.parse(properties))).toEqual([
    { half: '\ufffd' }, // half of a character is none
    { [odd]: [odd, null, 1.5, true] },
  ]);
});

it('says how much it holds, and from when to when', async () => {
  const events = [
    event('1', '2026-03-02T10:00:00Z'),
    event('2', '2026-03-01T10:00:00Z'),
    event(null, '2026-03-05T00:00:00Z'),
  ];
  const one = await store.stage(events);
  expect(one).toMatchObject({
    rows: 3,
    firstAt: new Date('2026-03-01T10:00:00Z'),
    lastAt: new Date('2026-03-05T00:00:00Z'),
  });
  expect(await store.stage([])).toMatchObject({ rows: 0, firstAt: null, lastAt: null });
});

it('keeps of several tellings of an id the one of the highest order, else the earliest', async () => {
  const rows = await staged([
    event('ordered', '2026-03-01T01:00:00Z', { order: 1 }),
    event('ordered', '2026-03-01T03:00:00Z', { order: 3 }),
    event('ordered', '2026-03-01T00:00:00Z'),
    event('ordered', '2026-03-01T02:00:00Z', { order: 2 }),
    event('plain', '2026-03-01T06:00:00Z'),
    event('plain', '2026-03-01T05:00:00Z'),
    event(null, '2026-03-01T09:00:00Z'),
    event(null, '2026-03-01T09:00:00Z'),
  ]);
  expect(rows.map(({ at_ms, id }) => [new Date(at_ms).getUTCHours(), id])).toEqual([
    [3, 'ordered'],
    [5, 'plain'],
    [9, null],
    [9, null], // without an id nothing can be told apart
  ]);
});

it('refuses all of a delivery when one event is none, and leaves nothing behind', async () => {
  const good = event('1', '2026-03-01T10:00:00Z');
  const refused = await store.refused([
    good,
    { ...good, userId: '' },
    { ...good, event: '' },
    { ...good, at: new Date(Number.NaN) },
    good,
  ]);
  expect(refused).toEqual({
    count: 3,
    problems: [
      { row: 2, problem: 'The user is missing.' },
      { row: 3, problem: 'The name of the event is missing.' },
      { row: 4, problem: 'The time is missing.' },
    ],
  });
  expect(await left()).toEqual([]);
});

it('leaves nothing behind when whoever tells the events fails, or is stopped', async () => {
  async function* failing() {
    yield event('1', '2026-03-01T10:00:00Z');
    throw new Error('the export broke off');
  }
  await expect(store.files.stage(CONNECTION, failing(), never)).rejects.toThrow('the export broke off');
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(
    store.files.stage(CONNECTION, inTurn([event('1', '2026-03-01T10:00:00Z')]), stopped),
  ).rejects.toThrow('stopped');
  expect(await left()).toEqual([]);
});

it('reads lines of JSON; members that have no place of their own are properties', async () => {
  const rows = await staged(
    await jsonl([
      '{"user":"ada","name":"open","time":"2026-03-01T10:00:00Z","id":"1","plan":"pro","deep":{"id":null}}',
      '',
      '{"id": 2, "time": 1772359200, "name": "open", "user": 7}',
      '{"id":null,"time":1772362800123,"name":"open","user":"ada","none":null}\r',
    ]),
  );
  // 1772359200 s are 2026-03-01T10:00:00Z, as `date -u -d @1772359200` says.
  expect(rows).toEqual([
    { user_id: '7', event: 'open', at_ms: 1772359200000, id: '2', properties: '{}' },
    {
      user_id: 'ada',
      event: 'open',
      at_ms: 1772359200000,
      id: '1',
      properties: '{"plan":"pro","deep":{"id":null}}',
    },
    { user_id: 'ada', event: 'open', at_ms: 1772362800123, id: null, properties: '{"none":null}' },
  ]);
});

it('reads properties from the member that is named, however it is named', async () => {
  const rows = await staged(
    await jsonl(
      [
        '{"user":"ada","name":"open","a/b~c":"2026-03-01T10:00:00+02:00","id":"1","more":{"x":[1]},"ignored":1}',
        '{"user":"ada","name":"open","a/b~c":"2026-03-01 08:00:01.5 Z","id":"2"}',
      ],
      { at: 'a/b~c', properties: 'more' },
    ),
  );
  expect(rows.map(({ at_ms, properties }) => [new Date(at_ms).toISOString(), properties])).toEqual([
    ['2026-03-01T08:00:00.000Z', '{"x":[1]}'],
    ['2026-03-01T08:00:01.500Z', '{}'],
  ]);
});

it('names each line of JSON that is no event, by its number in the file', async () => {
  const refused = await store.refused(
    await jsonl(
      [
        '{"user":"ada","name":"open","time":"2026-03-01T10:00:00Z"}',
        '{"name":"open","time":"2026-03-01T10:00:00Z"}',
        '{"user":"ada","time":"2026-03-01T10:00:00Z"}',
        '{"user":"ada","name":"open","time":"2026-03-01T10:00:00"}',
        '{"user":"ada","name":"open","time":"2026-03-01"}',
        '{"user":"ada","name":"open","time":"2026-02-30T10:00:00Z"}',
        '',
        '{"user":"ada","name":"open","time":"2026-03-01T10:00:00Z","more":[1]}',
        '{"user":"ada","name":"open",',
        '["ada","open"]',
        '{"user":{},"name":"open","time":-5}',
      ],
      { id: null, properties: 'more' },
    ),
  );
  expect(refused).toEqual({
    count: 9,
    problems: [
      { row: 2, problem: 'The user is missing.' },
      { row: 3, problem: 'The name of the event is missing.' },
      { row: 4, problem: 'The time has no zone: end it with Z or an offset, such as +02:00.' },
      { row: 5, problem: 'The time has no zone: end it with Z or an offset, such as +02:00.' },
      { row: 6, problem: `The time "2026-02-30T10:00:00Z" ${HOW}` },
      { row: 8, problem: 'The properties are no JSON object.' },
      { row: 9, problem: 'The line is no JSON object.' },
      { row: 10, problem: 'The line is no JSON object.' },
      { row: 11, problem: 'The user is missing.' },
    ],
  });
});

it('counts every refused row, and names the first twenty', async () => {
  const lines = Array.from({ length: 1000 }, (_, index) =>
    index % 10 === 9 ? '{}' : `{"user":"a","name":"b","time":${index}}`,
  );
  const refused = await store.refused(await jsonl(lines, { id: null }));
  expect(refused.count).toBe(100);
  expect(refused.problems.map(({ row }) => row)).toEqual(
    Array.from({ length: 20 }, (_, index) => index * 10 + 10),
  );
});

it.each([',', ';', '\t'])(
  'reads a CSV file that is divided by "%s"; other columns are properties',
  async (divider) => {
    const rows = await staged(
      await csv([
        ['\ufefftime', 'user', 'name', 'id', 'the "plan"', 'note']
          .map((name) => (name.includes('"') ? '"the ""plan"""' : name))
          .join(divider),
        ['2026-03-01T10:00:00Z', 'ada', 'open', '1', '"pro"', `"a${divider} ""b""\nc"`].join(divider),
        ['1772359201', ' bob ', 'open', '', '', ''].join(divider),
      ]),
    );
    expect(rows).toEqual([
      {
        user_id: 'ada',
        event: 'open',
        at_ms: 1772359200000,
        id: '1',
        properties: JSON.stringify({ 'the "plan"': 'pro', note: `a${divider} "b"\nc` }),
      },
      { user_id: 'bob', event: 'open', at_ms: 1772359201000, id: null, properties: '{}' }, // an empty cell says nothing
    ]);
  },
);

it('reads JSON properties from a CSV column, and names rows that are no events', async () => {
  const change = { id: null, properties: 'props' };
  const rows = await staged(
    await csv(['user,name,time,props', 'ada,open,1772359200,"{""a"": 1}"', 'ada,open,1772359201,'], change),
  );
  expect(rows.map(({ properties }) => properties)).toEqual(['{"a":1}', '{}']);
  const refused = await store.refused(
    await csv(
      [
        'user,name,time,props',
        'ada,open,1772359200,{}',
        ',open,1772359201,{}',
        'ada,open,soon,{}',
        'ada,open,1,[1]',
      ],
      change,
    ),
  );
  expect(refused).toEqual({
    count: 3,
    problems: [
      { row: 3, problem: 'The user is missing.' },
      { row: 4, problem: `The time "soon" ${HOW}` },
      { row: 5, problem: 'The properties are no JSON object.' },
    ],
  });
});

it('refuses a CSV file with rows of another length, by their lines', async () => {
  const refused = await store.refused(
    await csv([
      'user,name,time,id',
      'ada,open,1772359200,1',
      'ada,open',
      'ada,open,1,2,3',
      'ada,open,1772359200,2',
    ]),
  );
  expect(refused.count).toBe(2);
  expect(refused.problems.map(({ row }) => row)).toEqual([3, 4]);
  expect(refused.problems[1]?.problem).toContain('Expected Number of Columns: 4 Found: 5');
});

it('says which column a file lacks', async () => {
  expect(await store.refused(await csv(['user,time', 'ada,1']))).toEqual({
    count: 1,
    problems: [{ row: 1, problem: 'The header has no column "name", "id".' }],
  });
  expect(await store.refused(await csv(['user,name,time,id,id', 'a,b,1,2,3']))).toMatchObject({
    problems: [{ row: 1, problem: 'The header has two columns "id".' }],
  });
  const path = await store.file('no.parquet', 'PAR1 is not enough');
  const refused = await store.refused({ path, format: 'parquet', columns });
  expect(refused.problems[0]?.problem).toMatch(/^The file cannot be read: /);
  expect(refused.problems[0]?.problem).not.toContain(store.folder);
});

it('reads Parquet columns of any type', async () => {
  const path = await store.file('told.parquet', '');
  await query(`COPY (SELECT 7::BIGINT AS "user", 'open' AS name, TIMESTAMPTZ '2026-03-01 10:00:00.123Z' AS "time",
    1 AS id, 'pro' AS plan, NULL::INTEGER AS none, 1.5 AS amount) TO '${path}' (FORMAT parquet)`);
  expect(await staged({ path, format: 'parquet', columns })).toEqual([
    { user_id: '7', event: 'open', at_ms: 1772359200123, id: '1', properties: '{"plan":"pro","amount":1.5}' },
  ]);
  await query(`COPY (SELECT 'ada' AS "user", 'open' AS name, 1772359200 AS "time", NULL::VARCHAR AS id,
    {'a': [1, 2]} AS props) TO '${path}' (FORMAT parquet)`);
  const named = { ...columns, properties: 'props' };
  expect(await staged({ path, format: 'parquet', columns: named })).toMatchObject([
    { id: null, at_ms: 1772359200000, properties: '{"a":[1,2]}' },
  ]);
});

it('refuses Parquet timestamps that could be of any zone', async () => {
  const path = await store.file('told.parquet', '');
  await query(`COPY (SELECT 'ada' AS "user", 'open' AS name, TIMESTAMP '2026-03-01 10:00:00.5' AS "time", 'x' AS id)
    TO '${path}' (FORMAT parquet)`);
  expect(await store.refused({ path, format: 'parquet', columns })).toEqual({
    count: 1,
    problems: [{ row: 1, problem: 'The time has no zone: end it with Z or an offset, such as +02:00.' }],
  });
});
