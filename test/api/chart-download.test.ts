import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/server.ts';

const dayMs = 86_400_000;
const day = (offset: number): string => new Date(Date.now() + offset * dayMs).toISOString().slice(0, 10);
const path = '/api/v1/key-results/growth.visits';
let server: TestServer;

/** Forty visits thirty days ago, one more each day, the last of them yesterday's. */
beforeAll(async () => {
  server = await startTestServer();
  await asked('POST', '/api/v1/cycles', { key: 'q', startDay: day(-30), endDay: day(60) }, 201);
  await asked('POST', '/api/v1/objectives', { key: 'growth', title: 'Growth', cycle: 'q' }, 201);
  await asked('POST', '/api/v1/metrics/values', { key: 'visits', kind: 'stock', unit: 'count' }, 201);
  const values = Array.from({ length: 30 }, (_, at) => ({ day: day(at - 30), value: 40 + at }));
  await asked('POST', '/api/v1/metrics/visits/values', { values }, 201);
  const goal = { kind: 'reach', startValue: 0, targetValue: 100 };
  const about = { key: 'growth.visits', title: '=Visits', objective: 'growth', goal, metric: 'visits' };
  await asked('POST', '/api/v1/key-results', about, 201);
  await asked('POST', `${path}/check-ins`, { note: 'Said on the inside' }, 201);
});
afterAll(() => server?.close());

async function asked(method: string, at: string, body: unknown, status: number) {
  const answer = await server.ask(method, at, body);
  expect(answer.status, answer.text).toBe(status);
  return answer.json;
}
const get = (at: string) => server.ask('GET', at, undefined);

describe('the chart of a Key Result as a file', () => {
  it('as CSV has each day with its value, and is named by its Key Result and how far its data reach', async () => {
    const { headers, text } = await get(`${path}/chart?format=csv`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="growth.visits-${day(-1)}.csv"`);
    const [names = '', ...rows] = text.trim().split('\r\n');
    const at = (row: string, name: string) => row.split(',')[names.split(',').indexOf(name)];
    const byDay = new Map(rows.map((row) => [at(row, 'day'), row]));
    // The value of the day k days ago is 70 − k.
    for (const back of [1, 2, 15, 30])
      expect(at(byDay.get(day(-back)) ?? '', 'value')).toBe(String(70 - back));
    expect(at(byDay.get(day(0)) ?? '', 'value')).toBe(''); // nothing is known of today, which is not zero
    expect(rows.every((row) => (at(row, 'day') ?? '') <= day(0))).toBe(true);
    expect(at(rows[0] ?? '', 'target')).toBe('100');
  });

  it('as a picture says what people said, in the language and theme that are asked for', async () => {
    const english = (await get(`${path}/chart`)).text;
    expect(english).toMatch(/^<svg /);
    expect(english).toContain('Said on the inside');
    const chinese = (await get(`${path}/chart?lang=zh-CN&theme=dark&width=400`)).text;
    expect(chinese).toContain('width="400"');
    expect(chinese).toContain('今天');
    expect((await get(`${path}/chart?format=png`)).headers.get('content-type')).toBe('image/png');
  });

  it('is refused where there is no such thing, and for whoever is not known', async () => {
    expect((await get('/api/v1/key-results/nothing/chart')).status).toBe(404);
    expect((await get(`${path}/chart?format=gif`)).status).toBe(422);
    expect((await fetch(`${server.api.url}${path}/chart`)).status).toBe(401);
  });
});

describe('the targets that there were', () => {
  it('are told with who changed them and why, and other changes are none', async () => {
    expect(await asked('GET', path, undefined, 200)).not.toHaveProperty('targets');
    const change = (body: unknown) => server.ask('PATCH', path, body, { 'if-match': '*' });
    expect((await change({ title: 'Visits' })).status).toBe(200);
    const goal = { kind: 'reach', startValue: 0, targetValue: 120 };
    expect((await change({ goal, reason: 'More people came.' })).status).toBe(200);
    // The same once more, and another start, promise nothing else.
    expect((await change({ goal: { ...goal, startValue: 10 } })).status).toBe(200);
    const { targets } = await asked('GET', path, undefined, 200);
    expect(targets).toMatchObject([
      { fromDay: null, targetValue: 100, author: null, reason: null },
      { fromDay: day(0), targetValue: 120, author: expect.any(String), reason: 'More people came.' },
    ]);
    expect(targets).toHaveLength(2);
  });
});

describe('a day that is asked about', () => {
  it('is told with its point, though only the newest day took part in the number', async () => {
    const explained = await asked('GET', `${path}/explanation?day=${day(-10)}`, undefined, 200);
    expect(explained['onDay']).toMatchObject({ point: { day: day(-10), value: '60' } });
    expect((explained['points'] as { day: string }[]).map((point) => point.day)).toEqual([day(-1)]);
    const empty = await asked('GET', `${path}/explanation?day=${day(0)}`, undefined, 200);
    expect(empty['onDay']).toEqual({ point: null, inputRunIds: [] });
    expect((await get(`${path}/explanation?day=2026-02-30`)).status).toBe(422);
  });
});
