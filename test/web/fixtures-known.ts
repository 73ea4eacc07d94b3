import type { Board, Explanation, KeyResultDetail, KeyResultRow } from '../../src/api/contract.ts';
import type { Answer } from '../../src/api/routes.ts';
import { board, daysUntil, detailOf, explanationOf, none, offTrack, onTrack } from './fixtures.ts';

/** What the domain knows beside a plain number: pairs, owners' values, check-ins, samples, definitions. All made up. */

type Source = NonNullable<KeyResultRow['source']>;
const withoutConnection = (kind: Source['kind'], metricKey: string, metricTitle: string): Source => ({
  kind,
  connectionId: '',
  connectionKey: '',
  connectionTitle: '',
  connectorId: '',
  connectorTitle: '',
  environment: 'live',
  metricId: 'met_9',
  metricKey,
  metricTitle,
});
const constant = (lastDay: string, values: number[]) =>
  daysUntil(lastDay, values.length).map((day, index) => ({ day, value: values[index] ?? null }));

const refunds = {
  metricKey: 'refund_rate',
  metricTitle: 'Refund rate',
  unit: 'ratio',
  currency: null,
  operator: 'at_most',
  bound: 0.05,
  aggregate: { trailingDays: 28 },
  state: 'kept',
  currentValue: 0.032,
  asOfDay: '2026-03-02',
  reason: null,
} as const satisfies KeyResultRow['guard'];

export const guarded: KeyResultRow = {
  ...onTrack,
  id: 'kr_20',
  key: 'known.guarded',
  title: 'More checkouts',
  guard: refunds,
};
export const guardBroken: KeyResultRow = {
  ...guarded,
  id: 'kr_21',
  key: 'known.guard-broken',
  title: 'Faster answers',
  guard: { ...refunds, state: 'broken', currentValue: 0.071 },
};
export const guardUnknown: KeyResultRow = {
  ...guarded,
  id: 'kr_22',
  key: 'known.guard-unknown',
  title: 'Shorter forms',
  guard: {
    ...refunds,
    bound: null,
    state: 'unknown',
    currentValue: null,
    asOfDay: null,
    reason: { code: 'zero_denominator', values: {}, text: 'No value: there was nothing to divide by.' },
  },
};

/** The source says 13,480; its owner 14,200, because tracking broke. */
export const overridden: KeyResultRow = {
  ...onTrack,
  id: 'kr_23',
  key: 'known.overridden',
  title: 'Weekly active teams',
  currentValue: 14_200,
  progress: 0.84,
  pace: 1.239,
  status: {
    ...onTrack.status,
    asOfDay: '2026-03-03',
    reason: {
      ...onTrack.status.reason,
      values: {
        progress: 0.84,
        expected: 0.678,
        asOfDay: '2026-03-03',
        gap: 0.162,
        ratio: 1.239,
        missingDays: 0,
      },
    },
  },
  override: { id: 'ovr_2', value: 14_200, fromDay: '2026-02-24', untilDay: '2026-03-10' },
  newDefinition: { version: 4, reason: 'staff accounts are left out' },
};

export const surveyed: KeyResultRow = {
  ...onTrack,
  id: 'kr_24',
  key: 'known.surveyed',
  title: 'Net promoter score of new customers',
  goal: { kind: 'reach', startValue: 31, targetValue: 40 },
  unit: 'score',
  startValue: 31,
  targetValue: 40,
  currentValue: 34,
  progress: 0.333,
  source: withoutConnection('values', 'nps', 'Net promoter score'),
  tracking: 'pushed',
  sample: {
    size: 412,
    lower: 27.5,
    upper: 40.5,
    level: 0.95,
    goalWithinNoise: false,
    changeWithinNoise: true,
  },
  trend: constant('2026-03-02', [31, 30, 33, 35, 34]),
};

const byHand = {
  state: 'fresh',
  reason: { code: 'data_manual', values: {}, text: 'Updated by hand: there is no source to be late.' },
  dataThroughDay: '2026-02-28',
  fetchedAt: '2026-02-28T09:00:00.000Z',
  computedAt: '2026-03-03T07:00:04.000Z',
} as const;

/** Two interviews a week for six weeks: 6 of 12, and 5 weeks that are over. */
export const recurring: KeyResultRow = {
  ...onTrack,
  id: 'kr_25',
  key: 'known.recurring',
  title: 'Talk to two customers every week',
  goal: { kind: 'recurring', perPeriod: 2, periodUnit: 'week', periods: 6, carryOver: false },
  unit: 'count',
  startValue: null,
  targetValue: 12,
  currentValue: 6,
  progress: 0.5,
  expected: 0.6,
  pace: 0.833,
  status: {
    state: 'at_risk',
    asOfDay: '2026-03-03',
    reason: {
      code: 'kept_too_little',
      values: { met: 4, periods: 5, share: 0.8, progress: 0.5, asOfDay: '2026-03-03' },
      text: 'Kept in only 4 of 5 periods.',
    },
    lastKnown: null,
  },
  data: byHand,
  source: withoutConnection('check_in', 'check-in.known.recurring', 'Talk to two customers every week'),
  tracking: 'check_in',
  trend: constant('2026-02-28', [2, 0, 1]),
};

export const checkedIn: KeyResultRow = {
  ...onTrack,
  id: 'kr_26',
  key: 'known.checked-in',
  title: 'Partners who sell with us',
  goal: { kind: 'reach', startValue: 2, targetValue: 10 },
  startValue: 2,
  targetValue: 10,
  currentValue: 7,
  progress: 0.625,
  data: byHand,
  source: withoutConnection('check_in', 'check-in.known.checked-in', 'Partners who sell with us'),
  tracking: 'check_in',
  trend: constant('2026-02-28', [2, 4, 7]),
};
export const checkInDue: KeyResultRow = {
  ...checkedIn,
  id: 'kr_27',
  key: 'known.check-in-due',
  title: 'Offers that were signed',
  data: {
    ...byHand,
    state: 'late',
    reason: {
      code: 'data_check_in_due',
      values: { days: 20, throughDay: '2026-02-11' },
      text: 'The last check-in, of 2026-02-11, is 20 days old: a new one is due.',
    },
    dataThroughDay: '2026-02-11',
  },
};
export const neverCheckedIn: KeyResultRow = {
  ...none,
  id: 'kr_28',
  key: 'known.never-checked-in',
  title: 'Talks given at conferences',
  data: {
    ...none.data,
    reason: { code: 'data_unbound', values: {}, text: 'Not bound to a metric, and no check-in yet.' },
  },
  source: null,
  tracking: 'check_in',
};

export const milestone: KeyResultRow = {
  ...checkedIn,
  id: 'kr_29',
  key: 'known.milestone',
  title: 'Open the second region',
  goal: {
    kind: 'milestone',
    steps: [
      { name: 'Contract with the data centre', weight: 1, doneOnDay: '2026-01-20' },
      { name: 'First customer moved', weight: 2, doneOnDay: '2026-02-26' },
      { name: 'All customers moved', weight: 3, doneOnDay: null },
    ],
  },
  startValue: null,
  targetValue: 6,
  currentValue: 3,
  progress: 0.5,
  data: { ...byHand, dataThroughDay: null, fetchedAt: null },
  source: null,
  trend: [],
};

export const combined: KeyResultRow = {
  ...onTrack,
  id: 'kr_30',
  key: 'known.combined',
  title: 'Revenue per active team',
  unit: 'money',
  currency: 'eur',
  goal: { kind: 'reach', startValue: 4000, targetValue: 6000 },
  startValue: 4000,
  targetValue: 6000,
  currentValue: 5000,
  progress: 0.5,
  source: withoutConnection('formula', 'revenue_per_team', 'Revenue per active team'),
  trend: constant('2026-03-02', [4000, 4400, 4700, 5000]),
};

/** The quotient of nothing: no number, and a reason. */
export const withoutValue: KeyResultRow = {
  ...none,
  id: 'kr_31',
  key: 'known.without-value',
  title: 'Share of trials that convert',
  unit: 'ratio',
  goal: { kind: 'reach', startValue: 0.1, targetValue: 0.2 },
  startValue: 0.1,
  targetValue: 0.2,
  status: {
    state: 'unknown',
    asOfDay: '2026-03-02',
    reason: {
      code: 'no_mature_cohort',
      values: { baseline: null, target: 0.2 },
      text: 'No value: no cohort is old enough yet.',
    },
    lastKnown: null,
  },
  data: onTrack.data,
};

/** Read from a sentence, measured from a captured baseline. */
export const drafted: KeyResultRow = {
  ...offTrack,
  id: 'kr_32',
  key: 'known.drafted',
  title: 'Raise the day-30 retention by 10 %',
  unit: 'ratio',
  currency: null,
  goal: { kind: 'change', percent: 10, mode: 'relative', baselineValue: 0.3 },
  startValue: 0.3,
  targetValue: 0.33,
  currentValue: 0.307,
  progress: 0.241,
  trend: constant('2026-03-02', [0.3, 0.305, 0.307]),
  definition: {
    text: '将 30 日留存率提升 10%',
    stage: 'retention',
    metric: 'retention',
    params: { startEvent: 'signed_up', criterion: 'bracket', bracketDays: [30, 59] },
    assumptions: [
      { code: 'retention_bracket', values: { fromDay: 30, toDay: 59 } },
      { code: 'crystal_ball', values: { colour: 'blue' } },
    ],
  },
};

const objective = { titles: {}, parentId: null, cycleId: 'cyc_1', weight: 1 };
export const knownBoard: Board = {
  ...board,
  objectives: [
    {
      ...objective,
      id: 'obj_1',
      key: 'growth',
      title: 'Make growth repeatable',
      owner: 'Mei Lin',
      stage: 'acquisition',
      phase: 'growth',
      progress: 0.527,
      coverage: 0.75,
      keyResults: [guarded, guardBroken, guardUnknown, overridden, combined, withoutValue, drafted],
    },
    {
      ...objective,
      id: 'obj_2',
      key: 'people',
      title: 'Know our customers',
      owner: null,
      stage: 'discovery',
      phase: null,
      progress: 0.46,
      coverage: 1,
      keyResults: [surveyed, recurring, checkedIn, checkInDue, milestone],
    },
    {
      ...objective,
      id: 'obj_3',
      key: 'stage',
      title: 'Be heard',
      owner: 'Amara Okafor',
      stage: null,
      phase: null,
      progress: null,
      coverage: 0,
      keyResults: [neverCheckedIn],
    },
  ],
};
const over = { startDay: '2025-12-01', endDay: '2026-03-01' };
export const closingBoard: Board = {
  ...knownBoard,
  cycle: board.cycle === null ? null : { ...board.cycle, ...over, state: 'closing' },
};
export const closedBoard: Board = {
  ...knownBoard,
  cycle:
    board.cycle === null
      ? null
      : { ...board.cycle, ...over, state: 'closed', closedAt: '2026-03-02T08:30:00.000Z' },
};

export const knownRows = knownBoard.objectives.flatMap(({ keyResults }) => keyResults);

export const hints: Answer<'listHints'> = {
  data: [
    {
      code: 'hint_too_few_key_results',
      values: { title: 'Be heard', count: 1, least: 2, most: 5 },
      text: '“Be heard” has one Key Result.',
      objectiveKey: 'stage',
      keyResultKey: null,
    },
    {
      code: 'hint_of_next_year',
      values: {},
      text: 'A hint that this page does not know.',
      objectiveKey: null,
      keyResultKey: null,
    },
  ],
  page: { nextCursor: null },
};

type CheckIns = Answer<'listCheckIns'>;
const said = (id: string, day: string, value: string | null, note: string, confidence: number | null) => ({
  id,
  keyResultId: 'kr_26',
  day,
  value,
  note,
  confidence,
  author: 'Amara Okafor',
  ingestId: null,
  createdAt: `${day}T09:00:00.000Z`,
});
const noCheckIns: CheckIns = { data: [], page: { nextCursor: null } };
const checkIns: Readonly<Record<string, CheckIns>> = {
  [checkedIn.key]: {
    data: [
      said('chk_3', '2026-02-28', '7', '三家新伙伴已签约', 0.8),
      said('chk_2', '2026-02-12', null, 'Two contracts lie with their lawyers.', 0.6),
      said('chk_1', '2026-01-15', '4', '', null),
    ],
    page: { nextCursor: null },
  },
};

export function checkInsOf(key: string): CheckIns {
  return checkIns[key] ?? noCheckIns;
}

/** On the days of a check-in the metric has points; in between the goal stands where it was left. */
function saidSeries(detail: KeyResultDetail): Pick<KeyResultDetail, 'series' | 'goalSeries'> {
  const values = new Map([
    ['2026-01-15', 4],
    ['2026-02-28', 7],
  ]);
  const point = { reason: null, settled: true, revision: 1, origin: 'manual' as const };
  const standing = (day: string) =>
    day > '2026-02-28' ? null : day >= '2026-02-28' ? 7 : day >= '2026-01-15' ? 4 : null;
  return {
    series: [...values].map(([day, value]) => ({ day, value, ...point })),
    goalSeries: detail.goalSeries.map((entry) => ({ ...entry, value: standing(entry.day) })),
  };
}

const digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const baseline: KeyResultDetail['baselines'][number] = {
  id: 'bas_1',
  value: 0.3,
  rule: 'trailing_mean',
  startDay: '2025-12-04',
  endDay: '2026-01-01',
  observations: 28,
  capturedAt: '2026-01-03T04:00:00.000Z',
  overriddenBy: null,
  reason: null,
  evidence: {
    metric: 'retention',
    metricVersionId: 'mev_1',
    definitionHash: digest,
    aggregate: 'latest',
    points: [],
  },
};
const stated: KeyResultDetail['baselines'][number] = {
  ...baseline,
  id: 'bas_2',
  value: 0.3,
  rule: 'stated',
  startDay: '2026-01-01',
  endDay: '2026-01-01',
  observations: 0,
  capturedAt: '2026-01-09T04:00:00.000Z',
  overriddenBy: 'Jonas Weber',
  reason: 'the last week of December was a test',
};

export function knownDetailOf(row: KeyResultRow): KeyResultDetail {
  const detail = detailOf(row);
  switch (row.key) {
    case overridden.key:
      return {
        ...detail,
        // The chart goes on showing what the source says.
        ...detailOf({ ...row, currentValue: 13_480 }),
        ...row,
        automatic: { value: 13_480, asOfDay: '2026-03-02' },
        overrides: [
          {
            id: 'ovr_2',
            value: 14_200,
            fromDay: '2026-02-24',
            untilDay: '2026-03-10',
            reason: 'tracking broke with release 4.2',
            author: 'Mei Lin',
            createdAt: '2026-02-24T06:00:00.000Z',
            endedAt: null,
          },
          {
            id: 'ovr_1',
            value: 11_000,
            fromDay: '2026-01-12',
            untilDay: '2026-01-25',
            reason: 'an import counted twice',
            author: null,
            createdAt: '2026-01-12T06:00:00.000Z',
            endedAt: '2026-01-16T06:00:00.000Z',
          },
        ],
      };
    case drafted.key: {
      const version = { params: {}, formula: null, timeZone: 'Asia/Shanghai', unit: 'ratio', currency: null };
      return {
        ...detail,
        baselines: [stated, baseline],
        versions: [1, 2].map((each) => ({
          ...version,
          versionId: `mev_${each}`,
          version: each,
          definitionHash: digest,
          changeReason: each === 1 ? null : 'staff accounts are left out',
          createdAt: `2026-0${each}-02T04:00:00.000Z`,
          retiredAt: null,
        })),
      };
    }
    case checkedIn.key:
      return { ...detail, ...saidSeries(detail) };
    case withoutValue.key:
      return {
        ...detail,
        series: [
          {
            day: '2026-03-01',
            value: null,
            reason: 'zero_denominator',
            settled: true,
            revision: 1,
            origin: 'auto',
          },
          {
            day: '2026-03-02',
            value: null,
            reason: 'no_mature_cohort',
            settled: true,
            revision: 1,
            origin: 'auto',
          },
        ],
        goalSeries: detail.goalSeries.map((entry) => ({ ...entry, value: null })),
      };
    case milestone.key:
    case neverCheckedIn.key:
      return {
        ...detail,
        series: [],
        goalSeries: detail.goalSeries.map((entry) => ({ ...entry, value: null })),
      };
    default:
      return detail;
  }
}

export function knownExplanationOf(row: KeyResultRow): Explanation {
  const explanation = explanationOf(row);
  const { metric } = explanation;
  if (metric === null) return explanation;
  switch (row.key) {
    case combined.key: {
      const point = explanation.points[0];
      if (point === undefined) throw new Error('the fixture has no point to copy');
      const on = (value: string | null, reason: string | null) => [
        { ...point, value, reason, revisions: [] },
      ];
      return {
        ...explanation,
        runs: [],
        metric: {
          ...metric,
          connectorMetric: 'formula',
          title: row.title,
          definition: {
            kind: 'formula',
            formula: 'mrr / active_teams',
            inputs: [
              { name: 'mrr', metricKey: 'mrr', versionId: 'mev_2' },
              { name: 'active_teams', metricKey: 'active_teams', versionId: 'mev_3' },
            ],
          },
        },
        inputs: [
          { name: 'mrr', metric, unit: 'money', currency: 'eur', points: on('8420000', null) },
          {
            name: 'active_teams',
            metric: { ...metric, title: 'Active teams' },
            unit: 'count',
            currency: null,
            points: on('1684', null),
          },
        ],
      };
    }
    case surveyed.key:
      return {
        ...explanation,
        runs: [],
        ingests: [
          {
            id: 'ing_1',
            via: 'upload',
            format: 'csv',
            rows: 61,
            digest,
            actor: 'token:reporting',
            note: 'February export of the survey tool',
            receivedAt: '2026-03-02T03:12:00.000Z',
          },
        ],
      };
    case drafted.key:
      return {
        ...explanation,
        metric: {
          ...metric,
          title: 'Retention',
          definition: {
            kind: 'catalog',
            metric: 'retention',
            definitionVersion: 1,
            params: { startEvent: 'signed_up', bracketDays: [30, 59] },
            window: { kind: 'trailing', days: 28 },
            timeZone: 'Asia/Shanghai',
          },
        },
      };
    default:
      return explanation;
  }
}
