import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { titleIn } from '../../i18n/index.ts';
import { type ChartDay, chartDays } from '../chart-model.ts';
import { noValueText } from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { useCheckIns } from '../use-check-ins.ts';
import { useMe } from '../use-me.ts';
import { usePanel } from '../use-panel.ts';
import { targetWords } from '../words.ts';
import { ChartExport } from './chart-export.tsx';
import { ChartLegend } from './chart-legend.tsx';
import { ChartReader } from './chart-reader.tsx';
import { ChartTable } from './chart-table.tsx';
import { Command } from './notices.tsx';

/** The Key Result over its cycle, as a drawing, as one sentence, and as a table. */
export function ChartPanel({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const { open } = usePanel();
  const ask = (day: string) => open({ evidence: 1, day });
  // What cannot be read of the check-ins is told by their own list below; the line does not wait for them.
  const { data: checkIns = [] } = useCheckIns(detail);
  const days = chartDays(detail, checkIns);
  const measured = days.filter((day) => day.value !== null);
  const newest = detail.series.findLast((point) => point.value !== null)?.day ?? null;
  return (
    <section aria-labelledby="history" className="card">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="history" className="font-semibold">
          {t('page.history')}
        </h2>
        {measured.length === 0 ? null : (
          <div className="flex gap-2">
            <button
              type="button"
              className="button"
              onClick={() => setView(view === 'chart' ? 'table' : 'chart')}
            >
              {view === 'chart' ? t('web.view_as_table') : t('chart.chart_view')}
            </button>
            <ChartExport detail={detail} />
          </div>
        )}
      </div>
      {measured.length === 0 && newest !== null ? (
        <p className="mt-2 text-muted">{t('state.no_points_in_cycle', { day: format.day(newest) })}</p>
      ) : measured.length === 0 ? (
        <NothingToDraw detail={detail} />
      ) : (
        <p className="mt-1 text-[13px] leading-relaxed text-muted">{useSummary(detail, measured)}</p>
      )}
      {view === 'table' ? (
        <ChartTable detail={detail} days={days} onAsk={ask} />
      ) : (
        <>
          <ChartReader detail={detail} days={days} onAsk={ask} />
          <ChartLegend detail={detail} days={days} />
        </>
      )}
    </section>
  );
}

/** Why there is no line: every day that was read says that it has no value, or nothing has come at all yet. */
function NothingToDraw({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const newest = detail.series.at(-1);
  if (newest !== undefined)
    return (
      <p className="mt-2 text-muted">
        {format.day(newest.day)}: {noValueText(t, format, newest.reason)}
      </p>
    );
  return (
    <>
      <p className="mt-2 text-muted">
        {detail.tracking === 'check_in' ? t('web.check_ins_none') : t('state.no_points')}
      </p>
      <FirstValue detail={detail} />
    </>
  );
}

/** The one thing to do about it; whoever may not do it here sees how it is done. */
function FirstValue({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const { open } = usePanel();
  if (!mayEdit || detail.asOf !== null || detail.tracking !== 'check_in')
    return <Command text={firstValueCommand(detail)} />;
  return (
    <button type="button" className="button button-main mt-3" onClick={() => open({ do: 'check-in' })}>
      {t('web.kr.check_in')}
    </button>
  );
}

/** How the first value gets here. */
function firstValueCommand({ key, tracking }: KeyResultDetail): string {
  if (tracking === 'automatic') return `npx tidemark sync now --key-result ${key}`;
  if (tracking === 'pushed') return 'npx tidemark metric push --help';
  return `npx tidemark checkin ${key} --help`;
}

function useSummary(detail: KeyResultDetail, measured: readonly ChartDay[]): string {
  const { t, format } = useLanguage();
  const measure = { unit: detail.unit, currency: detail.currency };
  const [first, last] = [measured[0], measured.at(-1)];
  if (first === undefined || last === undefined) return t('state.no_points');
  return t('chart.summary', {
    title: titleIn(t.lang, detail),
    first: format.full(first.value, measure),
    firstDay: format.day(first.day),
    last: format.full(last.value, measure),
    lastDay: format.day(last.day),
    target: targetWords(t, format, detail),
    // What people said stands on the days in between, which are no points of their own.
    points:
      detail.tracking === 'check_in' ? measured.filter((day) => day.origin !== null).length : measured.length,
  });
}
