import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CycleView } from '../../../api/contract.ts';
import { titleIn } from '../../../i18n/index.ts';
import { ApiError, call } from '../../api.ts';
import { objectivesQuery, ownKeysQuery } from '../../binding-queries.ts';
import { useDraft } from '../../draft-store.ts';
import { useLanguage } from '../../language.tsx';
import { newKey } from '../../new-key.ts';
import { useChange } from '../../use-change.ts';
import { useMe } from '../../use-me.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { GoalFields } from './goal-fields.tsx';
import {
  aggregateOf,
  draftOf,
  type Filled,
  kinds,
  measureOf,
  nothingFilled,
  paceOf,
  type Unreadable,
} from './new-key-result.ts';
import { PaceFields } from './pace-fields.tsx';

/** One Key Result, question by question; what was typed is kept until it is saved. */
export function FillIn({ cycle }: { cycle: CycleView }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { me } = useMe();
  const objectives = useQuery(objectivesQuery);
  const keys = useQuery(ownKeysQuery);
  const [filled, change, forget] = useDraft<Filled>('new.fill', nothingFilled);
  const [unreadable, setUnreadable] = useState<readonly Unreadable[]>([]);
  const put = (part: Partial<Filled>) => change((before) => ({ ...before, ...part }));
  const own = (objectives.data ?? []).filter(({ cycleId }) => cycleId === cycle.id);
  const chosen = own.some(({ key }) => key === filled.objective) ? filled.objective : '';
  const save = useChange(
    async (body: { goal: SavedGoal; unit: string }) => {
      const objective = chosen === '' ? await makeObjective(cycle, filled.newObjective) : chosen;
      // An attempt that is refused later does not make it a second time.
      if (chosen === '') {
        await queries.invalidateQueries({ queryKey: objectivesQuery.queryKey });
        put({ objective, newObjective: '' });
      }
      return create(filled, objective, body, keys.data ?? []);
    },
    ({ goal, key }) => {
      forget();
      if (goal.kind === 'milestone') void navigate({ to: '/key-results/$key', params: { key } });
      else void navigate({ to: '/key-results/$key/bind', params: { key }, search: { made: '1' } });
    },
  );
  const submit = () => {
    const draft = draftOf(filled);
    setUnreadable('unreadable' in draft ? draft.unreadable : []);
    if ('goal' in draft) void save.run(draft);
  };
  const field = (name: keyof Filled, pointer?: string): string | null => {
    if (unreadable.some((each) => each.field === name)) return t('web.binding.unreadable');
    return pointer === undefined ? null : fieldProblem(save.error, pointer);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <section className="card grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t('page.objective')}
          value={chosen}
          none={t('web.binding.new_objective')}
          onChange={(objective) => put({ objective })}
          choices={own.map((each) => ({ value: each.key, label: titleIn(t.lang, each) }))}
          problem={fieldProblem(save.error, '/objective')}
        />
        {chosen === '' ? (
          <TextField
            label={t('web.binding.objective_title')}
            value={filled.newObjective}
            onChange={(newObjective) => put({ newObjective })}
            hint={t('web.binding.objective_hint')}
            problem={field('newObjective')}
            required
          />
        ) : null}
        <div className="sm:col-span-2">
          <TextField
            label={t('page.key_result')}
            value={filled.title}
            onChange={(title) => put({ title })}
            placeholder={t('web.binding.title_example')}
            problem={fieldProblem(save.error, '/title') ?? fieldProblem(save.error, '/key')}
            required
          />
        </div>
        <TextField
          label={t('page.owner')}
          value={filled.owner}
          onChange={(owner) => put({ owner })}
          placeholder={me?.user?.name ?? ''}
          hint={t('web.binding.owner_hint')}
          problem={fieldProblem(save.error, '/owner')}
        />
      </section>
      <section className="card space-y-4">
        <ChoiceCards
          legend={t('web.binding.promise')}
          value={filled.kind}
          onChange={(kind) => put({ kind: kinds.find((each) => each === kind) ?? 'reach' })}
          columns
          choices={kinds.map((kind) => ({
            value: kind,
            label: t(`web.binding.kind.${kind}`),
            hint: t(`web.binding.kind_hint.${kind}`),
          }))}
        />
        <GoalFields filled={filled} put={put} problem={field} measure={measureOf(filled)} />
      </section>
      {filled.kind === 'stay' ? null : (
        <PaceFields
          filled={filled}
          put={put}
          cycle={cycle}
          problem={fieldProblem(save.error, '/paceCurve')}
        />
      )}
      <div className="card space-y-2">
        <FormProblem error={save.error} />
        {unreadable.length > 0 ? (
          <p role="alert" className="text-[13px] font-medium text-bad">
            {t('web.binding.unreadable_fields', { count: unreadable.length })}
          </p>
        ) : null}
        <div className="flex flex-wrap items-center gap-3">
          <button
            type="submit"
            className="button button-main"
            disabled={
              save.busy || filled.title.trim() === '' || (chosen === '' && filled.newObjective.trim() === '')
            }
          >
            {save.busy
              ? t('web.saving')
              : t(filled.kind === 'steps' ? 'web.save' : 'web.binding.save_and_measure')}
          </button>
          <p className="text-[13px] text-muted">{t('web.binding.save_hint')}</p>
        </div>
      </div>
    </form>
  );
}

type SavedGoal = Extract<ReturnType<typeof draftOf>, { unit: string }>['goal'];

async function makeObjective(cycle: CycleView, title: string): Promise<string> {
  const made = await call('createObjective', {
    body: { key: newKey(title, 'o', []), title: title.trim(), cycle: cycle.key },
  }).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.code !== 'already_exists') throw error;
    return call('createObjective', {
      body: { key: newKey('', 'o', []), title: title.trim(), cycle: cycle.key },
    });
  });
  return made.key;
}

async function create(
  filled: Filled,
  objective: string,
  { goal, unit }: { goal: SavedGoal; unit: string },
  taken: readonly string[],
) {
  const owner = filled.owner.trim();
  return call('createKeyResult', {
    body: {
      key: newKey(filled.title, 'kr', taken),
      title: filled.title.trim(),
      objective,
      owner: owner === '' ? null : owner,
      goal,
      unit,
      currency: unit === 'money' ? filled.currency.trim().toLowerCase() : null,
      aggregate: aggregateOf(filled),
      paceCurve: paceOf(filled),
    },
  });
}
