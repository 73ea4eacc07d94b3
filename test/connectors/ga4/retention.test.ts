import { describe, expect, it } from 'vitest';
import { cohortsOf } from './support/people.ts';
import { berlin, readOne, valuesOf } from './support/read.ts';

/** Noon of Sunday 15 March 2026 in Berlin: three days back lies Thursday the 12th, so Wednesday the 11th is settled. */
const now = new Date('2026-03-15T11:00:00Z');

describe.each(['rest', 'grpc'] as const)('retention by day over %s', (transport) => {
  it('is of those who first came on a day the share that was active n days later, and waits until that is settled', async () => {
    const respond = cohortsOf(({ startDate }, offset) => [
      offset === 7 ? 20 : 1,
      startDate === '2026-03-03' ? 80 : 100,
    ]);
    const window = berlin('2026-03-02', '2026-03-16');
    const reading = await readOne(
      respond,
      { metric: 'retention', params: { n: 7 }, window },
      { now, transport },
    );
    // Day 7 of 2, 3 and 4 March are 9, 10 and 11 March; that of the 5th is the 12th, which may still rise.
    expect(reading.points).toEqual([
      { day: '2026-03-02', value: '0.2', numerator: '20', denominator: '100' },
      { day: '2026-03-03', value: '0.25', numerator: '20', denominator: '80' },
      { day: '2026-03-04', value: '0.2', numerator: '20', denominator: '100' },
    ]);
  });
});

it('asks as Google wants cohorts to be asked: no dates of the report, names of our own, the range of each', async () => {
  const window = berlin('2026-03-02', '2026-03-03');
  const { asked } = await readOne(
    cohortsOf(() => [1, 2]),
    { metric: 'retention', params: { n: 1 }, window },
    { now },
  );
  const [request] = asked[0]?.body.requests ?? [];
  expect(request?.dateRanges ?? []).toEqual([]);
  expect(request?.dimensions).toEqual([{ name: 'cohort' }, { name: 'cohortNthDay' }]);
  expect(request?.cohortSpec).toMatchObject({
    cohorts: [
      {
        name: 'c20260302',
        dimension: 'firstSessionDate',
        dateRange: { startDate: '2026-03-02', endDate: '2026-03-02' },
      },
    ],
    cohortsRange: { endOffset: 1 },
  });
});

describe('retention by week', () => {
  // Saturdays: 21 and 28 February, 7 and 14 March 2026.
  const window = berlin('2026-02-15', '2026-03-16');
  const respond = cohortsOf((_, offset) => [offset === 1 ? 30 : 90, 100]);

  it('has cohorts from Sunday to Saturday, whose point lies on the Saturday', async () => {
    const { asked, points } = await readOne(
      respond,
      { metric: 'retention', params: { cohort: 'week', n: 1 }, window },
      { now },
    );
    const ranges = asked[0]?.body.requests?.[0]?.cohortSpec?.cohorts.map(({ dateRange }) => dateRange);
    // The week after 28 February ends on 7 March, which is settled; that after 7 March ends on the 14th, which is not.
    expect(ranges).toEqual([
      { startDate: '2026-02-15', endDate: '2026-02-21' },
      { startDate: '2026-02-22', endDate: '2026-02-28' },
    ]);
    const counted = points.filter(({ value }) => value !== null);
    expect(counted).toEqual([
      { day: '2026-02-21', value: '0.3', numerator: '30', denominator: '100' },
      { day: '2026-02-28', value: '0.3', numerator: '30', denominator: '100' },
    ]);
  });

  it('has nobody on the days between, which add nothing to a longer window', async () => {
    const reading = await readOne(
      respond,
      { metric: 'retention', params: { cohort: 'week', n: 1 }, window },
      { now },
    );
    const between = reading.points.filter(({ flags }) => flags?.['noCohort'] === true);
    expect(between[0]).toEqual({
      day: '2026-02-15',
      value: null,
      numerator: '0',
      denominator: '0',
      flags: { noCohort: true },
    });
    // One that ended on 4 March would be mature on the 11th, one of the 5th not before the 12th.
    expect(reading.points.at(-1)?.day).toBe('2026-03-04');
    const days = reading.points.map(({ day }) => day);
    expect(days).toEqual([...new Set(days)].toSorted());
  });
});

it('months are those of the calendar; one 30-day step more is asked for, because a month may be longer', async () => {
  const window = berlin('2025-12-01', '2026-03-16');
  const respond = cohortsOf((_, offset) => [offset === 1 ? 40 : 100, 200]);
  const { asked, points } = await readOne(
    respond,
    { metric: 'retention', params: { cohort: 'month', n: 1 }, window },
    { now },
  );
  const spec = asked[0]?.body.requests?.[0]?.cohortSpec;
  expect(spec?.cohortsRange.endOffset).toBe(2);
  // January follows December and is over, February follows January; March is still running.
  expect(spec?.cohorts.map(({ dateRange }) => dateRange)).toEqual([
    { startDate: '2025-12-01', endDate: '2025-12-31' },
    { startDate: '2026-01-01', endDate: '2026-01-31' },
  ]);
  expect(points.filter(({ value }) => value !== null).map(({ day, value }) => [day, value])).toEqual([
    ['2025-12-31', '0.2'],
    ['2026-01-31', '0.2'],
  ]);
});

describe('rows that are not there', () => {
  const window = berlin('2026-03-02', '2026-03-03');
  const read = { metric: 'retention', params: { n: 7 }, window };
  const noneCameBack = (_: unknown, offset: number): [number, number] | null =>
    offset === 0 ? [9, 10] : null;

  it('are people who did not come back', async () => {
    expect(valuesOf(await readOne(cohortsOf(noneCameBack), read, { now }))).toEqual({ '2026-03-02': '0' });
  });

  it('are unknown where rows may have been withheld', async () => {
    const { points } = await readOne(
      cohortsOf(noneCameBack, { metadata: { subjectToThresholding: true } }),
      read,
      { now },
    );
    expect(points).toEqual([{ day: '2026-03-02', value: null, flags: { thresholded: true } }]);
  });

  it('of a whole cohort are nobody who first came that day', async () => {
    const { points } = await readOne(
      cohortsOf(() => null),
      read,
      { now },
    );
    expect(points).toEqual([
      { day: '2026-03-02', value: null, numerator: '0', denominator: '0', flags: { noActivity: true } },
    ]);
  });

  it.each([
    { metadata: { dataLossFromOtherRow: true }, flags: { otherRow: true } },
    {
      metadata: { samplingMetadatas: [{ samplesReadCount: '1', samplingSpaceSize: '4' }] },
      flags: { sampled: 0.25 },
    },
  ])('a cohort report with $flags has no value', async ({ metadata, flags }) => {
    const { points } = await readOne(
      cohortsOf(() => [5, 10], { metadata }),
      read,
      { now },
    );
    expect(points).toEqual([{ day: '2026-03-02', value: null, flags }]);
  });
});

it('cohorts that are too young are not asked for', async () => {
  const window = berlin('2026-03-10', '2026-03-16');
  const { asked, points } = await readOne(
    cohortsOf(() => [1, 2]),
    { metric: 'retention', params: { n: 7 }, window },
    { now },
  );
  expect([asked, points]).toEqual([[], []]);
});

it('a cohort of another zone than the property’s is refused', async () => {
  const window = berlin('2026-03-02', '2026-03-03');
  const respond = cohortsOf(() => [1, 2], { timeZone: 'Asia/Tokyo' });
  await expect(readOne(respond, { metric: 'retention', window }, { now })).rejects.toMatchObject({
    code: 'time_zone',
  });
});
