import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Activity, Session } from '../../sandbox/model/activity.ts';
import {
  type Bench,
  berlin,
  cells,
  event,
  NOW,
  named,
  openBench,
  PROPERTY,
  refusal,
  signed,
  TRANSPORTS,
  visit,
  week,
} from './ga4-support.ts';

const day = (session: Session, name: string, local: string, properties: Record<string, string> = {}) =>
  event(`${session.sessionId}-${local}-${name}`, name, session, {
    at: berlin(local),
    seenAt: berlin(local),
    properties,
  });
const monday = (device: string, given: Partial<Session> = {}) =>
  visit(`s-${device}`, device, berlin('2026-03-02T09:00'), given);
const a = monday('A');
const b = monday('B', { device: 'mobile' });
const c = monday('C');
const d = monday('D', { device: 'tablet' });
const ACTIVITY: Activity[] = [
  // A does all three, with something else before the last.
  a,
  day(a, 'Sign Up', '2026-03-02T09:01'),
  day(a, 'Project Created', '2026-03-02T09:02'),
  day(a, 'Page Viewed', '2026-03-02T09:03'),
  day(a, 'Report Shared', '2026-03-03T09:00', { method: 'link' }),
  // B signs up, makes a project two days later, signs up again and makes another within the hour; shares nothing.
  b,
  day(b, 'Sign Up', '2026-03-02T09:01'),
  day(b, 'Project Created', '2026-03-04T09:01'),
  day(b, 'Sign Up', '2026-03-05T09:00'),
  day(b, 'Project Created', '2026-03-05T09:30'),
  // C signs up and then does things in the wrong order.
  c,
  day(c, 'Report Shared', '2026-03-02T09:00'),
  day(c, 'Sign Up', '2026-03-02T09:01'),
  // D makes a project and shares it without having signed up in these days.
  d,
  day(d, 'Project Created', '2026-03-02T09:01'),
  day(d, 'Report Shared', '2026-03-02T09:02'),
];
const DATES = week('2026-03-02', '2026-03-08');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(ACTIVITY);
});
afterAll(() => bench.close());
afterEach(() => bench.set({ now: NOW, quirks: {} }));

const did = (eventName: string, more: object = {}) => ({
  name: eventName,
  filterExpression: { funnelEventFilter: { eventName } },
  ...more,
});
const STEPS = [did('sign_up'), did('project_created'), did('share')];
async function ask(request: object, transport: (typeof TRANSPORTS)[number] = 'rest') {
  const client = await bench.alpha(transport);
  const [answer] = await client.runFunnelReport(
    { property: PROPERTY, dateRanges: DATES, ...request },
    signed(),
  );
  return answer;
}
const rowsOf = async (request: object) => ((await ask(request)).funnelTable?.rows ?? []).map(cells);
/** How many came to each step, by its name. */
const usersOf = async (request: object) => (await rowsOf(request)).map(([name, users]) => [name, users]);

it.each(TRANSPORTS)('counts who came through in order, with the share that went on, over %s', async (way) => {
  const answer = await ask({ funnel: { steps: STEPS } }, way);
  expect(answer.kind).toBe('analyticsData#runFunnelReport');
  // A B C signed up, A and B made a project after it, A shared after that.
  expect(answer.funnelTable?.rows?.map(cells)).toEqual([
    ['1. sign_up', '3', String(2 / 3), '1', String(1 / 3)],
    ['2. project_created', '2', '0.5', '1', '0.5'],
    ['3. share', '1', '0', '0', '0'],
  ]);
  expect(answer.funnelVisualization?.rows?.map(cells)).toEqual([
    ['1. sign_up', '3'],
    ['2. project_created', '2'],
    ['3. share', '1'],
  ]);
});

it('repeats the block of headers over four values, unless told not to', async () => {
  const block = [
    'activeUsers',
    'funnelStepCompletionRate',
    'funnelStepAbandonments',
    'funnelStepAbandonmentRate',
  ];
  const namesOf = async () =>
    (await ask({ funnel: { steps: STEPS } })).funnelTable?.metricHeaders?.map(({ name }) => name);
  expect(await namesOf()).toEqual([...block, ...block]);
  bench.set({ quirks: { funnelHeadersOnce: true } });
  expect(await namesOf()).toEqual(block);
});

it('lets people in at any step of an open funnel', async () => {
  expect(await usersOf({ funnel: { isOpenFunnel: true, steps: STEPS } })).toEqual([
    ['1. sign_up', '3'],
    ['2. project_created', '3'], // A B D
    ['3. share', '3'], // A C D
  ]);
});

it('counts the time allowed from the step before, at the latest try', async () => {
  const within = (seconds: number) => ({ withinDurationFromPriorStep: { seconds } });
  // A within a minute, B at the second try within half an hour.
  const hour = [did('sign_up'), did('project_created', within(3_600))];
  expect(await usersOf({ funnel: { steps: hour } })).toEqual([
    ['1. sign_up', '3'],
    ['2. project_created', '2'],
  ]);
  const minute = [did('sign_up'), did('project_created', within(60))];
  expect((await usersOf({ funnel: { steps: minute } }))[1]).toEqual(['2. project_created', '1']);
});

it('asks for nothing in between where a step follows directly', async () => {
  const direct = (name: string) => did(name, { isDirectlyFollowedBy: true });
  const steps = [did('sign_up'), direct('project_created'), direct('share')];
  // A looked at a page before sharing, so nobody reached the third step, and it has no row.
  expect(await usersOf({ funnel: { steps } })).toEqual([
    ['1. sign_up', '3'],
    ['2. project_created', '2'],
  ]);
});

it('splits by a dimension, with everybody in a row of their own and only the largest parts told', async () => {
  const rows = await rowsOf({
    funnel: { steps: STEPS },
    funnelBreakdown: { breakdownDimension: { name: 'deviceCategory' }, limit: 1 },
  });
  expect(rows).toEqual([
    ['1. sign_up', 'RESERVED_TOTAL', '3', String(2 / 3), '1', String(1 / 3)],
    ['1. sign_up', 'desktop', '2', '0.5', '1', '0.5'], // A and C
    ['2. project_created', 'RESERVED_TOTAL', '2', '0.5', '1', '0.5'],
    ['2. project_created', 'desktop', '1', '1', '0', '0'],
    ['3. share', 'RESERVED_TOTAL', '1', '', '0', ''],
    ['3. share', 'desktop', '1', '', '0', ''],
  ]);
});

it('knows what GA4 collects by itself, fields, parameters and groups of them', async () => {
  const parameter = (eventParameterName: string, value: string) => ({
    funnelParameterFilter: { eventParameterName, stringFilter: { value } },
  });
  const steps = [
    did('session_start'),
    {
      name: 'either',
      filterExpression: {
        orGroup: {
          expressions: [
            {
              funnelEventFilter: {
                eventName: 'share',
                funnelParameterFilterExpression: {
                  andGroup: {
                    expressions: [
                      parameter('method', 'link'),
                      { notExpression: parameter('method', 'mail') },
                    ],
                  },
                },
              },
            },
            {
              andGroup: {
                expressions: [
                  { funnelFieldFilter: { fieldName: 'deviceCategory', stringFilter: { value: 'tablet' } } },
                  { notExpression: { funnelEventFilter: { eventName: 'session_start' } } },
                ],
              },
            },
          ],
        },
      },
    },
  ];
  expect(await usersOf({ funnel: { steps } })).toEqual([
    ['1. session_start', '4'],
    ['2. either', '2'], // A by the link, D by the tablet
  ]);
});

it('filters all events, and tells several ranges apart', async () => {
  const stringFilter = { value: 'desktop' };
  expect(
    await usersOf({
      funnel: { steps: STEPS },
      dimensionFilter: { filter: { fieldName: 'deviceCategory', stringFilter } },
    }),
  ).toEqual([
    ['1. sign_up', '2'],
    ['2. project_created', '1'],
    ['3. share', '1'],
  ]);
  const ranges = [
    { startDate: '2026-03-02', endDate: '2026-03-02' },
    { startDate: '2026-03-05', endDate: '2026-03-05', name: 'thursday' },
  ];
  const rows = await rowsOf({ dateRanges: ranges, funnel: { steps: STEPS } });
  expect(rows.map((row) => row.slice(0, 3))).toEqual([
    ['1. sign_up', 'date_range_0', '3'],
    ['2. project_created', 'date_range_0', '1'],
    ['1. sign_up', 'thursday', '1'],
    ['2. project_created', 'thursday', '1'],
  ]);
});

it('says when it was sampled', async () => {
  bench.set({ quirks: { samplingPercent: 50 } });
  const answer = await ask({ funnel: { steps: STEPS } });
  // four visits and twelve events
  expect(answer.funnelTable?.metadata?.samplingMetadatas).toMatchObject([
    { samplesReadCount: '8', samplingSpaceSize: '16' },
  ]);
});

it.each([
  { name: 'no step', request: { funnel: { steps: [] } }, message: '1 to 10 steps' },
  { name: 'a step of nothing', request: { funnel: { steps: [{ name: 'x' }] } }, message: 'filterExpression' },
  {
    name: 'a breakdown into too many',
    request: {
      funnel: { steps: STEPS },
      funnelBreakdown: { breakdownDimension: { name: 'country' }, limit: 16 },
    },
    message: '1 to 15',
  },
  {
    name: 'an unknown breakdown',
    request: { funnel: { steps: STEPS }, funnelBreakdown: { breakdownDimension: { name: 'planet' } } },
    message: 'planet is not a valid dimension',
  },
])('refuses $name with 400', async ({ request, message }) => {
  const refused = await refusal(ask(request));
  expect(refused.code).toBe(400);
  expect(refused.message).toContain(message);
});

it.each(TRANSPORTS)(
  'spends tokens of its own pools, which the snapshot shows, over %s',
  async (transport) => {
    const fresh = await openBench(ACTIVITY);
    try {
      const alpha = await fresh.alpha(transport);
      const [funnel] = await alpha.runFunnelReport(
        { property: PROPERTY, dateRanges: DATES, funnel: { steps: STEPS }, returnPropertyQuota: true },
        signed(),
      );
      // 2, and 1 for each of three steps
      expect(funnel.propertyQuota?.tokensPerHour).toMatchObject({ consumed: 5, remaining: 39_995 });
      const beta = await fresh.client(transport);
      await beta.runReport({ property: PROPERTY, dateRanges: DATES, metrics: named('sessions') }, signed());
      const name = `${PROPERTY}/propertyQuotasSnapshot`;
      const [snapshot] = await alpha.getPropertyQuotasSnapshot({ name }, signed());
      expect(snapshot).toMatchObject({
        name,
        corePropertyQuota: { tokensPerDay: { consumed: 1, remaining: 199_999 } },
        funnelPropertyQuota: { tokensPerDay: { consumed: 5, remaining: 199_995 } },
        realtimePropertyQuota: { tokensPerDay: { remaining: 200_000 } },
      });
    } finally {
      await fresh.close();
    }
  },
);
