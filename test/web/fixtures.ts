import type {
  Board,
  Explanation,
  KeyResultDetail,
  KeyResultRow,
  ReasonView,
} from '../../src/api/contract.ts';

/** One quarter of a made-up company, seen on 3 March 2026 at 17:00 in Shanghai. Every number below is made up. */
export const now = '2026-03-03T09:00:00.000Z';
export const today = '2026-03-03';

const cycle = {
  id: 'cyc_1',
  key: '2026-q1',
  title: '2026 Q1',
  startDay: '2026-01-01',
  endDay: '2026-04-01',
  timeZone: 'Asia/Shanghai',
  state: 'running' as const,
  closedAt: null,
};

const reason = (code: string, text: string, values: ReasonView['values'] = {}): ReasonView => ({
  code,
  text,
  values,
});

/** `count` days that end on `lastDay`, oldest first. */
export function daysUntil(lastDay: string, count: number): string[] {
  const end = Date.parse(`${lastDay}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) =>
    new Date(end - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}

/** A wave on a slope: looks measured, and is the same every time. */
function walk(from: number, to: number, count: number, wave: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const straight = from + ((to - from) * index) / Math.max(1, count - 1);
    return Math.round(straight + wave * Math.sin(index * 1.7) + wave * 0.6 * Math.sin(index * 0.45));
  });
}

const trendOf = (lastDay: string, values: (number | null)[]) =>
  daysUntil(lastDay, values.length).map((day, index) => ({
    day,
    value: values[index] ?? null,
    settled: day <= '2026-02-27',
  }));

const ga4 = {
  kind: 'connector',
  connectionId: 'con_1',
  connectionKey: 'ga4-main',
  connectionTitle: 'GA4 main property',
  connectorId: 'ga4',
  connectorTitle: 'Google Analytics 4',
  environment: 'live',
  metricId: 'met_1',
  metricKey: 'wau',
  metricTitle: 'Weekly active users',
} as const;
const stripe = {
  ...ga4,
  connectionId: 'con_2',
  connectionKey: 'stripe-sandbox',
  connectionTitle: 'Stripe (sandbox)',
  connectorId: 'stripe',
  connectorTitle: 'Stripe',
  environment: 'sandbox',
  metricId: 'met_2',
  metricKey: 'mrr',
  metricTitle: 'Monthly recurring revenue',
} as const;

const fresh = {
  state: 'fresh',
  reason: reason('data_fresh', 'Data through 2026-03-02.', { throughDay: '2026-03-02' }),
  dataThroughDay: '2026-03-02',
  fetchedAt: '2026-03-03T07:00:00.000Z',
  computedAt: '2026-03-03T07:00:04.000Z',
} as const;

const onPace = (progress: number, expected: number) =>
  reason('on_pace', `${progress} done, ${expected} expected.`, {
    progress,
    expected,
    asOfDay: '2026-03-02',
    gap: progress - expected,
    ratio: progress / expected,
    missingDays: 0,
  });

export const onTrack: KeyResultRow = {
  id: 'kr_1',
  key: 'growth.wau',
  title: 'Grow weekly active users',
  titles: {},
  owner: 'Mei Lin',
  objectiveId: 'obj_1',
  goal: { kind: 'reach', startValue: 10_000, targetValue: 15_000 },
  unit: 'count',
  currency: null,
  startValue: 10_000,
  targetValue: 15_000,
  currentValue: 13_480,
  progress: 0.696,
  expected: 0.678,
  pace: 1.027,
  status: { state: 'on_track', asOfDay: '2026-03-02', reason: onPace(0.696, 0.678), lastKnown: null },
  data: fresh,
  trend: trendOf('2026-03-02', walk(12_000, 13_480, 30, 160)),
  source: ga4,
  weight: 1,
  guard: null,
  override: null,
  definition: null,
  newDefinition: null,
  tracking: 'automatic',
  sample: null,
};

export const offTrack: KeyResultRow = {
  ...onTrack,
  id: 'kr_2',
  key: 'revenue.mrr',
  title: 'Lift monthly recurring revenue',
  owner: 'Jonas Weber',
  goal: { kind: 'reach', startValue: 7_600_000, targetValue: 11_000_000 },
  unit: 'money',
  currency: 'usd',
  startValue: 7_600_000,
  targetValue: 11_000_000,
  currentValue: 8_420_050,
  progress: 0.241,
  expected: 0.678,
  pace: 0.356,
  status: {
    state: 'off_track',
    asOfDay: '2026-03-02',
    reason: reason('far_behind_pace', '24 % done, 68 % expected.', {
      progress: 0.241,
      expected: 0.678,
      asOfDay: '2026-03-02',
      gap: -0.437,
      ratio: 0.356,
      missingDays: 0,
    }),
    lastKnown: null,
  },
  data: { ...fresh, fetchedAt: '2026-03-03T06:00:00.000Z', computedAt: '2026-03-03T06:00:04.000Z' },
  trend: trendOf('2026-03-02', walk(8_200_000, 8_420_050, 30, 40_000)),
  source: stripe,
};

export const failing: KeyResultRow = {
  ...onTrack,
  id: 'kr_3',
  key: 'activation.trial-to-paid',
  title: 'Trial to paid',
  owner: null,
  goal: { kind: 'reach', startValue: 0.031, targetValue: 0.06 },
  unit: 'ratio',
  startValue: 0.031,
  targetValue: 0.06,
  currentValue: 0.0512,
  progress: 0.697,
  expected: 0.655,
  pace: 1.064,
  status: { state: 'on_track', asOfDay: '2026-02-28', reason: onPace(0.697, 0.655), lastKnown: null },
  data: {
    state: 'failing',
    reason: reason('data_run_failed', 'The last sync failed because the provider refused the key.', {
      errorClass: 'auth',
      since: '2026-03-01T07:00:00.000Z',
    }),
    dataThroughDay: '2026-02-28',
    fetchedAt: '2026-03-01T05:00:00.000Z',
    computedAt: '2026-03-01T05:00:03.000Z',
  },
  trend: trendOf('2026-02-28', [0.031, 0.033, null, null, 0.038, 0.041, 0.044, 0.0512]),
  source: {
    ...stripe,
    environment: 'live',
    connectionTitle: 'Stripe',
    metricKey: 'trial_to_paid',
    metricTitle: 'Trial to paid',
  },
};

export const stale: KeyResultRow = {
  ...onTrack,
  id: 'kr_4',
  key: 'retention.day-28',
  cohort: {
    firstOwnDay: '2026-01-01',
    firstDecidedDay: '2026-01-30',
    lastOwnDay: '2026-03-31',
    finalDay: '2026-04-29',
  },
  title: 'Day-28 retention',
  owner: 'Amara Okafor',
  objectiveId: 'obj_2',
  goal: { kind: 'reach', startValue: 0.22, targetValue: 0.3 },
  unit: 'ratio',
  startValue: 0.22,
  targetValue: 0.3,
  currentValue: 0.245,
  progress: 0.312,
  expected: 0.678,
  pace: null,
  status: {
    state: 'unknown',
    asOfDay: '2026-02-20',
    reason: reason('judged_data_stale', 'No verdict: the newest settled day is 2026-02-20.', {
      throughDay: '2026-02-20',
      behindDays: 10,
      staleAfterDays: 7,
    }),
    lastKnown: { state: 'at_risk', asOfDay: '2026-02-20' },
  },
  data: {
    state: 'stale',
    reason: reason('data_stale', 'Data through 2026-02-20, 10 days behind.', {
      throughDay: '2026-02-20',
      behindDays: 10,
      staleAfterDays: 7,
      errorClass: 'none',
    }),
    dataThroughDay: '2026-02-20',
    fetchedAt: '2026-02-21T04:00:00.000Z',
    computedAt: '2026-02-21T04:00:03.000Z',
  },
  trend: trendOf('2026-02-20', [0.24, 0.24, 0.24, 0.24, 0.245]),
  source: {
    ...ga4,
    connectorTitle: 'Mixpanel',
    connectorId: 'mixpanel',
    metricKey: 'retention_d28',
    metricTitle: 'Day-28 retention',
  },
};

export const none: KeyResultRow = {
  ...onTrack,
  id: 'kr_5',
  key: 'satisfaction.nps',
  title: 'Raise the net promoter score',
  owner: 'Amara Okafor',
  objectiveId: 'obj_2',
  goal: { kind: 'reach', startValue: null, targetValue: 45 },
  unit: 'score',
  startValue: null,
  targetValue: 45,
  currentValue: null,
  progress: null,
  expected: null,
  pace: null,
  status: {
    state: 'unknown',
    asOfDay: null,
    reason: reason('judged_no_data', 'No verdict: there is no settled value yet.'),
    lastKnown: null,
  },
  data: {
    state: 'none',
    reason: reason('data_none', 'The source has never given a value.'),
    dataThroughDay: null,
    fetchedAt: null,
    computedAt: null,
  },
  trend: [],
  source: { ...ga4, metricKey: 'nps', metricTitle: 'Net promoter score' },
};

export const guardrail: KeyResultRow = {
  ...onTrack,
  id: 'kr_6',
  key: 'quality.p95',
  title: 'Keep the 95th percentile of response time under 300 ms',
  owner: 'Jonas Weber',
  objectiveId: 'obj_2',
  goal: {
    kind: 'guardrail',
    operator: 'at_most',
    lower: null,
    upper: 300,
    method: 'share_of_checks',
    checksPlanned: null,
    startValue: null,
  },
  unit: 'custom:ms',
  startValue: null,
  targetValue: null,
  currentValue: 262,
  progress: 0.951,
  expected: null,
  pace: null,
  status: {
    state: 'on_track',
    asOfDay: '2026-03-02',
    reason: reason('kept_enough', 'Kept in 58 of 61 periods.', {
      met: 58,
      periods: 61,
      asOfDay: '2026-03-02',
      share: 0.951,
    }),
    lastKnown: null,
  },
  trend: trendOf('2026-03-02', [280, 310, 270, 290, 262]),
  source: { ...ga4, environment: 'test', metricKey: 'p95', metricTitle: 'Response time' },
};

export const accumulating: KeyResultRow = {
  ...onTrack,
  id: 'kr_7',
  key: 'acquisition.signups',
  title: '在本季度内通过内容营销与合作伙伴渠道累计获得一千二百名新的付费团队注册用户，并保持获客成本不上升',
  owner: '王小明',
  goal: { kind: 'accumulate', targetValue: 1200 },
  unit: 'custom:注册',
  startValue: null,
  targetValue: 1200,
  currentValue: 702,
  progress: 0.585,
  expected: 0.678,
  pace: 0.863,
  status: {
    state: 'at_risk',
    asOfDay: '2026-03-02',
    reason: reason('behind_pace', '59 % done, 68 % expected.', {
      progress: 0.585,
      expected: 0.678,
      asOfDay: '2026-03-02',
      gap: -0.093,
      ratio: 0.863,
      missingDays: 0,
    }),
    lastKnown: null,
  },
  trend: trendOf('2026-03-02', walk(10, 12, 30, 4)),
};

export const beaten: KeyResultRow = {
  ...onTrack,
  id: 'kr_8',
  key: 'markup',
  title: '<img src=x onerror="document.title=\'broken\'"> <b>Ship</b> & "quote"',
  owner: '<script>alert(1)</script>',
  objectiveId: 'obj_2',
  goal: { kind: 'reach', startValue: 0, targetValue: 4 },
  unit: 'custom:releases',
  startValue: 0,
  targetValue: 4,
  currentValue: 5,
  progress: 1.25,
  expected: 0.678,
  pace: 1.84,
  status: {
    state: 'on_track',
    asOfDay: '2026-03-02',
    reason: reason('goal_met_early', 'The goal was reached.', { asOfDay: '2026-03-02', progress: 1.25 }),
    lastKnown: null,
  },
  trend: trendOf('2026-03-02', [1, 2, 3, 4, 5]),
};

export const board: Board = {
  workspace: { id: 'wsp_1', name: 'Acme', timeZone: 'Asia/Shanghai' },
  cycle,
  now,
  asOf: null,
  comparedAt: '2026-02-24T09:00:00.000Z',
  objectives: [
    {
      id: 'obj_1',
      key: 'growth',
      title: 'Make growth repeatable',
      titles: {},
      parentId: null,
      cycleId: 'cyc_1',
      owner: 'Mei Lin',
      stage: null,
      phase: null,
      weight: 1,
      progress: 0.5,
      coverage: 1,
      // Not in order of attention: the page sorts.
      keyResults: [onTrack, failing, accumulating, offTrack],
    },
    {
      id: 'obj_2',
      key: 'love',
      title: 'Be the tool that people recommend',
      titles: {},
      parentId: null,
      cycleId: 'cyc_1',
      owner: null,
      stage: null,
      phase: null,
      weight: 1,
      progress: 0.5,
      coverage: 1,
      keyResults: [beaten, guardrail, none, stale],
    },
  ],
};

export const emptyBoard: Board = { ...board, objectives: [] };
export const boardWithoutCycle: Board = { ...board, cycle: null, objectives: [] };

/** 500 rows, as many as a large workspace has. */
export function largeBoard(): Board {
  const states = [onTrack, offTrack, failing, stale, guardrail];
  const keyResults = Array.from({ length: 500 }, (_, index) => {
    const row = states[index % states.length] ?? onTrack;
    return { ...row, id: `kr_${index}`, key: `row-${index}`, title: `${row.title} ${index}` };
  });
  return {
    ...board,
    objectives: board.objectives.slice(0, 1).map((objective) => ({ ...objective, keyResults })),
  };
}

const quarter = daysUntil('2026-03-31', 90);
/** A straight line from start to target over the 90 days of the quarter. */
const expectedOn = (row: KeyResultRow, index: number): number | null =>
  row.targetValue === null || row.goal.kind === 'guardrail'
    ? null
    : (row.startValue ?? 0) + ((row.targetValue - (row.startValue ?? 0)) * (index + 1)) / 90;

/** The row as a page of its own: 61 measured days, a gap of three, the last three days provisional, one restated. */
export function detailOf(row: KeyResultRow): KeyResultDetail {
  const measuredDays =
    row.data.dataThroughDay === null ? [] : quarter.filter((day) => day <= (row.data.dataThroughDay ?? ''));
  const end = row.currentValue ?? 0;
  const fine = row.unit === 'ratio' ? 1e6 : 1;
  const start = row.startValue ?? (row.goal.kind === 'accumulate' ? 0 : end);
  const values = walk(
    start * fine,
    end * fine,
    measuredDays.length,
    row.goal.kind === 'guardrail' ? 12 : Math.abs((end - start) * fine) * 0.03 + 2,
  ).map((value) => value / fine);
  const series = measuredDays
    .map((day, index) => ({
      day,
      // 57 days of 12 and a first one of 18 make the 702 that have come together.
      value:
        row.goal.kind === 'accumulate'
          ? index === 0
            ? 18
            : 12
          : index === measuredDays.length - 1
            ? end
            : (values[index] ?? 0),
      reason: null,
      settled: day <= '2026-02-27',
      revision: day === '2026-02-25' ? 2 : 1,
      ...(day === '2026-02-25' ? { was: { value: 8_100_000, until: '2026-02-28T06:00:02.000Z' } } : {}),
      origin: index < 10 ? ('backfill' as const) : ('auto' as const),
    }))
    .filter((point) => point.day < '2026-01-20' || point.day > '2026-01-22');
  let sum = 0;
  const byDay = new Map(
    series.map((point) => {
      sum += point.value;
      return [point.day, row.goal.kind === 'accumulate' ? sum : point.value];
    }),
  );
  return {
    ...row,
    description:
      row === offTrack
        ? 'Committed subscriptions only, normalised to a month.\nTrials and one-off charges do not count.'
        : '',
    baselines: [],
    overrides: [],
    automatic: null,
    versions: [],
    objectiveTitle: board.objectives.find((objective) => objective.id === row.objectiveId)?.title ?? '',
    objectiveTitles: {},
    cycle,
    paceCurve: { kind: 'linear' },
    now,
    asOf: null,
    today,
    series,
    goalSeries: quarter.map((day, index) => ({
      day,
      value: byDay.get(day) ?? null,
      expected: expectedOn(row, index),
    })),
    initiatives:
      row === offTrack
        ? [
            { id: 'ini_1', title: 'New pricing page', startDay: '2026-02-02', endDay: '2026-02-20' },
            { id: 'ini_2', title: '年付折扣活动', startDay: '2026-02-24', endDay: null },
          ]
        : [],
    alerts:
      row === offTrack
        ? [
            {
              id: 'alr_1',
              kind: 'off_track',
              state: 'firing',
              since: '2026-02-27T02:00:00.000Z',
              firedAt: '2026-03-01T02:00:00.000Z',
              resolvedAt: null,
            },
          ]
        : [],
  };
}

const digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export function explanationOf(row: KeyResultRow): Explanation {
  const { series } = detailOf(row);
  if (series.length === 0)
    return {
      asOf: null,
      keyResult: row,
      formula: { rule: 'progress = (current - start) / (target - start)', numbers: 'no value yet' },
      snapshot: null,
      points: [],
      runs: [],
      metric: null,
      inputs: [],
      ingests: [],
      baseline: null,
      override: null,
    };
  return {
    asOf: null,
    keyResult: row,
    formula: {
      rule:
        row === offTrack ? 'progress = (current - start) / (target - start)' : 'progress = current / target',
      numbers:
        row === offTrack
          ? '0.241 = (8420050 - 7600000) / (11000000 - 7600000)'
          : `${row.progress} = ${row.currentValue} / ${row.targetValue}`,
    },
    snapshot: {
      id: 'snp_1',
      asOfDay: '2026-03-02',
      computedAt: '2026-03-03T06:00:04.000Z',
      inputsDigest: digest,
      definitionVersion: 3,
    },
    points: series.toReversed().map((point) => ({
      day: point.day,
      value: point.value === null ? null : String(point.value),
      reason: point.reason,
      numerator: null,
      denominator: null,
      revision: point.revision,
      origin: point.origin,
      settled: point.settled,
      fetchedAt: '2026-03-03T06:00:02.000Z',
      runId: 'run_1',
      revisions:
        point.revision > 1
          ? [
              {
                value: row === offTrack ? '8100000' : String((point.value ?? 0) * 0.98),
                revision: 1,
                believedFrom: '2026-02-26T06:00:02.000Z',
                believedUntil: '2026-02-28T06:00:02.000Z',
                runId: 'run_0',
              },
            ]
          : [],
    })),
    runs: [
      {
        id: 'run_01JNQ4T8X2',
        trigger: 'schedule',
        status: 'succeeded',
        startedAt: '2026-03-03T05:59:58.000Z',
        finishedAt: '2026-03-03T06:00:03.000Z',
        evidence: [
          {
            id: 'evd_1',
            recordedAt: '2026-03-03T06:00:02.000Z',
            connectorVersion: '1.0.0',
            definitionHash: digest,
            windowStartDay: '2026-01-28',
            windowEndDay: '2026-03-04',
            outcome: 'ok',
            completeness: {
              pages: 2,
              items: 148,
              lastPageReached: true,
              notes: ['Test clocks are left out.'],
            },
            exchanges: [
              {
                method: 'GET',
                url: 'https://api.stripe.com/v1/subscriptions?limit=100&status=all&expand[]=data.discounts',
                status: 200,
                requestId: 'req_Zx81kLw0aQ',
                responseSha256: digest,
                responseBytes: 184_220,
                startedAt: '2026-03-03T05:59:59.000Z',
                durationMs: 412,
              },
              {
                method: 'GET',
                url: 'https://api.stripe.com/v1/subscriptions?limit=100&status=all&starting_after=sub_1',
                status: 200,
                requestId: 'req_Bq44mmd81x',
                responseSha256: digest,
                responseBytes: 91_008,
                startedAt: '2026-03-03T06:00:00.000Z',
                durationMs: 388,
              },
            ],
          },
        ],
      },
    ],
    inputs: [],
    ingests: [],
    baseline: null,
    override: null,
    metric: {
      id: 'met_2',
      key: 'mrr',
      title: 'Monthly recurring revenue',
      version: 3,
      definitionHash: digest,
      connectorMetric: 'mrr',
      params: {},
      kind: 'stock',
      timeZone: 'Asia/Shanghai',
      settlesAfterHours: 72,
      rereadDays: 35,
      definition: null,
    },
  };
}

export const rows = board.objectives.flatMap((objective) => objective.keyResults);
