import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { useLanguage } from '../../language.tsx';
import { useMe } from '../../use-me.ts';
import { FormProblem } from '../form.tsx';
import { Icon } from '../icons.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { useSignOut } from './use-sign-out.ts';
import { WorkspaceSwitch } from './workspace-switch.tsx';

/**
 * Who one is here, and what is one's own: the browser's own popover, which closes by Escape and by a click elsewhere, and
 * gives the focus back.
 */
export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useLanguage();
  const { me } = useMe();
  const panel = useRef<HTMLDivElement>(null);
  const close = () => panel.current?.hidePopover();
  return (
    <>
      <button type="button" popoverTarget="user-menu" className="icon-button" aria-label={t('web.menu')}>
        <Icon path="M8 2.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM2.6 14c.5-2.9 2.5-4.4 5.4-4.4s4.9 1.5 5.4 4.4" />
      </button>
      <div ref={panel} id="user-menu" popover="auto" className="user-menu">
        {me === null ? null : (
          <>
            <div className="px-4 py-3">
              <p className="font-medium break-words">{me.user?.name ?? t('web.menu.operator')}</p>
              {me.user === null ? null : (
                <p className="text-[13px] break-words text-muted">{me.user.email}</p>
              )}
              <p className="mt-1 text-[13px] break-words text-muted">
                {t('web.menu.role_in', { role: t(`role.${me.role}`), workspace: me.workspace.name })}
              </p>
            </div>
            <WorkspaceSwitch me={me} />
            <Part>
              <Link to="/settings/account" onClick={close} className="menu-line">
                {t('web.settings.account')}
              </Link>
              <button
                type="button"
                onClick={() => {
                  close();
                  onShortcuts();
                }}
                className="menu-line"
              >
                {t('web.shortcuts')}
              </button>
            </Part>
          </>
        )}
        <Part>
          <div className="space-y-2 px-4 py-1.5">
            <p className="text-[12px] text-muted">{t('page.theme')}</p>
            <ThemeSwitch />
            <p className="text-[12px] text-muted">{t('page.language')}</p>
            <LanguageSwitch wide />
          </div>
        </Part>
        {me === null || me.by !== 'session' ? null : <SignOut onDone={close} />}
      </div>
    </>
  );
}

function Part({ children }: { children: ReactNode }) {
  return <div className="border-t border-line py-1.5 first:border-t-0">{children}</div>;
}

function SignOut({ onDone }: { onDone: () => void }) {
  const { t } = useLanguage();
  const { busy, error, run } = useSignOut();
  return (
    <Part>
      <button
        type="button"
        disabled={busy}
        onClick={() => void run().then((out) => out === null && onDone())}
        className="menu-line"
      >
        {t('web.menu.sign_out')}
      </button>
      <div className="px-4">
        <FormProblem error={error} />
      </div>
    </Part>
  );
}
