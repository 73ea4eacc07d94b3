import { expect, it } from 'vitest';
import type { KeyResultDetail } from '../../src/api/contract.ts';
import { translator } from '../../src/i18n/index.ts';
import { chartSummary } from '../../src/picture/chart-summary.ts';
import { type ChartedKeyResult, keyResultChart } from '../../src/picture/key-result-chart.ts';
import { detailOf, onTrack } from '../web/fixtures.ts';

const measured = (day: string, value: number | null, more = {}) => ({
  day,
  value,
  reason: null,
  settled: true,
  revision: 1,
  origin: 'auto' as const,
  ...more,
});
const detail: ChartedKeyResult = {
  ...detailOf(onTrack),
  series: [
    measured('2025-12-31', 10),
    measured('2026-01-01', 11),
    measured('2026-01-02', 12, { revision: 2 }),
    measured('2026-01-04', 14, { settled: false }),
  ],
  goalSeries: [
    { day: '2026-01-01', value: 11, expected: 1 },
    { day: '2026-01-02', value: 12, expected: 2 },
    { day: '2026-01-03', value: 12, expected: 3 },
    { day: '2026-01-04', value: 14, expected: 4 },
  ],
  initiatives: [],
  overrides: [],
  alerts: [],
};
const en = translator('en');

it('leaves a day without a measurement a gap, and tells provisional and restated days', () => {
  const { historyFromDay, points } = keyResultChart(detail, [], en);
  expect(historyFromDay).toBe('2025-12-31');
  expect(points).toEqual([
    { day: '2025-12-31', value: 10, expected: null, settled: true, restated: false },
    { day: '2026-01-01', value: 11, expected: 1, settled: true, restated: false },
    { day: '2026-01-02', value: 12, expected: 2, settled: true, restated: true },
    { day: '2026-01-03', value: null, expected: 3, settled: true, restated: false },
    { day: '2026-01-04', value: 14, expected: 4, settled: false, restated: false },
  ]);
});

it('has no days before the cycle where the goal counts something else than a day', () => {
  const sums = detail.goalSeries.map((entry, index) => ({ ...entry, value: 11 * (index + 1) }));
  expect(keyResultChart({ ...detail, goalSeries: sums }, [], en)).toMatchObject({ historyFromDay: null });
});

it('keeps what people said standing until they say something else', () => {
  const { points } = keyResultChart({ ...detail, tracking: 'check_in' }, [], en);
  expect(points.find(({ day }) => day === '2026-01-03')?.value).toBe(12);
});

type Forecast = NonNullable<KeyResultDetail['forecast']>;

function forecastOf(days: Forecast['days']): Forecast {
  const last = days.at(-1) ?? { day: '2026-03-31', p10: 0, p50: 0, p90: 0 };
  return {
    asOfDay: '2026-01-02',
    deadlineDay: last.day,
    of: 'value',
    atLeast: 15_000,
    atMost: null,
    p10: last.p10,
    p50: last.p50,
    p90: last.p90,
    days,
    needed: null,
    recent: null,
    method: 'combined',
    members: {},
    littleHistory: false,
    inputs: {
      step: 'day',
      from: '2025-01-01',
      through: '2026-01-02',
      observations: 367,
      gaps: 0,
      outliers: 0,
      periods: [7],
    },
  };
}

it('takes the forecast where the server makes one', () => {
  const forecast = forecastOf([{ day: '2026-03-31', p10: 1, p50: 2, p90: 3 }]);
  const drawn = keyResultChart({ ...detail, forecast }, [], en).forecast;
  expect(drawn).toMatchObject({ asOfDay: '2026-01-02', days: forecast.days });
  // A share of days is no value of the metric, and has no place on its axis.
  expect(keyResultChart({ ...detail, forecast: { ...forecast, of: 'share' } }, [], en).forecast).toBeNull();
  expect(keyResultChart(detail, [], en).forecast).toBeNull();
});

it('ends an override on the day on which it was ended by hand', () => {
  const override = {
    id: 'ovr_1',
    value: 20,
    fromDay: '2026-01-01',
    untilDay: '2026-01-20',
    reason: 'tracking broke',
    author: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-03T10:00:00.000Z',
  };
  const [span] = keyResultChart({ ...detail, overrides: [override] }, [], en).overrides ?? [];
  expect(span).toMatchObject({ value: 20, fromDay: '2026-01-01', untilDay: '2026-01-03' });
  expect(span?.title).toContain('tracking broke');
});

it('says in words where it went and where it is expected to end', () => {
  const forecast = forecastOf([{ day: '2026-03-31', p10: 13000, p50: 14000, p90: 15500 }]);
  const input = keyResultChart({ ...detail, forecast }, [], en);
  const measure = { title: 'Users', unit: 'count', currency: null };
  expect(chartSummary(input, measure, en)).toBe(
    'Users: from 11 on 2026-01-01 to 14 on 2026-01-04; target 15,000; 3 points. ' +
      'Forecast for 2026-03-31: 14,000, with 80% probability between 13,000 and 15,500.',
  );
  expect(chartSummary(input, measure, translator('zh-CN'))).toContain(
    '预测 2026-03-31 为 14,000，80% 的可能在 13,000 至 15,500 之间。',
  );
});
