import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { MessageKey } from '../../../i18n/index.ts';
import { useLanguage } from '../../language.tsx';
import { meQuery } from '../../use-me.ts';
import { isSignedOut } from '../notices.tsx';
import { SignedOut } from '../sign-in-form.tsx';
import { PageHead } from '../ui/page-parts.tsx';

const TABS = [
  { to: '/settings', word: 'web.settings.workspace' },
  { to: '/settings/members', word: 'web.settings.members' },
  { to: '/settings/cycles', word: 'web.settings.cycles' },
  { to: '/settings/account', word: 'web.settings.account' },
  { to: '/settings/audit-log', word: 'web.settings.audit' },
  { to: '/settings/data', word: 'web.settings.data' },
] as const;

/** The frame of every part of the settings: where one is among them, its name, and what can be done. */
export function SettingsPage(props: {
  title: MessageKey;
  about: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useLanguage();
  const { data, error } = useQuery(meQuery);
  if (data === undefined && isSignedOut(error)) return <SignedOut />;
  return (
    <>
      {/* On a narrow window they stand in two lines: nothing has to be looked for sideways. */}
      <nav aria-label={t('web.nav.settings')} className="tabs mb-5 flex-wrap overflow-visible">
        {TABS.map(({ to, word }) => (
          <Link key={to} to={to} className="tab" activeOptions={{ exact: true, includeSearch: false }}>
            {t(word)}
          </Link>
        ))}
        {/* Not a page of ours, so the browser goes there by itself. */}
        {data?.runsInstallation === true ? (
          <a href="/queues" className="tab">
            {t('web.settings.queues')}
          </a>
        ) : null}
      </nav>
      <PageHead title={t(props.title)} actions={props.actions}>
        {props.about}
      </PageHead>
      {props.children}
    </>
  );
}
