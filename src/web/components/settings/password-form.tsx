import { type FormEvent, useState } from 'react';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, TextField } from '../ui/fields.tsx';
import { say } from '../ui/toast.tsx';

/** A new password, by the present one. The other sessions of the account end. */
export function PasswordForm() {
  const { t } = useLanguage();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const { busy, error, run } = useChange(
    () => call('changePassword', { body: { current, password } }),
    () => {
      setCurrent('');
      setPassword('');
      setAgain('');
      say(t('web.account.password_changed'));
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDiffers(password !== again);
    if (password === again) void run(undefined);
  };
  const [wrong, weak] = [fieldProblem(error, '/current'), fieldProblem(error, '/password')];
  return (
    <form onSubmit={submit} className="max-w-md space-y-4">
      <TextField
        label={t('web.account.current')}
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        required
        problem={wrong}
      />
      <TextField
        label={t('web.set_password.password')}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        required
        hint={t('web.set_password.text')}
        problem={weak}
      />
      <TextField
        label={t('web.set_password.again')}
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
        required
        problem={differs ? t('web.set_password.differs') : null}
      />
      {wrong === null && weak === null ? <FormProblem error={error} /> : null}
      <button type="submit" disabled={busy} className="button button-main">
        {busy ? t('web.saving') : t('web.account.change_password')}
      </button>
    </form>
  );
}
