import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { signIn } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { rememberWanted } from '../wanted.ts';
import { Field, FormProblem, textOf } from './form.tsx';
import { Command, Notice } from './notices.tsx';

/** Nobody is signed in here: by password, or how to get a link. */
export function SignedOut({ onDone }: { onDone?: () => void }) {
  const { t } = useLanguage();
  const queryClient = useQueryClient();
  useEffect(rememberWanted, []);
  const done = async () => {
    onDone?.();
    await queryClient.resetQueries();
  };
  return (
    <Notice title={t('web.signed_out.title')}>
      <SignInForm onDone={done} />
    </Notice>
  );
}

/** Who is not signed in does so here, and stays on the page that they came to. */
export function SignInForm({ onDone }: { onDone: () => Promise<void> }) {
  const { t } = useLanguage();
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setState({ busy: true, error: null });
    try {
      await signIn(textOf(form, 'email'), textOf(form, 'password'));
    } catch (error) {
      setState({ busy: false, error });
      return;
    }
    await onDone();
  };

  return (
    <>
      <form onSubmit={(event) => void submit(event)} className="mt-5 space-y-4 text-ink">
        <Field name="email" label={t('web.sign_in.email')} type="email" autoComplete="username" />
        <Field
          name="password"
          label={t('web.sign_in.password')}
          type="password"
          autoComplete="current-password"
        />
        <FormProblem error={state.error} />
        <button type="submit" disabled={state.busy} className="button button-main">
          {state.busy ? t('web.sign_in.busy') : t('web.sign_in.submit')}
        </button>
      </form>
      <p className="mt-6 text-[13px] text-muted">{t('web.sign_in.link')}</p>
      <Command text="npx tidemark link" />
    </>
  );
}
