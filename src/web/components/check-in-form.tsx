import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { readAmount } from '../amount-input.ts';
import { call } from '../api.ts';
import { lastDay } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { AmountField, DialogForm } from './form-parts.tsx';
import { fieldProblem, SelectField, TextArea, TextField } from './ui/fields.tsx';
import { say } from './ui/toast.tsx';

type Amount = 'value' | 'add' | 'total';

/** How it stands in somebody's own words: the value where people say it, how sure they are, and why. */
export function CheckInForm({ detail, onDone }: { detail: KeyResultDetail; onDone: () => void }) {
  const { t, format } = useLanguage();
  const last = lastDay(detail.cycle.endDay);
  const newest = detail.today < last ? detail.today : last;
  const [form, setForm] = useState({ value: '', kind: 'value', confidence: '', note: '', day: newest });
  const set = (field: keyof typeof form) => (text: string) => setForm((old) => ({ ...old, [field]: text }));
  const change = useChange(
    (amount: number | null) =>
      call('checkIn', {
        params: { id: detail.id },
        body: {
          day: form.day,
          note: form.note.trim(),
          confidence: form.confidence === '' ? null : Number(form.confidence),
          ...(amount === null ? {} : { [form.kind as Amount]: amount }),
        },
      }),
    () => {
      say(t('web.kr.checked_in'));
      onDone();
    },
  );
  const { goal, tracking } = detail;
  const says = tracking !== 'automatic' && goal.kind !== 'milestone';
  const adds = goal.kind === 'accumulate' || goal.kind === 'recurring';
  const amount = readAmount(form.value, detail);
  const unreadable = form.value.trim() !== '' && amount === null;
  return (
    <DialogForm
      change={change}
      submit={t('web.kr.check_in')}
      onCancel={onDone}
      onSubmit={() => {
        if (!unreadable) void change.run(says ? amount : null);
      }}
    >
      {says ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <AmountField
            label={t('column.value')}
            measure={detail}
            value={form.value}
            onChange={set('value')}
            autoFocus
            problem={unreadable ? t('web.kr.not_a_number') : fieldProblem(change.error, '/value')}
          />
          {adds ? (
            <SelectField
              label={t('web.kr.amount_means')}
              value={form.kind}
              onChange={set('kind')}
              choices={(['value', 'add', 'total'] as const).map((kind) => ({
                value: kind,
                label: t(`web.kr.amount.${kind}`),
              }))}
            />
          ) : null}
        </div>
      ) : (
        <p className="text-[13px] leading-relaxed text-muted">
          {t(goal.kind === 'milestone' ? 'web.kr.check_in_steps' : 'web.kr.check_in_source')}
        </p>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t('web.kr.confidence')}
          hint={t('web.kr.confidence_hint')}
          value={form.confidence}
          onChange={set('confidence')}
          none={t('web.kr.confidence_none')}
          choices={CONFIDENCES.map((share) => ({ value: String(share), label: format.percent(share) }))}
          problem={fieldProblem(change.error, '/confidence')}
        />
        <TextField
          type="date"
          label={t('column.day')}
          value={form.day}
          onChange={set('day')}
          min={detail.cycle.startDay}
          max={newest}
          required
          problem={fieldProblem(change.error, '/day')}
        />
      </div>
      <TextArea
        label={t('web.kr.note')}
        hint={t('web.kr.note_hint')}
        value={form.note}
        onChange={set('note')}
        rows={4}
        problem={fieldProblem(change.error, '/note')}
      />
    </DialogForm>
  );
}

const CONFIDENCES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];
