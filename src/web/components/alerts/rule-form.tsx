import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { titleIn } from '../../../i18n/index.ts';
import { type Rule, scopesQuery } from '../../alerts-queries.ts';
import { call, callVersioned } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { say } from '../ui/toast.tsx';
import { Choices } from './choices.tsx';
import { RuleTrialPanel } from './rule-trial.tsx';
import {
  bodyOf,
  changeOf,
  draftOf,
  type RuleDraft,
  scopeText,
  sensitivities,
  usualDraft,
} from './rule-words.ts';

/** Makes a rule, or changes one; either can be tried on the past before it is saved. */
export function RuleForm({ rule, onClose }: { rule: Rule | null; onClose: () => void }) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState<RuleDraft>(() => (rule === null ? usualDraft : draftOf(rule)));
  const scopes = useQuery(scopesQuery);
  const version = useQuery({
    queryKey: ['alert-rule-version', rule?.id],
    queryFn: ({ signal }) => callVersioned('getAlertRule', { params: { id: rule?.id ?? '' }, signal }),
    enabled: rule !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const save = useChange(
    () =>
      rule === null
        ? call('createAlertRule', { body: bodyOf(draft) })
        : call('changeAlertRule', {
            params: { id: rule.id },
            body: changeOf(draft),
            ...(version.data?.version == null ? {} : { ifMatch: version.data.version }),
          }),
    () => {
      say(t(rule === null ? 'web.rules.made' : 'web.rules.changed'));
      onClose();
    },
  );
  const set = (change: Partial<RuleDraft>) => setDraft((old) => ({ ...old, ...change }));
  return (
    <form
      className="space-y-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save.run(undefined);
      }}
    >
      <p className="text-[14px] leading-relaxed text-muted">{t('web.rules.form_about')}</p>
      {rule === null ? (
        <SelectField
          label={t('web.rules.scope')}
          value={draft.scope}
          onChange={(scope) => set({ scope })}
          hint={t('web.rules.scope_hint')}
          problem={fieldProblem(save.error, '/keyResult') ?? fieldProblem(save.error, '/objective')}
          choices={[
            { value: 'all', label: t('web.rules.of_all') },
            ...(scopes.data?.objectives ?? []).map((each) => ({
              value: `objective ${each.id}`,
              label: t('web.rules.of_objective', { title: titleIn(t.lang, each) }),
            })),
            ...(scopes.data?.keyResults ?? []).map((each) => ({
              value: `key_result ${each.id}`,
              label: t('web.rules.of_key_result', { title: titleIn(t.lang, each) }),
            })),
          ]}
        />
      ) : (
        <p className="font-medium break-words">{scopeText(t, rule, scopes.data)}</p>
      )}
      <Choices
        label={t('web.rules.sensitivity')}
        value={draft.sensitivity}
        onChange={(sensitivity) => set({ sensitivity })}
        choices={sensitivities.map((value) => ({
          value,
          label: t(`web.rules.sensitivity.${value}`),
          hint: t(`web.rules.sensitivity.${value}_hint`),
        }))}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label={t('web.rules.for')}
          type="number"
          min="1"
          max="60"
          required
          value={draft.forEvaluations}
          onChange={(forEvaluations) => set({ forEvaluations })}
          hint={t('web.rules.for_hint')}
          problem={fieldProblem(save.error, '/forEvaluations')}
        />
        <TextField
          label={t('web.rules.keep')}
          type="number"
          min="1"
          max="60"
          required
          value={draft.keepFiringEvaluations}
          onChange={(keepFiringEvaluations) => set({ keepFiringEvaluations })}
          hint={t('web.rules.keep_hint')}
          problem={fieldProblem(save.error, '/keepFiringEvaluations')}
        />
        <TextField
          label={t('web.rules.repeat')}
          type="number"
          min="1"
          max="92"
          value={draft.repeatDays}
          onChange={(repeatDays) => set({ repeatDays })}
          hint={t('web.rules.repeat_hint')}
          problem={fieldProblem(save.error, '/repeatDays')}
        />
      </div>
      <RuleTrialPanel draft={draft} />
      <FormProblem error={save.error} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" disabled={save.busy} className="button button-main">
          {t(save.busy ? 'web.saving' : rule === null ? 'web.rules.make' : 'web.save')}
        </button>
        <button type="button" onClick={onClose} className="button">
          {t('web.cancel')}
        </button>
      </div>
    </form>
  );
}
