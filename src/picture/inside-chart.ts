import type { KeyResultDetail } from '../api/contract.ts';
import type { CheckInView } from '../api/contracts/ingest.ts';
import type { ChartLook } from '../api/public-links.ts';
import { titleIn, translator } from '../i18n/index.ts';
import { drawChart } from './draw-chart.ts';
import { hasChart, keyResultChart } from './key-result-chart.ts';

/** The chart for whoever is signed in, with everything that people wrote about it; null where there is no line to draw. */
export function insideChart(
  detail: KeyResultDetail,
  checkIns: readonly CheckInView[],
  { lang, theme, widthPx }: ChartLook,
): string | null {
  if (!hasChart(detail)) return null;
  const say = translator(lang);
  const { asOf, currency, data, goal, source, status, unit } = detail;
  const note = [
    say(`status.${status.state}`),
    data.state === 'fresh' ? null : say(`data.${data.state}`),
    data.dataThroughDay === null ? null : say('time.data_through', { day: data.dataThroughDay }),
    asOf === null ? null : say('past.banner', { day: asOf.day ?? asOf.at }),
    source?.environment === 'sandbox' ? say('label.sandbox') : null,
  ];
  return drawChart(keyResultChart(detail, checkIns, say), {
    lang,
    theme,
    title: titleIn(lang, detail),
    unit,
    currency,
    widthPx,
    note: note.filter((part) => part !== null).join(' · '),
    past: asOf !== null,
    runningSum: goal.kind === 'accumulate',
  }).svg;
}
