import { describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import {
  contextOn,
  fixture,
  planned,
  readOnce,
  readRun,
  utcWindow,
  valuesOf,
  zonedWindow,
} from './support/read.ts';
import { FUNNELS, startMixpanel } from './support/server.ts';

const window = utcWindow('2026-03-02', '2026-03-04');
/** Both days ended at least 14 days ago: 3 March ends on the 4th, and 14 days later it is the 18th. */
const now = '2026-03-18T00:00:00Z';

type Funnel = { response: unknown; expected: Record<string, number | null> };
const funnel = (body: unknown) => ({ [FUNNELS]: () => ({ body }) });
const step = (count: number) => ({ count, event: 'A' });
const oneDay = (...counts: number[]) => ({
  meta: { dates: ['2026-03-02'] },
  data: { '2026-03-02': { steps: counts.map(step) } },
});

it('reads a saved funnel by day, whose parts add up to its conversion', async () => {
  const { response, expected } = fixture<Funnel>('made/funnel_week.json');
  const reading = await readOnce(funnel(response), 'funnel_conversion', {
    params: { funnelId: 7509 },
    now,
    window,
  });
  expect(reading.points).toMatchObject([
    { day: '2026-03-02', numerator: '5', denominator: '31', value: '0.161290322581' }, // 5/31
    { day: '2026-03-03', numerator: '4', denominator: '28', value: '0.142857142857' }, // 4/28
  ]);
  const sum = (part: 'numerator' | 'denominator') =>
    reading.points.reduce((total, point) => total + Number(point[part]), 0);
  expect(sum('numerator')).toBe(expected['numerator']);
  expect(sum('denominator')).toBe(expected['denominator']);
  expect(sum('numerator') / sum('denominator')).toBeCloseTo(expected['conversion'] ?? Number.NaN, 12);
});

it('reads a funnel that comes split by a property: its total, and no value on a day without anybody', async () => {
  const { response, expected } = fixture<Funnel>('made/funnel_segmented.json');
  const reading = await readOnce(funnel(response), 'funnel_conversion', {
    params: { funnelId: 9 },
    now,
    window,
  });
  expect(reading.points).toEqual([
    {
      day: '2026-03-02',
      numerator: String(expected['numerator']),
      denominator: String(expected['denominator']),
      value: String(expected['conversion']),
    },
    {
      day: '2026-03-03',
      numerator: '0',
      denominator: '0',
      value: expected['2026-03-03'],
      flags: { reason: 'zero_denominator' },
    },
  ]);
});

it('asks in the way of the documentation', async () => {
  const { asked } = await readOnce(funnel(oneDay(2, 1)), 'funnel_conversion', {
    params: { funnelId: 7509, lengthDays: 7 },
    now,
    window,
  });
  expect(asked.map(({ query }) => query)).toEqual([
    {
      project_id: '2195193',
      funnel_id: '7509',
      from_date: '2026-03-02',
      to_date: '2026-03-03',
      unit: 'day',
      length: '7',
      length_unit: 'day',
    },
  ]);
});

describe('people who may still finish', () => {
  it('keep their day out: the conversion of the last days still rises', async () => {
    // At one second before 18 March the people of 3 March have a second left; those of 2 March are through.
    const reading = await readOnce(funnel(oneDay(4, 1)), 'funnel_conversion', {
      params: { funnelId: 1 },
      now: '2026-03-17T23:59:59Z',
      window,
    });
    expect(valuesOf(reading)).toEqual({ '2026-03-02': '0.25' });
    expect(reading.asked[0]?.query).toMatchObject({ from_date: '2026-03-02', to_date: '2026-03-02' });
  });

  it('are not asked for when they are all that the window has', async () => {
    const reading = await readOnce(funnel(oneDay(4, 1)), 'funnel_conversion', {
      params: { funnelId: 1 },
      now: '2026-03-10T00:00:00Z',
      window,
    });
    expect(reading).toMatchObject({ points: [], asked: [] });
    expect(reading.completeness.notes).toEqual(['Nobody of this window has had 14 days to finish yet']);
  });

  it('have their full hours, also where the clocks change in between', async () => {
    // In Berlin 28 March 2026 ends at 23:00Z; 24 hours on it is already 01:00 of 30 March there.
    const berlin = zonedWindow('2026-03-28T00:00:00+01:00', '2026-03-29T00:00:00+01:00', 'Europe/Berlin');
    const body = { meta: { dates: [] }, data: { '2026-03-28': { steps: [step(2), step(1)] } } };
    const at = (instant: string) =>
      readOnce(funnel(body), 'funnel_conversion', {
        params: { funnelId: 1, lengthDays: 1 },
        now: instant,
        window: berlin,
      });
    expect((await at('2026-03-29T22:59:59Z')).points).toEqual([]);
    expect(valuesOf(await at('2026-03-29T23:00:00Z'))).toEqual({ '2026-03-28': '0.5' });
  });

  it('are given their time by the metric itself', () => {
    const settles = mixpanel.metrics['funnel_conversion']?.settlesAfterHours;
    const hours = typeof settles === 'function' ? settles({ lengthDays: 30 }) : null;
    expect(hours).toBe(720);
  });
});

describe('the steps of a funnel', () => {
  const eleven = oneDay(1_100, 1_000, 900, 800, 700, 600, 500, 400, 300, 200, 110);

  it.each([
    { params: {}, value: '0.1', why: 'first to last: 110 of 1,100' },
    { params: { fromStep: 2 }, value: '0.11', why: 'second to last: 110 of 1,000' },
    { params: { toStep: 2 }, value: '0.909090909091', why: 'first to second: 1,000 of 1,100' },
    { params: { fromStep: 9, toStep: 10 }, value: '0.666666666667', why: 'ninth to tenth: 200 of 300' },
  ])('are counted from one: $why', async ({ params, value }) => {
    const reading = await readOnce(funnel(eleven), 'funnel_conversion', {
      params: { funnelId: 1, ...params },
      now,
      window,
    });
    expect(valuesOf(reading)).toEqual({ '2026-03-02': value });
  });

  it('share one call, whichever two of them a metric looks at', async () => {
    const server = await startMixpanel(funnel(eleven));
    try {
      const reads = [{}, { fromStep: 2 }, { toStep: 5 }].map((steps) =>
        planned('funnel_conversion', window, { funnelId: 1, ...steps }),
      );
      await readRun(contextOn(server, now).context, reads);
      expect(server.requestCount()).toBe(1);
    } finally {
      await server.close();
    }
  });

  it('that do not exist are the owner’s to mend', async () => {
    const reading = readOnce(funnel(oneDay(3, 2)), 'funnel_conversion', {
      params: { funnelId: 7509, toStep: 4 },
      now,
      window,
    });
    await expect(reading).rejects.toMatchObject({
      errorClass: 'config',
      code: 'no_such_step',
      remedy: { by: 'owner' },
      message: expect.stringContaining('Funnel 7509 has 2 steps'),
    });
  });

  it.each([
    { fromStep: 3, toStep: 3 },
    { fromStep: 0 },
    { toStep: 1 },
    { lengthDays: 91 },
    { lengthDays: 0 },
  ])('cannot be %j', (params) => {
    const schema = mixpanel.metrics['funnel_conversion']?.paramsSchema;
    expect(schema?.safeParse({ funnelId: 1, ...params }).success).toBe(false);
  });
});

it('gives a day that the answer leaves out no point', async () => {
  const reading = await readOnce(funnel(oneDay(2, 1)), 'funnel_conversion', {
    params: { funnelId: 1 },
    now,
    window,
  });
  expect(valuesOf(reading)).toEqual({ '2026-03-02': '0.5' });
  expect(reading.completeness.notes).toEqual(["Mixpanel's answer leaves out 1 of the days asked for"]);
});
