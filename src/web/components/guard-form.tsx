import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { readAmount, writeAmount } from '../amount-input.ts';
import { call, callAll } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { useVersioned } from '../use-versioned.ts';
import { AmountField, DialogForm } from './form-parts.tsx';
import { fieldProblem, SelectField } from './ui/fields.tsx';
import { say } from './ui/toast.tsx';

/** The counter-metric that must not worsen meanwhile. */
export function GuardForm({ detail, onDone }: { detail: KeyResultDetail; onDone: () => void }) {
  const { t } = useLanguage();
  const { guard } = detail;
  const { read } = useVersioned('getKeyResult', detail.id);
  const metrics = useQuery({
    queryKey: ['metrics'],
    queryFn: ({ signal }) => callAll('listMetrics', { signal }),
  });
  const [form, setForm] = useState({
    metric: guard?.metricKey ?? '',
    operator: guard?.operator ?? 'at_most',
    against: guard === null || guard.bound === null ? 'start' : 'value',
    bound: guard === null ? '' : writeAmount(guard.bound, guard),
  });
  const set = (field: keyof typeof form) => (text: string) => setForm((old) => ({ ...old, [field]: text }));
  const chosen = metrics.data?.find(({ key }) => key === form.metric);
  const measure = chosen ?? guard ?? { unit: 'count', currency: null };
  const bound = form.against === 'start' ? null : readAmount(form.bound, measure);
  const target = { params: { id: detail.id }, ifMatch: read?.version ?? '*' };
  const change = useChange(
    (how: 'set' | 'remove') =>
      how === 'remove'
        ? call('removeGuard', target)
        : call('setGuard', {
            ...target,
            body: { metric: form.metric, operator: form.operator, bound },
          }),
    () => {
      say(t('web.kr.saved'));
      onDone();
    },
  );
  return (
    <DialogForm
      change={change}
      onCancel={onDone}
      onSubmit={() => {
        if (form.metric !== '' && (form.against === 'start' || bound !== null)) void change.run('set');
      }}
    >
      <p className="text-[13px] leading-relaxed text-muted">{t('web.kr.guard_hint')}</p>
      <SelectField
        label={t('web.metric')}
        value={form.metric}
        onChange={set('metric')}
        none={t('web.kr.guard_choose')}
        required
        choices={(metrics.data ?? []).map(({ key, title }) => ({ value: key, label: title }))}
        problem={fieldProblem(change.error, '/metric')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t('web.kr.guard_operator')}
          value={form.operator}
          onChange={set('operator')}
          choices={(['at_most', 'at_least'] as const).map((value) => ({
            value,
            label: t(`web.kr.guard.${value}`),
          }))}
        />
        <SelectField
          label={t('web.kr.guard_against')}
          value={form.against}
          onChange={set('against')}
          choices={(['start', 'value'] as const).map((value) => ({
            value,
            label: t(`web.kr.guard.${value}`),
          }))}
        />
      </div>
      {form.against === 'start' ? null : (
        <AmountField
          label={t('web.limit')}
          measure={measure}
          value={form.bound}
          onChange={set('bound')}
          required
          problem={
            form.bound.trim() !== '' && bound === null
              ? t('web.kr.not_a_number')
              : fieldProblem(change.error, '/bound')
          }
        />
      )}
      {guard === null ? null : (
        <button type="button" className="button button-danger" onClick={() => void change.run('remove')}>
          {t('web.kr.guard_remove')}
        </button>
      )}
    </DialogForm>
  );
}
