import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef } from 'react';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { sessionIsBack } from '../../session.ts';
import { meQuery } from '../../use-me.ts';
import { SignInForm } from '../sign-in-form.tsx';

/** The session ended in the middle of work: asks to sign in above the page, which stays as it is. */
export function SessionDialog() {
  const { t } = useLanguage();
  const place = useRef<HTMLDialogElement>(null);
  const id = useId();
  const signedIn = useGoOn();
  useEffect(() => {
    const dialog = place.current;
    dialog?.showModal();
    // Signed in by a link in another window: on the way back it goes on by itself.
    window.addEventListener('focus', sessionIsBack);
    return () => {
      window.removeEventListener('focus', sessionIsBack);
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={place}
      aria-labelledby={id}
      className="dialog dialog-box"
      onCancel={(event) => event.preventDefault()}
      onClose={() => place.current?.isConnected && place.current.showModal()}
    >
      <div className="overflow-y-auto p-6">
        <h2 id={id} className="text-lg font-semibold">
          {t('web.session.title')}
        </h2>
        <p className="mt-2 leading-relaxed text-muted">{t('web.session.text')}</p>
        <SignInForm onDone={signedIn} />
        <button type="button" onClick={sessionIsBack} className="button mt-4">
          {t('web.session.go_on')}
        </button>
      </div>
    </dialog>
  );
}

/** In the workspace that the page shows; somebody else starts over. */
function useGoOn(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const before = queries.getQueryData(meQuery.queryKey);
    try {
      const now = await call('getMe');
      const same = before === undefined || (before.user?.id ?? null) === (now.user?.id ?? null);
      const there = now.memberships.some(({ id }) => id === before?.workspace.id);
      if (!same || (before !== undefined && !there)) return window.location.reload();
      if (before !== undefined && before.workspace.id !== now.workspace.id)
        await call('switchWorkspace', { body: { workspace: before.workspace.id } });
    } catch {
      // What waits is asked again, and says itself what is wrong.
    }
    sessionIsBack();
  };
}
