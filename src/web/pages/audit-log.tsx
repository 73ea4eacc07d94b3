import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { AuditFilters } from '../components/settings/audit-filters.tsx';
import { AuditEntry } from '../components/settings/audit-line.tsx';
import { SettingsPage } from '../components/settings/settings-page.tsx';
import { Asked, EmptyState } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { auditLogQuery, membersQuery } from '../setup-queries.ts';
import { useMe } from '../use-me.ts';

const route = getRouteApi('/settings/audit-log');

/** Every change, the newest first, page by page. Filter and page are part of the address. */
export function AuditLogPage() {
  const { t } = useLanguage();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { me } = useMe();
  const { data: members = [] } = useQuery(membersQuery);
  const { cursor, since, what, who } = search;
  const query = useQuery(
    auditLogQuery({
      actor: who ?? null,
      objectType: what ?? null,
      from: startOf(since),
      cursor: cursor ?? null,
    }),
  );
  const chosen = { who, what, since };
  return (
    <SettingsPage title="web.settings.audit" about={t('web.audit.about')}>
      {me !== null && me.role !== 'admin' ? null : (
        <AuditFilters
          search={search}
          names={members.map(({ name }) => name)}
          onFilter={(next) => void navigate({ search: next })}
        />
      )}
      <Asked query={query}>
        {({ data: lines, page }) => (
          <>
            {lines.length === 0 ? (
              <EmptyState
                title={t('web.audit.none')}
                action={
                  <Link to="/settings/audit-log" className="button">
                    {t('web.audit.show_all')}
                  </Link>
                }
              >
                {t('web.audit.none_text')}
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
                {lines.map((line) => (
                  <AuditEntry key={line.id} line={line} />
                ))}
              </ul>
            )}
            <nav aria-label={t('web.audit.pages')} className="mt-4 flex justify-between gap-3">
              {cursor === undefined ? (
                <span />
              ) : (
                <Link to="/settings/audit-log" search={chosen} className="button">
                  {t('web.audit.newest')}
                </Link>
              )}
              {page.nextCursor === null ? null : (
                <Link
                  to="/settings/audit-log"
                  search={{ ...chosen, cursor: page.nextCursor }}
                  className="button"
                >
                  {t('web.audit.older')}
                </Link>
              )}
            </nav>
          </>
        )}
      </Asked>
    </SettingsPage>
  );
}

/** The first instant of a day where the reader is, as times on this page are told. */
function startOf(day: string | undefined): string | null {
  const at = new Date(`${day ?? ''}T00:00:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
