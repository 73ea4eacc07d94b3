import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import { call } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { useVersioned } from '../use-versioned.ts';
import { DialogForm } from './form-parts.tsx';
import { fieldProblem, SelectField } from './ui/fields.tsx';
import { say } from './ui/toast.tsx';

const USUAL = ['7', '14', '28'];

/** After how many days without a check-in somebody is asked. */
export function CadenceForm({ detail, onDone }: { detail: KeyResultDetail; onDone: () => void }) {
  const { t } = useLanguage();
  const { error, read } = useVersioned('getCadence', detail.id);
  const [chosen, setChosen] = useState<string | null>(null);
  const now = read === null || read.data.everyDays === null ? '' : String(read.data.everyDays);
  const everyDays = chosen ?? now;
  const change = useChange(
    (version: string) =>
      call('setCadence', {
        params: { id: detail.id },
        body: { everyDays: everyDays === '' ? null : Number(everyDays) },
        ifMatch: version,
      }),
    ({ remindsAfterDays }) => {
      say(t('web.kr.cadence_set', { days: remindsAfterDays }));
      onDone();
    },
  );
  const choices = [...new Set([...USUAL, ...(now === '' ? [] : [now])])];
  return (
    <DialogForm
      change={error === null ? change : { busy: false, error }}
      onCancel={onDone}
      onSubmit={() => {
        if (read !== null) void change.run(read.version);
      }}
    >
      <SelectField
        label={t('web.kr.cadence_every')}
        value={everyDays}
        onChange={setChosen}
        disabled={read === null}
        none={t('web.kr.cadence_usual')}
        choices={choices.map((days) => ({
          value: days,
          label: t('web.kr.cadence_days', { days: Number(days) }),
        }))}
        problem={fieldProblem(change.error, '/everyDays')}
      />
    </DialogForm>
  );
}
