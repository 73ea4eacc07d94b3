import { describe, expect, it } from 'vitest';
import { fixture, property, quotaWith } from './support/property.ts';
import { berlin, readOne, runOn, valuesOf } from './support/read.ts';

const days = {
  '2026-03-02': { newUsers: 10, activeUsers: 100, sessions: 150 },
  '2026-03-04': { newUsers: 20, activeUsers: 110, sessions: 160 },
};
const three = berlin('2026-03-02', '2026-03-05');
const sampling = (share: number, ranges = 1) => ({
  samplingMetadatas: Array.from({ length: ranges }, () => ({
    samplesReadCount: String(share * 1_000_000),
    samplingSpaceSize: '1000000',
  })),
});

describe('a sampled answer', () => {
  it('is asked for again day by day, and then counts', async () => {
    const respond = property(days, {
      metadata: ({ dimensions }) => (dimensions === undefined ? {} : sampling(0.25)),
    });
    const { asked, ...reading } = await readOne(respond, { metric: 'sessions', window: three });
    expect(valuesOf(reading)).toEqual({ '2026-03-02': '150', '2026-03-03': '0', '2026-03-04': '160' });
    expect(asked[1]?.body.requests).toMatchObject([
      {
        dateRanges: [
          { startDate: '2026-03-02', endDate: '2026-03-02' },
          { startDate: '2026-03-03', endDate: '2026-03-03' },
          { startDate: '2026-03-04', endDate: '2026-03-04' },
        ],
      },
    ]);
  });

  it('that stays sampled has no value but its fraction', async () => {
    const respond = property(days, { metadata: ({ dateRanges }) => sampling(0.25, dateRanges.length) });
    const { points } = await readOne(respond, { metric: 'sessions', window: three });
    expect(points).toEqual(
      ['2026-03-02', '2026-03-03', '2026-03-04'].map((day) => ({
        day,
        value: null,
        flags: { sampled: 0.25 },
      })),
    );
  });

  it('of a long window is asked again for the newest hundred days only', async () => {
    const respond = property(days, {
      metadata: ({ dimensions }) => (dimensions === undefined ? {} : sampling(0.5)),
    });
    const window = berlin('2025-11-01', '2026-03-05');
    const { points, asked } = await readOne(respond, { metric: 'sessions', window });
    // November to March 4 are 30 + 31 + 31 + 28 + 4 = 124 days; 20 days fit into a request
    expect(points).toHaveLength(124);
    expect(points.filter(({ flags }) => flags?.['sampled'] === 0.5)).toHaveLength(24);
    expect(asked).toHaveLength(1 + 5);
    expect(points.at(-1)).toEqual({ day: '2026-03-04', value: '160' });
  });
});

describe('a row that belongs to no day', () => {
  const withOther = (label: string) =>
    property(days, {
      change: (report, { dimensions }) =>
        dimensions === undefined
          ? report
          : {
              ...report,
              rows: [
                ...(report.rows ?? []).slice(0, 1),
                { dimensionValues: [{ value: label }], metricValues: [{ value: '160' }] },
              ],
            },
    });

  it.each(['(other)', '(not set)', ''])(
    '"%s" in the date column: the days are asked for alone, and the amount is told',
    async (label) => {
      const reading = await readOne(withOther(label), { metric: 'sessions', window: three });
      expect(valuesOf(reading)).toEqual({ '2026-03-02': '150', '2026-03-03': '0', '2026-03-04': '160' });
      expect(reading.completeness.notes).toContain(
        `A row without a day, "${label}": sessions 160; the days were asked for one by one`,
      );
    },
  );

  it('data lost without any such row in sight counts as well', async () => {
    const respond = property(days, { metadata: () => ({ dataLossFromOtherRow: true }) });
    const { points } = await readOne(respond, { metric: 'sessions', window: three });
    expect(points.map(({ value, flags }) => ({ value, flags }))).toEqual(
      [1, 2, 3].map(() => ({ value: null, flags: { otherRow: true } })),
    );
  });
});

describe('a thresholded answer', () => {
  const thresholded = (totals?: Record<string, string>) =>
    property(days, {
      metadata: () => ({ subjectToThresholding: true }),
      ...(totals === undefined ? {} : { totals }),
    });

  it('counts where the rows add up to the total', async () => {
    // 150 + 160 = 310
    const reading = await readOne(thresholded({ sessions: '310' }), { metric: 'sessions', window: three });
    const { points } = reading;
    expect(reading.completeness.notes).toContain('Flagged thresholded by Google Analytics: 3 of 3 days');
    expect(points).toEqual([
      { day: '2026-03-02', value: '150', flags: { thresholded: true } },
      { day: '2026-03-03', value: '0', flags: { thresholded: true } },
      { day: '2026-03-04', value: '160', flags: { thresholded: true } },
    ]);
  });

  it('has no value where the total says that rows were withheld', async () => {
    const { points } = await readOne(thresholded({ sessions: '317' }), { metric: 'sessions', window: three });
    expect(points.map(({ value }) => value)).toEqual([null, null, null]);
    expect(points[0]?.flags).toEqual({ thresholded: true });
  });

  it('of users, whose days never add up, makes no zero of a missing day', async () => {
    const { points } = await readOne(thresholded(), { metric: 'active_users', window: three });
    expect(points.map(({ value }) => value)).toEqual(['100', null, '110']);
  });
});

it('a metric that the account may not see is an access error and no zero, and its neighbour still counts', async () => {
  const restriction = fixture('revenue_restricted.json').response.metadata[
    'schemaRestrictionResponse'
  ] as object;
  const restricted = JSON.parse(JSON.stringify(restriction).replace('purchaseRevenue', 'newUsers')) as object;
  const respond = property(days, { metadata: () => ({ schemaRestrictionResponse: restricted }) });
  const { outcomes } = await runOn(respond, [
    { metric: 'new_users', window: three },
    { metric: 'sessions', window: three },
  ]);
  expect(outcomes[0]).toMatchObject({
    error: { errorClass: 'auth', code: 'restricted_metric', remedy: { by: 'owner' } },
  });
  expect(valuesOf(outcomes[1])).toEqual({ '2026-03-02': '150', '2026-03-03': '0', '2026-03-04': '160' });
});

it('an empty report with an empty total is a week of zeros', async () => {
  const reading = await readOne(property({}), { metric: 'new_users', window: three });
  expect(valuesOf(reading)).toEqual({ '2026-03-02': '0', '2026-03-03': '0', '2026-03-04': '0' });
});

it('a day on which nothing happened takes part in a ratio without changing it', async () => {
  const { points } = await readOne(property({}), {
    metric: 'engagement_seconds_per_user_day',
    window: three,
  });
  expect(points[0]).toEqual({
    day: '2026-03-02',
    value: null,
    numerator: '0',
    denominator: '0',
    flags: { noActivity: true },
  });
});

describe('the quota', () => {
  const windows = ['03', '04', '05', '06', '07', '08'].map((day) => berlin('2026-03-02', `2026-03-${day}`));
  const reads = windows.map((window) => ({ metric: 'sessions', window }));

  it('is told in the notes', async () => {
    const { completeness } = await readOne(property(days), { metric: 'sessions' });
    expect(completeness.notes).toEqual([
      'Days of the property are those of Europe/Berlin, its currency is EUR',
      'Quota left: day 199400, hour 39700, project and hour 13700',
    ]);
  });

  it.each([
    // 13:48 UTC; project tokens come back at the full hour, 12 minutes later
    { pool: 'tokensPerProjectPerHour', remaining: 900, minutes: 12 },
    { pool: 'tokensPerHour', remaining: 3_999, minutes: 12 },
    // 06:48 in California (daylight saving): 17 hours and 12 minutes to midnight
    { pool: 'tokensPerDay', remaining: 19_999, minutes: 17 * 60 + 12 },
    { pool: 'serverErrorsPerProjectPerHour', remaining: 0, minutes: 60 },
  ])(
    'nearly gone ($pool: $remaining) lets the answer count and asks nothing more',
    async ({ pool, remaining, minutes }) => {
      const paused: Array<[string, number]> = [];
      const { outcomes, asked } = await runOn(
        property(days, { quota: quotaWith({ [pool]: remaining }) }),
        reads,
        {
          now: new Date('2026-03-20T13:48:00Z'),
          change: ({ quota }) => {
            const pause = quota.pause.bind(quota);
            quota.pause = (scope, ms) => {
              paused.push([scope, ms / 60_000]);
              return pause(scope, ms);
            };
          },
        },
      );
      expect(asked).toHaveLength(1);
      expect(valuesOf(outcomes[0])).toEqual({ '2026-03-02': '150' });
      expect(outcomes[5]).toMatchObject({ error: { errorClass: 'rate_limited', remedy: { by: 'time' } } });
      expect(paused[0]).toEqual(['ga4:987654321', minutes]);
    },
  );

  it('of Analytics 360 is ten times as large', async () => {
    // 15,000 are more than a standard property ever has, and more than a tenth of 140,000.
    const quota = quotaWith({ tokensPerProjectPerHour: 15_000 });
    const { asked } = await runOn(property(days, { quota }), reads);
    expect(asked).toHaveLength(2);
  });
});
