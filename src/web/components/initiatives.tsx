import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { call } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { usePanel } from '../use-panel.ts';
import { FormProblem } from './form.tsx';
import { useMayChange } from './key-result-actions.tsx';
import { say } from './ui/toast.tsx';

type Initiative = KeyResultDetail['initiatives'][number];

/** The work for the Key Result: its days are marks on the chart. Nothing attached draws nothing. */
export function Initiatives({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { open } = usePanel();
  const mayChange = useMayChange(detail);
  if (detail.initiatives.length === 0) return null;
  return (
    <section className="card mb-0">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">{t('page.initiatives')}</h2>
        {mayChange ? (
          <button type="button" className="button" onClick={() => open({ do: 'initiative' })}>
            {t('web.kr.initiative_add')}
          </button>
        ) : null}
      </div>
      <ul className="space-y-2">
        {detail.initiatives.map((initiative) => (
          <InitiativeRow key={initiative.id} detail={detail} initiative={initiative} />
        ))}
      </ul>
    </section>
  );
}

function InitiativeRow({ detail, initiative }: { detail: KeyResultDetail; initiative: Initiative }) {
  const { t, format } = useLanguage();
  const { open } = usePanel();
  const mayChange = useMayChange(detail);
  const [asks, setAsks] = useState(false);
  const remove = useChange(
    (id: string) => call('deleteInitiative', { params: { id } }),
    () => say(t('web.kr.initiative_removed', { title: initiative.title })),
  );
  const { endDay, id, startDay, state, title, url } = initiative;
  return (
    <li>
      <div className="flex flex-wrap justify-between gap-x-4">
        <span className="min-w-0 break-words">
          {url == null ? (
            title
          ) : (
            <a className="link" href={url} rel="noreferrer noopener" target="_blank">
              {title}
            </a>
          )}
          {state === undefined || state === 'open' ? null : (
            <span className="text-[13px] text-muted"> · {t(`web.kr.initiative.${state}`)}</span>
          )}
        </span>
        <span className="text-[13px] text-muted tabular-nums">
          {format.shortDay(startDay)} – {endDay === null ? t('web.open_end') : format.shortDay(endDay)}
        </span>
      </div>
      {mayChange ? (
        <div className="flex flex-wrap gap-x-4 text-[13px]">
          <button
            type="button"
            className="link min-h-6"
            aria-label={t('web.kr.initiative_edit_of', { title })}
            onClick={() => open({ do: 'initiative', id })}
          >
            {t('web.kr.edit')}
          </button>
          {asks ? (
            <>
              <button
                type="button"
                className="link min-h-6 text-bad"
                disabled={remove.busy}
                onClick={() => void remove.run(id)}
              >
                {t('web.kr.remove_sure')}
              </button>
              <button type="button" className="link min-h-6" onClick={() => setAsks(false)}>
                {t('web.cancel')}
              </button>
            </>
          ) : (
            <button
              type="button"
              className="link min-h-6"
              aria-label={t('web.kr.initiative_remove_of', { title })}
              onClick={() => setAsks(true)}
            >
              {t('web.kr.remove')}
            </button>
          )}
          <FormProblem error={remove.error} />
        </div>
      ) : null}
    </li>
  );
}
