import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveClock } from '../support/database.ts';
import { type Answer, startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const dayMs = 86_400_000;
/** A day of the server's calendar, counted from today. */
const day = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
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

let metrics = 0;
/** A metric of its own for each test. */
async function newMetric(change: Record<string, unknown> = {}): Promise<string> {
  metrics += 1;
  const key = `own-${metrics}`;
  await made('/api/v1/metrics/values', { key, kind: 'flow', unit: 'count', ...change });
  return key;
}

async function pointsOf(metric: string): Promise<unknown[]> {
  const data = await server.all(`/api/v1/metrics/${metric}/points`);
  const points = data as { day: string; value: string | null; revision: number; origin: string }[];
  return points.map((point) => [point.day, point.value, point.revision, point.origin]);
}

function problems(answer: Answer): string[] {
  expect(answer.status, answer.text).toBe(422);
  return (answer.json['errors'] as { detail: string }[]).map(({ detail }) => detail);
}

const ingests = async (): Promise<number> => {
  const rows = await server.services.database.pool.query<{ count: string }>('SELECT count(*) FROM ingest');
  return Number(rows.rows[0]?.count);
};

describe('a pushed value', () => {
  it('is the value of its day, and a zero is a value', async () => {
    const metric = await newMetric();
    const answer = await send(`/api/v1/metrics/${metric}/values`, {
      values: [
        { day: day(-2), value: 12.5 },
        { day: day(-1), value: 0 },
      ],
    });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.json).toMatchObject({
      via: 'push',
      rows: 2,
      changed: 2,
      firstDay: day(-2),
      lastDay: day(-1),
      replayed: false,
    });
    expect(await pointsOf(metric)).toEqual([
      [day(-2), '12.5', 1, 'push'],
      [day(-1), '0', 1, 'push'],
    ]);
  });

  it('replaces what its day was, which is kept as a revision; the same value again changes nothing', async () => {
    const metric = await newMetric();
    const path = `/api/v1/metrics/${metric}/values`;
    await made(path, { values: [{ day: day(-1), value: 7 }] });
    expect(await made(path, { values: [{ day: day(-1), value: 9 }] })).toMatchObject({ changed: 1 });
    expect(await made(path, { values: [{ day: day(-1), value: '9' }] })).toMatchObject({ changed: 0 });
    expect(await pointsOf(metric)).toEqual([[day(-1), '9', 2, 'push']]);
    const { sources } = server.services.deps;
    const { versionId } = (await sources.findMetric(server.services.workspace.id, metric)) as {
      versionId: string;
    };
    const [old, ...others] = await sources.revisions(versionId, day(-1), day(0));
    expect(old).toMatchObject({ day: day(-1), value: '7', revision: 1 });
    expect(others).toEqual([]);
  });

  it('keeps every digit of a text, and the parts of a ratio', async () => {
    const exact = await newMetric();
    await made(`/api/v1/metrics/${exact}/values`, { values: [{ day: day(-1), value: '900719925474099.3' }] });
    expect(await pointsOf(exact)).toEqual([[day(-1), '900719925474099.3', 1, 'push']]);
    const rate = await newMetric({ kind: 'ratio', unit: 'ratio' });
    await made(`/api/v1/metrics/${rate}/values`, {
      values: [{ day: day(-1), numerator: 3, denominator: 12 }],
    });
    expect(await pointsOf(rate)).toEqual([[day(-1), '0.25', 1, 'push']]); // 3 / 12
  });

  it('of nobody is no value, and no value never takes one back', async () => {
    const rate = await newMetric({ kind: 'ratio', unit: 'ratio' });
    const path = `/api/v1/metrics/${rate}/values`;
    await made(path, { values: [{ day: day(-1), numerator: 0, denominator: 0 }] });
    expect(await pointsOf(rate)).toEqual([[day(-1), null, 1, 'push']]);
    await made(path, { values: [{ day: day(-1), value: 0.5 }] });
    const answer = await send(path, { values: [{ day: day(-1), numerator: 0, denominator: 0 }] });
    expect(problems(answer)[0]).toMatch(/^Line 1, column "denominator": .* holds 0\.5 already/);
    expect(await pointsOf(rate)).toEqual([[day(-1), '0.5', 2, 'push']]);
  });
});

describe('an idempotency key', () => {
  it('gives the same answer to the same delivery, and writes nothing again', async () => {
    const metric = await newMetric();
    const path = `/api/v1/metrics/${metric}/values`;
    const first = await send(path, { values: [{ day: day(-1), value: 7 }] }, 'order-1');
    const again = await send(path, { values: [{ day: day(-1), value: 7 }] }, 'order-1');
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.json).toEqual({ ...first.json, replayed: true });
    // What came in between is not undone by the repetition of what came before.
    await made(path, { values: [{ day: day(-1), value: 8 }] });
    await send(path, { values: [{ day: day(-1), value: 7 }] }, 'order-1');
    expect(await pointsOf(metric)).toEqual([[day(-1), '8', 2, 'push']]);
  });

  it('refuses another delivery under the same name', async () => {
    const metric = await newMetric();
    const path = `/api/v1/metrics/${metric}/values`;
    await send(path, { values: [{ day: day(-1), value: 7 }] }, 'order-2');
    const other = await send(path, { values: [{ day: day(-1), value: 8 }] }, 'order-2');
    expect(other.status).toBe(422);
    expect(other.json).toMatchObject({
      code: 'idempotency_conflict',
      detail: expect.stringContaining('"order-2"'),
    });
    expect(await pointsOf(metric)).toEqual([[day(-1), '7', 1, 'push']]);
  });

  it('lets one of eight that come at once win, and answers the others with it', async () => {
    const metric = await newMetric();
    const before = await ingests();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        send(`/api/v1/metrics/${metric}/values`, { values: [{ day: day(-1), value: 7 }] }, 'order-3'),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(answers.filter(({ json }) => json['replayed'] === false)).toHaveLength(1);
    expect(new Set(answers.map(({ json }) => json['id'])).size).toBe(1);
    expect(await ingests()).toBe(before + 1);
    expect(await pointsOf(metric)).toEqual([[day(-1), '7', 1, 'push']]);
  });

  it('is refused when it cannot be printed or is too long', async () => {
    const metric = await newMetric();
    for (const key of ['x'.repeat(201), 'a\tb']) {
      const answer = await send(`/api/v1/metrics/${metric}/values`, { values: [] }, key);
      expect(answer.json, key).toMatchObject({ status: 422, code: 'idempotency_key_invalid' });
    }
  });
});

describe('what cannot be is refused with its line, and nothing of the delivery is stored', () => {
  const old = `${Number(day(0).slice(0, 4)) - 11}-01-01`;
  it.each([
    {
      what: 'a day that the calendar does not have',
      row: { day: '2026-02-30', value: 1 },
      says: /^Line 2, column "day": "2026-02-30" is not a day/,
    },
    {
      what: 'a day that has not come',
      row: { day: day(2), value: 1 },
      says: /^Line 2, column "day": .* lies in the future, and today is /,
    },
    {
      what: 'a day of long ago',
      row: { day: old, value: 1 },
      says: /^Line 2, column "day": .* is too long ago/,
    },
    {
      what: 'a day before 1970',
      row: { day: '1969-12-31', value: 1 },
      says: /^Line 2, column "day": 1969-12-31 is too long ago/,
    },
    {
      what: 'a second value for a day',
      row: { day: day(-5), value: 1 },
      says: /^Line 2, column "day": .* is on line 1 already/,
    },
    {
      what: 'no value',
      row: { day: day(-1), value: null },
      says: /^Line 2, column "value": there is no value; write 0 if 0 was measured/,
    },
    {
      what: 'a text',
      row: { day: day(-1), value: 'many' },
      says: /^Line 2, column "value": "many" is no number/,
    },
    {
      what: 'a decimal comma',
      row: { day: day(-1), value: '1,5' },
      says: /^Line 2, column "value": "1,5" is no number/,
    },
    {
      what: 'a value beyond a quadrillion',
      row: { day: day(-1), value: 1e15 + 2 },
      says: /^Line 2, column "value": .* is too large/,
    },
    {
      what: 'another unit',
      row: { day: day(-1), value: 1, unit: 'ratio' },
      says: /^Line 2, column "unit": the unit is "ratio", and "own-\d+" counts in count/,
    },
    {
      what: 'a currency of what is no money',
      row: { day: day(-1), value: 1, currency: 'EUR' },
      says: /^Line 2, column "currency": the currency is "EUR"/,
    },
    {
      what: 'parts of what is no quotient',
      row: { day: day(-1), numerator: 1, denominator: 2 },
      says: /^Line 2, column "numerator": .* is a flow and no quotient/,
    },
    {
      what: 'an unknown field',
      row: { day: day(-1), valeu: 1 },
      says: /^Line 2, column "valeu": is not known/,
    },
  ])('$what', async ({ row, says }) => {
    const metric = await newMetric();
    const before = await ingests();
    const answer = await send(`/api/v1/metrics/${metric}/values`, {
      values: [{ day: day(-5), value: 3 }, row],
    });
    expect(problems(answer)[0]).toMatch(says);
    expect(await pointsOf(metric)).toEqual([]);
    expect(await ingests()).toBe(before);
  });

  it.each([
    {
      what: 'a numerator alone',
      row: { numerator: 1 },
      says: /"denominator": a numerator and a denominator belong together/,
    },
    {
      what: 'something over nothing',
      row: { numerator: 1, denominator: 0 },
      says: /"denominator": nothing can be divided by zero/,
    },
    {
      what: 'a value that its parts do not give',
      row: { value: 0.9, numerator: 1, denominator: 2 },
      says: /"value": 0\.9 is not 1 divided by 2/,
    },
    {
      what: 'a denominator below zero',
      row: { numerator: 1, denominator: -2 },
      says: /"denominator": -2 is below zero/,
    },
  ])('of a ratio: $what', async ({ row, says }) => {
    const rate = await newMetric({ kind: 'ratio', unit: 'ratio' });
    const answer = await send(`/api/v1/metrics/${rate}/values`, { values: [{ day: day(-1), ...row }] });
    expect(problems(answer)[0]).toMatch(says);
  });

  it('an empty body, and all the lines of a body that is wrong throughout, twenty at most', async () => {
    const metric = await newMetric();
    expect(problems(await send(`/api/v1/metrics/${metric}/values`, { values: [] }))).toEqual([
      'Line 1: there is no row; send at least one day with its value.',
    ]);
    const values = Array.from({ length: 30 }, (_, index) => ({ day: day(index + 1), value: 1 }));
    const told = problems(await send(`/api/v1/metrics/${metric}/values`, { values }));
    expect(told).toHaveLength(20);
    expect(told[19]).toMatch(/^Line 20, column "day"/);
  });

  it('values of a metric that a connector reads or a formula computes', async () => {
    const metric = await newMetric();
    await server.services.database.pool.query(`UPDATE metric SET source = 'check_in' WHERE key = $1`, [
      metric,
    ]);
    const answer = await send(`/api/v1/metrics/${metric}/values`, { values: [{ day: day(-1), value: 1 }] });
    expect(answer.json).toMatchObject({ status: 409, code: 'not_pushable' });
    expect((await send('/api/v1/metrics/nothing/values', { values: [] })).status).toBe(404);
  });
});

describe('an upload', () => {
  it('tells everything that is wrong with a file at once, whoever finds it', async () => {
    const metric = await newMetric();
    const text = `day,value,unit\n${day(-3)},"1,5",\n${day(-2)},5,EUR\n${day(-1)},6,\n`;
    const answer = await server.ask('POST', `/api/v1/metrics/${metric}/uploads`, { format: 'csv', text });
    const errors = answer.json.errors as { pointer: string }[];
    expect([answer.status, errors.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/lines/2/value', '/lines/3/unit'],
    ]);
  });

  it('of CSV or JSON lines is taken like a push, however it was written', async () => {
    const metric = await newMetric({ kind: 'stock', unit: 'money', currency: 'EUR' });
    const path = `/api/v1/metrics/${metric}/uploads`;
    const csv = `day;value;unit\n${day(-2)};0;eur\n${day(-1)};150000;EUR\n`;
    expect(await made(path, { format: 'csv', text: csv })).toMatchObject({
      via: 'upload',
      format: 'csv',
      rows: 2,
      changed: 2,
    });
    const jsonl = `{"day":"${day(-1)}","value":160000}\n`;
    expect(await made(path, { format: 'jsonl', text: jsonl })).toMatchObject({
      format: 'jsonl',
      rows: 1,
      changed: 1,
    });
    expect(await pointsOf(metric)).toEqual([
      [day(-2), '0', 1, 'import'],
      [day(-1), '160000', 2, 'import'],
    ]);
  });

  it('names the line of the file', async () => {
    const metric = await newMetric({ kind: 'stock', unit: 'money', currency: 'EUR' });
    const path = `/api/v1/metrics/${metric}/uploads`;
    const told = async (text: string) => problems(await send(path, { format: 'csv', text }));
    expect((await told(`day,value\n${day(-2)},1\n2026-02-30,1\n`))[0]).toMatch(/^Line 3, column "day"/);
    expect((await told(`day,value\n${day(3)},1\n`))[0]).toMatch(/^Line 2, column "day".*future/);
    expect((await told(`day,value,unit\n${day(-1)},1,USD\n`))[0]).toMatch(
      /^Line 2, column "unit": the unit is "USD", and "own-\d+" counts in money EUR/,
    );
    expect((await told(`day,value,key\n${day(-1)},1,other\n`))[0]).toMatch(
      /^Line 2, column "key": the row is of "other"/,
    );
    const many = Array.from({ length: 10_001 }, () => `${day(-1)},1`).join('\n');
    expect((await told(`day,value\n${many}`))[0]).toMatch(/^Line 10002: .*10000 are taken at once/);
    expect(await pointsOf(metric)).toEqual([]);
  });

  it('may be larger than any other body, and not larger than 4 MiB', async () => {
    const metric = await newMetric();
    const path = `/api/v1/metrics/${metric}/uploads`;
    const padded = (bytes: number) => `day,value\n${day(-1)},5\n${'\n'.repeat(bytes)}`;
    expect((await send(path, { format: 'csv', text: padded(300 * 1024) })).status).toBe(201);
    expect((await send(path, { format: 'csv', text: padded(5 * 1024 * 1024) })).status).toBe(413);
    expect(
      (await send(`/api/v1/metrics/${metric}/values`, { values: [], note: 'x'.repeat(300 * 1024) })).status,
    ).toBe(413);
  });

  it('is the same delivery as JSON lines when it says the same under the same key', async () => {
    const metric = await newMetric();
    const path = `/api/v1/metrics/${metric}/uploads`;
    await send(path, { format: 'csv', text: `day,value\n${day(-1)},5\n` }, 'file-1');
    const again = await send(path, { format: 'jsonl', text: `{"day":"${day(-1)}","value":5}` }, 'file-1');
    expect(again.json).toMatchObject({ replayed: true, format: 'csv' });
  });
});

it('moves the Key Results that look at the metric, and the formulas over it, in the same step', async () => {
  const metric = await newMetric({ kind: 'stock', staleAfterDays: 3 });
  await made('/api/v1/cycles', { key: 'c1', startDay: day(-20), endDay: day(60) });
  await made('/api/v1/objectives', { key: 'o1', title: 'Aim', cycle: 'c1' });
  await made('/api/v1/metrics/formulas', { key: 'double', formula: `\`${metric}\` * 2` });
  const goal = { kind: 'reach', startValue: 0, targetValue: 100 };
  await made('/api/v1/key-results', { key: 'kr1', title: 'To 100', objective: 'o1', metric, goal });
  await made(`/api/v1/metrics/${metric}/values`, {
    values: [{ day: day(-1), value: 40 }],
    note: 'from the till',
  });
  expect(await pointsOf('double')).toEqual([[day(-1), '80', 1, 'auto']]); // 2 x 40
  const row = (await server.ask('GET', '/api/v1/key-results/kr1')).json;
  expect(row).toMatchObject({
    currentValue: 40,
    progress: 0.4,
    tracking: 'pushed',
    data: { state: 'fresh' },
  });
  const explained = (await server.ask('GET', '/api/v1/key-results/kr1/explanation')).json;
  expect(explained['ingests']).toMatchObject([{ via: 'push', rows: 1, note: 'from the till' }]);
  // Nobody sends another one: the value grows old, and is not taken for a zero.
  await moveClock(server.services.database.pool, 10 * dayMs);
  await server.services.evaluator.evaluate(await server.services.evaluator.due(0, 100));
  const later = (await server.ask('GET', '/api/v1/key-results/kr1')).json;
  expect(later).toMatchObject({ currentValue: 40, data: { state: 'stale' }, status: { state: 'unknown' } });
  await moveClock(server.services.database.pool, 0);
});
