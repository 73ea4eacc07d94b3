import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PasswordForm } from '../components/settings/password-form.tsx';
import { SettingsPage } from '../components/settings/settings-page.tsx';
import { TokenDialog } from '../components/settings/token-dialog.tsx';
import { TokenList } from '../components/settings/token-list.tsx';
import { Asked } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { meQuery } from '../use-me.ts';

const route = getRouteApi('/settings/account');

/** One's own: who one is here, the password, and tokens for programs. */
export function AccountPage() {
  const { t } = useLanguage();
  const { token } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (next: boolean) =>
    void navigate({ search: next ? { token: 'new' } : {}, replace: !next, resetScroll: false });
  return (
    <SettingsPage title="web.settings.account" about={t('web.account.about')}>
      <Asked query={useQuery(meQuery)}>
        {(me) => (
          <>
            <section className="card max-w-3xl">
              <p className="font-medium break-words">{me.user?.name ?? t('web.menu.operator')}</p>
              {me.user === null ? null : (
                <p className="text-[13px] break-words text-muted">{me.user.email}</p>
              )}
              <p className="mt-2 text-[14px] break-words">
                {t('web.menu.role_in', { role: t(`role.${me.role}`), workspace: me.workspace.name })}
              </p>
              <p className="text-[13px] text-muted">{t(`web.role.${me.role}`)}</p>
            </section>
            <section className="card max-w-3xl">
              <h2 className="mb-3 font-semibold">{t('web.account.password')}</h2>
              {me.user === null ? (
                <p className="leading-relaxed text-muted">{t('web.account.operator_text')}</p>
              ) : (
                <PasswordForm />
              )}
            </section>
            <section className="card max-w-3xl">
              <div className="mb-3 flex flex-wrap items-start justify-between gap-3">
                <div>
                  <h2 className="font-semibold">{t('web.tokens.title')}</h2>
                  <p className="text-[13px] text-muted">{t('web.tokens.about')}</p>
                </div>
                <button type="button" onClick={() => open(true)} className="button">
                  {t('web.tokens.make')}
                </button>
              </div>
              <TokenList />
            </section>
          </>
        )}
      </Asked>
      {token === 'new' ? <TokenDialog onClose={() => open(false)} /> : null}
    </SettingsPage>
  );
}
