import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ApiError, createSession } from '../api.ts';
import { Notice, ProblemNotice } from '../components/notices.tsx';
import { SignedOut } from '../components/sign-in-form.tsx';
import { LoadingWord } from '../components/skeleton.tsx';
import { useLanguage } from '../language.tsx';
import { takeToken } from '../take-token.ts';
import { takeWanted } from '../wanted.ts';

type Stage = { name: 'signing_in' } | { name: 'no_token' } | { name: 'refused'; error: unknown };

/**
 * Takes the one-time token out of the address, trades it for a session, and goes where somebody wanted to go, or to the
 * board; without one it asks.
 */
export function SignInPage() {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [stage, setStage] = useState<Stage>({ name: 'signing_in' });
  // A token works once: it must not be spent twice when React mounts the page twice.
  const token = useRef<string | null | undefined>(undefined);

  const signIn = async (spend: string) => {
    setStage({ name: 'signing_in' });
    try {
      await createSession(spend);
    } catch (error) {
      setStage({ name: 'refused', error });
      return;
    }
    queryClient.clear();
    await navigate({ href: takeWanted(), replace: true });
  };

  useEffect(() => {
    document.title = `${t('web.sign_in.title')} · ${t('app.name')}`;
  }, [t]);
  useEffect(() => {
    if (token.current !== undefined) return;
    token.current = takeToken();
    if (token.current === null) setStage({ name: 'no_token' });
    else void signIn(token.current);
  });

  if (stage.name === 'no_token')
    return <SignedOut onDone={() => void navigate({ to: '/', replace: true })} />;
  if (stage.name === 'signing_in')
    return (
      <>
        <LoadingWord />
        <Notice title={t('web.sign_in.title')}>
          <p>{t('web.sign_in.wait')}</p>
        </Notice>
      </>
    );
  const { error } = stage;
  const used = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
  return used ? (
    <Notice title={t('web.sign_in.refused')} command="npx tidemark link">
      <p>{t('state.sign_in_expired')}</p>
    </Notice>
  ) : (
    <ProblemNotice error={error} onRetry={() => void signIn(token.current ?? '')} />
  );
}
