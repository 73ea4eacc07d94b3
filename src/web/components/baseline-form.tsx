import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { readAmount } from '../amount-input.ts';
import { call } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { AmountField, DialogForm } from './form-parts.tsx';
import { fieldProblem, SelectField, TextArea, TextField } from './ui/fields.tsx';
import { say } from './ui/toast.tsx';

type Rule = 'usual' | 'as_compared' | 'last_value' | 'trailing_mean';
const RULES: readonly Rule[] = ['usual', 'as_compared', 'last_value', 'trailing_mean'];

/** What progress is measured from: stated by hand, or captured again from the days before the cycle. */
export function BaselineForm({ detail, onDone }: { detail: KeyResultDetail; onDone: () => void }) {
  const { t } = useLanguage();
  const captures = detail.tracking !== 'check_in';
  const [form, setForm] = useState({ way: 'stated', value: '', rule: 'usual', days: '28', reason: '' });
  const set = (field: keyof typeof form) => (text: string) => setForm((old) => ({ ...old, [field]: text }));
  const value = readAmount(form.value, detail);
  const stated = form.way === 'stated' || !captures;
  const change = useChange(
    () => {
      const { reason } = form;
      const params = { id: detail.id };
      if (stated) return call('setBaseline', { params, body: { value: value ?? 0, reason } });
      const rule = ruleOf(form.rule as Rule, Number(form.days));
      const again = { recapture: true as const, reason };
      return call('setBaseline', { params, body: rule === null ? again : { ...again, rule } });
    },
    () => {
      say(t(stated ? 'web.kr.baseline_stated' : 'web.kr.baseline_again'));
      onDone();
    },
  );
  return (
    <DialogForm
      change={change}
      onCancel={onDone}
      onSubmit={() => {
        if (!stated || value !== null) void change.run(undefined);
      }}
    >
      <p className="text-[13px] leading-relaxed text-muted">{t('web.kr.baseline_hint')}</p>
      {captures ? (
        <SelectField
          label={t('web.kr.baseline_way')}
          value={form.way}
          onChange={set('way')}
          choices={[
            { value: 'stated', label: t('web.kr.baseline_by_hand') },
            { value: 'again', label: t('web.kr.baseline_capture') },
          ]}
        />
      ) : null}
      {stated ? (
        <AmountField
          label={t('column.start')}
          measure={detail}
          value={form.value}
          onChange={set('value')}
          required
          problem={
            form.value.trim() !== '' && value === null
              ? t('web.kr.not_a_number')
              : fieldProblem(change.error, '/value')
          }
        />
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label={t('baseline.rule')}
            value={form.rule}
            onChange={set('rule')}
            choices={RULES.map((rule) => ({ value: rule, label: t(`baseline.rule.${rule}`) }))}
            problem={fieldProblem(change.error, '/rule')}
          />
          {form.rule === 'last_value' || form.rule === 'trailing_mean' ? (
            <TextField
              type="number"
              label={t('web.kr.days')}
              value={form.days}
              onChange={set('days')}
              min="1"
              max="180"
              required
            />
          ) : null}
        </div>
      )}
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

function ruleOf(rule: Rule, days: number) {
  if (rule === 'usual') return null;
  return rule === 'as_compared' ? { kind: rule } : { kind: rule, days };
}
