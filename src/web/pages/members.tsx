import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { InviteDialog } from '../components/settings/invite-dialog.tsx';
import { MemberRow } from '../components/settings/member-row.tsx';
import { RoleGuide } from '../components/settings/role-guide.tsx';
import { SettingsPage } from '../components/settings/settings-page.tsx';
import { Asked, EmptyState } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { membersQuery } from '../setup-queries.ts';
import { useMe } from '../use-me.ts';

const route = getRouteApi('/settings/members');

/** Who may see and change what, in this workspace. The open dialog is part of the address. */
export function MembersPage() {
  const { t } = useLanguage();
  const { mayAdmin, me } = useMe();
  const { invite } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(membersQuery);
  const open = (next: boolean) =>
    void navigate({ search: next ? { invite: '1' } : {}, replace: !next, resetScroll: false });
  return (
    <SettingsPage
      title="web.settings.members"
      about={t(mayAdmin ? 'web.members.about' : 'web.members.about_reader')}
      actions={
        mayAdmin ? (
          <button type="button" onClick={() => open(true)} className="button button-main">
            {t('web.members.invite')}
          </button>
        ) : undefined
      }
    >
      <Asked query={query}>
        {(members) =>
          members.length === 0 ? (
            <EmptyState title={t('web.members.none')}>{t('web.members.none_text')}</EmptyState>
          ) : (
            <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
              {members.map((member) => (
                <MemberRow
                  key={member.id}
                  member={member}
                  isMe={member.id === me?.user?.id}
                  mayAdmin={mayAdmin}
                />
              ))}
            </ul>
          )
        }
      </Asked>
      <section className="mt-6 px-1">
        <h2 className="step">{t('web.members.roles')}</h2>
        <RoleGuide />
      </section>
      {invite === '1' && mayAdmin ? <InviteDialog onClose={() => open(false)} /> : null}
    </SettingsPage>
  );
}
