import { afterEach, expect, it } from 'vitest';
import { apiOf } from '../../../connectors/http-json/config.ts';
import { httpJson } from '../../../connectors/http-json/index.ts';
import { questionOf, seriesParams } from '../../../connectors/http-json/params.ts';
import { readQuestion } from '../../../connectors/http-json/read.ts';
import { testContext } from '../support/context.ts';
import { readMetric, valuesOf, window } from './support/read.ts';
import { type FakeApi, type Seen, startApi, type Told } from './support/server.ts';

let api: FakeApi;
const on = async (answer: (seen: Seen) => Told | null): Promise<void> => {
  api = await startApi(answer);
};
afterEach(() => api.close());

const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03'];
const ALL = { '2026-03-01': '1', '2026-03-02': '2', '2026-03-03': '3' };
/** The item of a page, 0 to 2; nothing beyond. */
const page = (index: number) => (index < 3 ? [{ d: DAYS[index], v: index + 1 }] : []);
const params = (more: Record<string, unknown>) => ({
  path: '/s?size=1',
  items: '/rows',
  day: '/d',
  value: '/v',
  ...more,
});

it('follows the Link header to its end', async () => {
  await on(({ url, headers }) => {
    const at = Number(url.searchParams.get('at') ?? 0);
    const next = `<http://${headers.host ?? ''}/s?at=${at + 1}>; title="a, b"; rel="last next"`;
    return { body: { rows: page(at) }, headers: at < 2 ? { link: `</s?at=0>; rel="prev", ${next}` } : {} };
  });
  const reading = readMetric(api, 'series', params({ paging: 'link_header' }));
  expect(await valuesOf(reading)).toEqual(ALL);
  expect((await reading).completeness).toMatchObject({ pages: 3, items: 3, lastPageReached: true });
});

it('follows a next address, absolute or not, to its end', async () => {
  await on(({ url }) => {
    const at = Number(url.searchParams.get('at') ?? 0);
    return { body: { rows: page(at), links: { next: at < 2 ? `/s?at=${at + 1}` : null } } };
  });
  expect(
    await valuesOf(readMetric(api, 'series', params({ paging: 'next_url', pagingAt: '/links/next' }))),
  ).toEqual(ALL);
});

it.each([
  'https://evil.example/s',
  '//evil.example/s',
  'http://127.0.0.1:1/s',
  'file:///etc/passwd',
  'http://user:pw@evil.example/',
])('sends nothing to %s, however a next address leads there', async (next) => {
  await on(() => ({ body: { rows: page(0), next } }));
  await expect(
    readMetric(api, 'series', params({ paging: 'next_url', pagingAt: '/next' })),
  ).rejects.toMatchObject({ code: 'other_host' });
  expect(api.requestCount()).toBe(1);
});

it('repeats a cursor in a parameter, in the path or in the body', async () => {
  await on(({ body, url }) => {
    const given =
      body === '' ? url.searchParams.get('c') : ((JSON.parse(body) as { c: string | null }).c ?? null);
    const at = Number(given ?? 0);
    return { body: { rows: page(at), next: at < 2 ? String(at + 1) : '' } };
  });
  const cursor = { paging: 'cursor', pagingAt: '/next' };
  expect(await valuesOf(readMetric(api, 'series', params({ ...cursor, pageParam: 'c' })))).toEqual(ALL);
  expect(api.seen.map(({ url }) => url.searchParams.get('c'))).toEqual([null, '1', '2']);
  expect(await valuesOf(readMetric(api, 'series', params({ ...cursor, path: '/s?c={{cursor}}' })))).toEqual(
    ALL,
  );
  expect(
    await valuesOf(readMetric(api, 'series', params({ ...cursor, body: '{"c":"{{cursor}}"}' }))),
  ).toEqual(ALL);
  expect(JSON.parse(api.seen[6]?.body ?? '')).toEqual({ c: null });
});

it('counts pages until one is empty, is short, or the total is reached', async () => {
  await on(({ url }) => ({ body: { rows: page(Number(url.searchParams.get('p')) - 1), total: '3' } }));
  const paged = { paging: 'page', pageParam: 'p' };
  expect(await valuesOf(readMetric(api, 'series', params(paged)))).toEqual(ALL);
  expect(api.requestCount()).toBe(4); // the fourth is empty
  expect(await valuesOf(readMetric(api, 'series', params({ ...paged, pageSize: 2 })))).toEqual({
    '2026-03-01': '1',
  });
  expect(await valuesOf(readMetric(api, 'series', params({ ...paged, pagingAt: '/total' })))).toEqual(ALL);
  expect(api.requestCount()).toBe(4 + 1 + 3);
});

it('counts what to pass over', async () => {
  await on(({ url }) => ({ body: { rows: page(Number(url.searchParams.get('from'))) } }));
  expect(await valuesOf(readMetric(api, 'series', params({ paging: 'offset', pageParam: 'from' })))).toEqual(
    ALL,
  );
  expect(api.seen.map(({ url }) => url.searchParams.get('from'))).toEqual(['0', '1', '2', '3']);
});

it.each([
  ['a cursor that never changes', { paging: 'cursor', pagingAt: '/next', pageParam: 'c' }, 'repeated_page'],
  ['a page that is always the same', { paging: 'page', pageParam: 'p' }, 'repeated_page'],
  ['a total that is never reached', { paging: 'page', pageParam: 'p', pagingAt: '/total' }, 'repeated_page'],
])('ends with %s', async (_name, more, code) => {
  await on(() => ({ body: { rows: page(0), next: 'again', total: 9 } }));
  await expect(readMetric(api, 'series', params({ combine: 'sum', ...more }))).rejects.toMatchObject({
    code,
  });
  expect(api.requestCount()).toBeLessThanOrEqual(3);
});

it('refuses a list that ends before the total it names', async () => {
  await on(({ url }) => ({ body: { rows: page(Number(url.searchParams.get('p')) - 1), total: 9 } }));
  await expect(
    readMetric(api, 'series', params({ paging: 'page', pageParam: 'p', pagingAt: '/total' })),
  ).rejects.toMatchObject({ errorClass: 'bad_payload', code: 'short_list' });
});

it('gives up a list that has no end, and takes nothing of it', async () => {
  let asked = 0;
  await on(() => {
    asked += 1;
    return { body: { rows: [], next: asked } };
  });
  const { context } = testContext({}, api.endpoint, new Date('2026-03-10T12:00:00Z'));
  // As `http_json` does, but for the pace: 200 pages at five a second would take their time.
  const hasty = {
    ...apiOf(httpJson.configSchema.parse({ auth: 'none' }), api.endpoint),
    limits: { requestsPerSecond: 1_000, concurrent: 1 },
  };
  const asked200 = seriesParams.parse(params({ paging: 'cursor', pagingAt: '/next', pageParam: 'c' }));
  const reading = readQuestion(
    context,
    hasty,
    questionOf('window', asked200),
    window('2026-03-01', '2026-03-04'),
  );
  await expect(reading).rejects.toMatchObject({ errorClass: 'too_large', code: 'too_many_pages' });
  expect(api.requestCount()).toBe(200);
});

it('tells addresses apart that differ only far behind', async () => {
  const long = `/s?${'filter=none&'.repeat(30)}`;
  await on(({ url }) => ({ body: { rows: page(Number(url.searchParams.get('p')) - 1) } }));
  expect(
    await valuesOf(readMetric(api, 'series', params({ path: long, paging: 'page', pageParam: 'p' }))),
  ).toEqual(ALL);
});
