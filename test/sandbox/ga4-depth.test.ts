import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Activity } from '../../sandbox/model/activity.ts';
import {
  type Bench,
  berlin,
  cells,
  event,
  headers,
  NOW,
  named,
  openBench,
  PROPERTY,
  post,
  refusal,
  signed,
  sortedRows,
  table,
  visit,
  week,
} from './ga4-support.ts';

// A comes by search on Monday 2 March 2026 on an iPhone, back directly on Wednesday; B comes on Tuesday.
const a1 = visit('a1', 'A', berlin('2026-03-02T09:17'), {
  newDevice: true,
  engagedSeconds: 30,
  channel: 'Paid Search',
  country: 'DE',
  device: 'mobile',
});
const a2 = visit('a2', 'A', berlin('2026-03-04T22:40'), {
  engagedSeconds: 15,
  country: 'DE',
  device: 'mobile',
});
const b1 = visit('b1', 'B', berlin('2026-03-03T09:00'), {
  newDevice: true,
  engagedSeconds: 5,
  channel: 'Email',
  country: 'US',
});
const bought = (id: string, value: number, currency: string, transaction_id: string) =>
  event(id, 'Subscription Started', b1, {
    sessionId: null,
    properties: { plan: 'paid', value, currency, transaction_id },
  });
const ACTIVITY: Activity[] = [
  a1,
  event('e1', 'Page Viewed', a1, { properties: { plan: 'free', platform: 'ios' } }),
  event('e2', 'Report Shared', a1, { properties: { plan: 'free', platform: 'ios', method: 'link' } }),
  a2,
  event('e3', 'Page Viewed', a2, { properties: { plan: 'trial', platform: 'ios' } }),
  b1,
  event('e4', 'Page Viewed', b1, { properties: { plan: 'free', platform: 'web' } }),
  event('e5', 'Survey Answered', b1, { properties: { plan: 'free', platform: 'web', score: 9 } }),
  event('e6', 'Survey Answered', b1, { properties: { plan: 'free', platform: 'web', score: 'later' } }),
  event('e7', 'view_item', b1),
  event('e8', 'add_to_cart', b1),
  event('e9', 'begin_checkout', b1),
  bought('e10', 30.1, 'USD', 't1'),
  bought('e11', 0.2, 'USD', 't1'), // the same purchase in two events
  event('e12', 'refund', b1, {
    sessionId: null,
    at: berlin('2026-03-04T09:00'),
    seenAt: berlin('2026-03-04T09:00'),
    properties: { value: 10, currency: 'USD' },
  }),
];
const DATES = week('2026-03-02', '2026-03-04');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(ACTIVITY);
});
afterAll(() => bench.close());
afterEach(() => bench.set({ now: NOW, quirks: {} }));

type Request = NonNullable<Parameters<Bench['rest']['runReport']>[0]>;
async function ask(request: Request) {
  const [report] = await bench.rest.runReport(
    { property: PROPERTY, dateRanges: DATES, ...request },
    signed(),
  );
  return report;
}
const sorted = async (request: Request) => sortedRows(table(await ask(request)));

it.each([
  {
    by: 'customEvent:plan',
    rows: [
      ['(not set)', '1'], // b1, some of whose events carry no plan
      ['free', '2'],
      ['trial', '1'],
    ],
  }, // a1 and b1, a2
  {
    by: 'customUser:plan',
    rows: [
      ['free', '2'],
      ['trial', '1'],
    ],
  },
  {
    by: 'customEvent:method',
    rows: [
      ['(not set)', '3'],
      ['link', '1'],
    ],
  }, // a1 in both
  {
    by: 'platform',
    rows: [
      ['iOS', '2'],
      ['web', '1'],
    ],
  },
  {
    by: 'country',
    rows: [
      ['Germany', '2'],
      ['United States', '1'],
    ],
  },
  {
    by: 'firstUserDefaultChannelGroup',
    rows: [
      ['Email', '1'],
      ['Paid Search', '2'],
    ],
  },
  {
    by: 'firstSessionDate',
    rows: [
      ['20260302', '2'],
      ['20260303', '1'],
    ],
  },
  {
    by: 'sessionSourceMedium',
    rows: [
      ['(direct) / (none)', '1'],
      ['google / cpc', '1'],
      ['newsletter / email', '1'],
    ],
  },
  {
    by: 'sessionSource',
    rows: [
      ['(direct)', '1'],
      ['google', '1'],
      ['newsletter', '1'],
    ],
  },
  {
    by: 'sessionMedium',
    rows: [
      ['(none)', '1'],
      ['cpc', '1'],
      ['email', '1'],
    ],
  },
  {
    by: 'dateHourMinute',
    rows: [
      ['202603020917', '1'],
      ['202603030900', '1'],
      ['202603042240', '1'],
    ],
  },
  {
    by: 'hour',
    rows: [
      ['09', '2'],
      ['22', '1'],
    ],
  },
  {
    by: 'dayOfWeekName',
    rows: [
      ['Monday', '1'],
      ['Tuesday', '1'],
      ['Wednesday', '1'],
    ],
  },
  // 1 January 2026 is a Thursday: Monday 2 March lies in the tenth week from Sunday on, and in ISO week 10.
  { by: 'yearWeek', rows: [['202610', '3']] },
  { by: 'isoYearIsoWeek', rows: [['202610', '3']] },
  {
    by: 'nthDay',
    rows: [
      ['0000', '1'],
      ['0001', '1'],
      ['0002', '1'],
    ],
  },
  { by: 'nthWeek', rows: [['0000', '3']] },
])('splits sessions by $by', async ({ by, rows }) => {
  expect(await sorted({ dimensions: named(by), metrics: named('sessions') })).toEqual(rows);
});

it.each([
  // 30.1 + 0.2 on Tuesday, 10 given back on Wednesday
  { metric: 'grossPurchaseRevenue', value: '30.3' },
  { metric: 'refundAmount', value: '10' },
  { metric: 'purchaseRevenue', value: '20.3' },
  { metric: 'totalRevenue', value: '20.3' },
  { metric: 'transactions', value: '1' },
  { metric: 'ecommercePurchases', value: '2' },
  { metric: 'averageRevenuePerUser', value: '10.15' }, // of A and B
  { metric: 'totalPurchasers', value: '1' },
  { metric: 'addToCarts', value: '1' },
  { metric: 'checkouts', value: '1' },
  { metric: 'cartToViewRate', value: '1' },
  { metric: 'customEvent:score', value: '9' },
  { metric: 'bounceRate', value: String(1 / 3) }, // b1: five seconds, one view
  { metric: 'sessionsPerUser', value: '1.5' },
  { metric: 'dauPerMau', value: '0.5' }, // on Wednesday A of A and B
  { metric: 'wauPerMau', value: '1' },
])('measures $metric', async ({ metric, value }) => {
  expect(table(await ask({ metrics: named(metric) }))).toEqual([[value]]);
});

it('takes revenue off the day of the refund', async () => {
  const rows = await sorted({ dimensions: named('date'), metrics: named('purchaseRevenue') });
  expect(rows).toEqual([
    ['20260303', '30.3'],
    ['20260304', '-10'],
  ]);
});

it('tells money in another currency, and in the property’s unless asked', async () => {
  const euros = await ask({ metrics: named('grossPurchaseRevenue'), currencyCode: 'EUR' });
  expect(euros.metadata?.currencyCode).toBe('EUR');
  // A euro is worth 1.05 to 1.12 dollars in the sandbox.
  expect(Number(table(euros)[0]?.[0])).toBeGreaterThan(30.3 / 1.12);
  expect(Number(table(euros)[0]?.[0])).toBeLessThan(30.3 / 1.05);
  bench.set({ quirks: { currencyCode: 'EUR' } });
  expect((await ask({ metrics: named('sessions') })).metadata?.currencyCode).toBe('EUR');
});

it('works numbers and columns out of others, and hides what is only needed for it', async () => {
  const report = await ask({
    dimensions: [
      {
        name: 'where',
        dimensionExpression: {
          concatenate: { dimensionNames: ['country', 'deviceCategory'], delimiter: '/' },
        },
      },
      { name: 'low', dimensionExpression: { lowerCase: { dimensionName: 'platform' } } },
    ],
    metrics: [
      { name: 'perUser', expression: '2 * sessions / (activeUsers + 1)' },
      { name: 'sessions', invisible: true },
    ],
    orderBys: [{ metric: { metricName: 'sessions' }, desc: true }],
    metricFilter: {
      filter: {
        fieldName: 'sessions',
        numericFilter: { operation: 'GREATER_THAN', value: { int64Value: '0' } },
      },
    },
  });
  expect(headers(report)).toEqual(['where', 'low', 'perUser']);
  // A: 2 × 2 / 2; B: 2 × 1 / 2
  expect(table(report)).toEqual([
    ['Germany/mobile', 'ios', '2'],
    ['United States/desktop', 'web', '1'],
  ]);
});

const events = (filter: object) => ask({ metrics: named('eventCount'), dimensionFilter: { filter } });
it.each([
  {
    name: 'a whole expression',
    filter: { fieldName: 'eventName', stringFilter: { matchType: 'FULL_REGEXP', value: 'page_.*|share' } },
    count: '4',
  },
  {
    name: 'a part of one',
    filter: { fieldName: 'eventName', stringFilter: { matchType: 'PARTIAL_REGEXP', value: '^survey' } },
    count: '2',
  },
  {
    name: 'an ending',
    filter: { fieldName: 'eventName', stringFilter: { matchType: 'ENDS_WITH', value: 'VIEW' } },
    count: '3',
  },
  {
    name: 'the case',
    filter: { fieldName: 'eventName', stringFilter: { value: 'Share', caseSensitive: true } },
    count: undefined,
  },
  {
    name: 'a number',
    filter: {
      fieldName: 'customEvent:score',
      numericFilter: { operation: 'EQUAL', value: { int64Value: '9' } },
    },
    count: '1',
  },
  {
    name: 'a stretch',
    filter: {
      fieldName: 'customEvent:score',
      betweenFilter: { fromValue: { doubleValue: 8.5 }, toValue: { int64Value: '10' } },
    },
    count: '1',
  },
  { name: 'nothing', filter: { fieldName: 'customEvent:method', emptyFilter: {} }, count: '11' }, // all but the share
])('filters events by $name', async ({ filter, count }) => {
  expect(table(await events(filter))[0]?.[0]).toBe(count);
});

it('withholds small rows of ages and genders by itself, and counts such a report', async () => {
  const report = await ask({
    dimensions: named('userAgeBracket'),
    metrics: named('activeUsers'),
    metricAggregations: [1],
    returnPropertyQuota: true,
  });
  expect(report.metadata?.subjectToThresholding).toBe(true);
  expect(table(report)).toEqual([]); // two people
  expect(report.totals?.map(cells)).toEqual([['RESERVED_TOTAL', '2']]);
  expect(report.propertyQuota?.potentiallyThresholdedRequestsPerHour?.remaining).toBe(119);
});

it('rolls rows that are too many into (other), or leaves them out and only says so', async () => {
  const request = {
    dimensions: named('eventName', 'country'),
    metrics: named('eventCount'),
    metricAggregations: [1 as const],
  };
  bench.set({ quirks: { rowLimit: 1 } });
  const rolled = await ask(request);
  expect(rolled.metadata?.dataLossFromOtherRow).toBe(true);
  // The page views of Germany and its two sessions are the largest row; 12 − 2 events are in the other one.
  expect(sortedRows(table(rolled))).toEqual([
    ['(other)', '(other)', '10'],
    ['page_view', 'Germany', '2'],
  ]);
  bench.set({ quirks: { rowLimit: 1, otherRowHidden: true } });
  const hidden = await ask(request);
  expect(hidden.metadata?.dataLossFromOtherRow).toBe(true);
  expect(table(hidden)).toEqual([['page_view', 'Germany', '2']]);
  expect(hidden.totals?.map(cells)).toEqual([['RESERVED_TOTAL', 'RESERVED_TOTAL', '12']]);
});

it('samples what is more than it reads', async () => {
  bench.set({ quirks: { sampledAboveEvents: 5 } });
  const report = await ask({ metrics: named('eventCount') });
  // three sessions and twelve events
  expect(report.metadata?.samplingMetadatas).toMatchObject([
    { samplesReadCount: '5', samplingSpaceSize: '15' },
  ]);
});

it('has no channel for a visit of the last hours, and settles on one later', async () => {
  const channel = async () =>
    (
      await sorted({
        dimensions: named('sessionDefaultChannelGroup'),
        metrics: named('sessions'),
        dateRanges: week('2026-03-02', '2026-03-02'),
      })
    )[0]?.[0];
  bench.set({ quirks: { attributionDays: 12 }, now: berlin('2026-03-02T13:00') });
  expect(await channel()).toBe('(data not available)');
  bench.set({ now: berlin('2026-03-14T13:00') });
  expect(await channel()).toBe('Paid Search');
});

it('says in JSON what is gone by policy', async () => {
  bench.set({
    quirks: { truncation: { type: 'DATE_RANGE', message: 'Older data is gone.', date: '2026-03-03' } },
  });
  const { body } = await post(bench, 'runReport', { dateRanges: DATES, metrics: named('sessions') });
  expect(body).toMatchObject({
    metadata: {
      dataTruncationReasons: [
        {
          dataTruncationType: 7,
          dataTruncationMessage: 'Older data is gone.',
          dataTruncationDate: '2026-03-03',
        },
      ],
    },
  });
});

it('leaves less to others when somebody else spends the property’s tokens, and more to Analytics 360', async () => {
  bench.set({ quirks: { usedByOthers: { hour: 39_990 } } });
  const quota = (await ask({ metrics: named('sessions'), returnPropertyQuota: true })).propertyQuota;
  expect(quota?.tokensPerHour?.remaining ?? 0).toBeLessThan(10);
  bench.set({ quirks: { usedByOthers: { day: 200_000 } } });
  expect((await refusal(ask({ metrics: named('sessions') }))).message).toContain('tokens per day');
  bench.set({ quirks: { analytics360: true } });
  const large = (await ask({ metrics: named('sessions'), returnPropertyQuota: true })).propertyQuota;
  expect(large?.tokensPerProjectPerHour?.remaining).toBeGreaterThan(130_000);
});

it.each([
  {
    name: 'items beside visits',
    given: { dimensions: named('itemName') },
    message: 'Please remove itemName',
  },
  {
    name: 'a broken expression',
    given: { metrics: [{ name: 'x', expression: 'sessions/' }] },
    message: 'malformed',
  },
  {
    name: 'an unknown part',
    given: { metrics: [{ name: 'x', expression: 'sessions/planets' }] },
    message: 'planets is not a valid metric',
  },
  {
    name: 'nothing visible',
    given: { metrics: [{ name: 'sessions', invisible: true }] },
    message: 'visible',
  },
  {
    name: 'an unknown parameter',
    given: { dimensions: named('customEvent:nothing') },
    message: 'not a valid dimension',
  },
  { name: 'a currency without a rate', given: { currencyCode: 'XXX' }, message: 'currencyCode' },
])('refuses $name with 400', async ({ given, message }) => {
  const refused = await refusal(ask({ metrics: named('sessions'), ...given }));
  expect(refused.code).toBe(400);
  expect(refused.message).toContain(message);
});
