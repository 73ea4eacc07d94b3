import { amountSign } from '../../amount-text.ts';
import type { Measure } from '../../format.ts';
import { TextField } from '../ui/fields.tsx';

/** A value with what it counts in behind its name. */
export function AmountField(props: {
  label: string;
  measure: Measure;
  value: string;
  onChange: (value: string) => void;
  problem?: string | null;
  hint?: string;
  required?: boolean;
}) {
  const { label, measure, ...field } = props;
  const sign = amountSign(measure);
  return <TextField {...field} label={sign === '' ? label : `${label} (${sign})`} inputMode="decimal" />;
}
