import type { FieldText } from '../../../i18n/web-connections-guides-en.ts';
import type { Connector } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { CheckField, fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { SecretField } from './secret-field.tsx';

/** One setting, as the connector's JSON Schema describes it. */
export type ConfigField = {
  name: string;
  type: 'text' | 'number' | 'flag' | 'choice' | 'secret';
  choices: readonly string[];
  required: boolean;
  initial: unknown;
  description: string;
};

export type Config = Record<string, unknown>;

type Schema = {
  properties?: Record<string, { type?: string; enum?: unknown[]; default?: unknown; description?: string }>;
  required?: string[];
};

export function fieldsOf(connector: Pick<Connector, 'config' | 'secretFields'>): ConfigField[] {
  const schema = connector.config as Schema; // a JSON Schema of an object, made by the server
  return Object.entries(schema.properties ?? {}).map(([name, property]): ConfigField => {
    const { default: initial, description = '', type } = property;
    const secret = connector.secretFields.includes(name);
    const choices = property.enum?.map(String) ?? [];
    const number = type === 'integer' || type === 'number';
    const kind = secret
      ? 'secret'
      : choices.length > 0
        ? 'choice'
        : type === 'boolean'
          ? 'flag'
          : number
            ? 'number'
            : 'text';
    const required = schema.required?.includes(name) === true && initial === undefined;
    return { name, type: kind, choices, required, initial, description };
  });
}

/** A setting as a field shows it; something else than a word, a number or a flag is shown as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

/** What was entered, as it is sent: an empty field is left out, digits become a number. */
export function entered(fields: readonly ConfigField[], config: Config): Config {
  return Object.fromEntries(
    fields.flatMap(({ name, type }) => {
      const value = config[name];
      if (value === undefined || value === '') return [];
      if (type !== 'number' || typeof value !== 'string') return [[name, value]];
      const number = Number(value);
      return [[name, value.trim() === '' || Number.isNaN(number) ? value : number]];
    }),
  );
}

type Props = {
  fields: readonly ConfigField[];
  texts: Readonly<Record<string, FieldText>>;
  config: Config;
  onChange: (name: string, value: unknown) => void;
  error: unknown;
  /** Secrets are asked for anew by themselves, and nothing has to be given twice. */
  optionalSecrets?: boolean;
};

export function ConfigFields({ config, error, fields, onChange, optionalSecrets = false, texts }: Props) {
  const { t } = useLanguage();
  return (
    <>
      {fields.map((field) => {
        const { choices, description, name, required, type } = field;
        const text = texts[name];
        const label = text?.label ?? name;
        const hint = text?.hint ?? (description === '' ? undefined : description);
        const optional =
          required || type === 'flag' || field.initial !== undefined
            ? label
            : t('web.connections.optional', { label });
        const problem = fieldProblem(error, `/config/${name}`);
        const value = config[name] ?? field.initial ?? '';
        switch (type) {
          case 'secret':
            return (
              <SecretField
                key={name}
                label={required ? label : optional}
                hint={hint}
                problem={problem}
                required={required && !optionalSecrets}
                file={name === 'serviceAccountKey'}
                onChange={(secret) => onChange(name, secret)}
              />
            );
          case 'choice':
            return (
              <SelectField
                key={name}
                label={optional}
                hint={hint}
                problem={problem}
                value={textOf(value)}
                {...(required || field.initial !== undefined ? {} : { none: '–' })}
                choices={choices.map((choice) => ({
                  value: choice,
                  label: text?.choices?.[choice] ?? choice,
                }))}
                onChange={(chosen) => onChange(name, chosen)}
              />
            );
          case 'flag':
            return (
              <CheckField
                key={name}
                label={label}
                hint={problem ?? hint}
                checked={value === true}
                onChange={(checked) => onChange(name, checked)}
              />
            );
          default:
            return (
              <TextField
                key={name}
                label={optional}
                hint={hint}
                problem={problem}
                required={required}
                value={textOf(value)}
                {...(type === 'number' ? { inputMode: 'decimal' as const } : {})}
                autoComplete="off"
                onChange={(typed) => onChange(name, typed)}
              />
            );
        }
      })}
    </>
  );
}
