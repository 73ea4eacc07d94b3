import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Board, type BoardRow, boardSchema } from '../../src/api/contract.ts';
import { type Source, startSource } from './support/source.ts';

let source: Source;
beforeEach(async () => {
  source = await startSource();
}, 60_000);
afterEach(() => source.close());

async function board(query = ''): Promise<Board> {
  const answer = await source.server.ask('GET', `/api/v1/board${query}`);
  expect(answer.status, answer.text).toBe(200);
  return boardSchema.parse(answer.json);
}
const rowOf = (of: Board): BoardRow => {
  const [row] = of.objectives.flatMap(({ keyResults }) => keyResults);
  if (row === undefined) throw new Error('the board has no row');
  return row;
};

it('compares each row with the board of a week ago, as that is believed', async () => {
  await source.sync();
  expect(rowOf(await board()).week).toBeNull(); // a week ago there was nothing
  source.sell();
  await source.later(7);
  source.sell();
  await source.sync();
  const now = await board();
  expect(Date.parse(now.now) - Date.parse(now.comparedAt ?? '')).toBe(7 * 86_400_000);
  const then = rowOf(await board(`?asOf=${now.comparedAt}`));
  const row = rowOf(now);
  expect(row.week?.was).toEqual({
    asOfDay: then.status.asOfDay,
    status: then.status.state,
    dataState: then.data.state,
    currentValue: then.currentValue,
    targetValue: then.targetValue,
    progress: then.progress,
    chance: then.chance?.smoothed ?? null,
  });
  expect(row.week?.valueBy).toBe((row.currentValue ?? 0) - (then.currentValue ?? 0));
  expect(row.week?.progressBy).toBe((row.progress ?? 0) - (then.progress ?? 0));
  expect(row.currentValue).not.toBe(then.currentValue);
}, 120_000);

it('tells from the snapshots what stood before the history of states began', async () => {
  await source.sync();
  const before = rowOf(await board());
  await source.server.services.database.pool.query('TRUNCATE row_history');
  await source.later(8);
  const { week } = rowOf(await board());
  expect(week?.was).toMatchObject({
    status: before.status.state,
    progress: before.progress,
    dataState: null,
  });
  expect(week?.news).not.toContain('data');
}, 120_000);

it('tells the same days as a line as it does one by one, now and of a past day', async () => {
  await source.sync();
  const at = (await board()).now;
  await source.later(3);
  source.sell();
  await source.sync();
  for (const when of ['', `&asOf=${at}`]) {
    const days = rowOf(await board(`?trend=days${when}`)).trend;
    const row = rowOf(await board(`?trend=line${when}`));
    expect(days.length).toBeGreaterThan(10);
    expect(row.trend).toEqual([]);
    const { firstDay, provisional, values } = row.trendLine ?? { firstDay: '', provisional: [], values: [] };
    const dayOf = (place: number): string =>
      new Date(Date.parse(firstDay) + place * 86_400_000).toISOString().slice(0, 10);
    const told = values.flatMap((value, place) => {
      const settled = !provisional.includes(place);
      return days.some(({ day }) => day === dayOf(place)) ? [{ day: dayOf(place), value, settled }] : [];
    });
    expect(told).toEqual(days);
  }
}, 120_000);

it('gives the rows that are named, and how far all of them have brought the objective', async () => {
  await source.sync();
  const goal = { kind: 'reach', startValue: 0, targetValue: 1 };
  const more = { key: 'money.more', title: 'More', objective: 'money', metric: 'mrr', goal };
  const made = await source.server.ask('POST', '/api/v1/key-results', more);
  expect(made.status, made.text).toBe(201);
  const whole = await board('?trend=line');
  const part = await board('?trend=line&keyResults=money.more');
  const shown = part.objectives.flatMap(({ keyResults }) => keyResults);
  expect(shown.map(({ key }) => key)).toEqual(['money.more']);
  expect(shown[0]).toEqual(
    whole.objectives.flatMap(({ keyResults }) => keyResults).find(({ key }) => key === 'money.more'),
  );
  expect(part.objectives.map(({ progress }) => progress)).toEqual(
    whole.objectives.map(({ progress }) => progress),
  );
}, 120_000);

it('answers that nothing is new while nothing is, although its clock goes on', async () => {
  await source.sync();
  const first = await source.server.ask('GET', '/api/v1/board?trend=line');
  const etag = first.headers.get('etag') ?? '';
  const again = await source.server.ask('GET', '/api/v1/board?trend=line', undefined, {
    'if-none-match': etag,
  });
  expect(again.status).toBe(304);
  source.sell();
  await source.sync();
  const later = await source.server.ask('GET', '/api/v1/board?trend=line', undefined, {
    'if-none-match': etag,
  });
  expect(later.status).toBe(200);
}, 120_000);

it('sends a long answer compressed to those who can read that, and to nobody else', async () => {
  const lengthOf = async (encoding: string): Promise<{ encoding: string | null; text: string }> => {
    const answer = await fetch(`${source.server.api.url}/api/openapi.json`, {
      headers: { 'accept-encoding': encoding },
    });
    return { encoding: answer.headers.get('content-encoding'), text: await answer.text() };
  };
  const plain = await lengthOf('identity');
  expect(plain.encoding).toBeNull();
  expect(await lengthOf('gzip')).toEqual({ encoding: 'gzip', text: plain.text });
  expect((await lengthOf('br, gzip;q=0')).encoding).toBeNull();
}, 60_000);
