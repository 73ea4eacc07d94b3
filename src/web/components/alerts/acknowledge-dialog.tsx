import { type FormEvent, useState } from 'react';
import { titleIn } from '../../../i18n/index.ts';
import type { Alert } from '../../alerts-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useMe } from '../../use-me.ts';
import { FormProblem } from '../form.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/fields.tsx';
import { useAlertActions } from './use-alert-actions.ts';

/** One press says that somebody takes care of it. What it says when there is nothing to press is said instead. */
export function AcknowledgeDialog({ alert, onClose }: { alert: Alert | null; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog
      open={alert !== null}
      onClose={onClose}
      title={t('web.alerts.acknowledge.title', { title: alert === null ? '' : titleIn(t.lang, alert) })}
    >
      {alert === null ? null : <Question alert={alert} onClose={onClose} />}
    </Dialog>
  );
}

function Question({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const { acknowledge } = useAlertActions();
  const [note, setNote] = useState('');
  const { acknowledged, state } = alert;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if ((await acknowledge.run({ alert, note })) !== undefined) onClose();
  };
  if (!mayEdit) return <p>{t('web.alerts.viewer')}</p>;
  if (state !== 'firing')
    return <p>{t(state === 'pending' ? 'web.alerts.acknowledge.pending' : 'web.alerts.acknowledge.over')}</p>;
  return (
    <form onSubmit={(event) => void send(event)} className="space-y-4">
      <p className="leading-relaxed">{t('web.alerts.acknowledge.about')}</p>
      {acknowledged === null ? null : (
        <p className="text-muted">{t('web.alerts.acknowledge.already', { by: acknowledged.by })}</p>
      )}
      <TextField
        label={t('web.alerts.acknowledge.note')}
        value={note}
        onChange={setNote}
        hint={t('web.alerts.acknowledge.note_hint')}
      />
      <FormProblem error={acknowledge.error} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" disabled={acknowledge.busy} className="button button-main">
          {t('web.alerts.acknowledge')}
        </button>
        <button type="button" onClick={onClose} className="button">
          {t('web.cancel')}
        </button>
      </div>
    </form>
  );
}
