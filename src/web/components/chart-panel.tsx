import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { type ChartDay, chartDays } from '../chart-model.ts';
import { useLanguage } from '../language.tsx';
import { targetWords } from '../words.ts';
import { ChartLegend } from './chart-legend.tsx';
import { ChartReader } from './chart-reader.tsx';
import { ChartTable } from './chart-table.tsx';
import { Command } from './notices.tsx';

/** The Key Result over its cycle, as a drawing, as one sentence, and as a table. */
export function ChartPanel({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const days = chartDays(detail);
  const measured = days.filter((day) => day.value !== null);
  const newest = detail.series.findLast((point) => point.value !== null)?.day ?? null;
  return (
    <section aria-labelledby="history" className="card">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="history" className="font-semibold">
          {t('page.history')}
        </h2>
        {measured.length === 0 ? null : (
          <button
            type="button"
            className="button"
            onClick={() => setView(view === 'chart' ? 'table' : 'chart')}
          >
            {view === 'chart' ? t('web.view_as_table') : t('chart.chart_view')}
          </button>
        )}
      </div>
      {measured.length === 0 && newest !== null ? (
        <p className="mt-2 text-muted">{t('state.no_points_in_cycle', { day: format.day(newest) })}</p>
      ) : measured.length === 0 ? (
        <>
          <p className="mt-2 text-muted">{t('state.no_points')}</p>
          <Command
            text={
              detail.source === null
                ? `npx tidemark kr bind ${detail.key} --help`
                : `npx tidemark sync now --key-result ${detail.key}`
            }
          />
        </>
      ) : (
        <p className="mt-1 text-[13px] leading-relaxed text-muted">{useSummary(detail, measured)}</p>
      )}
      {view === 'table' ? (
        <ChartTable detail={detail} days={days} />
      ) : (
        <>
          <ChartReader detail={detail} days={days} />
          <ChartLegend detail={detail} days={days} />
        </>
      )}
    </section>
  );
}

function useSummary(detail: KeyResultDetail, measured: readonly ChartDay[]): string {
  const { t, format } = useLanguage();
  const measure = { unit: detail.unit, currency: detail.currency };
  const [first, last] = [measured[0], measured.at(-1)];
  if (first === undefined || last === undefined) return t('state.no_points');
  return t('chart.summary', {
    title: detail.title,
    first: format.full(first.value, measure),
    firstDay: format.day(first.day),
    last: format.full(last.value, measure),
    lastDay: format.day(last.day),
    target: targetWords(t, format, detail),
    points: measured.length,
  });
}
