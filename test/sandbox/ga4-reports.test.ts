import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Activity } from '../../sandbox/model/activity.ts';
import {
  type Bench,
  berlin,
  byDate,
  cells,
  event,
  headers,
  NOW,
  named,
  openBench,
  PROPERTY,
  refusal,
  signed,
  TRANSPORTS,
  table,
  visit,
  week,
} from './ga4-support.ts';

// Four devices in the first week of March 2026, Berlin time.
// C came for the first time on 10 February, 30 s in the foreground.
const s0 = visit('s0', 'C', berlin('2026-02-10T12:00'), { newDevice: true, engagedSeconds: 30 });
// Mon 2: A's first visit, 300 s long, 120 s engaged, two views and a sign-up.
const s1 = visit('s1', 'A', berlin('2026-03-02T09:00'), {
  newDevice: true,
  engagedSeconds: 120,
  endedAt: berlin('2026-03-02T09:05'),
  channel: 'Organic Search',
});
// Mon 2: B's first visit is a bounce.
const s2 = visit('s2', 'B', berlin('2026-03-02T10:00'), {
  newDevice: true,
  device: 'mobile',
  country: 'United States',
});
// Mon 2, 23:50: A again, 1200 s long, 5 s engaged; a trial starts after midnight, on Tue 3.
const s3 = visit('s3', 'A', berlin('2026-03-02T23:50'), {
  engagedSeconds: 5,
  endedAt: berlin('2026-03-03T00:10'),
  channel: 'Referral',
});
// Tue 3: C is back for 40 s, none of them in the foreground.
const s4 = visit('s4', 'C', berlin('2026-03-03T08:00'), { endedAt: berlin('2026-03-03T08:00') + 40 });
// Thu 5: B, 60 s long, 12 s engaged, no event.
const s5 = visit('s5', 'B', berlin('2026-03-05T08:00'), {
  engagedSeconds: 12,
  endedAt: berlin('2026-03-05T08:01'),
  device: 'mobile',
  country: 'United States',
});
// Thu 5: D's first visit, 90 s long, 3 s engaged, two views; its phone was offline until Sat 7.
const s6 = visit('s6', 'D', berlin('2026-03-05T09:00'), {
  newDevice: true,
  engagedSeconds: 3,
  endedAt: berlin('2026-03-05T09:00') + 90,
  seenAt: berlin('2026-03-07T12:00'),
});
const purchase = event('e8', 'Subscription Started', s1, { at: berlin('2026-03-03T12:00'), sessionId: null });
const ACTIVITY: Activity[] = [
  s0,
  s1,
  event('e1', 'Page Viewed', s1),
  event('e2', 'Page Viewed', s1),
  event('e3', 'Sign Up', s1),
  s2,
  event('e4', 'Page Viewed', s2),
  s3,
  event('e5', 'Page Viewed', s3),
  event('e6', 'Trial Started', s3, { at: berlin('2026-03-03T00:05') }),
  s4,
  event('e7', 'Page Viewed', s4),
  purchase,
  { ...purchase, seenAt: purchase.at + 3_600 }, // the server sent it twice
  s5,
  s6,
  event('e9', 'Page Viewed', s6),
  event('e10', 'Page Viewed', s6),
];
const FIRST_WEEK = week('2026-03-02', '2026-03-08');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(ACTIVITY);
});
afterAll(() => bench.close());
afterEach(() => bench.set({ now: NOW, timeZone: 'Europe/Berlin' }));

type Request = Parameters<Bench['rest']['runReport']>[0];
async function ask(request: Request, transport: (typeof TRANSPORTS)[number] = 'rest') {
  const client = await bench.client(transport);
  const [report] = await client.runReport(
    { property: PROPERTY, dateRanges: FIRST_WEEK, ...request },
    signed(),
  );
  return report;
}
const byDay = async (...metrics: string[]) =>
  table(
    await ask({
      dimensions: named('date'),
      metrics: named(...metrics),
      orderBys: byDate,
      keepEmptyRows: true,
    }),
  );

// Wed 4 has no row, because nothing happened on it.
it.each([
  // Mon: A and B came; both are active (B as a new one). Tue: A's events and C; nobody is active. Thu: B and D.
  { metric: 'newUsers', mon: '2', tue: '0', thu: '1' },
  { metric: 'totalUsers', mon: '2', tue: '2', thu: '2' },
  { metric: 'activeUsers', mon: '2', tue: '0', thu: '2' },
  // s1 s2 s3 | s4 | s5 s6. Engaged: s1 by time, s3 by its trial; nothing; s5 by time, s6 by two views.
  { metric: 'sessions', mon: '3', tue: '1', thu: '2' },
  { metric: 'engagedSessions', mon: '2', tue: '0', thu: '2' },
  { metric: 'engagementRate', mon: '0.6666666666666666', tue: '0', thu: '1' },
  // 120 + 0 + 5 | 0 | 12 + 3
  { metric: 'userEngagementDuration', mon: '125', tue: '0', thu: '15' },
  // (300 + 0 + 1200) / 3 | 40 | (60 + 90) / 2
  { metric: 'averageSessionDuration', mon: '500', tue: '40', thu: '75' },
  // e1 to e5 | e6 e7 e8, of which one came twice | e9 e10
  { metric: 'eventCount', mon: '5', tue: '3', thu: '2' },
  { metric: 'screenPageViews', mon: '4', tue: '1', thu: '2' },
  // The sign-up; the trial and the purchase belong to their own day.
  { metric: 'keyEvents', mon: '1', tue: '2', thu: '0' },
  { metric: 'keyEvents:sign_up', mon: '1', tue: '0', thu: '0' },
  // A session belongs to the day it began: s1 and s3 of three.
  { metric: 'sessionKeyEventRate', mon: '0.6666666666666666', tue: '0', thu: '0' },
  { metric: 'sessionKeyEventRate:sign_up', mon: '0.3333333333333333', tue: '0', thu: '0' },
  // A of A and B; A of A and C.
  { metric: 'userKeyEventRate', mon: '0.5', tue: '0.5', thu: '0' },
  { metric: 'userKeyEventRate:purchase', mon: '0', tue: '0.5', thu: '0' },
  { metric: 'active1DayUsers', mon: '2', tue: '0', thu: '2' },
  // A B | A B | A B D
  { metric: 'active7DayUsers', mon: '2', tue: '2', thu: '3' },
  // and C, who was last active 20 to 23 days before
  { metric: 'active28DayUsers', mon: '3', tue: '3', thu: '4' },
])('counts $metric by day', async ({ metric, mon, tue, thu }) => {
  expect(await byDay(metric)).toEqual([
    ['20260302', mon],
    ['20260303', tue],
    ['20260305', thu],
  ]);
});

it('counts a user once over many days, so days do not add up to the week', async () => {
  const report = await ask({
    dimensions: named('date'),
    metrics: named('totalUsers', 'sessions', 'active7DayUsers'),
    metricAggregations: [1, 6, 5], // TOTAL, MAXIMUM, MINIMUM
  });
  // A B C D, not 2 + 2 + 2; 3 + 1 + 2 sessions; A B D were active in the week that ends on Sunday.
  expect(report.totals?.map(cells)).toEqual([['RESERVED_TOTAL', '4', '6', '3']]);
  expect(report.maximums?.map(cells)).toEqual([['RESERVED_MAX', '2', '3', '3']]);
  expect(report.minimums?.map(cells)).toEqual([['RESERVED_MIN', '2', '1', '2']]);
});

it('leaves a day of zeros out unless empty rows are kept, and a day without any event even then', async () => {
  const request = { dimensions: named('date'), metrics: named('newUsers'), orderBys: byDate };
  expect(table(await ask(request))).toEqual([
    ['20260302', '2'],
    ['20260305', '1'],
  ]);
  expect((await byDay('newUsers')).map(([day]) => day)).toEqual(['20260302', '20260303', '20260305']);
});

it('cuts days in the zone of the property', async () => {
  bench.set({ timeZone: 'America/New_York' });
  // 23:50 in Berlin is 17:50 in New York, and 00:05 is 18:05 of the same Monday: e1 to e6.
  expect(await byDay('eventCount')).toEqual([
    ['20260302', '6'],
    ['20260303', '2'],
    ['20260305', '2'],
  ]);
});

it('tells of late data only when it has arrived', async () => {
  bench.set({ now: berlin('2026-03-07T11:59') });
  expect((await byDay('sessions')).at(-1)).toEqual(['20260305', '1']);
  bench.set({ now: berlin('2026-03-07T12:00') });
  expect((await byDay('sessions')).at(-1)).toEqual(['20260305', '2']);
});

it('is two hours behind on the running day', async () => {
  bench.set({ now: berlin('2026-03-02T11:59') });
  expect(await byDay('sessions')).toEqual([['20260302', '1']]);
  bench.set({ now: berlin('2026-03-02T12:00') });
  expect(await byDay('sessions')).toEqual([['20260302', '2']]);
});

it('reads relative dates by its own clock and zone', async () => {
  bench.set({ now: berlin('2026-03-04T00:30') }); // still Tuesday in UTC
  const dateRanges = week('2daysAgo', 'yesterday');
  const report = await ask({ dateRanges, metrics: named('sessions') });
  expect(table(report)).toEqual([['4']]); // three on Monday, one on Tuesday
});

it('splits by channel, device, country, month and hour', async () => {
  const split = async (name: string) =>
    table(
      await ask({
        dimensions: named(name),
        metrics: named('sessions'),
        orderBys: [{ dimension: { dimensionName: name } }],
      }),
    );
  expect(await split('sessionDefaultChannelGroup')).toEqual([
    ['Direct', '4'],
    ['Organic Search', '1'],
    ['Referral', '1'],
  ]);
  expect(await split('deviceCategory')).toEqual([
    ['desktop', '4'],
    ['mobile', '2'],
  ]);
  expect(await split('country')).toEqual([
    ['Germany', '4'],
    ['United States', '2'],
  ]);
  expect(await split('newVsReturning')).toEqual([
    ['new', '3'],
    ['returning', '3'],
  ]);
  expect(await split('yearMonth')).toEqual([['202603', '6']]);
  expect((await split('dateHour')).slice(0, 3)).toEqual([
    ['2026030209', '1'],
    ['2026030210', '1'],
    ['2026030223', '1'],
  ]);
});

it('shows what was sent beside any session as not set', async () => {
  const report = await ask({
    dimensions: named('sessionDefaultChannelGroup', 'eventName'),
    metrics: named('eventCount'),
    dimensionFilter: { filter: { fieldName: 'eventName', stringFilter: { value: 'purchase' } } },
  });
  expect(table(report)).toEqual([['(not set)', 'purchase', '1']]);
});

const where = (
  fieldName: string,
  value: string,
  matchType: 'EXACT' | 'CONTAINS' | 'BEGINS_WITH' = 'EXACT',
) => ({
  filter: { fieldName, stringFilter: { matchType, value } },
});
it.each([
  { name: 'an event', filter: where('eventName', 'sign_up'), sessions: '1' },
  {
    name: 'the beginning of a word, in any case',
    filter: where('country', 'un', 'BEGINS_WITH'),
    sessions: '2',
  },
  { name: 'a part of a word', filter: where('sessionDefaultChannelGroup', 'rec', 'CONTAINS'), sessions: '4' },
  {
    name: 'a list',
    filter: {
      filter: {
        fieldName: 'sessionDefaultChannelGroup',
        inListFilter: { values: ['Referral', 'Organic Search'] },
      },
    },
    sessions: '2',
  },
  { name: 'the contrary', filter: { notExpression: where('deviceCategory', 'mobile') }, sessions: '4' },
  {
    name: 'all of several',
    filter: { andGroup: { expressions: [where('country', 'Germany'), where('date', '20260302')] } },
    sessions: '2',
  },
  {
    name: 'any of several',
    filter: { orGroup: { expressions: [where('country', 'United States'), where('date', '20260302')] } },
    sessions: '4', // s1 s2 s3 on Monday, s5
  },
])('filters by $name', async ({ filter, sessions }) => {
  expect(table(await ask({ metrics: named('sessions'), dimensionFilter: filter }))).toEqual([[sessions]]);
});

it('filters rows by a metric after they are added up', async () => {
  const report = await ask({
    dimensions: named('date'),
    metrics: named('sessions'),
    metricFilter: {
      filter: {
        fieldName: 'sessions',
        numericFilter: { operation: 'GREATER_THAN', value: { int64Value: '2' } },
      },
    },
  });
  expect(table(report)).toEqual([['20260302', '3']]);
});

it('appends a column for several date ranges, and counts a day once in each', async () => {
  const report = await ask({
    dimensions: named('country'),
    metrics: named('sessions'),
    dateRanges: [
      { startDate: '2026-03-02', endDate: '2026-03-03', name: 'early' },
      { startDate: '2026-03-02', endDate: '2026-03-08' },
    ],
    orderBys: [
      { dimension: { dimensionName: 'dateRange' } },
      { metric: { metricName: 'sessions' }, desc: true },
    ],
  });
  expect(headers(report)).toEqual(['country', 'dateRange', 'sessions']);
  expect(table(report)).toEqual([
    ['Germany', 'date_range_1', '4'], // s1 s3 s4 s6
    ['United States', 'date_range_1', '2'], // s2 s5
    ['Germany', 'early', '3'], // s1 s3 s4
    ['United States', 'early', '1'], // s2
  ]);
});

it('pages, with the same count of rows on every page', async () => {
  const page = (offset: number) =>
    ask({ dimensions: named('date'), metrics: named('sessions'), orderBys: byDate, offset, limit: 2 });
  const [first, second] = [await page(0), await page(2)];
  expect([first.rowCount, second.rowCount]).toEqual([3, 3]);
  expect([...table(first), ...table(second)].map(([day]) => day)).toEqual([
    '20260302',
    '20260303',
    '20260305',
  ]);
  expect(table(await page(3))).toEqual([]);
});

it('promises no order that was not asked for', async () => {
  const request = { dimensions: named('dateHour', 'eventName'), metrics: named('eventCount') };
  const found = table(await ask(request)).map(([hour]) => hour);
  expect(found).not.toEqual(found.toSorted((one = '', other = '') => one.localeCompare(other)));
  expect(table(await ask(request)).map(([hour]) => hour)).toEqual(found);
});

it.each(TRANSPORTS)('answers an empty report with its kind and its headers over %s', async (transport) => {
  const report = await ask(
    {
      dateRanges: week('2026-03-04', '2026-03-04'),
      dimensions: named('date'),
      metrics: named('sessions'),
      metricAggregations: [1],
    },
    transport,
  );
  expect(headers(report)).toEqual(['date', 'sessions']);
  expect(report).toMatchObject({ kind: 'analyticsData#runReport', rows: [], rowCount: 0 });
  expect(report.totals?.map(cells)).toEqual([[]]); // one object with no values
  expect(report.metadata?.emptyReason).toMatch(/^No data/);
});

it.each([
  {
    name: 'an unknown metric',
    given: { metrics: named('session') },
    message: 'Did you mean sessions? Field session is',
  },
  { name: 'a retired metric', given: { metrics: named('conversions') }, message: 'Did you mean keyEvents?' },
  {
    name: 'an unknown dimension',
    given: { dimensions: named('planet') },
    message: 'planet is not a valid dimension',
  },
  {
    name: 'a rate of no key event',
    given: { metrics: named('keyEvents:page_view') },
    message: 'not a valid metric',
  },
  {
    name: 'what does not go together',
    given: { dimensions: named('dateHour'), metrics: named('active7DayUsers') },
    message: 'Please remove dateHour',
  },
  { name: 'no metric', given: { metrics: [] }, message: 'At least one metric' },
  {
    name: 'eleven metrics',
    given: { metrics: Array.from({ length: 11 }, () => ({ name: 'sessions' })) },
    message: 'limited to 10 metrics',
  },
  {
    name: 'a date that is none',
    given: { dateRanges: week('2026-02-30', '2026-03-01') },
    message: 'startDate',
  },
  {
    name: 'an end before its start',
    given: { dateRanges: week('2026-03-02', '2026-03-01') },
    message: 'before',
  },
  { name: 'no date range', given: { dateRanges: [] }, message: 'dateRange' },
  {
    name: 'five date ranges',
    given: { dateRanges: Array.from({ length: 5 }, () => FIRST_WEEK[0] ?? {}) },
    message: 'limited to 4',
  },
  {
    name: 'a reserved name',
    given: { dateRanges: [{ startDate: 'today', endDate: 'today', name: 'RESERVED_x' }] },
    message: 'reserved',
  },
  { name: 'a limit of nothing', given: { limit: -1 }, message: 'limit must be positive' },
  {
    name: 'an order by what is not in the report',
    given: { orderBys: byDate },
    message: 'date is not in the request',
  },
])('refuses $name with 400', async ({ given, message }) => {
  const refused = await refusal(ask({ metrics: named('sessions'), ...given }));
  expect(refused.code).toBe(400);
  expect(refused.message).toContain('INVALID_ARGUMENT');
  expect(refused.message).toContain(message);
  const overGrpc = await refusal(ask({ metrics: named('sessions'), ...given }, 'grpc'));
  expect(overGrpc.code).toBe(3);
  expect(overGrpc.details).toContain(message);
});
