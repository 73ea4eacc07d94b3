import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { CopyText } from './copy-text.tsx';
import { Upload } from './upload.tsx';

const route = getRouteApi('/connections/new');
const KINDS = ['flow', 'stock', 'ratio'] as const;
const UNITS = ['count', 'money', 'ratio', 'duration', 'rating', 'score'] as const;
type Kind = (typeof KINDS)[number];

/** A number of one's own: named first, then brought by a file or by a program. */
export function NewValuesForm() {
  const { metric } = route.useSearch() as { metric?: string };
  return metric === undefined ? <NameIt /> : <BringValues metric={metric} />;
}

function NameIt() {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [key, setKey] = useState('');
  const [kind, setKind] = useState<Kind>('flow');
  const [unit, setUnit] = useState<string>('count');
  const [currency, setCurrency] = useState('USD');
  const create = useChange(
    () =>
      call('createValuesMetric', {
        body: {
          key: key.trim(),
          title: title.trim() === '' ? null : title.trim(),
          kind,
          unit,
          ...(unit === 'money' ? { currency: currency.trim().toUpperCase() } : {}),
        },
      }),
    (made) =>
      void navigate({
        to: '/connections/new',
        search: (before) => ({ ...before, metric: made.key }),
      }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void create.run(undefined);
  };
  return (
    <form onSubmit={submit} className="card space-y-4">
      <TextField label={t('web.connections.values_name')} value={title} required onChange={setTitle} />
      <TextField
        label={t('web.connections.key')}
        hint={t('web.connections.key_hint')}
        problem={fieldProblem(create.error, '/key')}
        value={key}
        mono
        required
        placeholder="support.tickets"
        onChange={setKey}
      />
      <SelectField
        label={t('web.kind')}
        value={kind}
        choices={KINDS.map((value) => ({ value, label: t(`web.connections.kind.${value}`) }))}
        onChange={(chosen) => setKind(chosen as Kind)} // one of the choices
      />
      <SelectField
        label={t('web.connections.unit')}
        problem={fieldProblem(create.error, '/unit')}
        value={unit}
        choices={UNITS.map((value) => ({ value, label: t(`web.connections.unit.${value}`) }))}
        onChange={setUnit}
      />
      {unit === 'money' ? (
        <TextField
          label={t('web.connections.currency')}
          problem={fieldProblem(create.error, '/currency')}
          value={currency}
          mono
          required
          onChange={setCurrency}
        />
      ) : null}
      <FormProblem error={create.error} />
      <button type="submit" className="button button-main" disabled={create.busy}>
        {t(create.busy ? 'web.saving' : 'web.connections.values_next')}
      </button>
    </form>
  );
}

/** Up to as much as the server takes as one text. */
export function BringValues({ metric }: { metric: string }) {
  const { t } = useLanguage();
  const today = new Date().toISOString().slice(0, 10);
  return (
    <div className="card space-y-5">
      <div>
        <h2 className="font-semibold">{t('web.connections.upload_values', { metric })}</h2>
        <p className="mt-1 mb-3 text-[13px] text-muted">{t('web.connections.upload_values_hint')}</p>
        <Upload
          label={t('web.connections.upload_values', { metric })}
          formats={['csv', 'jsonl']}
          send={async (file, as) =>
            call('uploadValues', {
              params: { id: metric },
              body: { format: as === 'csv' ? 'csv' : 'jsonl', text: await file.text() },
            })
          }
        />
      </div>
      <Curl path={`/api/v1/metrics/${metric}/values`} body={`{"values":[{"day":"${today}","value":42}]}`} />
      <p className="text-[13px]">
        <Link to="/new" className="link">
          {t('web.connections.use_in_key_result')}
        </Link>
      </p>
    </div>
  );
}

/** A command that works when it is pasted, once a token stands in it. */
export function Curl({ body, path }: { path: string; body: string }) {
  const { t } = useLanguage();
  const command = [
    `curl -X POST '${window.location.origin}${path}'`,
    `  -H 'authorization: Bearer '"$TIDEMARK_TOKEN"`,
    `  -H 'content-type: application/json'`,
    `  -d '${body}'`,
  ].join(' \\\n');
  return (
    <div>
      <h3 className="step mt-0">{t('web.connections.by_program')}</h3>
      <p className="mb-2 text-[13px] text-muted">
        {t('web.connections.by_program_hint')}{' '}
        <Link to="/settings/account" className="link">
          {t('web.connections.make_token')}
        </Link>
      </p>
      <CopyText block text={command} label="curl" />
    </div>
  );
}
