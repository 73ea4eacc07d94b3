import { afterEach, expect, it } from 'vitest';
import type { KeyResultDetail, Preview } from '../../src/api/contract.ts';
import { main } from '../../src/cli/main.ts';
import { board, digest, explanation, offTrackRow, present, row } from './support/board-fixture.ts';
import { type FakeApi, fakeApi, list } from './support/fake-api.ts';
import { type FakeIo, fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api.close());

async function tidemark(
  script: Parameters<typeof fakeApi>[0],
  argv: string[],
): Promise<{ io: FakeIo; code: number }> {
  api = await fakeApi(script);
  const io = fakeIo({ env: api.env });
  return { io, code: await main(argv, io) };
}
const sent = () => api.asked.at(-1)?.body;

const measurable = {
  metric: 'mrr',
  title: 'Monthly recurring revenue',
  description: 'Normalised to a month.',
  stage: 'revenue',
  unit: 'money',
  kind: 'stock' as const,
  settlesAfterHours: 24,
  rereadDays: 35,
  cadence: 'day' as const,
  readEveryHours: null,
  history: 'backfill' as const,
  params: {
    type: 'object',
    properties: { currency: { type: 'string' }, trialDays: { type: 'integer' } },
    required: ['currency'],
  },
};
const preview: Preview = {
  coverage: { startDay: '2026-08-13', endDay: '2026-08-16', days: 3, daysWithValue: 2 },
  metric: measurable,
  unit: 'money',
  currency: 'usd',
  timeZone: 'Europe/Berlin',
  current: { day: '2026-08-15', value: 8_420_000, settled: false },
  points: [
    { day: '2026-08-13', value: 8_400_000, settled: true },
    { day: '2026-08-14', value: null, settled: true },
    { day: '2026-08-15', value: 8_420_000, settled: false },
  ],
  completeness: { pages: 1, items: 12, lastPageReached: true, notes: ['test clocks left out'] },
  requests: explanation().runs[0]?.evidence[0]?.exchanges ?? [],
  problems: ['One day has no value.'],
  warnings: [
    {
      code: 'days_differ',
      values: { accountZone: 'America/Los_Angeles', workspaceZone: 'Europe/Berlin' },
      text: 'Days are cut elsewhere.',
    },
    { code: 'provider', values: { text: 'It is renamed next month.' }, text: 'It is renamed next month.' },
  ],
};

it('previews a metric: coverage, value, history, requests and problems', async () => {
  const script = { previewMetric: () => preview, listMeasurable: () => list(measurable) };
  const { io, code } = await tidemark(script, [
    'metric',
    'preview',
    'stripe',
    'mrr',
    '--param',
    'currency=usd',
    '--param',
    'trialDays=14',
    '--days',
    '3',
  ]);
  expect(code).toBe(0);
  expect(sent()).toEqual({
    connection: 'stripe',
    metric: 'mrr',
    params: { currency: 'usd', trialDays: 14 },
    days: 3,
  });
  const text = io.out();
  expect(text).toContain('Warning: Days are cut in America/Los_Angeles, the workspace’s are Europe/Berlin.');
  expect(text).toContain('Warning: It is renamed next month.');
  for (const part of [
    '2026-08-13 to 2026-08-15 (Europe/Berlin) · 2/3',
    'Now: $84,200.00  (2026-08-15, Provisional)',
    '▁·█',
    'All of it: 1 page, 12 items, last page reached.',
    'test clocks left out',
    `sha256:${digest}`,
    'Problem: One day has no value.',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).toMatch(/2026-08-14 +– +Settled/);
});

it('says what a connection can measure when the metric does not exist', async () => {
  const { io, code } = await tidemark({ listMeasurable: () => list(measurable) }, [
    'metric',
    'preview',
    'stripe',
    'mmr',
    '--param',
    'a=1',
  ]);
  expect(code).toBe(5);
  expect(io.err()).toContain('tidemark connection metrics stripe');
});

it('lists what a connection can measure, with the parameters that may be left out', async () => {
  const { io } = await tidemark({ listMeasurable: () => list(measurable) }, [
    'connection',
    'metrics',
    'stripe',
  ]);
  expect(io.out()).toMatch(/mrr +Monthly recurring revenue +Stock +money +backfill +currency, trialDays\?/);
});

it('adds a Key Result and says its target and the next step', async () => {
  const { io, code } = await tidemark(
    { createKeyResult: () => offTrackRow() },
    ['kr', 'add', 'growth.mrr', '--objective', 'growth', '--title', 'Lift MRR', '--goal', 'reach'].concat([
      '--to',
      '110000 USD',
      '--metric',
      'mrr',
      '--owner',
      'Mei',
    ]),
  );
  expect(code).toBe(0);
  expect(sent()).toMatchObject({
    key: 'growth.mrr',
    objective: 'growth',
    title: 'Lift MRR',
    owner: 'Mei',
    metric: 'mrr',
    goal: { kind: 'reach', startValue: null, targetValue: 11_000_000 },
  });
  expect(io.out()).toBe('Key Result growth.mrr is saved, target $110,000.00. Next: tidemark status\n');
});

it('binds a Key Result to a metric', async () => {
  const { code } = await tidemark({ bindKeyResult: () => ({ ...row(), warnings: [] }) }, [
    'kr',
    'bind',
    'growth.wau',
    'wau',
  ]);
  expect(code).toBe(0);
  expect(api.asked[0]).toMatchObject({ params: { id: 'growth.wau' }, body: { metric: 'wau' } });
});

it('shows one Key Result with its objective, cycle and source', async () => {
  const detail: KeyResultDetail = {
    ...row(),
    description: 'Counted by GA4.',
    baselines: [],
    overrides: [],
    automatic: null,
    versions: [],
    objectiveTitle: 'More teams every week',
    objectiveTitles: {},
    cycle: present(board().cycle),
    paceCurve: { kind: 'linear' },
    now: '2026-08-16T10:00:00Z',
    asOf: null,
    today: '2026-08-16',
    series: [],
    goalSeries: [],
    initiatives: [{ id: 'ini_1', title: 'New onboarding', startDay: '2026-08-01', endDay: null }],
    alerts: [],
  };
  const { io } = await tidemark({ getKeyResult: () => detail }, ['kr', 'show', 'growth.wau']);
  for (const part of [
    '✓ On track',
    'More teams every week',
    '2026-07-01 to 2026-09-30',
    '[sandbox] GA4 · Weekly active users (wau)',
    'Counted by GA4.',
    'New onboarding',
  ]) {
    expect(io.out()).toContain(part);
  }
});

it('lists Key Results as one JSON list', async () => {
  const { io } = await tidemark({ getBoard: () => board() }, ['kr', 'list', '--json']);
  const answer = JSON.parse(io.out()) as { data: { key: string }[]; page: unknown };
  expect(answer.data.map((item) => item.key)).toEqual(['growth.wau', 'growth.mrr', 'growth.trial']);
  expect(answer.page).toEqual({ nextCursor: null });
});

it('adds a cycle whose --end is the day after the last, and says the last day back', async () => {
  const cycle = present(board().cycle);
  const { io } = await tidemark({ createCycle: () => cycle }, [
    'cycle',
    'add',
    '2026-q3',
    '--start',
    '2026-07-01',
    '--end',
    '2026-10-01',
  ]);
  expect(sent()).toEqual({ key: '2026-q3', startDay: '2026-07-01', endDay: '2026-10-01' });
  expect(io.out()).toContain('2026-07-01 to 2026-09-30');
});

it('explains a Key Result, as text and as one JSON document', async () => {
  const script = { explainKeyResult: () => explanation() };
  const text = await tidemark(script, ['explain', 'growth.mrr']);
  expect(text.io.out()).toContain('(current − start) ÷ (target − start)');
  await api.close();
  const json = await tidemark(script, ['explain', 'growth.mrr', '--json']);
  expect(JSON.parse(json.io.out())).toEqual(explanation());
});

const channel = {
  id: 'chn_1',
  key: 'ops',
  title: 'Ops',
  kind: 'webhook' as const,
  address: 'https://example.com/hook',
  enabled: true,
  disabledReason: null,
  events: [],
  settings: null,
};

it('shows the signing secret of a webhook once, with a note beside the answer', async () => {
  const { io } = await tidemark({ createChannel: () => ({ ...channel, signingSecret: 'whsec_abc' }) }, [
    'channel',
    'add',
    'webhook',
    'ops',
    '--url',
    'https://example.com/hook',
  ]);
  expect(io.out()).toContain('Signing secret: whsec_abc\n');
  expect(io.err()).toContain('shown this once');
});

it("never accepts Slack's secret address as a flag, and never repeats it", async () => {
  const address = 'https://hooks.slack.com/services/T0/B0/planted';
  const { io, code } = await tidemark({}, ['channel', 'add', 'slack', 'team', '--url', address]);
  expect(code).toBe(2);
  expect(io.out() + io.err()).not.toContain(address);
  expect(api.asked).toEqual([]);
});

it("takes Slack's address from the environment", async () => {
  const address = 'https://hooks.slack.com/services/T0/B0/planted';
  api = await fakeApi({ createChannel: () => ({ ...channel, kind: 'slack', signingSecret: null }) });
  const io = fakeIo({ env: { ...api.env, TIDEMARK_SECRET_URL: address } });
  expect(await main(['channel', 'add', 'slack', 'team'], io)).toBe(0);
  expect(sent()).toEqual({ key: 'team', kind: 'slack', url: address, config: {}, secrets: {} });
  expect(io.out() + io.err()).not.toContain(address);
});

it('adds a rule with the evaluations that were asked for, and leaves the rest to the API', async () => {
  const rule = {
    id: 'rul_1',
    kind: 'off_track' as const,
    keyResultId: 'kr_mrr',
    objectiveId: null,
    forEvaluations: 2,
    keepFiringEvaluations: 5,
    fireBelow: 0.25,
    clearAbove: 0.45,
    repeatDays: 7,
    enabled: true,
  };
  const { io } = await tidemark({ createAlertRule: () => rule }, [
    'rule',
    'add',
    '--key-result',
    'growth.mrr',
    '--for',
    '2',
  ]);
  // The contract's schema fills in what was left out.
  expect(sent()).toEqual({
    keyResult: 'growth.mrr',
    objective: null,
    forEvaluations: 2,
    keepFiringEvaluations: 5,
    sensitivity: 'normal',
    repeatDays: 7,
  });
  expect(io.out()).toContain('growth.mrr off track on 2 days fires, 5 days without it resolve');
});

it('lists deliveries with what went wrong', async () => {
  const delivery = {
    id: 'dlv_1',
    deliveryId: 'msg_1',
    channelKey: 'ops',
    kind: 'alert',
    status: 'pending' as const,
    attempts: 3,
    createdAt: '2026-08-16T10:00:00.000Z',
    deliveredAt: null,
    lastError: 'HTTP 503',
    nextAt: '2026-08-16T12:30:00.000Z',
    tries: [],
  };
  const { io } = await tidemark({ listDeliveries: () => list(delivery) }, ['delivery', 'list']);
  expect(io.out()).toMatch(/msg_1 +ops +alert +pending +3 +2h +30m +HTTP 503/);
});

it.each([
  ['connector', 'list', 'listConnectors'],
  ['connection', 'list', 'listConnections'],
  ['metric', 'list', 'listMetrics'],
  ['cycle', 'list', 'listCycles'],
  ['channel', 'list', 'listChannels'],
  ['rule', 'list', 'listAlertRules'],
  ['alert', 'list', 'listAlerts'],
  ['delivery', 'list', 'listDeliveries'],
] as const)('%s %s: an empty list is a success, for people and for programs', async (noun, verb, route) => {
  const script = { [route]: () => list() };
  const people = await tidemark(script, [noun, verb]);
  expect(people.code).toBe(0);
  expect(people.io.out()).toBe('None yet.\n');
  await api.close();
  const programs = await tidemark(script, [noun, verb, '--json']);
  expect(programs.code).toBe(0);
  expect(JSON.parse(programs.io.out())).toEqual({ data: [], page: { nextCursor: null } });
});

it.each([
  { lang: 'en', says: 'Warning: Website could not be asked whether it can answer this' },
  { lang: 'zh-CN', says: '警告: 无法询问 Website 能否回答这个定义' },
])('says with a saved metric that its definition was not checked ($lang)', async ({ lang, says }) => {
  const notice = {
    code: 'not_asked',
    values: { connection: 'Website', why: 'It did not answer.' },
    text: 'Website could not be asked.',
  };
  const metric = {
    id: 'met_1',
    key: 'visits',
    title: 'Visits',
    connectionId: 'con_1',
    connectionKey: 'web',
    connectorMetric: 'sessions',
    version: 1,
    params: {},
    kind: 'flow' as const,
    unit: 'count',
    currency: null,
    timeZone: 'UTC',
    settlesAfterHours: 48,
    rereadDays: 3,
    definition: null,
    source: 'connector' as const,
    liveVersions: 1,
    warnings: [notice],
  };
  const add = ['metric', 'add', 'visits', '--connection', 'web', '--metric', 'sessions', '--lang', lang];
  const { code, io } = await tidemark({ createMetric: () => metric }, add);
  expect(code).toBe(0);
  expect(io.out()).toContain('Metric visits is saved.');
  expect(io.out()).toContain(says);
});

it('says with a bound Key Result what the provider warns of, in the provider’s words', async () => {
  const notice = { code: 'provider', values: { text: 'It is renamed next month.' }, text: 'It is renamed.' };
  const bound = { ...row(), warnings: [notice] };
  const { io } = await tidemark({ bindKeyResult: () => bound }, ['kr', 'bind', 'growth.wau', 'wau']);
  expect(io.out()).toContain('Warning: It is renamed next month.');
});
