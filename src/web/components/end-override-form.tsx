import type { KeyResultDetail } from '../../api/contract.ts';
import { call } from '../api.ts';
import { automaticLine } from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { DialogForm } from './form-parts.tsx';
import { say } from './ui/toast.tsx';

/** Asks before the source speaks again. */
export function EndOverrideForm({ detail, onDone }: { detail: KeyResultDetail; onDone: () => void }) {
  const { t, format } = useLanguage();
  const change = useChange(
    () => call('endOverride', { params: { id: detail.id, override: detail.override?.id ?? 'current' } }),
    () => {
      say(t('web.kr.override_ended'));
      onDone();
    },
  );
  return (
    <DialogForm
      change={change}
      submit={t('web.kr.override_end')}
      danger
      onCancel={onDone}
      onSubmit={() => void change.run(undefined)}
    >
      <p className="leading-relaxed">
        {t('web.kr.override_end_ask')} {automaticLine(t, format, detail)}
      </p>
    </DialogForm>
  );
}
