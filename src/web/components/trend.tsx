import type { BoardRow } from '../../api/contract.ts';
import { sparkline } from '../../chart/sparkline.ts';
import { useLanguage } from '../language.tsx';
import { trendDays } from '../trend-days.ts';
import { SceneView } from './scene-view.tsx';

const SIZE = { width: 112, height: 28 };

/** The metric's own days as a small line, with the same in words. */
export function Trend({ row }: { row: BoardRow }) {
  const { t, format } = useLanguage();
  const measure = { unit: row.unit, currency: row.currency };
  const days = trendDays(row);
  const measured = days.filter((point) => point.value !== null);
  const [first, last] = [measured[0], measured.at(-1)];
  const label =
    first === undefined || last === undefined
      ? t('chart.trend_empty')
      : t('web.trend', {
          first: format.full(first.value, measure),
          firstDay: format.shortDay(first.day),
          last: format.full(last.value, measure),
          lastDay: format.shortDay(last.day),
        });
  return (
    <div role="img" aria-label={label} title={label} className="-my-0.5 h-7 w-28">
      <SceneView scene={sparkline(days, SIZE)} />
    </div>
  );
}
