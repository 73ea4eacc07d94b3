import { useQuery } from '@tanstack/react-query';
import type { CycleView } from '../../../api/contract.ts';
import { titleIn } from '../../../i18n/index.ts';
import { ApiError, call } from '../../api.ts';
import { type Draft, type Drafts, type Imported, objectivesQuery } from '../../binding-queries.ts';
import { useLanguage } from '../../language.tsx';
import { newKey } from '../../new-key.ts';
import { useChange } from '../../use-change.ts';
import { useWords } from '../../use-words.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { EmptyState } from '../ui/page-parts.tsx';
import { DraftCard } from './draft-card.tsx';
import { NotUnderstood } from './not-understood.tsx';
import { allDrafts, keptChoices, type Pasted, rewritten } from './pasted.ts';

type Props = {
  cycle: CycleView;
  drafts: Drafts;
  pasted: Pasted;
  change: (change: (before: Pasted) => Pasted) => void;
};

/** Everything that was understood, one card a Key Result; what is ticked is saved in one go or not at all. */
export function DraftReview({ change, cycle, drafts, pasted }: Props) {
  const { t } = useLanguage();
  const { put } = useWords();
  const all = allDrafts(drafts);
  const choices = keptChoices(pasted, all);
  const { wanted } = choices;
  const open = wanted.filter(({ at, question }) => question !== null && pasted.answers[at] === undefined);
  const save = useChange(
    () => saveDrafts(cycle, pasted, choices),
    (saved: Imported) => {
      change((before) => ({ ...before, saved }));
      put({ step: 'saved' }, true);
    },
  );
  if (all.length === 0 && drafts.objectives.length === 0)
    return (
      <>
        <EmptyState
          title={t('web.binding.nothing_understood')}
          action={
            <button type="button" className="button" onClick={() => put({ step: undefined }, true)}>
              {t('web.binding.back_to_text')}
            </button>
          }
        >
          {t('web.binding.nothing_understood_hint')}
        </EmptyState>
        <NotUnderstood drafts={drafts} />
      </>
    );
  const card = (draft: Draft) => (
    <DraftCard
      key={draft.at}
      draft={draft}
      wanted={wanted.includes(draft)}
      onWanted={(isWanted) =>
        change((before) => ({
          ...before,
          left: isWanted ? before.left.filter((at) => at !== draft.at) : [...before.left, draft.at],
        }))
      }
      answer={pasted.answers[draft.at] ?? ''}
      onAnswer={(option) =>
        change((before) => ({ ...before, answers: { ...before.answers, [draft.at]: option } }))
      }
      metric={pasted.metrics[draft.at] ?? ''}
      onMetric={(metric) => change((before) => withMetric(before, draft.at, metric))}
      onRewrite={(sentence) => change((before) => reread(before, draft, sentence))}
      problem={problemOf(save.error, draft.at)}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save.run(undefined);
      }}
    >
      <p className="mb-3 text-[14px] text-muted">{t('drafts.read', drafts.counts)}</p>
      {drafts.objectives.map((objective) => (
        <section key={objective.line} className="mb-6">
          <h2 className="mb-2 font-semibold break-words">{objective.title}</h2>
          <ul className="space-y-3">{objective.keyResults.map(card)}</ul>
        </section>
      ))}
      {drafts.keyResults.length === 0 ? null : (
        <section className="mb-6">
          <h2 className="mb-2 font-semibold">{t('drafts.loose')}</h2>
          <LooseObjective cycle={cycle} pasted={pasted} change={change} error={save.error} />
          <ul className="mt-3 space-y-3">{drafts.keyResults.map(card)}</ul>
        </section>
      )}
      <NotUnderstood drafts={drafts} />
      <div className="card mt-5 space-y-2">
        <FormProblem error={save.error} />
        {open.length === 0 ? null : (
          <p className="text-[13px] text-warn">{t('web.binding.questions_left', { count: open.length })}</p>
        )}
        <div className="flex flex-wrap gap-2">
          <button
            type="submit"
            className="button button-main"
            disabled={save.busy || open.length > 0 || (wanted.length === 0 && all.length > 0)}
          >
            {save.busy ? t('web.saving') : t('web.binding.save_drafts', { count: wanted.length })}
          </button>
          <button type="button" className="button" onClick={() => put({ step: undefined }, true)}>
            {t('web.binding.back_to_text')}
          </button>
        </div>
      </div>
    </form>
  );
}

/** Where those go that stand outside of any objective: one of the cycle, or a new one. */
function LooseObjective(props: Pick<Props, 'cycle' | 'pasted' | 'change'> & { error: unknown }) {
  const { change, cycle, error, pasted } = props;
  const { t } = useLanguage();
  const objectives = useQuery(objectivesQuery);
  const own = (objectives.data ?? []).filter(({ cycleId }) => cycleId === cycle.id);
  return (
    <div className="grid max-w-2xl gap-3 sm:grid-cols-2">
      <SelectField
        label={t('web.binding.loose_objective')}
        value={pasted.objective}
        none={t('web.binding.new_objective')}
        onChange={(objective) => change((before) => ({ ...before, objective }))}
        choices={own.map((each) => ({ value: each.key, label: titleIn(t.lang, each) }))}
        problem={fieldProblem(error, '/objective')}
      />
      {pasted.objective === '' ? (
        <TextField
          label={t('web.binding.objective_title')}
          value={pasted.newObjective}
          onChange={(newObjective) => change((before) => ({ ...before, newObjective }))}
          required
        />
      ) : null}
    </div>
  );
}

function withMetric(before: Pasted, at: string, metric: string): Pasted {
  const { [at]: _old, ...others } = before.metrics;
  return { ...before, metrics: metric === '' ? others : { ...others, [at]: metric } };
}

/** The answer to a question about another sentence says nothing about this one. */
function reread(before: Pasted, draft: Draft, sentence: string): Pasted {
  const text = rewritten(before.read, draft, sentence) ?? before.read;
  const { [draft.at]: _answer, ...answers } = before.answers;
  return { ...before, text, read: text, answers };
}

async function saveDrafts(
  cycle: CycleView,
  pasted: Pasted,
  { answers, metrics, only }: ReturnType<typeof keptChoices>,
): Promise<Imported> {
  const { newObjective, objective, read } = pasted;
  const title = newObjective.trim();
  let parent = objective === '' ? null : objective;
  if (parent === null && title !== '') {
    const made = { key: newKey(title, 'o', []), title, cycle: cycle.key };
    parent = (await makeObjective(made)).key;
  }
  return call('importText', {
    body: { text: read, cycle: cycle.key, objective: parent, answers, metrics, only },
  });
}

/** One of that name may have been made by the attempt before. */
async function makeObjective(made: { key: string; title: string; cycle: string }): Promise<{ key: string }> {
  try {
    return await call('createObjective', { body: made });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'already_exists') return { key: made.key };
    throw error;
  }
}

function problemOf(error: unknown, at: string): string | null {
  const own = ['lines', 'answers', 'metrics'].map((part) => fieldProblem(error, `/${part}/${at}`));
  return own.find((problem) => problem !== null) ?? null;
}
