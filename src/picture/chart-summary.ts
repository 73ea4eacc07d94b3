import type { ChartInput } from '../chart/chart-input.ts';
import { shownForecast, shownPoints } from '../chart/shown-days.ts';
import { type Lang, plainFormat, type Translate } from '../i18n/index.ts';
import type { Measure } from './axis-value.ts';

/** A chart in words: from where to where, what it should come to, and where it is expected to end. */
export function chartSummary(
  input: ChartInput,
  { currency, title, unit }: Measure & { title: string },
  translate: Translate,
): string {
  const lang: Lang = translate.lang;
  const { value } = plainFormat(lang, unit, currency);
  const inCycle = shownPoints(input).filter((point) => point.day >= input.startDay);
  const measured = inCycle.flatMap((point) =>
    point.value === null ? [] : [{ ...point, value: point.value }],
  );
  const [first, last] = [measured[0], measured.at(-1)];
  if (first === undefined || last === undefined) return `${title}: ${translate('state.no_points')}`;
  const sentence = translate('chart.summary', {
    title,
    first: value(first.value),
    firstDay: first.day,
    last: value(last.value),
    lastDay: last.day,
    target: targetText(input, value, translate),
    points: measured.length,
  });
  const end = shownForecast(input)?.days.at(-1);
  if (end === undefined) return sentence;
  const [p10, p50, p90] = [value(end.p10), value(end.p50), value(end.p90)];
  const outlook = translate('picture.forecast_sentence', { day: end.day, p10, p50, p90 });
  return `${sentence}${lang === 'zh-CN' ? '' : ' '}${outlook}`;
}

function targetText(
  { bounds, target }: ChartInput,
  value: (amount: number) => string,
  translate: Translate,
): string {
  if (bounds === null) return target === null ? '–' : value(target);
  const { lower, upper } = bounds;
  if (lower !== null && upper !== null)
    return translate('goal.between', { lower: value(lower), upper: value(upper) });
  if (lower !== null) return translate('goal.at_least', { lower: value(lower) });
  return upper === null ? '–' : translate('goal.at_most', { upper: value(upper) });
}
