import type { FormEvent, ReactNode } from 'react';
import { amountUnit } from '../amount-input.ts';
import type { Measure } from '../format.ts';
import { useLanguage } from '../language.tsx';
import type { Change } from '../use-change.ts';
import { FormProblem } from './form.tsx';
import { TextField, type TextFieldProps } from './ui/fields.tsx';

/** A form in a window: its fields, what the server said, and the two ways out. */
export function DialogForm(props: {
  change: Pick<Change<never, unknown>, 'busy' | 'error'>;
  onSubmit: () => void;
  onCancel: () => void;
  /** The words of the button; by default Save. */
  submit?: string;
  danger?: boolean;
  children: ReactNode;
}) {
  const { t } = useLanguage();
  const { change, children, onCancel, onSubmit } = props;
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={send} className="space-y-4">
      {children}
      <FormProblem error={change.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <button type="button" className="button" onClick={onCancel}>
          {t('web.cancel')}
        </button>
        <button
          type="submit"
          disabled={change.busy}
          className={`button ${props.danger === true ? 'button-danger' : 'button-main'}`}
        >
          {change.busy ? t('web.saving') : (props.submit ?? t('web.save'))}
        </button>
      </div>
    </form>
  );
}

/** An amount as people type it, with its unit behind its name. */
export function AmountField({ label, measure, ...field }: TextFieldProps & { measure: Measure }) {
  const unit = amountUnit(measure);
  return <TextField {...field} label={unit === '' ? label : `${label} (${unit})`} inputMode="decimal" />;
}
