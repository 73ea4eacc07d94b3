import type { Board, Explanation, KeyResultRow } from '../../../src/api/contract.ts';

/** The value, which this test cannot go on without. */
export function present<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('the fixture or the answer lacks it');
  return value;
}

/** Days from `2026-08-01` on, one for each value. */
export function daily(values: readonly (number | null)[]): { day: string; value: number | null }[] {
  return values.map((value, at) => ({ day: `2026-08-${String(at + 1).padStart(2, '0')}`, value }));
}

export function row(over: Partial<KeyResultRow> = {}): KeyResultRow {
  return {
    id: 'kr_wau',
    key: 'growth.wau',
    title: 'Grow weekly active users',
    titles: {},
    owner: 'Mei',
    objectiveId: 'obj_growth',
    goal: { kind: 'reach', startValue: 10_000, targetValue: 15_000 },
    unit: 'count',
    currency: null,
    startValue: 10_000,
    targetValue: 15_000,
    currentValue: 13_300,
    progress: 0.66,
    expected: 0.5,
    pace: 1.32,
    status: {
      state: 'on_track',
      asOfDay: '2026-08-15',
      reason: {
        code: 'on_pace',
        values: {
          progress: 0.66,
          expected: 0.5,
          asOfDay: '2026-08-15',
          gap: 0.16,
          ratio: 1.32,
          missingDays: 0,
        },
        text: '66% done.',
      },
      lastKnown: null,
    },
    data: {
      state: 'fresh',
      reason: { code: 'data_fresh', values: { throughDay: '2026-08-15' }, text: 'Data through 2026-08-15.' },
      dataThroughDay: '2026-08-15',
      fetchedAt: '2026-08-16T10:00:00.000Z',
      computedAt: '2026-08-16T10:00:01.000Z',
    },
    trend: daily([1, 2, 3, 4, 5, 6, 7, 8]),
    source: {
      kind: 'connector',
      connectionId: 'con_ga4',
      connectionKey: 'ga4',
      connectionTitle: 'Acme GA4',
      connectorId: 'ga4',
      connectorTitle: 'GA4',
      environment: 'sandbox',
      metricId: 'met_wau',
      metricKey: 'wau',
      metricTitle: 'Weekly active users',
    },
    weight: 1,
    guard: null,
    override: null,
    definition: null,
    newDefinition: null,
    tracking: 'automatic',
    sample: null,
    ...over,
  };
}

/** Monthly recurring revenue, far behind: 23 % done where 50 % were expected. */
export function offTrackRow(): KeyResultRow {
  return row({
    id: 'kr_mrr',
    key: 'growth.mrr',
    title: 'Lift MRR 月度经常性收入',
    goal: { kind: 'reach', startValue: 7_650_000, targetValue: 11_000_000 },
    unit: 'money',
    currency: 'usd',
    startValue: 7_650_000,
    targetValue: 11_000_000,
    currentValue: 8_420_000,
    progress: 0.23,
    expected: 0.5,
    pace: 0.46,
    status: {
      state: 'off_track',
      asOfDay: '2026-08-15',
      reason: {
        code: 'far_behind_pace',
        values: {
          progress: 0.23,
          expected: 0.5,
          asOfDay: '2026-08-15',
          gap: -0.27,
          ratio: 0.46,
          missingDays: 0,
        },
        text: '23% done, 50% expected.',
      },
      lastKnown: null,
    },
    trend: daily([5, 5, 5, 4, 4, 3, 3, 3]),
    source: {
      ...(row().source as NonNullable<KeyResultRow['source']>),
      connectorTitle: 'Stripe',
      metricTitle: 'MRR',
    },
  });
}

/** The source answers 401 for two days: the status keeps quiet, with what it was last. */
export function failingRow(): KeyResultRow {
  return row({
    id: 'kr_trial',
    key: 'growth.trial',
    title: 'Trial to paid',
    goal: { kind: 'reach', startValue: 0.025, targetValue: 0.06 },
    unit: 'ratio',
    startValue: 0.025,
    targetValue: 0.06,
    currentValue: 0.039,
    progress: 0.4,
    expected: 0.5,
    status: {
      state: 'unknown',
      asOfDay: '2026-08-13',
      reason: {
        code: 'judged_data_stale',
        values: { throughDay: '2026-08-13', behindDays: 2, staleAfterDays: 1 },
        text: 'No verdict.',
      },
      lastKnown: { state: 'at_risk', asOfDay: '2026-08-13' },
    },
    data: {
      state: 'failing',
      reason: {
        code: 'data_run_failed',
        values: { errorClass: 'auth', since: '2026-08-14T10:00:00.000Z' },
        text: 'The last sync failed.',
      },
      dataThroughDay: '2026-08-13',
      fetchedAt: '2026-08-14T10:00:00.000Z',
      computedAt: '2026-08-14T10:00:01.000Z',
    },
    trend: daily([2, 3, 4, null, null, 5, null, null]),
    source: { ...(row().source as NonNullable<KeyResultRow['source']>), environment: 'live' },
  });
}

export function board(rows: KeyResultRow[] = [row(), offTrackRow(), failingRow()]): Board {
  return {
    workspace: { id: 'wsp_1', name: 'Acme', timeZone: 'Europe/Berlin' },
    cycle: {
      id: 'cyc_1',
      key: '2026-q3',
      title: 'Q3 2026',
      startDay: '2026-07-01',
      endDay: '2026-10-01',
      timeZone: 'Europe/Berlin',
      state: 'running',
      closedAt: null,
    },
    now: '2026-08-16T12:00:00.000Z',
    asOf: null,
    objectives: [
      {
        id: 'obj_growth',
        key: 'growth',
        title: 'More teams every week',
        titles: {},
        parentId: null,
        cycleId: 'cyc_1',
        owner: null,
        stage: null,
        phase: null,
        weight: 1,
        progress: 0.5,
        coverage: 1,
        keyResults: rows,
      },
    ],
  };
}

export const digest = 'a3f1c2d4e5b6978812345678900aabbccddeeff00112233445566778899aabb0';

export function explanation(): Explanation {
  return {
    asOf: null,
    keyResult: offTrackRow(),
    formula: {
      rule: '(current − start) ÷ (target − start)',
      numbers: '(84,200 − 76,500) ÷ (110,000 − 76,500) = 0.23',
    },
    snapshot: {
      id: 'snp_1',
      asOfDay: '2026-08-15',
      computedAt: '2026-08-16T10:00:01.000Z',
      inputsDigest: 'sha256:feed',
      definitionVersion: 3,
    },
    points: [
      {
        day: '2026-08-15',
        value: '8420000',
        reason: null,
        numerator: null,
        denominator: null,
        revision: 2,
        origin: 'auto',
        settled: true,
        fetchedAt: '2026-08-16T10:00:00.000Z',
        runId: 'run_2',
        revisions: [
          {
            value: '8410000',
            revision: 1,
            believedFrom: '2026-08-15T10:00:00.000Z',
            believedUntil: '2026-08-16T10:00:00.000Z',
            runId: 'run_1',
          },
        ],
      },
      {
        day: '2026-08-14',
        value: null,
        reason: 'no_observation',
        numerator: null,
        denominator: null,
        revision: 1,
        origin: 'backfill',
        settled: true,
        fetchedAt: '2026-08-15T10:00:00.000Z',
        runId: 'run_1',
        revisions: [],
      },
    ],
    runs: [
      {
        id: 'run_2',
        trigger: 'schedule',
        status: 'succeeded',
        startedAt: '2026-08-16T09:59:58.000Z',
        finishedAt: '2026-08-16T10:00:00.000Z',
        evidence: [
          {
            id: 'evd_1',
            recordedAt: '2026-08-16T10:00:00.000Z',
            connectorVersion: '1.0.0',
            definitionHash: 'def_abc',
            windowStartDay: '2026-08-13',
            windowEndDay: '2026-08-17',
            outcome: 'ok',
            completeness: { pages: 3, items: 240, lastPageReached: true, notes: [] },
            exchanges: [
              {
                method: 'GET',
                url: 'https://api.stripe.com/v1/subscriptions?limit=100',
                status: 200,
                requestId: 'req_8a',
                responseSha256: digest,
                responseBytes: 1234,
                startedAt: '2026-08-16T09:59:58.000Z',
                durationMs: 412,
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
      id: 'met_mrr',
      key: 'mrr',
      title: 'Monthly recurring revenue',
      version: 1,
      definitionHash: 'def_abc',
      connectorMetric: 'mrr',
      params: { currency: 'usd' },
      kind: 'stock',
      timeZone: 'Europe/Berlin',
      settlesAfterHours: 24,
      rereadDays: 35,
      definition: {
        kind: 'catalog',
        metric: 'mrr',
        definitionVersion: 1,
        params: { discountPolicy: 'recurring' },
        window: { kind: 'day' },
        timeZone: 'Europe/Berlin',
      },
    },
  };
}
