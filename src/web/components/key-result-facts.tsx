import type { ReactNode } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { useServerNow } from '../clock.ts';
import { useLanguage } from '../language.tsx';
import { agoOf, currentText, reasonSentence, targetWords } from '../words.ts';
import { DataBadge, StatusBadge } from './badges.tsx';
import { ProgressBar } from './progress-bar.tsx';

/** The two states side by side, never merged: how it stands, and what that stands on. */
export function KeyResultFacts({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const measure = { unit: detail.unit, currency: detail.currency };
  return (
    <div className="mb-5 grid gap-px overflow-hidden rounded-xl border border-line bg-line lg:grid-cols-3">
      <Panel title={t('column.progress')}>
        <p className="text-2xl leading-tight font-semibold tracking-tight tabular-nums">
          {currentText(format, detail, 'full') ?? <span className="text-muted">{t('label.no_value')}</span>}
        </p>
        <p className="mb-3 text-[13px] text-muted tabular-nums">
          {detail.startValue === null
            ? null
            : `${t('column.start')} ${format.full(detail.startValue, measure)} · `}
          {t('column.target')} {targetWords(t, format, detail)}
        </p>
        <ProgressBar row={detail} />
        <p className="mt-1.5 text-[13px] text-muted tabular-nums">
          {[
            detail.expected === null ? null : `${t('column.expected')} ${format.percent(detail.expected)}`,
            detail.pace === null ? null : `${t('column.pace')} ${format.percent(detail.pace)}`,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
      </Panel>
      <Panel title={t('column.status')}>
        <StatusBadge row={detail} />
        <p className="mt-2.5 leading-relaxed">{reasonSentence(t, format, detail.status.reason, measure)}</p>
      </Panel>
      <Panel title={t('column.data')}>
        <DataBadge row={detail} />
        {/* For fresh data the sentence says no more than the first of the three times. */}
        {detail.data.reason.code === 'data_fresh' ? null : (
          <p className="mt-2.5 leading-relaxed">{reasonSentence(t, format, detail.data.reason, measure)}</p>
        )}
        <ThreeTimes detail={detail} />
      </Panel>
    </div>
  );
}

/** What the value covers, when it was read, when it was computed: three times, never one. */
function ThreeTimes({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  const { dataThroughDay, fetchedAt, computedAt } = detail.data;
  const times = [
    { word: t('time.data_through_label'), text: format.day(dataThroughDay), title: undefined },
    {
      word: t('time.fetched_label'),
      text: agoOf(t, fetchedAt, now) ?? t('web.never'),
      title: fetchedAt === null ? undefined : `${format.instant(fetchedAt)} (${format.zone})`,
    },
    {
      word: t('time.computed_label'),
      text: agoOf(t, computedAt, now) ?? t('web.never'),
      title: computedAt === null ? undefined : `${format.instant(computedAt)} (${format.zone})`,
    },
  ];
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-[13px]">
      {times.map(({ word, text, title }) => (
        <div key={word} className="contents">
          <dt className="text-muted">{word}</dt>
          <dd className="tabular-nums" title={title}>
            {text}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0 bg-surface p-4 sm:p-5">
      <h2 className="mb-2 text-[13px] font-normal text-muted">{title}</h2>
      {children}
    </section>
  );
}
