import { describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { readOnce, utcWindow, valuesOf } from './support/read.ts';
import { ADDICTION, RETENTION } from './support/server.ts';

const retention = (body: unknown) => ({ [RETENTION]: () => ({ body }) });
const addiction = (data: unknown) => ({ [ADDICTION]: () => ({ body: { data } }) });
const settlesHours = (metric: string, params: object) => {
  const settles = mixpanel.metrics[metric]?.settlesAfterHours;
  return typeof settles === 'function' ? settles(params) : settles;
};

describe('retention by day, week or month', () => {
  const window = utcWindow('2026-03-01', '2026-03-20');
  const now = '2026-03-20T00:00:00Z';
  const cohort = (first: number, ...counts: number[]) => ({ first, counts });

  it('asks for as many intervals as it needs, with every filter', async () => {
    const params = {
      retentionType: 'compounded',
      bornEvent: 'Open',
      bornWhere: 'a == 1',
      event: 'Share',
      where: 'b == 2',
      n: 3,
    };
    const { asked } = await readOnce(retention({}), 'retention', { params, now, window });
    expect(asked.map(({ query }) => query)).toEqual([
      {
        project_id: '2195193',
        retention_type: 'compounded',
        born_event: 'Open',
        born_where: 'a == 1',
        event: 'Share',
        where: 'b == 2',
        // Day 3 of the clocks of 15 March is over when the 19th has passed.
        from_date: '2026-03-01',
        to_date: '2026-03-15',
        unit: 'day',
        interval: '1',
        interval_count: '4',
      },
    ]);
  });

  it('leaves unfinished intervals out: of a rolling day 1 the last two', async () => {
    const answers = retention({
      // In no order. Who entered late on the 18th has until late on the 20th for the second day of their clock.
      '2026-03-19': cohort(5, 1),
      '2026-03-17': cohort(4, 2, 1),
      '2026-03-18': cohort(6, 3, 0),
    });
    const params = { bornEvent: 'Open', n: 1 };
    const reading = await readOnce(answers, 'retention', {
      params,
      now,
      window: utcWindow('2026-03-17', '2026-03-20'),
    });
    expect(reading.points).toEqual([{ day: '2026-03-17', numerator: '1', denominator: '4', value: '0.25' }]);
  });

  it('puts a week’s cohort on its last day, once its interval is over for those who entered at its end', async () => {
    // The week from 2 to 8 March: its second interval ends 14 days after the 9th, on the 23rd.
    const answers = retention({ '2026-03-02': cohort(8, 6, 2) });
    const at = (instant: string) =>
      readOnce(answers, 'retention', { params: { bornEvent: 'Open', unit: 'week' }, now: instant, window });
    expect((await at('2026-03-22T23:59:59Z')).points).toEqual([]);
    expect(valuesOf(await at('2026-03-23T00:00:00Z'))).toEqual({ '2026-03-08': '0.25' });
  });

  it('reads interval 0 too, which is the first after entering', async () => {
    const answers = retention({ '2026-03-18': cohort(6, 3, 0) });
    const params = { bornEvent: 'Open', n: 0 };
    const reading = await readOnce(answers, 'retention', {
      params,
      now,
      window: utcWindow('2026-03-18', '2026-03-19'),
    });
    expect(valuesOf(reading)).toEqual({ '2026-03-18': '0.5' });
  });

  it('is refused when more came back than entered', async () => {
    const reading = readOnce(retention({ '2026-03-02': cohort(2, 2, 3) }), 'retention', {
      params: { bornEvent: 'Open' },
      now,
      window: utcWindow('2026-03-02', '2026-03-03'),
    });
    await expect(reading).rejects.toMatchObject({ errorClass: 'schema_drift', code: '/counts' });
  });

  it('waits as long as its interval needs, and says that its clocks are people’s own', () => {
    // Day 7: 8 days of 24 hours. Week 1: 14, and up to 6 more until a week ends. Month 2: 90.
    expect(settlesHours('retention', { n: 7, unit: 'day' })).toBe(192);
    expect(settlesHours('retention', { n: 1, unit: 'week' })).toBe(480);
    expect(settlesHours('retention', { n: 2, unit: 'month' })).toBe(2_160);
    expect(mixpanel.metrics['retention']?.description).toContain('not the next calendar day');
  });
});

describe('how often people come', () => {
  const now = '2026-03-16T00:00:00Z'; // a Monday
  const window = utcWindow('2026-03-01', '2026-03-16');

  it('is the share of a week’s people who came on so many of its days', async () => {
    const data = { '2026-03-09': [20, 12, 5, 1, 0, 0, 0], '2026-03-02': [10, 4, 4, 4, 2, 1, 1] };
    const reading = await readOnce(addiction(data), 'frequency', { params: { atLeast: 3 }, now, window });
    expect(reading.asked.map(({ query }) => query)).toEqual([
      {
        project_id: '2195193',
        from_date: '2026-02-23',
        to_date: '2026-03-15',
        unit: 'week',
        addiction_unit: 'day',
      },
    ]);
    expect(reading.points).toMatchObject([
      { day: '2026-03-08', numerator: '4', denominator: '10', value: '0.4' },
      { day: '2026-03-15', numerator: '5', denominator: '20', value: '0.25' },
    ]);
    expect(reading.completeness.notes).toEqual(["Mixpanel's answer leaves out 1 of the days asked for"]);
  });

  it('has no point for the running day, on which people still come more often', async () => {
    const params = { unit: 'day', per: 'hour', atLeast: 2, event: 'Open', where: 'a == 1' };
    const reading = await readOnce(addiction({ '2026-03-15': [4, 1] }), 'frequency', {
      params,
      now: '2026-03-16T20:00:00Z',
      window: utcWindow('2026-03-15', '2026-03-17'),
    });
    expect(reading.asked[0]?.query).toMatchObject({
      to_date: '2026-03-15',
      addiction_unit: 'hour',
      event: 'Open',
      where: 'a == 1',
    });
    expect(valuesOf(reading)).toEqual({ '2026-03-15': '0.25' });
  });

  it('is refused when more people came often than at all, and cannot ask for more days than there are', async () => {
    const params = { atLeast: 2 };
    const odd = readOnce(addiction({ '2026-03-02': [3, 4] }), 'frequency', { params, now, window });
    await expect(odd).rejects.toMatchObject({ errorClass: 'schema_drift', code: '/data' });
    const schema = mixpanel.metrics['frequency']?.paramsSchema;
    expect(schema?.safeParse({ atLeast: 8 }).success).toBe(false); // of a week
    expect(schema?.safeParse({ atLeast: 28, unit: 'month' }).success).toBe(true);
    expect(schema?.safeParse({ atLeast: 29, unit: 'month' }).success).toBe(false); // of February
    expect(schema?.safeParse({ atLeast: 1 }).success).toBe(false); // everybody
  });

  it('has no value in a period without anybody', async () => {
    const reading = await readOnce(addiction({ '2026-03-02': [0, 0, 0] }), 'frequency', {
      params: { atLeast: 3 },
      now,
      window: utcWindow('2026-03-02', '2026-03-09'),
    });
    expect(reading.points).toMatchObject([{ value: null, flags: { reason: 'zero_denominator' } }]);
  });
});
