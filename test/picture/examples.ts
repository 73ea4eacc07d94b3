import type { ChartInput, ChartPoint } from '../../src/chart/chart-input.ts';
import { dayNumber, dayOf } from '../../src/chart/day-number.ts';
import type { ChartRequest } from '../../src/picture/draw-chart.ts';

export type Example = {
  name: string;
  input: ChartInput;
  request: Omit<ChartRequest, 'lang' | 'theme' | 'title' | 'note'>;
  note: Record<'en' | 'zh-CN', string>;
  title: Record<'en' | 'zh-CN', string>;
};

const startDay = '2026-07-01';
const endDay = '2026-10-01';
const today = '2026-08-20';

const dayAfter = (day: string, count: number): string => dayOf(dayNumber(day) + count);

/** The same noise every time: looks measured, and is not. */
const noise = (index: number): number =>
  Math.sin(index * 1.7) + 0.6 * Math.sin(index * 0.45) + 0.4 * Math.cos(index * 3.1);

function pointsFrom(
  day: string,
  count: number,
  value: (index: number) => number | null,
  expected: (index: number) => number | null = () => null,
): ChartPoint[] {
  return Array.from({ length: count }, (_, index) => ({
    day: dayAfter(day, index),
    value: value(index),
    expected: expected(index),
    settled: dayAfter(day, index) < dayAfter(today, -2),
    restated: false,
  }));
}

function coneFrom(asOfDay: string, value: (ahead: number) => number, spread: (ahead: number) => number) {
  const count = dayNumber(endDay) - 1 - dayNumber(asOfDay);
  return {
    asOfDay,
    days: Array.from({ length: count }, (_, index) => {
      const [p50, half] = [value(index + 1), spread(index + 1)];
      return { day: dayAfter(asOfDay, index + 1), p10: p50 - half, p50, p90: p50 + half };
    }),
  };
}

const base = { startDay, endDay, today, target: null, bounds: null, initiatives: [] };
const count = { unit: 'count', currency: null };

/** A count that adds up to its deadline; 51 of 92 days are over. */
const sum: Example = {
  name: 'sum',
  title: { en: 'Win 1,200 new teams', 'zh-CN': '新增 1,200 个团队' },
  request: { ...count, runningSum: true },
  note: { en: 'At risk', 'zh-CN': '有风险' },
  input: {
    ...base,
    target: 1200,
    points: pointsFrom(
      startDay,
      92,
      (index) => (index < 50 ? Math.round(10.5 * (index + 1) + 8 * noise(index)) : null),
      (index) => (1200 * (index + 1)) / 92,
    ),
    forecast: coneFrom(
      '2026-08-17',
      (ahead) => 510 + 11.2 * ahead,
      (ahead) => 3.2 * Math.sqrt(ahead) * 4,
    ),
    alerts: [
      { day: '2026-08-04', title: 'off track', kind: 'fired' },
      { day: '2026-08-12', title: 'no longer off track', kind: 'recovered' },
    ],
    initiatives: [{ title: 'Referral programme', startDay: '2026-08-06', endDay: null }],
  },
};

/** A level that has to stay between two bounds, in money, with days before the cycle. */
const guardrail: Example = {
  name: 'guardrail',
  title: { en: 'Keep the cost of a new customer in its corridor', 'zh-CN': '获客成本保持在区间内' },
  request: { unit: 'money', currency: 'cny' },
  note: { en: 'On track · Sandbox data', 'zh-CN': '进展正常 · 沙盒数据' },
  input: {
    ...base,
    bounds: { lower: 180_00, upper: 240_00 },
    historyFromDay: '2026-06-01',
    points: pointsFrom('2026-06-01', 81, (index) => Math.round(214_00 + 11_00 * noise(index))),
    forecast: coneFrom(
      '2026-08-17',
      (ahead) => 214_00 + 10 * ahead,
      (ahead) => 6_00 + 2_20 * Math.sqrt(ahead),
    ),
    overrides: [{ title: 'tracking broke', value: 205_00, fromDay: '2026-07-20', untilDay: '2026-07-26' }],
    checkIns: [{ title: 'Two campaigns ended', day: '2026-08-03' }],
  },
};

/** A noisy level with a steep target and a wide cone. */
const noisy: Example = {
  name: 'noisy',
  title: {
    en: 'Grow weekly active users from 10,000 to 15,000',
    'zh-CN': '周活跃用户从 10,000 增长到 15,000',
  },
  request: { ...count },
  note: { en: 'Off track', 'zh-CN': '偏离目标' },
  input: {
    ...base,
    target: 15_000,
    historyFromDay: '2026-06-01',
    points: [
      ...pointsFrom('2026-06-01', 30, (index) => Math.round(10_000 + 500 * noise(index))),
      ...pointsFrom(
        startDay,
        92,
        (index) => (index < 50 ? Math.round(10_100 + 38 * index + 520 * noise(index + 30)) : null),
        (index) => 10_000 + (5_000 * (index + 1)) / 92,
      ).map((point, index) => ({ ...point, restated: index === 20 })),
    ],
    forecast: coneFrom(
      '2026-08-17',
      (ahead) => 11_900 + 30 * ahead,
      (ahead) => 500 + 190 * Math.sqrt(ahead),
    ),
    alerts: [{ day: '2026-08-10', title: 'off track', kind: 'fired' }],
  },
};

/** A ratio whose source was silent for nine days, seen as it was believed on a past day. */
const gap: Example = {
  name: 'gap',
  title: { en: 'Lift trial-to-paid to 6%', 'zh-CN': '试用转付费提升到 6%' },
  request: { unit: 'ratio', currency: null, past: true },
  note: { en: 'Unknown · Stale', 'zh-CN': '未知 · 过期' },
  input: {
    ...base,
    target: 0.06,
    points: pointsFrom(
      startDay,
      92,
      (index) =>
        index > 49 || (index > 21 && index < 31) || index === 40
          ? null
          : 0.034 + 0.0002 * index + 0.0018 * noise(index),
      (index) => 0.034 + (0.026 * (index + 1)) / 92,
    ),
  },
};

export const examples: readonly Example[] = [sum, guardrail, noisy, gap];
