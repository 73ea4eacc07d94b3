import { useMemo } from 'react';
import { SelectField } from '../ui/fields.tsx';

/** Time zones as the browser knows them; the present one too, should it know it by another name. */
export function ZoneField(props: {
  label: string;
  hint: string;
  value: string;
  onChange: (zone: string) => void;
  problem: string | null;
  disabled?: boolean;
}) {
  const choices = useMemo(() => {
    const known = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
    const all = known.includes(props.value) ? known : [props.value, ...known];
    return all.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
  }, [props.value]);
  return <SelectField {...props} choices={choices} />;
}
