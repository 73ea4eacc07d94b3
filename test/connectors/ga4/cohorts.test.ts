import { describe, expect, it } from 'vitest';
import { type CohortPeriod, type CohortsAsked, cohortPeriods } from '../../../connectors/ga4/cohorts.ts';
import { decodedReport } from './support/decode.ts';
import { fixture } from './support/property.ts';

const made = fixture('cohort_weekly.json');
const { retention } = made.expected as { retention: Record<string, number[]> };
const asked: CohortsAsked = {
  granularity: 'week',
  endOffset: 3,
  cohorts: [
    { name: 'w0', lastDay: '2026-02-14' },
    { name: 'w1', lastDay: '2026-02-21' },
    { name: 'w2', lastDay: '2026-02-28' },
  ],
};
const lengths = (periods: Map<string, CohortPeriod[]>) => [...periods.values()].map(({ length }) => length);

type Line = [cohort: string, period: string, active: number, total: number];
/** A report of cohorts; `column` names its second dimension. */
const reportOf = (lines: Line[], column = 'cohortNthWeek', metadata: object = {}) => ({
  dimensionHeaders: [{ name: 'cohort' }, { name: column }],
  metricHeaders: ['cohortActiveUsers', 'cohortTotalUsers'].map((name) => ({ name, type: 'TYPE_INTEGER' })),
  rows: lines.map(([cohort, period, active, total]) => ({
    dimensionValues: [{ value: cohort }, { value: period }],
    metricValues: [{ value: String(active) }, { value: String(total) }],
  })),
  rowCount: lines.length,
  metadata: { currencyCode: 'EUR', timeZone: 'Europe/Berlin', ...metadata },
  kind: 'analyticsData#runReport',
});
/** The first week of February 2026, from Sunday to Saturday, followed for two more weeks that are long over. */
const oneWeek = {
  granularity: 'week',
  endOffset: 2,
  cohorts: [{ name: 'w', lastDay: '2026-02-07' }],
} as const;
const readWeek = async (lines: Line[], metadata: object = {}) =>
  cohortPeriods(
    await decodedReport(reportOf(lines, 'cohortNthWeek', metadata)),
    { ...oneWeek, cohorts: [...oneWeek.cohorts] },
    '2026-03-31',
  ).get('w');

describe('cohort_weekly.json', () => {
  it('gives the retention of each cohort and week, and younger cohorts have fewer weeks', async () => {
    const periods = cohortPeriods(await decodedReport(made.response), asked, '2026-03-07');
    expect(lengths(periods)).toEqual([4, 3, 2]);
    for (const [name, shares] of Object.entries(retention)) {
      for (const [week, share] of shares.entries()) {
        const { active, total } = periods.get(name)?.[week] ?? {};
        expect((active ?? Number.NaN) / (total ?? Number.NaN)).toBeCloseTo(share, 12);
      }
    }
  });

  it('leaves out the week that is not over: on Friday the last one of each cohort', async () => {
    expect(lengths(cohortPeriods(await decodedReport(made.response), asked, '2026-03-06'))).toEqual([
      3, 2, 1,
    ]);
  });

  it('is the same whatever order the rows come in', async () => {
    const { rows = [] } = made.response;
    const report = await decodedReport({ ...made.response, rows: rows.toReversed() });
    const inOrder = cohortPeriods(await decodedReport(made.response), asked, '2026-03-07');
    expect(cohortPeriods(report, asked, '2026-03-07')).toEqual(inOrder);
  });

  it('cut off before its last row is not taken', async () => {
    const { rows = [] } = made.response;
    const report = await decodedReport({ ...made.response, rows: rows.slice(0, -1) });
    expect(() => cohortPeriods(report, asked, '2026-03-07')).toThrow(
      expect.objectContaining({ errorClass: 'bad_payload', code: 'row_count' }),
    );
  });
});

it('a week that is over and has no row is one in which nobody came back', async () => {
  expect(
    await readWeek([
      ['w', '0000', 9, 10],
      ['w', '0002', 3, 10],
    ]),
  ).toEqual([
    { active: 9, total: 10 },
    { active: 0, total: 10 },
    { active: 3, total: 10 },
  ]);
});

it('a missing week of an answer that may withhold rows is unknown and not zero', async () => {
  const periods = await readWeek([['w', '0000', 9, 10]], { subjectToThresholding: true });
  expect(periods?.map(({ active }) => active)).toEqual([9, null, null]);
});

it.each([
  { what: 'sampled', metadata: { samplingMetadatas: [{ samplesReadCount: '5', samplingSpaceSize: '10' }] } },
  { what: 'rolled up into (other)', metadata: { dataLossFromOtherRow: true } },
])('no week of an answer that is $what has a value', async ({ metadata }) => {
  const periods = await readWeek([['w', '0000', 9, 10]], metadata);
  expect(periods).toEqual([0, 1, 2].map(() => ({ active: null, total: null })));
});

it('labels are numbers with zeros before them: "0010" comes after "0009"', async () => {
  const lines = Array.from(
    { length: 12 },
    (_, day): Line => ['d', String(day).padStart(4, '0'), 100 - day, 100],
  );
  const report = await decodedReport(reportOf(lines.toReversed(), 'cohortNthDay'));
  const daily: CohortsAsked = {
    granularity: 'day',
    endOffset: 11,
    cohorts: [{ name: 'd', lastDay: '2026-02-01' }],
  };
  const periods = cohortPeriods(report, daily, '2026-03-31').get('d');
  // Day n has 100 - n people.
  expect(periods?.map(({ active }) => active)).toEqual([100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89]);
});

// Without a name of its own it comes back under its position, `cohort_0`.
describe('a cohort of a calendar month', () => {
  const lines: Line[] = [
    ['cohort_0', '0000', 50, 60],
    ['cohort_0', '0001', 30, 60],
    ['cohort_0', '0002', 5, 60],
  ];
  const read = async (lastDay: string, endOffset: number, throughDay: string) => {
    const monthly: CohortsAsked = { granularity: 'month', endOffset, cohorts: [{ lastDay }] };
    const report = await decodedReport(reportOf(lines, 'cohortNthMonth'));
    return cohortPeriods(report, monthly, throughDay).get('cohort_0')?.length;
  };

  it('asked for 30 days more has not the whole of a month of 31, which is left out', async () => {
    // February ends on the 28th, 30 days later it is 30 March; with 60 days, 29 April, March is whole.
    expect(await read('2026-02-28', 1, '2026-12-31')).toBe(1);
    expect(await read('2026-02-28', 2, '2026-12-31')).toBe(2);
  });

  it('leaves out the month that is still running', async () => {
    expect(await read('2026-02-28', 2, '2026-03-30')).toBe(1);
    expect(await read('2026-02-28', 2, '2026-03-31')).toBe(2);
  });
});

it('weeks end on Saturday whatever day the cohort ends on', async () => {
  // Wednesday 4 February: its week ends on the 7th, the next on the 14th; 7 days more reach to the 11th only.
  const report = await decodedReport(
    reportOf([
      ['w', '0000', 9, 10],
      ['w', '0001', 4, 10],
    ]),
  );
  const cohorts = [{ name: 'w', lastDay: '2026-02-04' }];
  expect(cohortPeriods(report, { ...oneWeek, endOffset: 1, cohorts }, '2026-03-31').get('w')).toEqual([
    { active: 9, total: 10 },
  ]);
});

it.each<{ what: string; lines: Line[]; error: object }>([
  {
    what: 'in which one cohort has two sizes',
    lines: [
      ['w', '0000', 9, 10],
      ['w', '0001', 4, 11],
    ],
    error: { errorClass: 'bad_payload', code: 'cohort_total' },
  },
  {
    what: 'that tells a week twice',
    lines: [
      ['w', '0000', 9, 10],
      ['w', '0000', 9, 10],
    ],
    error: { errorClass: 'bad_payload', code: 'repeated_row' },
  },
  { what: 'of another cohort', lines: [['x', '0000', 9, 10]], error: { errorClass: 'schema_drift' } },
  {
    what: 'with (other) for a week',
    lines: [['w', '(other)', 9, 10]],
    error: { errorClass: 'schema_drift' },
  },
])('a report $what is not taken', async ({ lines, error }) => {
  await expect(readWeek(lines)).rejects.toMatchObject(error);
});
