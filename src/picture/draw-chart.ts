import type { ChartInput } from '../chart/chart-input.ts';
import { chartSvg, FRAME_PX } from '../chart/chart-svg.ts';
import type { LegendWords } from '../chart/legend.ts';
import { renderChart } from '../chart/render-chart.ts';
import type { ThemeName } from '../chart/theme.ts';
import { type Lang, type Translate, translator } from '../i18n/index.ts';
import { axisValue, type Measure } from './axis-value.ts';
import { chartSummary } from './chart-summary.ts';

export type ChartRequest = Measure & {
  lang: Lang;
  title: string;
  /** A second line under the title. Whoever shows sandbox data says so here. */
  note?: string;
  theme?: ThemeName;
  /** Of the whole picture, frame included. */
  widthPx?: number;
  /** What the picture shows is of the past: then `today` is not called today. */
  past?: boolean;
  /** The values are a running sum. */
  runningSum?: boolean;
};

export const MIN_WIDTH_PX = 320;
export const MAX_WIDTH_PX = 2400;
const DEFAULT_WIDTH_PX = 800;

/** A chart that stands alone, and what it shows in words. */
export function drawChart(input: ChartInput, request: ChartRequest): { svg: string; summary: string } {
  const { lang, note = '', theme = 'light', title } = request;
  const translate = translator(lang);
  const shortDay = new Intl.DateTimeFormat(lang, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const formatDay = (day: string) => shortDay.format(new Date(`${day}T00:00:00Z`));
  const outer = Math.min(MAX_WIDTH_PX, Math.max(MIN_WIDTH_PX, request.widthPx ?? DEFAULT_WIDTH_PX));
  const width = outer - 2 * FRAME_PX;
  const scene = renderChart(input, {
    width,
    height: Math.min(420, Math.max(200, Math.round(width * 0.36))),
    formatValue: axisValue(lang, request),
    formatDay,
    words: {
      target: translate(input.bounds === null ? 'picture.target' : 'picture.limit'),
      now: nowWord(request, formatDay(input.today), translate),
      forecast: translate('picture.forecast'),
      empty: translate('picture.empty'),
    },
  });
  const summary = chartSummary(input, request, translate);
  const legend = legendWords(translate, input, request.runningSum === true);
  return { svg: chartSvg(scene, theme, { lang, title, summary, note, legend }), summary };
}

function nowWord({ past }: ChartRequest, day: string, translate: Translate): string {
  return past === true ? translate('status.as_of', { day }) : translate('chart.today');
}

function legendWords(translate: Translate, { bounds }: ChartInput, runningSum: boolean): LegendWords {
  return {
    value: translate(runningSum ? 'picture.sum' : 'picture.value'),
    'value-provisional': translate('picture.provisional'),
    expected: translate('picture.expected'),
    target: translate(bounds === null ? 'picture.target' : 'picture.limits'),
    'target-before': translate('web.kr.target_before'),
    forecast: translate('picture.forecast_range'),
    'point-restated': translate('picture.restated'),
    override: translate('picture.override'),
    'check-in': translate('picture.check_in'),
    initiative: translate('picture.initiative'),
    'alert-fired': translate('picture.alert_fired'),
    'alert-recovered': translate('picture.alert_recovered'),
    'cycle-start': translate('picture.cycle_start'),
  };
}
