import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { did, openProject, type Project } from './mixpanel-support.ts';

const platform = (name: string) => ({ properties: { platform: name } });

/*
 * 2 March: a signs up at 10:00 and makes a project an hour later, and signs up again at 15:00; b takes 8 days;
 * c made its project before signing up. 3 March: a enters once more. 4 March: d takes 7 days to the second.
 * 5 March: x goes all the way in 14 days and 2 hours, y paid before its trial began.
 */
const events = [
  did('a', 'Sign Up', '2026-03-02T10:00:00Z', platform('iOS')),
  did('a', 'Project Created', '2026-03-02T11:00:00Z'),
  did('a', 'Sign Up', '2026-03-02T15:00:00Z', platform('Web')),
  did('b', 'Sign Up', '2026-03-02T12:00:00Z', platform('Web')),
  did('b', 'Project Created', '2026-03-10T12:00:00Z'),
  did('c', 'Project Created', '2026-03-02T09:00:00Z'),
  did('c', 'Sign Up', '2026-03-02T13:00:00Z', platform('Web')),
  did('a', 'Sign Up', '2026-03-03T10:00:00Z'),
  did('d', 'Sign Up', '2026-03-04T00:00:00Z'),
  did('d', 'Project Created', '2026-03-11T00:00:00Z'),
  did('x', 'Sign Up', '2026-03-05T10:00:00Z'),
  did('x', 'Trial Started', '2026-03-05T12:00:00Z'),
  did('x', 'Subscription Started', '2026-03-19T12:00:00Z'),
  did('y', 'Sign Up', '2026-03-05T10:00:00Z'),
  did('y', 'Subscription Started', '2026-03-06T10:00:00Z'),
  did('y', 'Trial Started', '2026-03-07T10:00:00Z'),
  did('a', 'Page Viewed', '2026-03-10T10:00:00Z'),
];

let project: Project;
beforeAll(async () => {
  project = await openProject({ events, now: '2026-03-25T09:00:00Z' });
});
afterAll(() => project.close());

type Step = { count: number; avg_time: number | null; avg_time_from_start: number | null };
type Funnel = { meta: { dates: string[] }; data: Record<string, Record<string, Step[]>> };
const funnel = async (query: Record<string, string>, at = '2026-03-25T09:00:00Z') => {
  project.at(at);
  const days = { from_date: '2026-03-02', to_date: '2026-03-04', funnel_id: '7509' };
  return (await project.get('/funnels', { ...days, ...query })).body as Funnel;
};
const counts = ({ data }: Funnel, date: string, list = 'steps') =>
  data[date]?.[list]?.map(({ count }) => count);
const made = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/mixpanel/made/${name}.json`, import.meta.url), 'utf8')) as {
    response: { data: Record<string, Record<string, object[]>>; series: Record<string, object> };
  };

it('lists the saved funnels', async () => {
  const { body } = await project.get('/funnels/list');
  expect(body).toContainEqual({ funnel_id: 7509, name: 'Sign Up to Project' });
});

it('counts people by the day they entered, once a day, with steps in order', async () => {
  const week = await funnel({ length: '7', length_unit: 'day' });
  expect(week.meta.dates).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
  expect(counts(week, '2026-03-02')).toEqual([3, 1]);
  expect(counts(week, '2026-03-03')).toEqual([1, 0]);
});

it('ends a funnel strictly before its length is over', async () => {
  expect(counts(await funnel({ length: '7' }), '2026-03-04')).toEqual([1, 0]);
  expect(counts(await funnel({ length: '169', length_unit: 'hour' }), '2026-03-04')).toEqual([1, 1]);
});

it('lets the conversion of a past day rise until its length has passed', async () => {
  expect(counts(await funnel({ length: '14' }, '2026-03-03T00:00:00Z'), '2026-03-02')).toEqual([3, 1]);
  expect(counts(await funnel({ length: '14' }), '2026-03-02')).toEqual([3, 2]);
});

it('describes each step with shares and times as the provider does', async () => {
  const days = { from_date: '2026-03-05', to_date: '2026-03-06', funnel_id: '7510', length: '15' };
  const { data } = await funnel(days);
  const { steps, analysis } = data['2026-03-05'] as unknown as { steps: Step[]; analysis: object };
  const published = made('funnel_week').response.data['2026-03-02'];
  expect(Object.keys(steps[0] ?? {})).toEqual(Object.keys(published?.steps?.[0] ?? {}));
  // To the trial: x 2 hours, y 2 days, on average 90,000 s. To paying: x 14 days; y paid too early.
  expect(steps).toMatchObject([
    { count: 2, avg_time: null, avg_time_from_start: null, step_conv_ratio: 1, overall_conv_ratio: 1 },
    { count: 2, avg_time: 90_000, avg_time_from_start: 90_000, step_conv_ratio: 1, overall_conv_ratio: 1 },
    { count: 1, avg_time: 1_209_600, avg_time_from_start: 1_216_800, step_conv_ratio: 0.5 },
  ]);
  expect(analysis).toEqual({ completion: 1, starting_amount: 2, steps: 3, worst: 2 });
  // Nobody entered on 6 March, and still step 1 converts by 1.
  expect(data['2026-03-06']?.steps).toMatchObject([
    { count: 0, step_conv_ratio: 1, overall_conv_ratio: 1 },
    { count: 0, step_conv_ratio: 0, overall_conv_ratio: 0 },
    { count: 0 },
  ]);
});

it('has another shape when split: $overall and segments, without analysis, and people in two of them', async () => {
  const split = await funnel({ on: 'properties["platform"]' });
  const first = split.data['2026-03-02'] ?? {};
  expect(Object.keys(first).toSorted()).toEqual(
    Object.keys(made('funnel_segmented').response.data['2026-03-02'] ?? {}).toSorted(),
  );
  expect(counts(split, '2026-03-02', '$overall')).toEqual([3, 2]);
  expect(counts(split, '2026-03-02', 'iOS')).toEqual([1, 1]);
  expect(counts(split, '2026-03-02', 'Web')).toEqual([3, 1]); // a again, b, c; only b went on
});

it.each([
  [{ funnel_id: '1' }, 'Funnel 1 does not exist'],
  [{ length: '91' }, 'Invalid length: 91; must be between 1 and 90'],
])('refuses a funnel of %o', async (query, error) => {
  expect(await funnel(query)).toMatchObject({ error, status: 'error' });
});

type Vector = {
  id: string;
  description: string;
  params: { startEvent: string; returnEvent: string; criterion: string; unit?: string; n?: number };
  window: { start: string; end: string; asOf: string };
  input: { events: { userId: string; event: string; time: string }[] };
  expected: { value: number };
};
const { vectors } = JSON.parse(
  readFileSync(new URL('../vectors/retention.json', import.meta.url), 'utf8'),
) as { vectors: Vector[] };
const vector = (id: string) => vectors.find((found) => found.id === id) as Vector;

async function retentionOf({ input, window }: Vector, query: Record<string, string>) {
  const events = input.events.map(({ userId, event, time }) => did(userId, event, time));
  const own = await openProject({ events, now: window.asOf, since: '2025-01-01T00:00:00Z' });
  try {
    const days = { from_date: window.start, to_date: window.end };
    return (await own.get('/retention', { ...days, ...query })).body as Record<
      string,
      { counts: number[]; first: number }
    >;
  } finally {
    await own.close();
  }
}

// Those that ask by rolling clocks for one interval; the provider has no calendar mode behind this address.
it.each(['002', '004', '005', '007', '009', '010', '012', '017'].map((id) => vector(`RET-${id}`)))(
  '$id: $description',
  async (given) => {
    const { startEvent, returnEvent, unit = 'day', n = 0, criterion } = given.params;
    const answer = await retentionOf(given, {
      born_event: startEvent,
      ...(returnEvent === '*' ? {} : { event: returnEvent }),
      retention_type: 'birth',
      unit,
      interval_count: String(n + 1),
      unbounded_retention: String(criterion === 'on_or_after'),
    });
    const cohorts = Object.values(answer);
    const came = cohorts.reduce((sum, { counts }) => sum + (counts[n] ?? 0), 0);
    expect(came / cohorts.reduce((sum, { first }) => sum + first, 0)).toBeCloseTo(given.expected.value, 6);
  },
);

it('counts a month by 30 days of 24 hours, and gives people who are not there yet the same weight', async () => {
  const query = { born_event: 'sign_up', unit: 'month', interval_count: '3' };
  // Of RET-008: b within 30 days; a (34 days), c (exactly 30) and f (35) in the next; d (64) in the third.
  // f and g, born on 30 and 31 January, have not finished theirs on 31 March.
  const answer = await retentionOf(vector('RET-008'), query);
  expect(answer).toEqual({ '2026-01-01': { counts: [1, 3, 1], first: 7 } });
});

it('gives younger cohorts shorter lists, the last member unfinished, and never counts the birth itself', async () => {
  const events = ['2026-03-01', '2026-03-02', '2026-03-03'].flatMap((day) => [
    did(`of ${day}`, 'open', `${day}T10:00:00Z`),
    did(`of ${day}`, 'look', `${day}T10:00:00Z`), // at the same time: no return
  ]);
  const own = await openProject({ events, now: '2026-03-03T12:00:00Z' });
  const query = { from_date: '2026-03-01', to_date: '2026-03-05', born_event: 'open', interval_count: '5' };
  const { body } = await own.get('/retention', query);
  await own.close();
  expect(body).toEqual({
    '2026-03-01': { counts: [0, 0, 0], first: 1 },
    '2026-03-02': { counts: [0, 0], first: 1 },
    '2026-03-03': { counts: [0], first: 1 },
  });
});

it('lets 24 hours pass for a day even where the clocks change, and counts by week and everybody when compounded', async () => {
  const events = [
    did('u', 'open', '2026-03-28T11:00:00Z'), // 12:00 in Berlin
    did('u', 'open', '2026-03-29T10:30:00Z'), // 12:30 the next day, 23 and a half hours later
    did('v', 'open', '2026-03-24T11:00:00Z'),
    did('v', 'open', '2026-04-02T11:00:00Z'), // 9 days later
  ];
  const own = await openProject({ events, now: '2026-04-20T00:00:00Z', timeZone: 'Europe/Berlin' });
  const range = { from_date: '2026-03-23', to_date: '2026-04-05', born_event: 'open', event: 'open' };
  const daily = await own.get('/retention', { ...range, interval_count: '2' });
  expect(daily.body).toMatchObject({ '2026-03-28': { counts: [1, 0], first: 1 } });
  const weekly = await own.get('/retention', { ...range, unit: 'week', interval_count: '2' });
  expect(weekly.body).toEqual({
    '2026-03-23': { counts: [1, 1], first: 2 },
    '2026-03-30': { counts: [0, 0], first: 0 },
  });
  const everybody = { ...range, unit: 'week', interval_count: '2', retention_type: 'compounded' };
  const compounded = await own.get('/retention', everybody);
  expect(compounded.body).toMatchObject({ '2026-03-30': { counts: [0, 0], first: 1 } });
  await own.close();
});

it('answers saved reports in the three shapes of insights, today partial among the days', async () => {
  project.at('2026-03-10T12:00:00Z');
  const report = async (bookmark: string) => (await project.get('/insights', { bookmark_id: bookmark })).body;
  expect(await report('5512')).toMatchObject({
    computed_at: '2026-03-10T12:00:00.000000+00:00',
    date_range: { from_date: '2026-02-09T00:00:00+00:00', to_date: '2026-03-10T23:59:59.999000+00:00' },
    headers: ['$metric'],
    series: { 'Uniques of Sign Up': { '2026-03-02T00:00:00+00:00': 3, '2026-03-10T00:00:00+00:00': 0 } },
  });
  // Entered once in the whole range: a, b, c, d, x, y; by now a and b have made a project.
  expect(await report('90')).toMatchObject({
    headers: ['$funnel'],
    series: {
      'Sign Up through Project Created': {
        count: { '1. Sign Up': { all: 6 }, '2. Project Created': { all: 2 } },
        overall_conv_ratio: { '2. Project Created': { all: 2 / 6 } },
      },
    },
  });
  const [funnel] = Object.values(made('insights_funnel').response.series);
  const { series } = (await report('90')) as { series: Record<string, object> };
  expect(Object.keys(Object.values(series)[0] ?? {})).toEqual(Object.keys(funnel ?? {}));
  // Six people signed up in the week of 2 March; a looked at a page 8 days later, in its second week.
  expect(await report('78')).toMatchObject({
    headers: ['$retention'],
    series: {
      'Sign Up and then Page Viewed': {
        '2026-03-02T00:00:00+00:00': { first: 6, counts: [0, 1], rates: [0, 1 / 6] },
        $average: { first: 6 },
      },
    },
  });
});

it('shows a saved funnel over time by day of entry, in no order, and one that ended adds its days up', async () => {
  project.at('2026-03-25T09:00:00Z');
  const trend = (await project.get('/insights', { bookmark_id: '91' })).body as {
    series: Record<string, Record<string, { count: object }>>;
  };
  const days = trend.series['Sign Up through Project Created'] ?? {};
  // a within the hour, b after 8 of its 7 days, c before signing up.
  expect(days['2026-03-02T00:00:00+00:00']?.count).toEqual({
    '1. Sign Up': { all: 3 },
    '2. Project Created': { all: 1 },
  });
  expect(Object.keys(days)).toHaveLength(60);
  expect(Object.keys(days)).not.toEqual(Object.keys(days).toSorted());
  project.at('2026-05-01T09:00:00Z');
  const ended = (await project.get('/insights', { bookmark_id: '92' })).body;
  expect(ended).toMatchObject({
    date_range: { from_date: '2026-03-03T00:00:00+00:00', to_date: '2026-04-01T23:59:59.999000+00:00' },
    // a, d, x and y; x and y began a trial, and only x paid after it, 14 days and 2 hours after signing up.
    series: {
      'Sign Up through Subscription Started': {
        count: {
          '1. Sign Up': { all: 4 },
          '2. Trial Started': { all: 2 },
          '3. Subscription Started': { all: 0 },
        },
      },
    },
  });
});

it('tells of an unknown saved report with HTTP 200 and an error in the body', async () => {
  const { status, body } = await project.get('/insights', { bookmark_id: '4711' });
  expect(status).toBe(200);
  expect(body).toEqual({ error: 'Bookmark not found: 4711', status: 'error' });
});
