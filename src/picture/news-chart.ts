import type { NewsChart } from '../app/news.ts';
import type { ChartInput } from '../chart/chart-input.ts';
import { type ChartRequest, drawChart } from './draw-chart.ts';
import { renderPng } from './render-png.ts';

/**
 * The picture of a message as a PNG; null where the chart has no value to show.
 *
 * @throws when the renderer or its font cannot be loaded; a message must go out without a picture then
 */
export async function newsPicture(chart: NewsChart, request: ChartRequest): Promise<Buffer | null> {
  if (chart.points.every(([, value]) => value === null)) return null;
  return renderPng(drawChart(newsChart(chart), request).svg);
}

/** What travelled through the outbox, as the chart reads it. */
export function newsChart(chart: NewsChart): ChartInput {
  const { forecast, points, ...rest } = chart;
  const first = points[0]?.[0] ?? chart.startDay;
  return {
    ...rest,
    historyFromDay: first < chart.startDay ? first : null,
    points: points.map(([day, value, expected, settled]) => ({
      day,
      value,
      expected,
      settled,
      restated: false,
    })),
    forecast:
      forecast === null
        ? null
        : {
            asOfDay: forecast.asOfDay,
            days: forecast.days.map(([day, p10, p50, p90]) => ({ day, p10, p50, p90 })),
          },
  };
}
