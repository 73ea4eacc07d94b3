import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import type { CheckIn } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { useCheckIns } from '../use-check-ins.ts';
import { usePanel } from '../use-panel.ts';
import { useMayChange } from './key-result-actions.tsx';
import { ProblemNotice } from './notices.tsx';
import { Bone, LoadingWord } from './skeleton.tsx';

const SHOWN_AT_FIRST = 5;

/** What people said, newest first. Nothing said draws nothing: the chart tells how to say the first. */
export function CheckIns({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useCheckIns(detail);
  const { open } = usePanel();
  const mayChange = useMayChange(detail);
  const awaited = data === undefined && error === null && detail.tracking === 'check_in';
  if (!awaited && error === null && (data === undefined || data.length === 0)) return null;
  return (
    <section className="card mb-0">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">{t('web.check_ins')}</h2>
        {mayChange ? (
          <button type="button" className="button" onClick={() => open({ do: 'check-in' })}>
            {t('web.kr.check_in')}
          </button>
        ) : null}
      </div>
      {data !== undefined ? (
        <List checkIns={data} detail={detail} />
      ) : error === null ? (
        <>
          <LoadingWord />
          <Bone className="h-5 w-2/3" />
        </>
      ) : (
        <ProblemNotice error={error} onRetry={() => void refetch()} inside />
      )}
    </section>
  );
}

function List({ checkIns, detail }: { checkIns: readonly CheckIn[]; detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className="space-y-2">
        {checkIns.slice(0, all ? checkIns.length : SHOWN_AT_FIRST).map((checkIn) => (
          <li key={checkIn.id}>
            <p className="flex flex-wrap items-baseline gap-x-3">
              {checkIn.value === null ? null : (
                <span className="font-medium tabular-nums">{format.decimal(checkIn.value, detail)}</span>
              )}
              {checkIn.confidence === null ? null : (
                <span className="text-[13px] tabular-nums">
                  {t('web.confidence', { share: format.percent(checkIn.confidence) })}
                </span>
              )}
              <span className="ml-auto text-[13px] text-muted tabular-nums">
                {checkIn.author === null ? null : `${checkIn.author} · `}
                {format.shortDay(checkIn.day)}
              </span>
            </p>
            {checkIn.note === '' ? null : (
              <p className="text-[13px] leading-relaxed break-words whitespace-pre-line text-muted">
                {checkIn.note}
              </p>
            )}
          </li>
        ))}
      </ul>
      {all || checkIns.length <= SHOWN_AT_FIRST ? null : (
        <button type="button" className="button mt-2" onClick={() => setAll(true)}>
          {t('web.check_ins_show_all', { count: checkIns.length })}
        </button>
      )}
    </>
  );
}
