import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { catalogQuery, type Draft } from '../../binding-queries.ts';
import { catalogTitle } from '../../catalog-words.ts';
import { goalPhrase } from '../../goal-words.ts';
import { useLanguage } from '../../language.tsx';
import { CheckField, SelectField, TextArea } from '../ui/fields.tsx';
import { ChoiceCards } from './choice-cards.tsx';

export type DraftCardProps = {
  draft: Draft;
  wanted: boolean;
  onWanted: (wanted: boolean) => void;
  answer: string;
  onAnswer: (option: string) => void;
  /** Of the catalogue; empty: as it was read. */
  metric: string;
  onMetric: (metric: string) => void;
  /** Writes its sentence anew; the text is read again. */
  onRewrite: (sentence: string) => void;
  /** Why it was not saved. */
  problem: string | null;
};

/** One Key Result as it was understood: what it promises, what was assumed, and what only its owner knows. */
export function DraftCard(props: DraftCardProps) {
  const { answer, draft, onAnswer, onRewrite, problem, wanted } = props;
  const { t, lang } = useLanguage();
  const [sentence, setSentence] = useState<string | null>(null);
  const own = lang === 'en' ? 'en' : 'zh';
  const { assumptions, problems, question } = draft;
  return (
    <li
      className={`rounded-xl border bg-surface p-4 sm:p-5 ${problem === null ? 'border-line' : 'border-bad'}`}
    >
      <div className="flex items-start justify-between gap-x-4">
        <CheckField
          label={<span className="font-semibold break-words">{draft.text}</span>}
          checked={wanted}
          disabled={problems.length > 0}
          onChange={props.onWanted}
          hint={t('drafts.line', { line: draft.at })}
        />
        <button
          type="button"
          className="button shrink-0"
          aria-expanded={sentence !== null}
          onClick={() => setSentence(sentence === null ? draft.text : null)}
        >
          {t('web.binding.edit')}
          <span className="sr-only">: {draft.text}</span>
        </button>
      </div>
      {sentence === null ? null : (
        <Rewrite
          sentence={sentence}
          onChange={setSentence}
          onDone={(rewritten) => {
            if (rewritten !== null) onRewrite(rewritten);
            setSentence(null);
          }}
        />
      )}
      {wanted || problems.length > 0 ? (
        <div className="mt-3 space-y-3 sm:pl-7.5">
          <Understood draft={draft} />
          {draft.tracking === 'check_in' && draft.metric === null ? null : (
            <MetricChoice draft={draft} chosen={props.metric} onChoose={props.onMetric} />
          )}
          {assumptions.length === 0 ? null : (
            <Lines title={t('web.binding.assumed')}>
              {assumptions.map(({ code, text }) => (
                <li key={`${code} ${text.en}`}>{text[own]}</li>
              ))}
            </Lines>
          )}
          {question === null ? null : (
            <div className="rounded-lg bg-sunken p-3">
              <ChoiceCards
                legend={question.text[own]}
                value={answer}
                onChange={onAnswer}
                columns
                choices={question.options.map(({ id, label }) => ({ value: id, label: label[own] }))}
              />
            </div>
          )}
          {problems.map(({ code, text }) => (
            <p key={code} className="text-[13px] font-medium text-bad">
              {text[own]}
            </p>
          ))}
          {problem === null ? null : (
            <p role="alert" className="text-[13px] font-medium text-bad">
              {problem}
            </p>
          )}
        </div>
      ) : null}
    </li>
  );
}

function Lines({ children, title }: { title: string; children: ReactNode }) {
  return (
    <div>
      <p className="text-[13px] font-medium">{title}</p>
      <ul className="mt-0.5 list-disc space-y-0.5 pl-5 text-[13px] leading-relaxed text-muted">{children}</ul>
    </div>
  );
}

function Understood({ draft }: { draft: Draft }) {
  const { t, format } = useLanguage();
  const { currency, deadline, goal, period, readAs, tracking, unit } = draft;
  const measure = { unit, currency };
  const facts = [
    goal === null ? t('web.binding.goal_open') : goalPhrase(t, format, goal, measure),
    ...(period === null ? [] : [t('drafts.per', { period })]),
    ...(deadline?.day === null || deadline === null
      ? []
      : [t('drafts.by', { day: format.day(deadline.day) })]),
    t(`web.binding.tracking.${tracking}`),
  ];
  return (
    <div>
      <p className="flex flex-wrap items-center gap-2">
        <span className="rounded-full bg-accent-soft px-2.5 py-0.5 text-[13px] font-medium text-accent">
          {t(`goal.${draft.goalKind}`)}
        </span>
        <span className="text-[14px]">{facts.join(' · ')}</span>
      </p>
      {readAs === null ? null : (
        <p className="mt-1 text-[13px] text-muted">{t('drafts.read_as', { text: readAs })}</p>
      )}
    </div>
  );
}

/** The metric that it means, or another one of the catalogue. */
function MetricChoice(props: { draft: Draft; chosen: string; onChoose: (metric: string) => void }) {
  const { chosen, draft, onChoose } = props;
  const { t, lang } = useLanguage();
  const [open, setOpen] = useState(chosen !== '');
  const catalog = useQuery({ ...catalogQuery(lang), enabled: open });
  const own = draft.metric === null ? null : catalogTitle(lang, draft.metric.key);
  if (!open)
    return (
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[14px]">
        <span>
          <span className="text-muted">{t('web.metric')}: </span>
          {own ?? t('web.binding.no_metric')}
        </span>
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {t('web.binding.another_metric')}
        </button>
      </p>
    );
  return (
    <div className="max-w-md">
      <SelectField
        label={t('web.metric')}
        value={chosen}
        onChange={onChoose}
        none={own ?? t('web.binding.no_metric')}
        choices={(catalog.data ?? []).map(({ key, stage, title }) => ({
          value: key,
          label: `${stage.title}: ${title}`,
        }))}
      />
    </div>
  );
}

/** Null: as it was. */
function Rewrite(props: {
  sentence: string;
  onChange: (sentence: string) => void;
  onDone: (sentence: string | null) => void;
}) {
  const { onChange, onDone, sentence } = props;
  const { t } = useLanguage();
  return (
    <div className="mt-3 space-y-2">
      <TextArea label={t('web.binding.sentence')} value={sentence} onChange={onChange} rows={2} />
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className="button"
          disabled={sentence.trim() === ''}
          onClick={() => onDone(sentence)}
        >
          {t('web.binding.read_again')}
        </button>
        <button type="button" className="button" onClick={() => onDone(null)}>
          {t('web.cancel')}
        </button>
      </div>
    </div>
  );
}
