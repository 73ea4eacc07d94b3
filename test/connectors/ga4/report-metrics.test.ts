import { describe, expect, it } from 'vitest';
import { ga4 } from '../../../connectors/ga4/index.ts';
import { type Days, property } from './support/property.ts';
import { berlin, readOne, runOn, valuesOf } from './support/read.ts';
import type { ReportBody } from './support/server.ts';

const window = berlin('2026-03-02', '2026-03-05');
/** What a request was narrowed down to, in words that are easy to compare. */
const narrowed = ({ dimensionFilter }: ReportBody) => JSON.stringify(dimensionFilter ?? null);
/** Days of a property that answers each filter with its own numbers. */
const byFilter = (numbers: Record<string, Days>) => (request: ReportBody) =>
  Object.entries(numbers).find(([value]) => narrowed(request).includes(`"${value}"`))?.[1] ??
  numbers['all'] ??
  {};

describe.each(['rest', 'grpc'] as const)('a total of a report over %s', (transport) => {
  it('is what the filter lets through, and a day without a row is zero', async () => {
    const shares: Days = { '2026-03-02': { eventCount: 12 }, '2026-03-04': { eventCount: 7 } };
    const respond = property({}, { days: byFilter({ share: shares }) });
    const params = { metric: 'eventCount', filter: 'eventName == share' };
    const reading = await readOne(respond, { metric: 'report_total', params, window }, { transport });
    expect(valuesOf(reading)).toEqual({ '2026-03-02': '12', '2026-03-03': '0', '2026-03-04': '7' });
  });

  it('sends conditions that all have to hold as one group', async () => {
    const filter = ['eventName == share', 'customEvent:plan in pro,team', 'pagePath begins_with /pricing'];
    const params = { metric: 'eventCount', filter };
    const { asked } = await readOne(property({}), { metric: 'report_total', params, window }, { transport });
    const sent = narrowed(asked[0]?.body.requests?.[0] as ReportBody);
    for (const part of ['andGroup', 'share', 'customEvent:plan', 'team', '/pricing'])
      expect(sent).toContain(part);
  });
});

it('a custom metric is added up like any other', async () => {
  const days = { '2026-03-02': { 'customEvent:credits': '12.5' } };
  const reading = await readOne(property(days), {
    metric: 'report_total',
    params: { metric: 'customEvent:credits' },
    window,
  });
  expect(valuesOf(reading)['2026-03-02']).toBe('12.5');
});

it.each([
  ['activeUsers', 'Users do not add up over days'],
  ['totalPurchasers', 'Users do not add up over days'],
  ['engagementRate', 'Use "report_ratio"'],
  ['averageSessionDuration', 'Use "report_ratio"'],
  ['sessionsPerUser', 'Use "report_ratio"'],
  ['purchaseRevenue', 'Use the metric "revenue"'],
  ['event count', 'Name a metric as the Data API does'],
])('%s is no total, and its owner is told what to use instead', (metric, told) => {
  const parsed = ga4.metrics['report_total']?.paramsSchema.safeParse({ metric });
  expect(parsed?.error?.issues[0]?.message).toContain(told);
});

it('new users and time in the foreground do add up', () => {
  for (const metric of ['newUsers', 'userEngagementDuration', 'eventValue']) {
    expect(ga4.metrics['report_total']?.paramsSchema.safeParse({ metric }).success).toBe(true);
  }
});

it('an old name is asked for under its name of today', async () => {
  const params = { metric: 'conversions', filter: 'sessionDefaultChannelGrouping == Referral' };
  const { asked } = await readOne(property({}), { metric: 'report_total', params, window });
  const [request] = asked[0]?.body.requests ?? [];
  expect(request?.metrics).toEqual([{ name: 'keyEvents' }]);
  expect(narrowed(request as ReportBody)).toContain('"sessionDefaultChannelGroup"');
});

it('credit to a source settles after twelve days, other counts after three', () => {
  const settles = (metric: string, filter: string[]) => {
    const definition = ga4.metrics['report_total'];
    const params: unknown = definition?.paramsSchema.parse({ metric, filter });
    const { settlesAfterHours } = definition ?? {};
    return typeof settlesAfterHours === 'function' ? settlesAfterHours(params) : settlesAfterHours;
  };
  expect(settles('keyEvents', ['sessionSource == google'])).toBe(12 * 24);
  expect(settles('eventCount', ['medium == email'])).toBe(12 * 24);
  expect(settles('sessions', ['sessionSource == google'])).toBe(72);
  expect(settles('eventCount', ['eventName == share'])).toBe(72);
});

describe('a ratio of two totals', () => {
  const days = {
    '2026-03-02': { engagedSessions: 90, sessions: 150 },
    '2026-03-04': { engagedSessions: 10, sessions: 40 },
  };

  it('of one report keeps both counts, so that longer windows divide sum by sum', async () => {
    const params = { numerator: 'engagedSessions', denominator: 'sessions' };
    const { points, asked } = await readOne(property(days), { metric: 'report_ratio', params, window });
    expect(asked[0]?.body.requests).toHaveLength(1);
    expect(points).toMatchObject([
      { day: '2026-03-02', value: '0.6', numerator: '90', denominator: '150' },
      { day: '2026-03-03', value: null, numerator: '0', denominator: '0', flags: { noActivity: true } },
      { day: '2026-03-04', value: '0.25', numerator: '10', denominator: '40' },
    ]);
  });

  it('whose sides have filters of their own asks for two reports in one request', async () => {
    const respond = property(days, {
      days: byFilter({
        purchase: { '2026-03-02': { eventCount: 3 } },
        add_to_cart: { '2026-03-02': { eventCount: 12 } },
      }),
    });
    const params = {
      numerator: 'eventCount',
      numeratorFilter: 'eventName == purchase',
      denominator: 'eventCount',
      denominatorFilter: 'eventName == add_to_cart',
    };
    const { points, asked } = await readOne(respond, { metric: 'report_ratio', params, window });
    expect(asked.map(({ body }) => body.requests?.length)).toEqual([2]);
    expect(points[0]).toEqual({ day: '2026-03-02', value: '0.25', numerator: '3', denominator: '12' });
  });

  it('has no value where one side is in doubt, and says why', async () => {
    const respond = property(days, {
      days: byFilter({ x: { '2026-03-02': { sessions: 3 } }, all: days }),
      metadata: (request) => (narrowed(request) === 'null' ? {} : { dataLossFromOtherRow: true }),
    });
    const params = { numerator: 'sessions', numeratorFilter: 'pagePath == x', denominator: 'sessions' };
    const { points } = await readOne(respond, { metric: 'report_ratio', params, window });
    expect(points.map(({ value, flags }) => ({ value, flags }))).toEqual(
      [1, 2, 3].map(() => ({ value: null, flags: { otherRow: true } })),
    );
  });

  it('refuses to average rates', () => {
    const parsed = ga4.metrics['report_ratio']?.paramsSchema.safeParse({
      numerator: 'engagementRate',
      denominator: 'sessions',
    });
    expect(parsed?.error?.issues[0]?.message).toContain('a mean of rates');
  });
});

it('sessions per user and day are sessions over the active users of each day', async () => {
  const days = { '2026-03-02': { sessions: 150, activeUsers: 100 } };
  const { points } = await readOne(property(days), { metric: 'sessions_per_user_day', window });
  expect(points[0]).toMatchObject({ value: '1.5', numerator: '150', denominator: '100' });
});

describe('event conversion', () => {
  const users = { all: 200, sign_up: 40, purchase: 10 };
  const respond = property(
    {},
    {
      days: byFilter(
        Object.fromEntries(
          Object.entries(users).map(([name, count]) => [
            name,
            { '2026-03-02': { totalUsers: count, sessions: count + 1 } },
          ]),
        ),
      ),
    },
  );
  it.each([
    { params: { event: 'purchase' }, numerator: '10', denominator: '200' },
    { params: { event: 'purchase', of: 'sign_up' }, numerator: '10', denominator: '40' },
    { params: { event: 'purchase', of: 'sign_up', per: 'session' }, numerator: '11', denominator: '41' },
  ])('$params is $numerator of $denominator', async ({ params, numerator, denominator }) => {
    const { points } = await readOne(respond, { metric: 'event_conversion', params, window });
    expect(points[0]).toMatchObject({ numerator, denominator });
  });
});

describe('a report that is filtered by the name of an event', () => {
  const days = {
    '2026-03-02': { eventCount: 12, totalUsers: 9 },
    '2026-03-04': { eventCount: 7, totalUsers: 5 },
  };
  const params = { metric: 'eventCount', filter: 'eventName == share' };
  const thresholded = (totals: Record<string, string>) =>
    property(days, { metadata: () => ({ subjectToThresholding: true }), totals });

  it('and thresholded counts where the rows add up to the total', async () => {
    const { points } = await readOne(thresholded({ eventCount: '19' }), {
      metric: 'report_total',
      params,
      window,
    });
    expect(points.map(({ value }) => value)).toEqual(['12', '0', '7']);
    expect(points.every(({ flags }) => flags?.['thresholded'] === true)).toBe(true);
  });

  it('and thresholded has no value where the total says that rows were withheld', async () => {
    const { points } = await readOne(thresholded({ eventCount: '22' }), {
      metric: 'report_total',
      params,
      window,
    });
    expect(points.map(({ value }) => value)).toEqual([null, null, null]);
  });

  it('of users makes no zero of a day that may have been withheld', async () => {
    const conversion = { event: 'share' };
    const { points } = await readOne(thresholded({}), {
      metric: 'event_conversion',
      params: conversion,
      window,
    });
    expect(points.map(({ value }) => value)).toEqual(['1', null, '1']);
  });

  it('and without any row is a week of zeros, with Google’s reason in the notes', async () => {
    const emptyReason = 'No data was collected for the requested date range.';
    const respond = property({}, { metadata: () => ({ emptyReason }) });
    const reading = await readOne(respond, { metric: 'report_total', params, window });
    expect(Object.values(valuesOf(reading))).toEqual(['0', '0', '0']);
    expect(reading.completeness.notes).toContain(`Google says why the report is empty: ${emptyReason}`);
  });

  it('and refused by Google fails alone, its neighbour in the batch still counts', async () => {
    const good = property({ '2026-03-02': { sessions: 5 } });
    const message = 'Field pageePath is not a valid dimension.';
    const { outcomes } = await runOn(
      (call) =>
        JSON.stringify(call.body).includes('pageePath')
          ? { status: 400, body: { error: { code: 400, message, status: 'INVALID_ARGUMENT' } } }
          : good(call),
      [
        { metric: 'report_total', params: { metric: 'eventCount', filter: 'pageePath == /' }, window },
        { metric: 'sessions', window },
      ],
    );
    expect(outcomes[0]).toMatchObject({ error: { errorClass: 'config', remedy: { by: 'owner' } } });
    expect(valuesOf(outcomes[1])['2026-03-02']).toBe('5');
  });
});
