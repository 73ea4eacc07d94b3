import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activity } from '../../sandbox/model/activity.ts';
import {
  type Bench,
  berlin,
  headers,
  named,
  openBench,
  PROPERTY,
  refusal,
  signed,
  sortedRows,
  TRANSPORTS,
  table,
  visit,
  week,
} from './ga4-support.ts';

const first = { newDevice: true, engagedSeconds: 20 };
// The week from Sunday 8 to Saturday 14 February 2026, and the one after it.
const ACTIVITY: Activity[] = [
  // A comes on Sunday and again on Saturday: twice in week 0. Then on Monday 16: week 1.
  visit('a1', 'A', berlin('2026-02-08T10:00'), first),
  visit('a2', 'A', berlin('2026-02-14T10:00'), { engagedSeconds: 20 }),
  visit('a3', 'A', berlin('2026-02-16T10:00'), { engagedSeconds: 20 }),
  // B comes on Saturday, and the next day is in week 1 already.
  visit('b1', 'B', berlin('2026-02-14T12:00'), { ...first, country: 'France' }),
  visit('b2', 'B', berlin('2026-02-15T12:00'), { engagedSeconds: 20 }),
  // C's first visit is a bounce, and so is the one in week 2, where nobody else comes.
  visit('c1', 'C', berlin('2026-02-10T12:00'), { newDevice: true }),
  visit('c2', 'C', berlin('2026-02-24T12:00')),
  // D comes in the second week, E was there before history.
  visit('d1', 'D', berlin('2026-02-15T12:00'), first),
  visit('e1', 'E', berlin('2026-02-09T12:00'), { engagedSeconds: 20 }),
];

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(ACTIVITY);
});
afterAll(() => bench.close());

type Request = NonNullable<Parameters<Bench['rest']['runReport']>[0]>;
const cohort = (name: string | null, startDate: string, endDate: string) => ({
  ...(name === null ? {} : { name }),
  dimension: 'firstSessionDate',
  dateRange: { startDate, endDate },
});
const WEEKLY: Request = {
  dimensions: named('cohort', 'cohortNthWeek'),
  metrics: named('cohortActiveUsers', 'cohortTotalUsers'),
  cohortSpec: {
    cohorts: [cohort(null, '2026-02-08', '2026-02-14'), cohort('second', '2026-02-15', '2026-02-21')],
    cohortsRange: { granularity: 'WEEKLY', startOffset: 0, endOffset: 3 },
  },
};
async function ask(request: Request, transport: (typeof TRANSPORTS)[number] = 'rest') {
  const client = await bench.client(transport);
  const [report] = await client.runReport({ property: PROPERTY, ...request }, signed());
  return report;
}

it.each(TRANSPORTS)(
  'follows people by calendar weeks, whose size stands on every row, over %s',
  async (way) => {
    const report = await ask(WEEKLY, way);
    expect(headers(report)).toEqual(['cohort', 'cohortNthWeek', 'cohortActiveUsers', 'cohortTotalUsers']);
    expect(sortedRows(table(report))).toEqual([
      // A and B; C's bounce is no activity, so period 0 is not 100 %.
      ['cohort_0', '0000', '2', '3'],
      ['cohort_0', '0001', '2', '3'],
      // C came and was not active: a row with a zero. In week 3 nobody came: no row.
      ['cohort_0', '0002', '0', '3'],
      ['second', '0000', '1', '1'],
    ]);
    expect(report.rowCount).toBe(4);
  },
);

it('can tell cohorts apart further, and filter them, with the size of each part', async () => {
  const split = await ask({ ...WEEKLY, dimensions: named('cohort', 'cohortNthWeek', 'country') });
  expect(table(split).filter(([name, , country]) => name === 'cohort_0' && country === 'France')).toEqual([
    ['cohort_0', '0000', 'France', '1', '1'],
  ]);
  const filtered = await ask({
    ...WEEKLY,
    dimensionFilter: { filter: { fieldName: 'country', stringFilter: { value: 'Germany' } } },
  });
  expect(sortedRows(table(filtered))[0]).toEqual(['cohort_0', '0000', '1', '2']); // A of A and C
});

it('counts days from the first session on, and months by the calendar', async () => {
  const daily = await ask({
    ...WEEKLY,
    dimensions: named('cohort', 'cohortNthDay'),
    cohortSpec: {
      cohorts: [cohort('sunday', '2026-02-08', '2026-02-08')],
      cohortsRange: { granularity: 'DAILY', endOffset: 7 },
    },
  });
  // The 16th is the eighth day and lies behind the seven steps.
  expect(sortedRows(table(daily))).toEqual([
    ['sunday', '0000', '1', '1'],
    ['sunday', '0006', '1', '1'],
  ]);
  const monthly = await ask({
    ...WEEKLY,
    dimensions: named('cohort', 'cohortNthMonth'),
    cohortSpec: {
      cohorts: [cohort('february', '2026-02-01', '2026-02-28')],
      cohortsRange: { granularity: 'MONTHLY', startOffset: 0, endOffset: 1 },
    },
  });
  expect(table(monthly)).toEqual([['february', '0000', '3', '4']]); // A B D of A B C D
});

it('divides within the request, as Google shows it', async () => {
  const report = await ask({
    ...WEEKLY,
    metrics: [{ name: 'retention', expression: 'cohortActiveUsers/cohortTotalUsers' }],
  });
  expect(sortedRows(table(report))[1]).toEqual(['cohort_0', '0001', String(2 / 3)]);
});

it.each([
  { name: 'date ranges', given: { dateRanges: week('2026-02-08', '2026-02-14') }, message: 'dateRanges' },
  { name: 'no cohort column', given: { dimensions: named('cohortNthWeek') }, message: 'dimension cohort' },
  {
    name: 'another dimension',
    given: {
      cohortSpec: {
        ...WEEKLY.cohortSpec,
        cohorts: [{ dimension: 'date', dateRange: { startDate: '2026-02-08', endDate: '2026-02-14' } }],
      },
    },
    message: 'firstSessionDate',
  },
  {
    name: 'a reserved name',
    given: {
      cohortSpec: { ...WEEKLY.cohortSpec, cohorts: [cohort('cohort_x', '2026-02-08', '2026-02-14')] },
    },
    message: 'reserved',
  },
  {
    name: 'no granularity',
    given: { cohortSpec: { ...WEEKLY.cohortSpec, cohortsRange: { endOffset: 3 } } },
    message: 'granularity',
  },
  {
    name: 'accumulation',
    given: { cohortSpec: { ...WEEKLY.cohortSpec, cohortReportSettings: { accumulate: true } } },
    message: 'accumulate',
  },
  {
    name: 'cohort metrics outside of a cohort report',
    given: { cohortSpec: null, dimensions: [], dateRanges: week('2026-02-08', '2026-02-14') },
    message: 'cohortSpec',
  },
])('refuses $name with 400', async ({ given, message }) => {
  const { cohortSpec, ...rest } = { ...WEEKLY, ...given };
  const request = cohortSpec === null || cohortSpec === undefined ? rest : { ...rest, cohortSpec };
  const refused = await refusal(ask(request));
  expect(refused.code).toBe(400);
  expect(refused.message).toContain(message);
});
