import { describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { readOnce, utcWindow, valuesOf, zonedWindow } from './support/read.ts';
import { RETENTION } from './support/server.ts';

const METRIC = 'retention_one_month';
const retention = (body: unknown) => ({ [RETENTION]: () => ({ body }) });
/** January ends with the 31st; 60 days after 1 February it is 2 April. */
const window = utcWindow('2025-12-15', '2026-03-20');
const now = '2026-04-02T00:00:00Z';
const cohorts = {
  // The keys of this endpoint come in no order.
  '2026-01-01': { first: 8, counts: [7, 3] },
  '2025-12-01': { first: 20, counts: [18, 9] },
};

it('gives each mature month one point on its last day, from the interval of days 30 to 59', async () => {
  const reading = await readOnce(retention(cohorts), METRIC, { now, window });
  expect(reading.points).toEqual([
    { day: '2025-12-31', value: '0.45', numerator: '9', denominator: '20' }, // 9/20
    { day: '2026-01-31', value: '0.375', numerator: '3', denominator: '8' }, // 3/8
  ]);
});

it('asks for whole months, in one call', async () => {
  const { asked } = await readOnce(retention(cohorts), METRIC, { now, window });
  expect(asked.map(({ query }) => query)).toEqual([
    {
      project_id: '2195193',
      retention_type: 'birth',
      born_event: 'Sign Up',
      from_date: '2025-12-01',
      to_date: '2026-01-31',
      unit: 'month',
      interval: '1',
      interval_count: '2',
    },
  ]);
});

it('names the event that counts as coming back only when there is one', async () => {
  const params = { bornEvent: 'Trial Started', event: 'Report Shared' };
  const { asked } = await readOnce(retention(cohorts), METRIC, { params, now, window });
  expect(asked[0]?.query).toMatchObject({ born_event: 'Trial Started', event: 'Report Shared' });
});

describe('a month that is too young', () => {
  it('has no point: the last members of its list are unfinished, with rolling windows the last two', async () => {
    const young = { ...cohorts, '2026-02-01': { first: 10, counts: [9, 1] } };
    const reading = await readOnce(retention(young), METRIC, { now, window });
    expect(Object.keys(valuesOf(reading))).toEqual(['2025-12-31', '2026-01-31']);
  });

  it('is mature on the second, and not one second before', async () => {
    const early = await readOnce(retention(cohorts), METRIC, { now: '2026-04-01T23:59:59Z', window });
    expect(Object.keys(valuesOf(early))).toEqual(['2025-12-31']);
    expect(early.asked[0]?.query).toMatchObject({ from_date: '2025-12-01', to_date: '2025-12-31' });
  });

  it('ends with its last local day', async () => {
    // In Berlin March 2026 ends at 22:00Z of the 31st; 60 times 24 hours later it is 30 May, 22:00Z.
    const berlin = zonedWindow('2026-03-01T00:00:00+01:00', '2026-04-01T00:00:00+02:00', 'Europe/Berlin');
    const march = retention({ '2026-03-01': { first: 4, counts: [4, 1] } });
    const at = (instant: string) => readOnce(march, METRIC, { now: instant, window: berlin });
    expect((await at('2026-05-30T21:59:59Z')).points).toEqual([]);
    expect(valuesOf(await at('2026-05-30T22:00:00Z'))).toEqual({ '2026-03-31': '0.25' });
  });

  it('is not asked for when the window holds no other', async () => {
    const february = utcWindow('2026-02-01', '2026-03-01');
    const reading = await readOnce(retention(cohorts), METRIC, { now, window: february });
    expect(reading).toMatchObject({ points: [], asked: [] });
  });
});

it('has no point for a month whose last day lies outside the window', async () => {
  const reading = await readOnce(retention(cohorts), METRIC, {
    now,
    window: utcWindow('2026-01-01', '2026-01-31'),
  });
  expect(reading).toMatchObject({ points: [], asked: [] });
});

it('has no point where the list is too short, and none for a month that the answer leaves out', async () => {
  const short = { '2026-01-01': { first: 8, counts: [7] } };
  const reading = await readOnce(retention(short), METRIC, { now, window });
  expect(reading.points).toEqual([]);
  expect(reading.completeness.notes).toEqual(["Mixpanel's answer leaves out 2 of the days asked for"]);
});

it('has no value where nobody signed up, which is not a retention of zero', async () => {
  const empty = { '2025-12-01': { first: 0, counts: [0, 0] }, '2026-01-01': { first: 5, counts: [1, 0] } };
  const reading = await readOnce(retention(empty), METRIC, { now, window });
  expect(reading.points).toMatchObject([
    { day: '2025-12-31', value: null, flags: { reason: 'zero_denominator' } },
    { day: '2026-01-31', value: '0' },
  ]);
});

it('says which of the many retentions it is, and waits as long as that needs', () => {
  const metric = mixpanel.metrics[METRIC];
  expect(metric?.description).toContain('bracket 30–59 days');
  expect(metric).toMatchObject({ cadence: 'month', settlesAfterHours: 1_440, rereadDays: 31 });
});
