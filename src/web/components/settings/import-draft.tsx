import { useQuery } from '@tanstack/react-query';
import type { Answer } from '../../../api/client-types.ts';
import { useLanguage } from '../../language.tsx';
import { catalogOffersQuery } from '../../setup-queries.ts';
import { CheckField, SelectField } from '../ui/fields.tsx';

export type Drafts = Answer<'readTextDrafts'>;
export type Draft = Drafts['keyResults'][number];
export type Choices = {
  only: ReadonlySet<string>;
  answers: Readonly<Record<string, string>>;
  /** By line: what measures it from the start, as `connection metric`, and the currency of a metric that asks for one. */
  sources: Readonly<Record<string, string>>;
};

/** One line as it was read: whether it comes along, what was assumed of it, and what is still to be said. */
export function ImportDraft(props: { draft: Draft; choices: Choices; onChoose: (choices: Choices) => void }) {
  const { lang, t } = useLanguage();
  const { choices, draft, onChoose } = props;
  const { assumptions, at, metric, problems, question, text, tracking } = draft;
  const said = (words: { en: string; zh: string }) => (lang === 'zh-CN' ? words.zh : words.en);
  const taken = choices.only.has(at);
  const take = (on: boolean) => {
    const only = new Set(choices.only);
    if (on) only.add(at);
    else only.delete(at);
    onChoose({ ...choices, only });
  };
  return (
    <li className="py-3">
      <CheckField
        label={<span className="break-words">{text}</span>}
        checked={taken}
        disabled={problems.length > 0}
        onChange={take}
        hint={
          <>
            {t('drafts.line', { line: at })}
            {' · '}
            {metric === null ? t(`web.import.tracking.${tracking}`) : said(metric.title)}
          </>
        }
      />
      <div className="ml-7.5 space-y-1 text-[13px] leading-relaxed">
        {problems.map(({ code, text: words }) => (
          <p key={code} className="font-medium text-bad">
            {t('drafts.problem', { text: said(words) })}
          </p>
        ))}
        {assumptions.map(({ code, text: words }) => (
          <p key={code} className="text-muted">
            {said(words)}
          </p>
        ))}
        {metric === null || !taken ? null : (
          <SourceOf
            metric={metric.key}
            currency={draft.currency}
            value={choices.sources[at] ?? ''}
            onChoose={(source) => onChoose({ ...choices, sources: { ...choices.sources, [at]: source } })}
          />
        )}
        {question === null || !taken ? null : (
          <div className="max-w-md pt-1">
            <SelectField
              label={said(question.text)}
              value={choices.answers[at] ?? ''}
              none={t('web.import.choose')}
              onChange={(option) => onChoose({ ...choices, answers: { ...choices.answers, [at]: option } })}
              choices={question.options.map(({ id, label }) => ({ value: id, label: said(label) }))}
            />
          </div>
        )}
      </div>
    </li>
  );
}

/** Connections that measure what a line means; nothing where there is none. */
function SourceOf(props: {
  metric: string;
  /** Of the values that were written: a metric that has to know takes the same. */
  currency: string | null;
  value: string;
  onChoose: (source: string) => void;
}) {
  const { t } = useLanguage();
  const { data: offers = [] } = useQuery(catalogOffersQuery(props.metric));
  const currency = props.currency === null ? [] : [props.currency.toLowerCase()];
  if (offers.length === 0) return null;
  return (
    <div className="max-w-md pt-1">
      <SelectField
        label={t('web.import.source')}
        value={props.value}
        none={t('web.import.no_source')}
        onChange={props.onChoose}
        choices={offers.map(({ connectionKey, connectionTitle, metric, params, title }) => ({
          value: [connectionKey, metric, ...(asksCurrency(params) ? currency : [])].join(' '),
          label: `${connectionTitle} · ${title}`,
        }))}
      />
    </div>
  );
}

/** By the JSON Schema of its parameters. */
function asksCurrency({ properties }: Record<string, unknown>): boolean {
  return typeof properties === 'object' && properties !== null && 'currency' in properties;
}
