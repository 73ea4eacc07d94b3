import { type FormEvent, useState } from 'react';
import { call } from '../../api.ts';
import type { ConnectionMetric } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { fieldProblem, TextField } from '../ui/fields.tsx';

/** Another name; what it measures and its past stay. */
export function RenameMetric(props: { metric: ConnectionMetric; open: boolean; onClose: () => void }) {
  const { t } = useLanguage();
  const { metric, onClose, open } = props;
  return (
    <Dialog open={open} onClose={onClose} title={t('web.connections.rename_of', { title: metric.title })}>
      <RenameForm metric={metric} onDone={onClose} />
    </Dialog>
  );
}

function RenameForm({ metric, onDone }: { metric: ConnectionMetric; onDone: () => void }) {
  const { t } = useLanguage();
  const [title, setTitle] = useState(metric.title);
  const [key, setKey] = useState(metric.key);
  const rename = useChange(
    () =>
      call('renameMetric', {
        params: { id: metric.id },
        body: {
          ...(title.trim() === metric.title ? {} : { title: title.trim() }),
          ...(key.trim() === metric.key ? {} : { key: key.trim() }),
        },
      }),
    onDone,
  );
  const same = title.trim() === metric.title && key.trim() === metric.key;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (same) onDone();
    else void rename.run(undefined);
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label={t('web.connections.title')}
        problem={fieldProblem(rename.error, '/title')}
        value={title}
        required
        onChange={setTitle}
      />
      <TextField
        label={t('web.connections.key')}
        hint={t('web.connections.key_hint')}
        problem={fieldProblem(rename.error, '/key')}
        value={key}
        mono
        required
        onChange={setKey}
      />
      <FormProblem error={rename.error} />
      <div className="flex gap-2">
        <button type="submit" className="button button-main" disabled={rename.busy}>
          {t(rename.busy ? 'web.saving' : 'web.save')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t('web.cancel')}
        </button>
      </div>
    </form>
  );
}
