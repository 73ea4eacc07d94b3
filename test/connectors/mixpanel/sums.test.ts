import { describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { readOnce, utcWindow, valuesOf } from './support/read.ts';
import { SEGMENTATION, SUM, series } from './support/server.ts';

const now = '2026-03-20T12:00:00Z';
const window = utcWindow('2026-03-02', '2026-03-05');
const params = { event: 'Purchase', property: 'amount' };
const sums = (results: object, more: object = {}) => ({
  [SUM]: () => ({ body: { status: 'ok', results, ...more } }),
});

describe('what a property adds up to', () => {
  it('is asked for as a number of the event, by day', async () => {
    const { asked } = await readOnce(sums({}), 'event_property_sum', {
      params: { ...params, where: 'properties["plan"]=="pro"' },
      now,
      window,
    });
    expect(asked.map(({ query }) => query)).toEqual([
      {
        project_id: '2195193',
        event: 'Purchase',
        on: 'number(properties["amount"])',
        unit: 'day',
        from_date: '2026-03-02',
        to_date: '2026-03-04',
        where: 'properties["plan"]=="pro"',
      },
    ]);
  });

  it('keeps fractions and sums below zero; a day that is left out is unknown, since zeros are spelled out', async () => {
    const answers = sums(
      { '2026-03-04': -2.5, '2026-03-02': 1e21 },
      { computed_at: '2026-03-20T10:00:00.5+00:00' },
    );
    const reading = await readOnce(answers, 'event_property_sum', { params, now, window });
    expect(reading.points).toEqual([
      {
        day: '2026-03-02',
        value: '1000000000000000000000',
        flags: { computedAt: '2026-03-20T10:00:00.500Z' },
      },
      { day: '2026-03-04', value: '-2.5', flags: { computedAt: '2026-03-20T10:00:00.500Z' } },
    ]);
    expect(reading.completeness.notes).toEqual(["Mixpanel's answer leaves out 1 of the days asked for"]);
  });

  it.each(['12.5', 'NaN', null])('is refused when a sum is %j', async (sum) => {
    const reading = readOnce(sums({ '2026-03-02': sum }), 'event_property_sum', { params, now, window });
    await expect(reading).rejects.toMatchObject({ errorClass: 'schema_drift', code: '/results/2026-03-02' });
  });

  it('takes no name that would end the expression', () => {
    const schema = mixpanel.metrics['event_property_sum']?.paramsSchema;
    expect(schema?.safeParse({ ...params, property: 'a"] or true' }).success).toBe(false);
  });
});

describe('the average of a property', () => {
  const carriers = () =>
    series(['2026-03-02', '2026-03-03', '2026-03-04'], { Purchase: { '2026-03-02': 1, '2026-03-03': 4 } });

  it('is the sum by the events that carry it, which is no mean of daily means over several days', async () => {
    const answers = {
      ...sums({ '2026-03-02': 100, '2026-03-03': 40, '2026-03-04': 0 }),
      [SEGMENTATION]: carriers,
    };
    const reading = await readOnce(answers, 'event_property_average', {
      params: { ...params, where: 'a == 1 or b == 2' },
      now,
      window,
    });
    // Mixpanel's daily averages are 100 and 10, whose mean is 55; 140 over 5 events is 28.
    expect(reading.points).toMatchObject([
      { numerator: '100', denominator: '1', value: '100' },
      { numerator: '40', denominator: '4', value: '10' },
      { numerator: '0', denominator: '0', value: null },
    ]);
    expect(reading.asked[1]?.query).toMatchObject({
      type: 'general',
      where: '(a == 1 or b == 2) and defined(properties["amount"])',
    });
  });

  it('is unknown on days of which one of both answers says nothing', async () => {
    const answers = { ...sums({ '2026-03-03': 40, '2026-03-05': 1 }), [SEGMENTATION]: carriers };
    const reading = await readOnce(answers, 'event_property_average', { params, now, window });
    expect(valuesOf(reading)).toEqual({ '2026-03-03': '10' });
  });
});
