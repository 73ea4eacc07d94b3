import { type FormEvent, useState } from 'react';
import { ApiError, callVersioned } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, TextField } from '../ui/fields.tsx';
import { say } from '../ui/toast.tsx';
import { ZoneField } from './zone-field.tsx';

export type ReadWorkspace = {
  data: { id: string; name: string; timeZone: string };
  version: string | null;
};

/**
 * Changes the version that it was opened with, whatever is read meanwhile: when somebody was quicker, the server says so,
 * and neither what they saved nor what is being written is lost.
 */
export function WorkspaceForm(props: { read: ReadWorkspace; mayChange: boolean; onStale: () => void }) {
  const { t } = useLanguage();
  const { mayChange } = props;
  const [{ data: workspace, version }, setRead] = useState(props.read);
  const [name, setName] = useState(workspace.name);
  const [timeZone, setTimeZone] = useState(workspace.timeZone);
  const { busy, error, run } = useChange(
    () =>
      callVersioned('updateWorkspace', {
        params: { id: workspace.id },
        body: { name, timeZone },
        ...(version === null ? {} : { ifMatch: version }),
      }),
    (saved) => {
      setRead(saved);
      say(t('web.workspace.saved'));
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(undefined);
  };
  const stale = error instanceof ApiError && error.status === 412;
  const same = name === workspace.name && timeZone === workspace.timeZone;
  return (
    <form onSubmit={submit} className="card max-w-2xl space-y-4">
      <TextField
        label={t('web.workspace.name')}
        value={name}
        onChange={setName}
        required
        disabled={!mayChange}
        problem={fieldProblem(error, '/name')}
      />
      <ZoneField
        label={t('web.workspace.zone')}
        hint={t('web.workspace.zone_hint')}
        value={timeZone}
        onChange={setTimeZone}
        disabled={!mayChange}
        problem={fieldProblem(error, '/timeZone')}
      />
      <FormProblem error={error} />
      {mayChange ? (
        <div className="flex flex-wrap gap-2">
          <button type="submit" disabled={busy || same} className="button button-main">
            {busy ? t('web.saving') : t('web.save')}
          </button>
          {stale ? (
            <button type="button" onClick={props.onStale} className="button">
              {t('web.read_again')}
            </button>
          ) : null}
        </div>
      ) : (
        <p className="text-[13px] text-muted">{t('web.settings.admins_only')}</p>
      )}
    </form>
  );
}
