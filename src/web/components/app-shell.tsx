import { Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useLanguage } from '../language.tsx';
import { useLostSession } from '../session.ts';
import { AlertCount } from './alerts/alert-count.tsx';
import { Icon, Logo } from './icons.tsx';
import { LanguageSwitch } from './shell/language-switch.tsx';
import { SandboxLabel } from './shell/sandbox-label.tsx';
import { useShortcuts } from './shell/use-shortcuts.ts';
import { UserMenu } from './shell/user-menu.tsx';
import { Toaster } from './ui/toast.tsx';

/** Loaded when somebody first asks for them. */
const Palette = lazy(async () => ({ default: (await import('./shell/palette.tsx')).Palette }));
const ShortcutList = lazy(async () => ({
  default: (await import('./shell/shortcut-list.tsx')).ShortcutList,
}));
const SessionDialog = lazy(async () => ({
  default: (await import('./shell/session-dialog.tsx')).SessionDialog,
}));

export function AppShell() {
  const { t } = useLanguage();
  const [above, setAbove] = useState<'palette' | 'help' | null>(null);
  const lost = useLostSession();
  useShortcuts(setAbove);
  return (
    <>
      <a href="#content" className="skip-link">
        {t('page.skip_to_content')}
      </a>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex h-13 max-w-[1280px] items-center gap-2 px-4 sm:gap-3 sm:px-6">
          <Link
            to="/"
            className="flex items-center gap-2.5 rounded-md text-[15px] font-semibold tracking-tight"
          >
            <Logo />
            {t('app.name')}
          </Link>
          <SandboxLabel />
          <PageLinks className="ml-4 hidden md:flex" />
          <div className="flex-1" />
          <button
            type="button"
            onClick={() => setAbove('palette')}
            aria-label={t('web.palette')}
            aria-keyshortcuts="Control+K Meta+K"
            title={t('web.palette.hint')}
            className="icon-button"
          >
            <Icon path="M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6ZM10.6 10.6l3.2 3.2" />
          </button>
          <div className="hidden sm:block">
            <LanguageSwitch />
          </div>
          <UserMenu onShortcuts={() => setAbove('help')} />
        </div>
        <PageLinks className="page-links-narrow md:hidden" />
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-[1280px] px-4 pt-6 pb-20 outline-none sm:px-6"
      >
        <Outlet />
      </main>
      <Toaster />
      <Suspense>
        {above === 'palette' ? (
          <Palette
            onClose={() => setAbove((open) => (open === 'palette' ? null : open))}
            onHelp={() => setAbove('help')}
          />
        ) : null}
        {above === 'help' ? <ShortcutList onClose={() => setAbove(null)} /> : null}
        {lost ? <SessionDialog /> : null}
      </Suspense>
    </>
  );
}

const PAGES = [
  { to: '/', word: 'web.nav.board', exact: true },
  { to: '/connections', word: 'web.nav.connections', exact: false },
  { to: '/alerts', word: 'web.nav.alerts', exact: false },
  { to: '/settings', word: 'web.nav.settings', exact: false },
] as const;

/** Beside the name where there is room, below it where there is not. */
function PageLinks({ className }: { className: string }) {
  const { t } = useLanguage();
  return (
    <nav aria-label={t('web.nav.label')} className={`gap-1 ${className}`}>
      {PAGES.map(({ to, word, exact }) => (
        <Link key={to} to={to} activeOptions={{ exact, includeSearch: false }} className="page-link">
          {t(word)}
          {to === '/alerts' ? <AlertCount /> : null}
        </Link>
      ))}
    </nav>
  );
}
