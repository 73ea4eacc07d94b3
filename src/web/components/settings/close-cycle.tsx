import { type FormEvent, useState } from 'react';
import { ApiError, call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { CheckField, fieldProblem, TextArea } from '../ui/fields.tsx';
import type { Cycle } from './cycle-form.tsx';

/** Freezes how a cycle ended. Key Results without a final verdict hold it up, unless somebody says why it may end so. */
export function CloseCycle({ cycle, onDone }: { cycle: Cycle; onDone: () => void }) {
  const { t } = useLanguage();
  const [asIs, setAsIs] = useState(false);
  const [reason, setReason] = useState('');
  const { busy, error, run } = useChange(
    () => call('closeCycle', { params: { id: cycle.key }, body: asIs ? { asIs, reason } : { asIs: false } }),
    onDone,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(undefined);
  };
  const open = error instanceof ApiError ? error.errors : [];
  return (
    <form onSubmit={submit} className="space-y-4">
      <p className="leading-relaxed">{t('web.cycles.close_text')}</p>
      <CheckField
        label={t('web.cycles.as_is')}
        hint={t('web.cycles.as_is_hint')}
        checked={asIs}
        onChange={setAsIs}
      />
      {asIs ? (
        <TextArea
          label={t('web.cycles.reason')}
          value={reason}
          onChange={setReason}
          required
          problem={fieldProblem(error, '/reason')}
        />
      ) : null}
      <FormProblem error={error} />
      {open.length === 0 ? null : (
        <ul className="list-disc space-y-1 pl-5 text-[13px]">
          {open.map(({ detail, pointer }) => (
            <li key={pointer + detail}>{detail}</li>
          ))}
        </ul>
      )}
      <button type="submit" disabled={busy} className="button button-main">
        {busy ? t('web.saving') : t('web.cycles.close')}
      </button>
    </form>
  );
}
