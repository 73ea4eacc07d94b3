import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Alert, channelsQuery, openAlertsQuery, overAlertsQuery } from '../alerts-queries.ts';
import { AlertGroupCard } from '../components/alerts/alert-group.tsx';
import { AlertTabs } from '../components/alerts/alert-tabs.tsx';
import { grouped } from '../components/alerts/alert-words.ts';
import { Pages } from '../components/alerts/chip.tsx';
import { InboxFilters, type InboxView, inboxView, seenIn } from '../components/alerts/inbox-filters.tsx';
import { SnoozeDialog } from '../components/alerts/snooze-dialog.tsx';
import { Snoozes } from '../components/alerts/snoozes.tsx';
import { Asked, EmptyState, PageHead } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { useMe } from '../use-me.ts';
import { changed, useWords, type Words } from '../use-words.ts';

/** What burns and what is about to, the most urgent first; and what is over, page by page. */
export function AlertsPage() {
  const { t } = useLanguage();
  return (
    <>
      <PageHead title={t('web.nav.alerts')}>
        <p>{t('web.alerts.intro')}</p>
      </PageHead>
      <AlertTabs />
      <Inbox />
    </>
  );
}

function Inbox() {
  const { words, put } = useWords();
  const open = useQuery(openAlertsQuery);
  const view = inboxView(words);
  const silencing = open.data?.find(({ id }) => id === words['snooze']) ?? null;
  const onSnooze = (alert: Alert) => put({ snooze: alert.id }, true);
  return (
    <>
      <Asked query={open}>
        {(alerts) => (
          <>
            <InboxFilters open={alerts} words={words} />
            {view.state === 'over' ? (
              <Over view={view} words={words} onSnooze={onSnooze} />
            ) : (
              <Open alerts={alerts} view={view} words={words} onSnooze={onSnooze} />
            )}
          </>
        )}
      </Asked>
      {open.data === undefined ? null : <Snoozes />}
      <SnoozeDialog alert={silencing} onClose={() => put({ snooze: undefined })} />
    </>
  );
}

type ListProps = { view: InboxView; words: Words; onSnooze: (alert: Alert) => void };

function Open({ alerts, onSnooze, view, words }: ListProps & { alerts: Alert[] }) {
  const { t } = useLanguage();
  const { me } = useMe();
  const seen = seenIn(view, alerts, me?.user?.name ?? null);
  if (alerts.length === 0) return <Quiet />;
  if (seen.length === 0) return <NothingLeft words={words} />;
  const [firing, pending] = (['firing', 'pending'] as const).map((state) =>
    grouped(seen.filter((alert) => alert.state === state)),
  );
  return (
    <>
      <NoChannel />
      {[
        { groups: firing ?? [], title: t('web.alerts.firing_now') },
        { groups: pending ?? [], title: t('web.alerts.pending_now') },
      ].map(({ groups, title }) =>
        groups.length === 0 ? null : (
          <section key={title} className="mb-6">
            <h2 className="mb-2 font-semibold">{title}</h2>
            {groups.map((group) => (
              <AlertGroupCard key={`${group.about} ${group.key}`} group={group} onSnooze={onSnooze} />
            ))}
          </section>
        ),
      )}
    </>
  );
}

function Over({ onSnooze, view, words }: ListProps) {
  const { t } = useLanguage();
  const { me } = useMe();
  const { kind, mine, severity } = view;
  const owner = mine ? (me?.user?.name ?? null) : null;
  const query = useQuery(overAlertsQuery({ kind, severity, owner }, words['after'] ?? null));
  return (
    <Asked query={query}>
      {({ data, page }) =>
        data.length === 0 ? (
          <EmptyState title={t('web.alerts.none_over')}>
            <p>{t('web.alerts.none_over_hint')}</p>
          </EmptyState>
        ) : (
          <>
            {data.map((alert) => (
              <AlertGroupCard
                key={alert.id}
                group={{
                  key: alert.keyResultKey ?? alert.connectionKey ?? alert.id,
                  title: alert.title,
                  titles: alert.titles,
                  about: alert.connectionKey === null ? 'key_result' : 'connection',
                  alerts: [alert],
                }}
                onSnooze={onSnooze}
              />
            ))}
            <Pages
              words={words}
              next={page.nextCursor}
              older={t('web.alerts.older')}
              newest={t('web.alerts.newest')}
            />
          </>
        )
      }
    </Asked>
  );
}

function Quiet() {
  const { t } = useLanguage();
  return (
    <EmptyState
      title={t('web.alerts.quiet')}
      action={
        <Link to="/alerts/rules" search={{}} className="button">
          {t('web.alerts.see_rules')}
        </Link>
      }
    >
      <p>{t('web.alerts.quiet_hint')}</p>
    </EmptyState>
  );
}

function NothingLeft({ words }: { words: Words }) {
  const { t } = useLanguage();
  const none = { state: undefined, kind: undefined, severity: undefined, mine: undefined, after: undefined };
  return (
    <p className="rounded-xl border border-line bg-surface px-5 py-8 text-center text-muted">
      {t('web.alerts.filter.nothing')}{' '}
      <Link to="." search={changed(words, none) as never} className="link">
        {t('web.filter.clear')}
      </Link>
    </p>
  );
}

/** Something burns and no channel is there to carry it: whoever does not look here does not know. */
function NoChannel() {
  const { t } = useLanguage();
  const { data } = useQuery(channelsQuery);
  if (data === undefined || data.some(({ enabled, settings }) => enabled && settings !== null)) return null;
  return (
    <p className="mb-4 rounded-lg bg-warn-soft px-3.5 py-2 text-[14px] text-warn">
      {t('web.alerts.no_channel')}{' '}
      <Link to="/alerts/channels" search={{}} className="link">
        {t('web.channels.add')}
      </Link>
    </p>
  );
}
