import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
const KEYS = Array.from({ length: 7 }, (_, index) => `objective-${index + 1}`);

beforeAll(async () => {
  server = await startTestServer();
  await server.ask('POST', '/api/v1/cycles', { key: 'q', startDay: '2026-01-01', endDay: '2026-04-01' });
  for (const key of KEYS) {
    const made = await server.ask('POST', '/api/v1/objectives', { key, title: key, cycle: 'q' });
    expect(made.status, made.text).toBe(201);
  }
});
afterAll(() => server.close());

type Listed = { data: { key: string }[]; page: { nextCursor: string | null } };
const list = async (query: string, path = '/api/v1/objectives') => {
  const answer = await server.ask('GET', `${path}?${query}`);
  expect(answer.status, answer.text).toBe(200);
  return { ...(answer.json as unknown as Listed), link: answer.headers.get('link') };
};

describe('a list', () => {
  it('comes in pages, each once, until there is no next one', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 1; ; pages += 1) {
      const { data, link, page } = await list(`limit=3${cursor}`);
      seen.push(...data.map(({ key }) => key));
      if (page.nextCursor === null) {
        expect([pages, link]).toEqual([3, null]);
        break;
      }
      expect(link).toBe(
        `</api/v1/objectives?limit=3&cursor=${encodeURIComponent(page.nextCursor)}>; rel="next"`,
      );
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(KEYS);
  });

  it('repeats nothing and skips nothing when rows come and go between two pages', async () => {
    const first = await list('limit=3', '/api/v1/cycles');
    expect(first.data.map(({ key }) => key)).toEqual(['q']);
    for (const [key, startDay] of [
      ['q-a', '2024-01-01'],
      ['q-b', '2023-01-01'],
      ['q-c', '2022-01-01'],
    ])
      await server.ask('POST', '/api/v1/cycles', { key, startDay, endDay: '2027-01-01' });
    const one = await list('limit=2', '/api/v1/cycles');
    expect(one.data.map(({ key }) => key)).toEqual(['q', 'q-a']);
    await server.ask('POST', '/api/v1/cycles', {
      key: 'newest',
      startDay: '2026-06-01',
      endDay: '2027-01-01',
    });
    await server.ask('POST', '/api/v1/cycles', {
      key: 'between',
      startDay: '2023-06-01',
      endDay: '2027-01-01',
    });
    await server.services.database.pool.query(`DELETE FROM cycle WHERE key = 'q-a'`);
    const two = await list(`limit=10&cursor=${one.page.nextCursor}`, '/api/v1/cycles');
    expect(two.data.map(({ key }) => key)).toEqual(['between', 'q-b', 'q-c']);
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=ten', '/limit'],
    ['cursor=nonsense', '/cursor'],
    ['cursor=WyJhIixbImIiXV0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '/cursor'],
  ])('refuses %s', async (query, pointer) => {
    const answer = await server.ask('GET', `/api/v1/objectives?${query}`);
    expect(answer.json).toMatchObject({ status: 422, code: 'validation', errors: [{ pointer }] });
  });

  it('refuses a cursor of another list, and of the same one asked otherwise', async () => {
    const { page } = await list('limit=2');
    for (const path of ['/api/v1/metrics', '/api/v1/objectives?owner=Mei']) {
      const mark = path.includes('?') ? '&' : '?';
      const answer = await server.ask('GET', `${path}${mark}cursor=${page.nextCursor}`);
      expect(answer.json, path).toMatchObject({ status: 422, errors: [{ pointer: '/cursor' }] });
    }
  });

  it('is filtered by plain fields, several values with commas', async () => {
    await server.ask('PATCH', '/api/v1/objectives/objective-2', { owner: 'Mei' });
    await server.ask('PATCH', '/api/v1/objectives/objective-5', { owner: 'Ana' });
    expect((await list('owner=Mei,Ana&limit=1')).data.map(({ key }) => key)).toEqual(['objective-2']);
    expect((await list('owner=Mei,Ana')).data.map(({ key }) => key)).toEqual(['objective-2', 'objective-5']);
    const unknown = await server.ask('GET', '/api/v1/objectives?owners=Mei');
    expect(unknown.json).toMatchObject({ status: 422, code: 'validation' });
  });
});
