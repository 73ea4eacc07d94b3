import { expect, it } from 'vitest';
import type { NewsChart } from '../../src/app/news.ts';
import { newsChart, newsPicture } from '../../src/picture/news-chart.ts';
import { decodePng } from './support.ts';

const chart: NewsChart = {
  startDay: '2026-07-01',
  endDay: '2026-10-01',
  today: '2026-07-05',
  target: 100,
  bounds: null,
  points: [
    ['2026-06-29', 8, null, true],
    ['2026-07-01', 10, 1, true],
    ['2026-07-02', null, 2, true],
    ['2026-07-03', 12, 3, false],
  ],
  forecast: { asOfDay: '2026-07-01', days: [['2026-09-30', 60, 80, 110]] },
  initiatives: [],
};
const request = { lang: 'zh-CN', title: '周活跃用户', unit: 'count', currency: null } as const;

it('reads what travelled through the outbox, with its days before the cycle', () => {
  expect(newsChart(chart)).toMatchObject({
    historyFromDay: '2026-06-29',
    points: [{ day: '2026-06-29', value: 8 }, {}, { value: null, expected: 2 }, { settled: false }],
    forecast: { asOfDay: '2026-07-01', days: [{ day: '2026-09-30', p10: 60, p50: 80, p90: 110 }] },
  });
  expect(newsChart({ ...chart, points: chart.points.slice(1) }).historyFromDay).toBeNull();
});

it('is a PNG of 800 by some pixels, drawn twice as fine', async () => {
  const png = await newsPicture(chart, request);
  expect(png === null ? 0 : decodePng(png).width).toBe(1600);
});

it('is no picture where there is nothing to show', async () => {
  expect(await newsPicture({ ...chart, points: [['2026-07-01', null, 1, true]] }, request)).toBeNull();
  expect(await newsPicture({ ...chart, points: [] }, request)).toBeNull();
});
