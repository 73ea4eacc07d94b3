import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { readAmount } from '../amount-input.ts';
import { call } from '../api.ts';
import { automaticLine } from '../definition-words.ts';
import { daysAfter } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { AmountField, DialogForm } from './form-parts.tsx';
import { fieldProblem, TextArea, TextField } from './ui/fields.tsx';
import { say } from './ui/toast.tsx';

const WEEK = 7;

/** A value of one's own for some days, with its reason; it ends by itself, and the source is read on. */
export function OverrideForm({ detail, onDone }: { detail: KeyResultDetail; onDone: () => void }) {
  const { t, format } = useLanguage();
  const [form, setForm] = useState({
    value: '',
    fromDay: detail.today,
    untilDay: daysAfter(detail.today, WEEK),
    reason: '',
  });
  const set = (field: keyof typeof form) => (text: string) => setForm((old) => ({ ...old, [field]: text }));
  const value = readAmount(form.value, detail);
  const change = useChange(
    (amount: number) =>
      call('overrideValue', { params: { id: detail.id }, body: { ...form, value: amount } }),
    ({ untilDay }) => {
      say(t('override.in_force', { untilDay: format.day(untilDay) }));
      onDone();
    },
  );
  return (
    <DialogForm
      change={change}
      submit={t('web.kr.override')}
      onCancel={onDone}
      onSubmit={() => {
        if (value !== null) void change.run(value);
      }}
    >
      <p className="text-[13px] leading-relaxed text-muted">
        {t('web.kr.override_hint')} {automaticLine(t, format, detail)}
      </p>
      <AmountField
        label={t('column.value')}
        measure={detail}
        value={form.value}
        onChange={set('value')}
        required
        autoFocus
        problem={
          form.value.trim() !== '' && value === null
            ? t('web.kr.not_a_number')
            : fieldProblem(change.error, '/value')
        }
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          type="date"
          label={t('web.kr.from_day')}
          value={form.fromDay}
          onChange={set('fromDay')}
          required
          problem={fieldProblem(change.error, '/fromDay')}
        />
        <TextField
          type="date"
          label={t('web.kr.until_day')}
          value={form.untilDay}
          onChange={set('untilDay')}
          min={form.fromDay}
          required
          problem={fieldProblem(change.error, '/untilDay')}
        />
      </div>
      <TextArea
        label={t('web.kr.reason')}
        value={form.reason}
        onChange={set('reason')}
        required
        problem={fieldProblem(change.error, '/reason')}
      />
    </DialogForm>
  );
}
