import type { ReactNode } from 'react';
import { useLanguage } from '../../language.tsx';
import type { Change } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Asks before something ends that cannot be taken back: says what will end, and its button says what it does. */
export function ConfirmDialog(props: {
  open: boolean;
  title: string;
  children: ReactNode;
  button: string;
  change: Change<void, unknown>;
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const { busy, error, forget, run } = props.change;
  const close = () => {
    forget();
    props.onClose();
  };
  return (
    <Dialog open={props.open} onClose={close} title={props.title}>
      <div className="space-y-3 leading-relaxed">{props.children}</div>
      <div className="mt-4">
        <FormProblem error={error} />
      </div>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <button type="button" onClick={close} className="button">
          {t('web.cancel')}
        </button>
        <button type="button" disabled={busy} onClick={() => void run()} className="button button-danger">
          {props.button}
        </button>
      </div>
    </Dialog>
  );
}
