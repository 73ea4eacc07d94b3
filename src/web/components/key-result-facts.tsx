import type { ReactNode } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { nextCheckInDay } from '../check-in-due.ts';
import { useServerNow } from '../clock.ts';
import { cohortSentences } from '../cohort-words.ts';
import { automaticLine, guardRule, guardStanding, rhythmLine, sampleSentences } from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { agoOf, currentText, reasonSentence, targetWords } from '../words.ts';
import { DataBadge, StatusBadge } from './badges.tsx';
import { GuardIcon } from './icons.tsx';
import { Outlook } from './key-result-outlook.tsx';
import { HowItIsReckoned } from './key-result-sum.tsx';
import { SyncNow } from './key-result-sync.tsx';
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
        <ProgressRemarks detail={detail} />
        <p className="mt-1.5 text-[13px] text-muted tabular-nums">
          {[
            detail.expected === null ? null : `${t('column.expected')} ${format.percent(detail.expected)}`,
            detail.pace === null ? null : `${t('column.pace')} ${format.percent(detail.pace)}`,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
        <HowItIsReckoned detail={detail} />
      </Panel>
      <Panel title={t('column.status')}>
        <StatusBadge row={detail} />
        <p className="mt-2.5 leading-relaxed">{reasonSentence(t, format, detail.status.reason, measure)}</p>
        {cohortSentences(t, format, detail).map((sentence) => (
          <p key={sentence} className="mt-1.5 text-[13px] leading-relaxed text-muted">
            {sentence}
          </p>
        ))}
      </Panel>
      <Panel title={t('column.data')}>
        <DataBadge row={detail} cycleState={detail.cycle.state} />
        {/* For fresh data the sentence says no more than the first of the times. */}
        {detail.data.reason.code === 'data_fresh' || detail.data.reason.code === 'data_manual' ? null : (
          <p className="mt-2.5 leading-relaxed">{reasonSentence(t, format, detail.data.reason, measure)}</p>
        )}
        {detail.tracking === 'check_in' ? <CheckInTimes detail={detail} /> : <ThreeTimes detail={detail} />}
        <SyncNow detail={detail} />
      </Panel>
      <Outlook detail={detail} />
      {detail.guard === null ? null : <GuardPanel guard={detail.guard} />}
    </div>
  );
}

/** What belongs to the number: its rhythm, its sample, and what the source says where an owner's value stands in. */
function ProgressRemarks({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const { override, sample } = detail;
  const rhythm = rhythmLine(t, format, detail);
  const lines = [
    ...(override === null ? [] : [automaticLine(t, format, detail)]),
    ...(rhythm === null ? [] : [rhythm]),
    ...(sample === null ? [] : sampleSentences(t, format, sample, detail)),
  ];
  return lines.map((line) => (
    <p key={line} className="mt-1.5 text-[13px] leading-relaxed">
      {line}
    </p>
  ));
}

/** The pair of the Key Result: what must not worsen meanwhile. It never changes the progress. */
function GuardPanel({ guard }: { guard: NonNullable<KeyResultDetail['guard']> }) {
  const { t, format } = useLanguage();
  const tones = { kept: 'text-good', broken: 'text-bad', unknown: 'text-quiet' } as const;
  return (
    <section className="flex min-w-0 flex-wrap items-start gap-x-4 gap-y-1 bg-surface p-4 sm:px-5 lg:col-span-3">
      <h2 className="text-[13px] leading-6 text-muted">{t('guard.title')}</h2>
      <p className="min-w-0 break-words" title={guard.metricKey}>
        {guardRule(t, format, guard)}
      </p>
      <p className={`inline-flex min-w-0 items-start gap-1.5 font-medium ${tones[guard.state]}`}>
        <span className="flex h-6 items-center">
          <GuardIcon state={guard.state} />
        </span>
        {guardStanding(t, format, guard)}
      </p>
    </section>
  );
}

/** What the value covers, when it was read, when it was computed: three times, never one. */
function ThreeTimes({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const { dataThroughDay, fetchedAt, computedAt } = detail.data;
  return (
    <dl className={timesClass}>
      <Time
        word={t('time.data_through_label')}
        text={dataThroughDay === null ? t('web.never') : format.day(dataThroughDay)}
      />
      <Since
        word={detail.tracking === 'pushed' ? t('web.received') : t('time.fetched_label')}
        at={fetchedAt}
      />
      <Since word={t('time.computed_label')} at={computedAt} />
    </dl>
  );
}

/** Nobody fetches a check-in: the last one, the day of the next, and when it was computed. */
function CheckInTimes({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const { dataThroughDay, computedAt } = detail.data;
  const next = nextCheckInDay(detail, detail.cycle.state);
  const ticked = detail.goal.kind === 'milestone';
  return (
    <dl className={timesClass}>
      {ticked ? null : (
        <Time
          word={t('web.last_check_in')}
          text={dataThroughDay === null ? t('web.never') : format.day(dataThroughDay)}
        />
      )}
      {next === null ? null : <Time word={t('web.next_check_in')} text={format.day(next)} />}
      <Since word={t('time.computed_label')} at={computedAt} />
    </dl>
  );
}

const timesClass = 'mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-[13px]';

function Since({ word, at }: { word: string; at: string | null }) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  const title = at === null ? undefined : `${format.instant(at)} (${format.zone})`;
  return <Time word={word} text={agoOf(t, at, now) ?? t('web.never')} title={title} />;
}

function Time({ word, text, title }: { word: string; text: string; title?: string | undefined }) {
  return (
    <div className="contents">
      <dt className="text-muted">{word}</dt>
      <dd className="tabular-nums" title={title}>
        {text}
      </dd>
    </div>
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
