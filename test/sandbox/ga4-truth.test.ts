import { BetaAnalyticsDataClient, v1alpha } from '@google-analytics/data';
import { googleAuthLibrary, grpc } from 'google-gax';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Model, Sandbox } from '../../sandbox/index.ts';
import { ga4ActiveUsers, ga4ByDay, ga4Cohort, ga4Funnel, ga4PurchasesByDay } from '../../sandbox/truth.ts';
import {
  byDate,
  cells,
  named,
  signed,
  sortedRows,
  TRANSPORTS,
  type Transport,
  table,
  token,
  week,
} from './ga4-support.ts';
import { NOW, openSandbox } from './support.ts';

// Acme's own property over both transports of the official clients, against truths that are worked out another way.
// Its zone lies west of UTC, so that a day cut wrongly shows.
const TIME_ZONE = 'America/New_York';
const LOOK = { timeZone: TIME_ZONE, now: NOW };
const OCTOBER = week('2026-10-01', '2026-10-31');

let sandbox: Sandbox;
let property: string;
let company: Model;
const betas = new Map<Transport, BetaAnalyticsDataClient>();
const alphas = new Map<Transport, v1alpha.AlphaAnalyticsDataClient>();
beforeAll(async () => {
  sandbox = await openSandbox({ timeZone: TIME_ZONE });
  property = `properties/${sandbox.state().ga4.propertyId}`;
  company = sandbox.model();
  const auth = new googleAuthLibrary.GoogleAuth({ authClient: new googleAuthLibrary.PassThroughClient() });
  const common = { apiEndpoint: '127.0.0.1', port: sandbox.port, auth };
  const ways = {
    rest: { ...common, protocol: 'http', fallback: true as const },
    grpc: { ...common, sslCreds: grpc.credentials.createInsecure() },
  };
  for (const transport of TRANSPORTS) {
    betas.set(transport, new BetaAnalyticsDataClient(ways[transport]));
    alphas.set(transport, new v1alpha.AlphaAnalyticsDataClient(ways[transport]));
  }
}, 60_000);
afterAll(async () => {
  for (const client of [...betas.values(), ...alphas.values()]) await client.close();
  await sandbox.close();
});

const who = () => {
  const { clientEmail, privateKey } = sandbox.state().ga4;
  return { ...signed(token({ iss: clientEmail, sub: clientEmail }, privateKey)), timeout: 60_000 };
};
type ReportRequest = Parameters<BetaAnalyticsDataClient['runReport']>[0];
async function report(request: ReportRequest, transport: Transport = 'rest') {
  const [answer] = (await betas.get(transport)?.runReport({ property, ...request }, who())) ?? [];
  if (answer === undefined) throw new Error(`no client for ${transport}`);
  return answer;
}
type FunnelRequest = Parameters<v1alpha.AlphaAnalyticsDataClient['runFunnelReport']>[0];
async function funnel(request: FunnelRequest, transport: Transport = 'rest') {
  const [answer] = (await alphas.get(transport)?.runFunnelReport({ property, ...request }, who())) ?? [];
  return answer?.funnelTable ?? {};
}
const digits = (day: string) => day.replaceAll('-', '');
const between = <T>(days: ReadonlyMap<string, T>, from: string, to: string) =>
  [...days].filter(([day]) => day >= from && day <= to).toSorted(([one], [other]) => (one < other ? -1 : 1));

it.each(TRANSPORTS)('counts visits, people and engagement of every day as they were over %s', async (way) => {
  const answer = await report(
    {
      dateRanges: OCTOBER,
      dimensions: named('date'),
      metrics: named(
        'sessions',
        'engagedSessions',
        'newUsers',
        'activeUsers',
        'totalUsers',
        'userEngagementDuration',
        'eventCount',
      ),
      orderBys: byDate,
    },
    way,
  );
  const truth = between(ga4ByDay(company, LOOK), '2026-10-01', '2026-10-31').map(([day, counts]) => [
    digits(day),
    counts.sessions,
    counts.engagedSessions,
    counts.newUsers,
    counts.activeUsers,
    counts.totalUsers,
    counts.engagedSeconds,
    Object.values(counts.events).reduce((sum, count) => sum + count, 0),
  ]);
  expect(truth).toHaveLength(31);
  expect(table(answer)).toEqual(truth.map((row) => row.map(String)));
});

it('counts people of a window once, however often they came', async () => {
  const answer = await report({ dateRanges: OCTOBER, metrics: named('activeUsers') });
  const people = ga4ActiveUsers(company, { startDay: '2026-10-01', endDay: '2026-10-31' }, LOOK);
  expect(table(answer)).toEqual([[String(people)]]);
});

it('counts the events of each name by day', async () => {
  const answer = await report({
    dateRanges: OCTOBER,
    dimensions: named('date', 'eventName'),
    metrics: named('eventCount'),
  });
  const truth = between(ga4ByDay(company, LOOK), '2026-10-01', '2026-10-31').flatMap(([day, counts]) =>
    Object.entries(counts.events).map(([name, count]) => [digits(day), name, String(count)]),
  );
  expect(sortedRows(table(answer))).toEqual(sortedRows(truth));
});

it('tells the share of sessions with a key event as it was', async () => {
  const answer = await report({
    dateRanges: OCTOBER,
    dimensions: named('date'),
    metrics: named('sessionKeyEventRate:sign_up', 'sessions'),
    orderBys: byDate,
  });
  const truth = between(ga4ByDay(company, LOOK), '2026-10-01', '2026-10-31').map(
    ([, { sessions, sessionsWith }]) => [sessionsWith['sign_up'] ?? 0, sessions],
  );
  expect(truth.some(([part]) => (part ?? 0) > 0)).toBe(true);
  const counted = table(answer).map(([, rate, all]) => [Math.round(Number(rate) * Number(all)), Number(all)]);
  expect(counted).toEqual(truth);
});

it('tells purchases and their dollars by day as billing has them', async () => {
  const answer = await report({
    dateRanges: week('2026-03-01', '2026-10-31'),
    dimensions: named('date', 'customEvent:plan'),
    metrics: named('transactions', 'purchaseRevenue', 'totalRevenue'),
    orderBys: byDate,
  });
  const days = between(ga4PurchasesByDay(company, LOOK), '2026-03-01', '2026-10-31');
  const dollars = days.filter(([, { amountMinor }]) => Object.keys(amountMinor).join() === 'usd');
  expect(dollars.length).toBeGreaterThan(30);
  const told = new Map(
    table(answer)
      .filter(([, plan]) => plan === 'paid')
      .map(([day, , ...values]) => [day, values]),
  );
  expect([...told.keys()]).toEqual(days.map(([day]) => digits(day)));
  for (const [day, { purchases, amountMinor }] of dollars) {
    const revenue = String((amountMinor['usd'] ?? 0) / 100);
    expect([day, told.get(digits(day))]).toEqual([day, [String(purchases), revenue, revenue]]);
  }
});

describe('cohorts', () => {
  const asked = (
    granularity: 'DAILY' | 'WEEKLY' | 'MONTHLY',
    nth: string,
    cohorts: ReadonlyArray<readonly [string, string]>,
    endOffset: number,
  ): ReportRequest => ({
    dimensions: named('cohort', nth),
    metrics: named('cohortActiveUsers', 'cohortTotalUsers'),
    cohortSpec: {
      cohorts: cohorts.map(([startDate, endDate]) => ({
        name: startDate,
        dimension: 'firstSessionDate',
        dateRange: { startDate, endDate },
      })),
      cohortsRange: { granularity, endOffset },
    },
  });
  const KINDS = [
    {
      by: 'day',
      request: asked(
        'DAILY',
        'cohortNthDay',
        [
          ['2026-10-05', '2026-10-05'],
          ['2026-10-06', '2026-10-06'],
        ],
        30,
      ),
      periods: 31,
      through: { '2026-10-05': '2026-11-04', '2026-10-06': '2026-11-05' },
      ends: { '2026-10-05': '2026-10-05', '2026-10-06': '2026-10-06' },
    },
    {
      by: 'week',
      request: asked(
        'WEEKLY',
        'cohortNthWeek',
        [
          ['2026-09-06', '2026-09-12'],
          ['2026-09-13', '2026-09-19'],
        ],
        6,
      ),
      periods: 7,
      // six steps of seven days after the Saturday
      through: { '2026-09-06': '2026-10-24', '2026-09-13': '2026-10-31' },
      ends: { '2026-09-06': '2026-09-12', '2026-09-13': '2026-09-19' },
    },
    {
      by: 'month',
      request: asked(
        'MONTHLY',
        'cohortNthMonth',
        [
          ['2026-05-01', '2026-05-31'],
          ['2026-06-01', '2026-06-30'],
        ],
        3,
      ),
      periods: 4,
      // Three steps of thirty days: 29 August and 28 September, so the last month is cut short.
      through: { '2026-05-01': '2026-08-29', '2026-06-01': '2026-09-28' },
      ends: { '2026-05-01': '2026-05-31', '2026-06-01': '2026-06-30' },
    },
  ] as const;

  it.each(KINDS.flatMap((kind) => TRANSPORTS.map((transport) => ({ ...kind, transport }))))(
    'follow people by $by as GA4 does, over $transport',
    async ({ by, request, periods, through, ends, transport }) => {
      const rows = table(await report(request, transport));
      const truth = Object.entries(through).flatMap(([startDay, throughDay]) => {
        const endDay = Object.entries(ends).find(([day]) => day === startDay)?.[1] ?? '';
        const cohort = ga4Cohort(company, { by, startDay, endDay, periods, throughDay }, LOOK);
        expect(cohort.total).toBeGreaterThan(10);
        return cohort.active.map((active, index) => [
          startDay,
          String(index).padStart(4, '0'),
          String(active),
          String(cohort.total),
        ]);
      });
      // A period in which nobody came may be missing.
      const told = new Set(rows.map((row) => row.slice(0, 2).join(' ')));
      const expected = truth.filter((row) => row[2] !== '0' || told.has(row.slice(0, 2).join(' ')));
      expect(sortedRows(rows)).toEqual(sortedRows(expected));
      expect(rows).not.toEqual(sortedRows(rows)); // in no order
    },
  );
});

describe('funnels', () => {
  const steps = [
    { event: 'sign_up' },
    { event: 'project_created', withinSeconds: 14 * 86_400 },
    { event: 'share', withinSeconds: 30 * 86_400 },
  ];
  const wire = steps.map(({ event: eventName, withinSeconds }) => ({
    name: eventName,
    ...(withinSeconds === undefined ? {} : { withinDurationFromPriorStep: { seconds: withinSeconds } }),
    filterExpression: { funnelEventFilter: { eventName } },
  }));
  const range = { startDay: '2026-07-01', endDay: '2026-10-31' };

  it.each(TRANSPORTS)('count who got how far, in order and in time, over %s', async (transport) => {
    const answer = await funnel(
      { dateRanges: week(range.startDay, range.endDay), funnel: { steps: wire } },
      transport,
    );
    const [one = 0, two = 0, three = 0] = ga4Funnel(company, { ...range, steps }, LOOK);
    expect(three).toBeGreaterThan(10);
    expect(two).toBeLessThan(one);
    expect((answer.rows ?? []).map(cells)).toEqual([
      ['1. sign_up', one, two / one, one - two, (one - two) / one].map(String),
      ['2. project_created', two, three / two, two - three, (two - three) / two].map(String),
      ['3. share', String(three), '0', '0', '0'],
    ]);
  });

  it('hold events against what was sent with them', async () => {
    const numericFilter = { operation: 'GREATER_THAN_OR_EQUAL' as const, value: { int64Value: 9 } };
    const answer = await funnel({
      dateRanges: week(range.startDay, range.endDay),
      funnel: {
        steps: [
          { name: 'any', filterExpression: { funnelEventFilter: { eventName: 'page_view' } } },
          {
            name: 'happy',
            filterExpression: {
              funnelEventFilter: {
                eventName: 'survey_answered',
                funnelParameterFilterExpression: {
                  funnelParameterFilter: { eventParameterName: 'score', numericFilter },
                },
              },
            },
          },
        ],
      },
    });
    const truth = ga4Funnel(
      company,
      {
        ...range,
        steps: [
          { event: 'page_view' },
          { event: 'survey_answered', where: ({ score }) => typeof score === 'number' && score >= 9 },
        ],
      },
      LOOK,
    );
    expect((answer.rows ?? []).map((row) => cells(row)[1])).toEqual(truth.map(String));
  });
});
