import { ApiError } from '../../api.ts';
import { catalogText } from '../../catalog-words.ts';
import { useLanguage } from '../../language.tsx';
import { type ParamField } from '../../param-form.ts';
import { CheckField, SelectField, TextArea, TextField } from '../ui/fields.tsx';

/** The server names the parameter in its sentence. */
export function paramProblem(error: unknown, name: string): string | null {
  if (!(error instanceof ApiError)) return null;
  const own = error.errors.filter(
    ({ detail, pointer }) => pointer === `/params/${name}` || new RegExp(`\\b${name}\\b`).test(detail),
  );
  return own.length === 0 ? null : own.map(({ detail }) => detail).join(' ');
}

/** One parameter, as its kind is filled in. */
export function ParamInput(props: {
  field: ParamField;
  metric: string | null;
  value: string;
  onChange: (text: string) => void;
  problem: string | null;
}) {
  const { field, metric, onChange, problem, value } = props;
  const { t, lang } = useLanguage();
  const { choices, description, kind, max, min, name, usual } = field;
  const meaning = (metric === null ? undefined : catalogText(lang, metric)?.params[name]) ?? description;
  const usually = usual === '' ? '' : ` ${t('web.binding.usual', { value: usual })}`;
  const hint = kind === 'list' ? `${meaning} ${t('web.binding.list_hint')}` : `${meaning}${usually}`;
  const common = { label: name, hint, problem };
  if (kind === 'flag')
    return (
      <CheckField
        label={name}
        hint={meaning}
        checked={value === '' ? usual === 'true' : value === 'true'}
        onChange={(checked) => onChange(String(checked))}
      />
    );
  if (kind === 'choice')
    return (
      <SelectField
        {...common}
        value={value}
        onChange={onChange}
        none={usual === '' ? t('web.binding.none') : usual}
        choices={choices
          .map(String)
          .filter((choice) => choice !== usual)
          .map((choice) => ({ value: choice, label: choice }))}
      />
    );
  if (kind === 'lines')
    return (
      <div className="min-w-0 sm:col-span-2">
        <TextArea
          {...common}
          value={value}
          onChange={onChange}
          required={field.required}
          placeholder={usual}
          rows={10}
          mono
        />
      </div>
    );
  return (
    <TextField
      {...common}
      value={value}
      onChange={onChange}
      required={field.required}
      placeholder={usual}
      {...(kind === 'number' ? { inputMode: 'decimal' as const } : {})}
      {...(min === null ? {} : { min })}
      {...(max === null ? {} : { max })}
    />
  );
}
