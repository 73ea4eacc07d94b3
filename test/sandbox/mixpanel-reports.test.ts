import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { did, openProject, type Project } from './mixpanel-support.ts';

/*
 * Berlin: an hour ahead of UTC until 29 March 2026 01:00 UTC, two hours from then on.
 *   2 March: u1 (pro, 3 seats) at 11:00, u2 (free) at 23:30; 3 March: u3 (no plan) at 00:30, u1 again at 10:00
 *   4 March: u4 at 09:00, which the project saw on 6 March only; u1 shared a report, and the phone sent it twice
 *   28 March 23:59, 29 March 00:00 and 23:59, 30 March 00:00: page views of u1
 */
const copy = { insertId: 'share-1', properties: { size: 7 } };
const events = [
  did('u1', 'Sign Up', '2026-03-02T10:00:00Z', { properties: { plan: 'pro', seats: 3, price: '9.5' } }),
  did('u2', 'Sign Up', '2026-03-02T22:30:00Z', { properties: { plan: 'free', seats: 1 } }),
  did('u3', 'Sign Up', '2026-03-02T23:30:00Z'),
  did('u1', 'Sign Up', '2026-03-03T09:00:00Z', { properties: { plan: 'pro', seats: 4 } }),
  did('u4', 'Sign Up', '2026-03-04T08:00:00Z', {
    seenAt: Date.parse('2026-03-06T12:00:00Z') / 1_000,
    properties: { plan: 'free' },
  }),
  did('u1', 'Report Shared', '2026-03-04T10:00:00Z', copy),
  did('u1', 'Report Shared', '2026-03-04T10:00:00Z', {
    ...copy,
    seenAt: Date.parse('2026-03-04T15:00:00Z') / 1_000,
  }),
  ...['2026-03-28T22:59:00Z', '2026-03-28T23:00:00Z', '2026-03-29T21:59:00Z', '2026-03-29T22:00:00Z'].map(
    (iso) => did('u1', 'Page Viewed', iso),
  ),
];

let project: Project;
beforeAll(async () => {
  project = await openProject({ events, now: '2026-03-05T12:00:00Z', timeZone: 'Europe/Berlin' });
});
afterAll(() => project.close());

// Time goes on between tests, because a project may ask only 60 times an hour.
let passed = 0;
beforeEach(() => {
  passed += 1;
  project.at(new Date(Date.parse('2026-03-05T00:00:00Z') + passed * 1_200_000).toISOString());
});

const MARCH = { from_date: '2026-03-02', to_date: '2026-03-04' };
type Answer = { data: { series: string[]; values: Record<string, object> }; legend_size: number };
const ask = async (path: string, query: Record<string, string>) => (await project.get(path, query)).body;
const segmentation = async (query: Record<string, string>) =>
  (await ask('/segmentation', { event: 'Sign Up', ...MARCH, ...query })) as Answer;

it('counts events by local day, says zero by leaving a day out, and lists days in no order', async () => {
  const { data, legend_size } = await segmentation({});
  expect(data.values).toEqual({ 'Sign Up': { '2026-03-02': 2, '2026-03-03': 2 } });
  expect(data.series.toSorted()).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
  expect(data.series).not.toEqual(data.series.toSorted());
  expect(legend_size).toBe(1);
});

it('answers under the older address too', async () => {
  const query = { event: 'Sign Up', ...MARCH };
  expect(await ask('/api/2.0/segmentation', query)).toEqual(await ask('/segmentation', query));
});

it('counts people by month, who are fewer than the sum of their days', async () => {
  const byDay = await segmentation({ type: 'unique' });
  expect(byDay.data.values).toEqual({ 'Sign Up': { '2026-03-02': 2, '2026-03-03': 2 } });
  const byMonth = await segmentation({ type: 'unique', unit: 'month' });
  expect(byMonth.data).toEqual({ series: ['2026-03-01'], values: { 'Sign Up': { '2026-03-01': 3 } } });
  // 4 sign-ups by 3 people
  const average = await segmentation({ type: 'average', unit: 'month' });
  expect(average.data.values).toEqual({ 'Sign Up': { '2026-03-01': 4 / 3 } });
});

it('splits by a property, calls a missing one undefined, and drops the small segments without a word', async () => {
  const on = 'properties["plan"]';
  const all = await segmentation({ on });
  expect(all.data.values).toEqual({
    pro: { '2026-03-02': 1, '2026-03-03': 1 },
    free: { '2026-03-02': 1 },
    undefined: { '2026-03-03': 1 },
  });
  expect(all.legend_size).toBe(3);
  const cut = await segmentation({ on, limit: '1' });
  expect(cut).toMatchObject({ data: { values: { pro: {} } }, legend_size: 1 });
  expect(Object.keys(cut.data.values)).toEqual(['pro']);
});

it.each([
  { where: 'properties["plan"] == "pro"', count: 2 },
  { where: 'properties["plan"] != "pro"', count: 2 }, // a missing plan is not pro either
  { where: 'properties["plan"] in ["free", "team"]', count: 1 },
  { where: '"re" in properties["plan"]', count: 1 },
  { where: 'not defined(properties["plan"])', count: 1 },
  { where: 'number(properties["price"]) > 9 or properties["seats"] <= 1', count: 2 },
  {
    where: '(properties["seats"] > 2 and properties["plan"] == "pro") and not properties["seats"] == 4',
    count: 1,
  },
  { where: 'user["plan"] == "pro"', count: 2 },
  { where: 'properties["$time"] >= datetime(1772494200)', count: 2 }, // 2026-03-02T23:30:00Z
])('filters by $where', async ({ where, count }) => {
  const { data } = await segmentation({ where, unit: 'month' });
  expect(data.values).toEqual({ 'Sign Up': { '2026-03-01': count } });
});

it('shows a late event on the day on which it happened, and only once it was seen', async () => {
  expect((await segmentation({})).data.values['Sign Up']).not.toHaveProperty('2026-03-04');
  project.at('2026-03-06T12:00:00Z');
  expect((await segmentation({})).data.values['Sign Up']).toHaveProperty('2026-03-04', 1);
});

it('counts an event that was sent twice once', async () => {
  const { data } = await segmentation({ event: 'Report Shared' });
  expect(data.values).toEqual({ 'Report Shared': { '2026-03-04': 1 } });
});

it('cuts the short day of a clock change where the local day ends', async () => {
  project.at('2026-04-02T00:00:00Z');
  const days = { from_date: '2026-03-28', to_date: '2026-03-30', event: 'Page Viewed' };
  const { data } = await segmentation(days);
  expect(data.values).toEqual({ 'Page Viewed': { '2026-03-28': 1, '2026-03-29': 2, '2026-03-30': 1 } });
  const hours = { ...days, from_date: '2026-03-29', to_date: '2026-03-29', unit: 'hour' };
  const byHour = await segmentation(hours);
  expect(byHour.data.series).toHaveLength(23);
  expect(byHour.data.series).not.toContain('2026-03-29 02:00:00');
  expect(byHour.data.values).toEqual({
    'Page Viewed': { '2026-03-29 00:00:00': 1, '2026-03-29 23:00:00': 1 },
  });
});

it('gives an unknown event no entry, which is not the same as a zero', async () => {
  expect(await segmentation({ event: 'Never Heard Of' })).toMatchObject({
    data: { values: {} },
    legend_size: 0,
  });
  const quiet = await segmentation({ from_date: '2026-02-01', to_date: '2026-02-02' });
  expect(quiet).toMatchObject({ data: { values: { 'Sign Up': {} } }, legend_size: 1 });
});

it('answers what there is for dates that lie ahead', async () => {
  const { data } = await segmentation({ to_date: '2026-12-31' });
  expect(data.series.toSorted().at(-1)).toBe('2026-03-05');
});

it.each([
  { query: { from_date: '2026-03-09', to_date: '2026-03-08' }, error: 'from_date must be before to_date' },
  { query: { unit: 'week' }, error: 'Invalid unit: week; must be one of day, hour, month' },
  { query: { unit: 'hour', type: 'unique' }, error: 'Unique counts are not available by hour' },
  { query: { from_date: '2026-02-30' }, error: 'Invalid from_date: 2026-02-30; must be YYYY-MM-DD' },
  { query: { where: 'properties[plan]' }, error: 'Invalid where: properties[…] takes a name in quotes' },
  { query: { limit: '10001' }, error: 'Invalid limit: 10001; must be between 1 and 10000' },
])('refuses $query', async ({ query, error }) => {
  const { status, body } = await project.get('/segmentation', { event: 'Sign Up', ...MARCH, ...query });
  expect(status).toBe(400);
  expect(body).toMatchObject({ error, status: 'error' });
  expect((body as { request: string }).request).toMatch(/^\/api\/query\/segmentation\?project_id=/);
});

it('sums a number with zeros for empty days, and averages it without them', async () => {
  const query = { event: 'Sign Up', on: 'number(properties["seats"])', ...MARCH };
  // 2 March: 3 + 1; 3 March: 4, and u3 has no seats
  expect(await ask('/segmentation/sum', query)).toEqual({
    status: 'ok',
    computed_at: expect.stringMatching(/^2026-03-05T\d\d:\d0:00\.000000\+00:00$/),
    results: { '2026-03-02': 4, '2026-03-03': 4, '2026-03-04': 0 },
  });
  expect(await ask('/segmentation/average', query)).toEqual({
    status: 'ok',
    results: { '2026-03-02': 2, '2026-03-03': 4 },
  });
});

it('counts several events in one call, by weeks that begin on Monday, or so many periods back', async () => {
  project.at('2026-03-09T12:00:00Z');
  const event = JSON.stringify(['Sign Up', 'Report Shared', 'Never Heard Of']);
  const range = { event, from_date: '2026-03-03', to_date: '2026-03-09', unit: 'week' };
  expect(await ask('/events', range)).toEqual({
    data: {
      series: ['2026-03-09', '2026-03-02'],
      values: { 'Sign Up': { '2026-03-02': 3 }, 'Report Shared': { '2026-03-02': 1 } },
    },
    legend_size: 2,
  });
  const back = (await ask('/events', { event, unit: 'day', interval: '6' })) as Answer;
  expect(back.data.series.toSorted()).toEqual(
    ['04', '05', '06', '07', '08', '09'].map((day) => `2026-03-${day}`),
  );
  expect(back.data.values).toEqual({ 'Sign Up': { '2026-03-04': 1 }, 'Report Shared': { '2026-03-04': 1 } });
});

it('names the events of the last month and today’s top ones against yesterday at this time', async () => {
  project.at('2026-03-03T12:00:00Z');
  expect(await ask('/events/names', {})).toEqual(['Sign Up']);
  // Today u3 and u1 again; yesterday up to 13:00 local only u1: from 1 to 2 is a change of 1.
  const top = { events: [{ amount: 2, event: 'Sign Up', percent_change: 1 }], type: 'general' };
  expect(await ask('/events/top', { type: 'general' })).toEqual(top);
});

it('lists the properties of one event, the commonest first, and only as many as asked for', async () => {
  project.at('2026-03-05T12:00:00Z');
  const top = await ask('/events/properties/top', { event: 'Sign Up' });
  expect(top).toEqual({ plan: { count: 3 }, seats: { count: 3 }, price: { count: 1 } });
  expect(await ask('/events/properties/top', { event: 'Sign Up', limit: '1' })).toEqual({
    plan: { count: 3 },
  });
  expect(await ask('/events/properties/top', { event: 'Never Heard Of' })).toEqual({});
  expect((await project.get('/events/properties/top')).status).toBe(400);
});

it('lists people by the number of different hours in which they were active', async () => {
  project.at('2026-04-02T00:00:00Z');
  const days = { from_date: '2026-03-29', to_date: '2026-03-30' };
  const query = { ...days, unit: 'day', addiction_unit: 'hour', event: 'Page Viewed' };
  const { data } = (await ask('/retention/addiction', query)) as { data: Record<string, number[]> };
  expect(data['2026-03-29']).toEqual([1, 1, ...Array.from({ length: 22 }, () => 0)]); // u1 at 0 and at 23 o'clock
  expect(data['2026-03-30']?.slice(0, 2)).toEqual([1, 0]);
});

it('refuses scripts, other addresses and other methods', async () => {
  expect(await project.post('/jql', { script: 'x' })).toMatchObject({ status: 400 });
  expect(await project.get('/segmentation/numeric')).toMatchObject({ status: 404 });
  expect(await project.post('/segmentation')).toMatchObject({ status: 405 });
});
