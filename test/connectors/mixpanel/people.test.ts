import { describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { readOnce, utcWindow, valuesOf } from './support/read.ts';
import { EVENTS, SEGMENTATION, series } from './support/server.ts';

const now = '2026-03-20T12:00:00Z'; // a Friday
const window = utcWindow('2026-02-01', '2026-03-21');
const schemaOf = (metric: string) => mixpanel.metrics[metric]?.paramsSchema;

describe('people of a week or month', () => {
  it('are asked for as such, whole periods that are over, with a point on the last day of each', async () => {
    const answer = () => series(['2026-02-01'], { A: { '2026-02-01': 7 } });
    const reading = await readOnce({ [EVENTS]: answer }, 'unique_users', {
      params: { event: 'A', unit: 'month' },
      now,
      window,
    });
    // March is not over.
    expect(reading.asked.map(({ query }) => query)).toMatchObject([
      { type: 'unique', unit: 'month', from_date: '2026-02-01', to_date: '2026-02-28', event: '["A"]' },
    ]);
    expect(valuesOf(reading)).toEqual({ '2026-02-28': '7' });
  });

  it('are those from Monday to Sunday, and the running week has no point', async () => {
    const weeks = ['2026-03-09', '2026-02-23', '2026-03-02']; // in no order
    const answer = () => series(weeks, { A: { '2026-02-23': 4, '2026-03-09': 6 } });
    const reading = await readOnce({ [EVENTS]: answer }, 'unique_users', {
      params: { event: 'A', unit: 'week' },
      now,
      window: utcWindow('2026-02-24', '2026-03-21'),
    });
    expect(reading.asked[0]?.query).toMatchObject({ from_date: '2026-02-23', to_date: '2026-03-15' });
    expect(valuesOf(reading)).toEqual({ '2026-03-01': '4', '2026-03-08': '0', '2026-03-15': '6' });
  });

  it('are refused where the project’s weeks begin on another day: those are other weeks', async () => {
    const answer = () => series(['2026-03-01', '2026-03-08'], { A: { '2026-03-01': 4 } });
    const read = (weekStart: string) =>
      readOnce({ [EVENTS]: answer }, 'unique_users', {
        params: { event: 'A', unit: 'week', weekStart },
        now,
        window: utcWindow('2026-03-01', '2026-03-15'),
      });
    await expect(read('monday')).rejects.toMatchObject({
      errorClass: 'config',
      code: 'other_week',
      remedy: { by: 'owner' },
    });
    expect(valuesOf(await read('sunday'))).toEqual({ '2026-03-07': '4', '2026-03-14': '0' });
  });

  it('cannot be filtered by week, which Mixpanel only counts by day and month', async () => {
    const params = { event: 'A', where: 'true', unit: 'week' };
    expect(schemaOf('unique_users')?.safeParse(params).error?.issues[0]?.message).toContain(
      'by day or month',
    );
    expect(
      schemaOf('unique_ratio')?.safeParse({ event: 'A', ofEvent: 'B', ofWhere: 'x', unit: 'week' }).success,
    ).toBe(false);
    const answer = () => series(['2026-02-01'], { A: { '2026-02-01': 3 } });
    const monthly = await readOnce({ [SEGMENTATION]: answer }, 'unique_users', {
      params: { ...params, unit: 'month' },
      now,
      window,
    });
    expect(monthly.asked[0]?.query).toMatchObject({ unit: 'month', where: 'true', type: 'unique' });
    expect(valuesOf(monthly)).toEqual({ '2026-02-28': '3' });
  });

  it('are never added up, whatever their period', () => {
    expect(mixpanel.metrics['unique_users']?.kind).toBe('distinct');
  });
});

describe('a ratio of two counts', () => {
  const days = ['2026-03-02', '2026-03-03', '2026-03-04'];
  const twoDays = utcWindow('2026-03-02', '2026-03-05');

  it('keeps both sides, so that a month is events by people and no mean of daily means', async () => {
    const answers = {
      [EVENTS]: (query: URLSearchParams) =>
        query.get('type') === 'unique'
          ? series(days, { A: { '2026-03-02': 1, '2026-03-03': 9 } })
          : series(days, { A: { '2026-03-02': 10, '2026-03-03': 9 } }),
    };
    const reading = await readOnce(answers, 'events_per_user', {
      params: { event: 'A' },
      now,
      window: twoDays,
    });
    // The mean of 10 and 1 would be 5.5; 19 events of 10 people are 1.9.
    expect(reading.points).toMatchObject([
      { day: '2026-03-02', numerator: '10', denominator: '1', value: '10' },
      { day: '2026-03-03', numerator: '9', denominator: '9', value: '1' },
      {
        day: '2026-03-04',
        numerator: '0',
        denominator: '0',
        value: null,
        flags: { reason: 'zero_denominator' },
      },
    ]);
    expect(mixpanel.metrics['events_per_user']?.kind).toBe('ratio');
  });

  it('takes both groups of people from one answer, and may exceed 1', async () => {
    const answer = () => series(days, { A: { '2026-03-02': 6 }, B: { '2026-03-02': 4, '2026-03-03': 5 } });
    const reading = await readOnce({ [EVENTS]: answer }, 'unique_ratio', {
      params: { event: 'A', ofEvent: 'B' },
      now,
      window: twoDays,
    });
    expect(reading.asked).toHaveLength(1);
    expect(valuesOf(reading)).toEqual({ '2026-03-02': '1.5', '2026-03-03': '0', '2026-03-04': null });
  });

  it('is unknown where either side is, and as old as the older of both answers', async () => {
    const body = (at: string, listed: string[], count: number) => ({
      body: { computed_at: at, data: { series: listed, values: { A: { '2026-03-02': count } } } },
    });
    const answers = {
      [EVENTS]: (query: URLSearchParams) =>
        query.get('type') === 'unique'
          ? body('2026-03-20T08:00:00', days, 2)
          : body('2026-03-20T11:00:00+00:00', ['2026-03-02'], 5),
    };
    const reading = await readOnce(answers, 'events_per_user', {
      params: { event: 'A' },
      now,
      window: twoDays,
    });
    expect(reading.points).toEqual([
      {
        day: '2026-03-02',
        numerator: '5',
        denominator: '2',
        value: '2.5',
        flags: { computedAt: '2026-03-20T08:00:00.000Z' },
      },
    ]);
    expect(reading.completeness.notes).toEqual(["Mixpanel's answer leaves out 2 of the days asked for"]);
  });
});
