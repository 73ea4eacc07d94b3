import { type FormEvent, useState } from 'react';
import type { Answer } from '../../../api/client-types.ts';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { useMe } from '../../use-me.ts';
import { FormProblem } from '../form.tsx';
import { Command } from '../notices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CheckField, fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { CopyBox } from './copy-box.tsx';

type Made = Answer<'createToken'>;
type Scope = Made['scopes'][number];

const SCOPES: readonly Scope[] = ['read', 'write', 'sync', 'credentials', 'admin'];
const DAYS = ['7', '30', '90', '365'];

/** For a program: what it may, for how long; then the token, this once. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const { t, format } = useLanguage();
  const [made, setMade] = useState<Made | null>(null);
  if (made === null)
    return (
      <Dialog open onClose={onClose} title={t('web.tokens.make')}>
        <TokenForm onDone={setMade} />
      </Dialog>
    );
  return (
    <Dialog open onClose={onClose} title={t('web.tokens.made', { name: made.name })}>
      <p className="mb-3 leading-relaxed">
        {t('web.tokens.made_text', { until: format.instant(made.expiresAt) })}
      </p>
      <CopyBox label={t('web.tokens.token')} text={made.token} />
      <p className="mt-2 text-[13px] text-muted">{t('web.tokens.use')}</p>
      <Command
        text={`curl -H "Authorization: Bearer $TIDEMARK_TOKEN" ${window.location.origin}/api/v1/board`}
      />
      <div className="mt-5 flex justify-end">
        <button type="button" onClick={onClose} className="button">
          {t('web.done')}
        </button>
      </div>
    </Dialog>
  );
}

function TokenForm({ onDone }: { onDone: (made: Made) => void }) {
  const { t } = useLanguage();
  const { me } = useMe();
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [scopes, setScopes] = useState<readonly Scope[]>(['read']);
  const { busy, error, run } = useChange(
    () => call('createToken', { body: { name, scopes: [...scopes], expiresInDays: Number(days) } }),
    onDone,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(undefined);
  };
  const given = SCOPES.filter((scope) => me?.role === 'admin' || scope !== 'admin');
  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label={t('access.name')}
        value={name}
        onChange={setName}
        required
        hint={t('web.tokens.name_hint')}
        problem={fieldProblem(error, '/name')}
      />
      <fieldset className="space-y-2.5">
        <legend className="mb-2 text-[13px] font-medium">{t('web.tokens.may')}</legend>
        {given.map((scope) => (
          <CheckField
            key={scope}
            label={t(`web.scope.${scope}`)}
            checked={scopes.includes(scope)}
            onChange={(on) =>
              setScopes(SCOPES.filter((each) => (each === scope ? on : scopes.includes(each))))
            }
          />
        ))}
      </fieldset>
      <SelectField
        label={t('web.tokens.for')}
        value={days}
        onChange={setDays}
        choices={DAYS.map((value) => ({ value, label: t('time.days', { count: Number(value) }) }))}
      />
      <FormProblem error={error} />
      <button type="submit" disabled={busy || scopes.length === 0} className="button button-main">
        {busy ? t('web.saving') : t('web.tokens.make')}
      </button>
    </form>
  );
}
