import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiError, setPassword } from '../api.ts';
import { Field, FormProblem, textOf } from '../components/form.tsx';
import { Notice } from '../components/notices.tsx';
import { useLanguage } from '../language.tsx';
import { takeToken } from '../take-token.ts';

/** By the link of an invitation or a reset: a new password, and in. */
export function SetPasswordPage() {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  // A token leaves the address bar at once: it must not be looked for twice when React mounts the page twice.
  const token = useRef<string | null | undefined>(undefined);
  if (token.current === undefined) token.current = takeToken();
  const [differs, setDiffers] = useState(false);
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });

  useEffect(() => {
    document.title = `${t('web.set_password.title')} · ${t('app.name')}`;
  }, [t]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = textOf(event.currentTarget, 'password');
    const same = password === textOf(event.currentTarget, 'again');
    setDiffers(!same);
    if (!same) return;
    setState({ busy: true, error: null });
    try {
      await setPassword(token.current ?? '', password);
    } catch (error) {
      setState({ busy: false, error });
      return;
    }
    queryClient.clear();
    await navigate({ to: '/', replace: true });
  };

  const { error } = state;
  const spent = error instanceof ApiError && error.status === 401;
  if (token.current === null || spent)
    return (
      <Notice title={t('web.set_password.refused')} command="npx tidemark user reset-password EMAIL">
        <p>{t('web.set_password.refused_text')}</p>
      </Notice>
    );
  return (
    <Notice title={t('web.set_password.title')}>
      <p>{t('web.set_password.text')}</p>
      <form onSubmit={(event) => void submit(event)} className="mt-5 space-y-4 text-ink">
        <Field
          name="password"
          label={t('web.set_password.password')}
          type="password"
          autoComplete="new-password"
        />
        <Field name="again" label={t('web.set_password.again')} type="password" autoComplete="new-password" />
        {differs ? (
          <p role="alert" className="text-[13px] font-medium text-warn">
            {t('web.set_password.differs')}
          </p>
        ) : (
          <FormProblem error={error} />
        )}
        <button type="submit" disabled={state.busy} className="button button-main">
          {t('web.set_password.submit')}
        </button>
      </form>
    </Notice>
  );
}
