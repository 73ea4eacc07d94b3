import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../../api/client-types.ts';
import { titleIn } from '../../../i18n/index.ts';
import { ApiError, call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { cyclesQuery, objectivesQuery } from '../../setup-queries.ts';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { SelectField } from '../ui/fields.tsx';
import { type Choices, type Draft, type Drafts, ImportDraft } from './import-draft.tsx';

export type Imported = Answer<'importText'>;

/** What a text was read as, line by line; nothing is kept until somebody says so. */
export function ImportPreview(props: { text: string; drafts: Drafts; onDone: (imported: Imported) => void }) {
  const { lang, t } = useLanguage();
  const { drafts, text } = props;
  const all = [...drafts.objectives.flatMap(({ keyResults }) => keyResults), ...drafts.keyResults];
  const [choices, setChoices] = useState<Choices>({
    only: new Set(all.filter(({ problems }) => problems.length === 0).map(({ at }) => at)),
    answers: {},
    sources: {},
  });
  const [chosenCycle, setCycle] = useState('');
  const [objective, setObjective] = useState('');
  const { data: cycles = [] } = useQuery(cyclesQuery);
  const { data: objectives = [] } = useQuery(objectivesQuery);
  const open = cycles.filter(({ state }) => state !== 'closed');
  const cycle = open.find(({ key }) => key === (chosenCycle || drafts.cycle?.key)) ?? open[0];
  const homeless = drafts.keyResults.some(({ at }) => choices.only.has(at));
  const unanswered = all.filter(
    ({ at, question }) => question !== null && choices.only.has(at) && (choices.answers[at] ?? '') === '',
  );
  const keep = useChange(
    () =>
      call('importText', {
        body: {
          text,
          cycle: cycle?.key ?? '',
          objective: homeless && objective !== '' ? objective : null,
          answers: Object.entries(choices.answers)
            .filter(([line, option]) => option !== '' && choices.only.has(line))
            .map(([line, option]) => ({ line, option })),
          only: [...choices.only],
          bindings: Object.entries(choices.sources)
            .filter(([line, source]) => source !== '' && choices.only.has(line))
            .map(([line, source]) => {
              const [connection = '', metric = '', currency] = source.split(' ');
              return { line, connection, metric, params: currency === undefined ? {} : { currency } };
            }),
        },
      }),
    props.onDone,
  );
  const drawn = (draft: Draft) => (
    <ImportDraft key={draft.at} draft={draft} choices={choices} onChoose={setChoices} />
  );
  return (
    <section aria-label={t('web.import.preview')} className="mt-6 border-t border-line pt-4">
      <p role="status" className="text-[14px] leading-relaxed">
        {t('drafts.read', drafts.counts)}
      </p>
      {drafts.objectives.map((each) => (
        <section key={each.line} className="mt-4">
          <h3 className="font-medium break-words">{each.title}</h3>
          <ul className="divide-y divide-line">{each.keyResults.map(drawn)}</ul>
        </section>
      ))}
      {drafts.keyResults.length === 0 ? null : (
        <section className="mt-4">
          <h3 className="font-medium">{t('drafts.loose')}</h3>
          <ul className="divide-y divide-line">{drafts.keyResults.map(drawn)}</ul>
        </section>
      )}
      {drafts.notUnderstood.length === 0 ? null : (
        <section className="mt-4">
          <h3 className="font-medium">{t('drafts.not_understood')}</h3>
          <ul className="mt-1 space-y-1 text-[13px] leading-relaxed">
            {drafts.notUnderstood.map(({ line, reason, text: words }) => (
              <li key={line} className="break-words">
                {t('web.import.line', { line, text: words })}{' '}
                <span className="text-muted">{lang === 'zh-CN' ? reason.zh : reason.en}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="mt-5 grid max-w-2xl gap-4 sm:grid-cols-2">
        <SelectField
          label={t('page.cycle')}
          value={cycle?.key ?? ''}
          onChange={setCycle}
          {...(open.length === 0 ? { none: t('state.no_cycle') } : {})}
          choices={open.map(({ key, title }) => ({ value: key, label: title }))}
        />
        {homeless ? (
          <SelectField
            label={t('web.import.objective')}
            value={objective}
            onChange={setObjective}
            none={t('web.import.choose')}
            choices={objectives
              .filter(({ cycleId }) => cycleId === cycle?.id)
              .map((each) => ({ value: each.key, label: titleIn(t.lang, each) }))}
          />
        ) : null}
      </div>
      {unanswered.length === 0 ? null : (
        <p className="mt-3 text-[13px] text-muted">
          {t('web.import.unanswered', { count: unanswered.length })}
        </p>
      )}
      <div className="mt-3">
        <FormProblem error={keep.error} />
        {keep.error instanceof ApiError && keep.error.errors.length > 1 ? (
          <ul className="list-disc space-y-1 pl-5 text-[13px] leading-relaxed">
            {keep.error.errors.map(({ detail, pointer }) => (
              <li key={`${pointer} ${detail}`} className="break-words">
                {detail}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <button
        type="button"
        disabled={keep.busy || cycle === undefined || choices.only.size === 0 || unanswered.length > 0}
        onClick={() => void keep.run(undefined)}
        className="button button-main mt-3"
      >
        {keep.busy ? t('web.saving') : t('web.import.keep', { count: choices.only.size })}
      </button>
    </section>
  );
}
