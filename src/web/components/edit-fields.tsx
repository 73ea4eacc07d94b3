import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { ApiError, call } from '../api.ts';
import { fieldMeasure, type TargetField, targetFields, targetText, withTargets } from '../goal-target.ts';
import { useLanguage } from '../language.tsx';
import { askedLangs, type TitleField, titleField, titlesOf } from '../titles-form.ts';
import { useChange } from '../use-change.ts';
import type { Versioned } from '../use-versioned.ts';
import { targetWords } from '../words.ts';
import { AmountField, DialogForm } from './form-parts.tsx';
import { fieldProblem, TextArea, TextField } from './ui/fields.tsx';
import { say } from './ui/toast.tsx';

type Typed = { title: string; owner: string; description: string; reason: string } & Partial<
  Record<TargetField | TitleField, string>
>;

function typedOf(detail: KeyResultDetail): Typed {
  const targets = targetFields(detail.goal).map((field) => [field, targetText(detail.goal, field, detail)]);
  const titles = askedLangs(detail).map((lang) => [titleField(lang), detail.titles[lang] ?? '']);
  const { description, owner, title } = detail;
  const words = { title, description, owner: owner ?? '', reason: '' };
  return { ...words, ...Object.fromEntries(titles), ...Object.fromEntries(targets) };
}

/**
 * Sends only what was changed, meant for the version that the form began with. When somebody else was quicker, it says
 * what stands there by now, keeps what was typed, and asks again.
 */
export function EditFields(props: {
  first: Versioned<KeyResultDetail>;
  again: () => Promise<Versioned<KeyResultDetail>>;
  onDone: () => void;
}) {
  const { t, format } = useLanguage();
  // What was read first: reading again does not change what somebody began with.
  const [first] = useState(props.first);
  const [base, setBase] = useState(first);
  const [theirs, setTheirs] = useState<Typed | null>(null);
  const [typed, setTyped] = useState(() => typedOf(first.data));
  const begun = typedOf(first.data);
  const { data: detail } = base;
  const goal = withTargets(detail.goal, typed, detail);
  const fields = targetFields(detail.goal);
  const moved = fields.some((field) => typed[field] !== begun[field]);
  const named = askedLangs(first.data).map((lang) => ({ lang, field: titleField(lang) }));
  const renamed = named.some(({ field }) => typed[field] !== begun[field]);
  const change = useChange(
    async (version: string) => {
      const { description, owner, reason, title } = typed;
      const body = {
        ...(title === begun.title ? {} : { title: title.trim() }),
        ...(renamed ? { titles: titlesOf(typed) } : {}),
        ...(owner === begun.owner ? {} : { owner: owner.trim() === '' ? null : owner.trim() }),
        ...(description === begun.description ? {} : { description }),
        ...(moved && goal !== null ? { goal } : {}),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      };
      try {
        return await call('updateKeyResult', { params: { id: detail.id }, body, ifMatch: version });
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 412) throw error;
        const now = await props.again();
        setBase(now);
        setTheirs(typedOf(now.data));
        throw error;
      }
    },
    () => {
      say(t('web.kr.saved'));
      props.onDone();
    },
  );
  const set = (field: keyof Typed) => (text: string) => setTyped((old) => ({ ...old, [field]: text }));
  const about = (field: keyof Typed) => {
    const now = theirs?.[field];
    return now === undefined || now === begun[field] ? undefined : t('web.kr.now_is', { value: now });
  };
  const isConflict = change.error instanceof ApiError && change.error.status === 412;
  return (
    <DialogForm
      change={isConflict ? { busy: change.busy, error: null } : change}
      submit={isConflict ? t('web.kr.save_anyway') : t('web.save')}
      onCancel={props.onDone}
      onSubmit={() => {
        if (goal !== null || !moved) void change.run(base.version);
      }}
    >
      {isConflict ? (
        <div
          role="alert"
          className="rounded-lg bg-warn-soft px-3.5 py-2.5 text-[13px] leading-relaxed text-warn"
        >
          <p className="font-medium">{t('web.kr.conflict')}</p>
          <p>{t('web.kr.conflict_fix')}</p>
        </div>
      ) : null}
      <TextField
        label={t('web.kr.title')}
        value={typed.title}
        onChange={set('title')}
        required
        hint={about('title')}
        problem={fieldProblem(change.error, '/title')}
      />
      {named.map(({ field, lang }) => (
        <TextField
          key={field}
          label={t(`web.kr.title_in.${lang}`)}
          value={typed[field] ?? ''}
          onChange={set(field)}
          hint={about(field) ?? t('web.kr.title_in_hint')}
          problem={fieldProblem(change.error, `/${field}`)}
        />
      ))}
      <TextField
        label={t('column.owner')}
        value={typed.owner}
        onChange={set('owner')}
        hint={about('owner')}
        problem={fieldProblem(change.error, '/owner')}
      />
      {fields.length === 0 ? null : (
        <div className="grid gap-4 sm:grid-cols-2">
          {fields.map((field) => (
            <AmountField
              key={field}
              label={t(`web.kr.field.${field}`)}
              measure={fieldMeasure(field, detail)}
              value={typed[field] ?? ''}
              onChange={set(field)}
              required
              hint={about(field)}
              problem={
                withTargets(detail.goal, typed, detail) === null
                  ? t('web.kr.not_a_number')
                  : fieldProblem(change.error, `/goal/${field}`)
              }
            />
          ))}
        </div>
      )}
      {moved && goal !== null ? (
        <div className="space-y-3 rounded-lg bg-sunken p-3.5">
          <p className="text-[13px] leading-relaxed">
            {t('web.kr.target_changes', {
              before: targetWords(t, format, detail),
              after: targetWords(t, format, { ...detail, goal, targetValue: targetOf(goal) }),
            })}
          </p>
          <TextField
            label={t('web.kr.reason')}
            value={typed.reason}
            onChange={set('reason')}
            required
            problem={fieldProblem(change.error, '/reason')}
          />
        </div>
      ) : null}
      <TextArea
        label={t('web.kr.description')}
        value={typed.description}
        onChange={set('description')}
        rows={3}
        hint={about('description')}
        problem={fieldProblem(change.error, '/description')}
      />
    </DialogForm>
  );
}

/** As it is stated; of a change in percent the value follows from its baseline, which is not worked out here. */
function targetOf(goal: KeyResultDetail['goal']): number | null {
  return 'targetValue' in goal ? goal.targetValue : null;
}
