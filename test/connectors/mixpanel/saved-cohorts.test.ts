import { describe, expect, it } from 'vitest';
import { reportDigest } from '../../../connectors/mixpanel/insights.ts';
import { fixture, readOnce, utcWindow, valuesOf, zonedWindow } from './support/read.ts';
import { INSIGHTS } from './support/server.ts';

const retained = fixture<{ response: object; expected: { overallWeek1: number; pro: number } }>(
  'made/insights_retention_segmented.json',
);
const now = '2026-03-20T00:00:00Z';
const window = utcWindow('2026-03-01', '2026-03-20');

const report = (series: object, more: object = {}) => ({
  [INSIGHTS]: () => ({
    body: { computed_at: '2026-03-20T00:00:00+00:00', headers: ['$funnel'], series, ...more },
  }),
});
const steps = (first: number, last: number) => ({ count: { '1. A': { all: first }, '2. B': { all: last } } });
const at = (day: string) => `${day}T00:00:00+00:00`;

describe('a saved funnel', () => {
  const params = { bookmarkId: 90, lengthDays: 7 };
  const trend = { 'A through B': { [at('2026-03-13')]: steps(9, 0), [at('2026-03-12')]: steps(8, 2) } };

  it('gives each day of entry a point, but those whose people may still finish', async () => {
    // The people of 12 March have until the end of the 19th.
    const reading = await readOnce(report(trend), 'saved_funnel', { params, now, window });
    expect(reading.points).toMatchObject([
      {
        day: '2026-03-12',
        numerator: '2',
        denominator: '8',
        value: '0.25',
        flags: {
          computedAt: '2026-03-20T00:00:00.000Z',
          reportDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ]);
  });

  it('is judged by when Mixpanel worked it out: a cached number of then has risen since', async () => {
    const cached = report(trend, { computed_at: '2026-03-19T22:00:00' });
    const reading = await readOnce(cached, 'saved_funnel', { params, now, window });
    expect(reading.points).toEqual([]);
  });

  it.each([
    ['above its days', { 'A through B': { $overall: { [at('2026-03-12')]: steps(8, 2) }, pro: {} } }],
    [
      'below its days',
      { 'A through B': { [at('2026-03-12')]: { $overall: steps(8, 2), pro: steps(1, 1) } } },
    ],
  ])('gives its total where it is split %s', async (_where, series) => {
    const reading = await readOnce(report(series), 'saved_funnel', { params, now, window });
    expect(valuesOf(reading)).toEqual({ '2026-03-12': '0.25' });
  });

  it('that adds its days up has one point, on the last of them', async () => {
    const dates = {
      date_range: { from_date: at('2026-02-10'), to_date: '2026-03-12T23:59:59.999000+00:00' },
    };
    const answers = report({ 'A through B': steps(40, 10) }, dates);
    const reading = await readOnce(answers, 'saved_funnel', { params, now, window });
    expect(reading.points).toMatchObject([
      { day: '2026-03-12', numerator: '10', denominator: '40', value: '0.25' },
    ]);
    expect(reading.completeness.notes).toEqual([]);
  });

  it.each([{ date_range: { from_date: '2026-02-10', to_date: '2026-03-13' } }, {}])(
    'that adds up days which still rise is the owner’s to mend (%j)',
    async (dates) => {
      const reading = readOnce(report({ 'A through B': steps(40, 10) }, dates), 'saved_funnel', {
        params,
        now,
        window,
      });
      await expect(reading).rejects.toMatchObject({
        errorClass: 'config',
        code: 'funnel_still_rises',
        remedy: { by: 'owner' },
      });
    },
  );

  it('by week has no days, and another type of report is told by its shape', async () => {
    const weekly = { F: { [at('2026-03-02')]: steps(1, 1), [at('2026-03-09')]: steps(1, 1) } };
    const read = (series: object) => readOnce(report(series), 'saved_funnel', { params, now, window });
    await expect(read(weekly)).rejects.toMatchObject({ code: 'report_not_by_day' });
    await expect(read({ A: { [at('2026-03-02')]: 5 } })).rejects.toMatchObject({
      errorClass: 'schema_drift',
    });
  });
});

describe('a saved retention', () => {
  it('is read by its cohorts, of everybody or of one segment', async () => {
    const body = { ...retained.response, computed_at: '2026-03-20T00:00:00+00:00' };
    const read = (segment: object) =>
      readOnce({ [INSIGHTS]: () => ({ body }) }, 'saved_retention', {
        params: { bookmarkId: 78, unit: 'week', ...segment },
        now,
        window: utcWindow('2026-02-16', '2026-02-23'),
      });
    const value = async (segment: object) => Number((await read(segment)).points[0]?.value);
    expect(await value({})).toBeCloseTo(retained.expected.overallWeek1, 11);
    expect(await value({ segment: 'pro' })).toBeCloseTo(retained.expected.pro, 11);
  });

  it('leaves cohorts out that were not mature when Mixpanel worked it out, by the project’s own midnight', async () => {
    const cohorts = {
      '2026-03-10T00:00:00+01:00': { first: 4, counts: [4, 1], rates: [1, 0.25] },
      '2026-03-11T00:00:00+01:00': { first: 4, counts: [4, 0], rates: [1, 0] },
      $average: { first: 8, counts: [8, 1], rates: [1, 0.1] },
    };
    const berlin = zonedWindow('2026-03-10T00:00:00+01:00', '2026-03-12T00:00:00+01:00', 'Europe/Berlin');
    const read = async (computedAt: string) =>
      valuesOf(
        await readOnce(report({ 'A and then B': cohorts }, { computed_at: computedAt }), 'saved_retention', {
          params: { bookmarkId: 78 },
          now,
          window: berlin,
        }),
      );
    // 10 March ends at 23:00Z in Berlin; its second day is over 48 hours later.
    expect(await read('2026-03-12T22:59:59Z')).toEqual({});
    expect(await read('2026-03-12T23:00:00Z')).toEqual({ '2026-03-10': '0.25' });
  });

  it('by day is not taken for one by week', async () => {
    const cohort = { first: 1, counts: [1, 1] };
    const daily = { 'A and then B': { [at('2026-03-02')]: cohort, [at('2026-03-03')]: cohort } };
    const reading = readOnce(report(daily), 'saved_retention', {
      params: { bookmarkId: 78, unit: 'week' },
      now: '2026-04-20T00:00:00Z',
      window,
    });
    await expect(reading).rejects.toMatchObject({ errorClass: 'config', code: 'other_unit' });
  });
});

it('a report that was edited since is refused where its digest was kept, and read where it is the same', async () => {
  const series = { A: { [at('2026-03-02')]: 5 } };
  const digest = reportDigest({ headers: ['$funnel'], series });
  const read = (kept: string) =>
    readOnce(report(series), 'saved_report', {
      params: { bookmarkId: 1, series: 'A', digest: kept },
      now,
      window: utcWindow('2026-03-02', '2026-03-03'),
    });
  expect(valuesOf(await read(digest))).toEqual({ '2026-03-02': '5' });
  await expect(read('0'.repeat(64))).rejects.toMatchObject({
    errorClass: 'config',
    code: 'report_edited',
    remedy: { by: 'owner', hint: expect.stringContaining(digest) },
  });
});
