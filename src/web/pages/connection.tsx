import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useServerNow } from '../clock.ts';
import { BringRecords } from '../components/connections/bring-records.tsx';
import { DataWord, EnvironmentTag, OwnerName } from '../components/connections/connection-bits.tsx';
import { MetricsTab } from '../components/connections/metrics-tab.tsx';
import { Overview } from '../components/connections/overview.tsx';
import { SearchTabs } from '../components/connections/search-tabs.tsx';
import { SettingsTab } from '../components/connections/settings-tab.tsx';
import { ActionResult, SyncButtons, useSyncActions } from '../components/connections/sync-actions.tsx';
import { SyncsTab } from '../components/connections/syncs-tab.tsx';
import { TroubleNote } from '../components/connections/trouble-note.tsx';
import { BackIcon } from '../components/icons.tsx';
import { isNotFound, Notice } from '../components/notices.tsx';
import { Asked, LinesSkeleton, PageHead } from '../components/ui/page-parts.tsx';
import { dataStateOf, dataThroughOf, isBrought, troubleOf } from '../connection-condition.ts';
import {
  boundQuery,
  type Connection,
  connectionQuery,
  connectorsQuery,
  healthQuery,
  membersQuery,
} from '../connection-queries.ts';
import { markedTitleOf } from '../connector-title.ts';
import { useLanguage } from '../language.tsx';
import { useMe } from '../use-me.ts';
import { agoOf } from '../words.ts';

const route = getRouteApi('/connections/$key');
type Tab = 'overview' | 'metrics' | 'syncs' | 'data' | 'settings';

export function ConnectionPage() {
  const { t } = useLanguage();
  const { key } = route.useParams();
  const query = useQuery(connectionQuery(key));
  if (isNotFound(query.error))
    return (
      <Notice title={t('web.connections.not_found')}>
        <p>
          <Link to="/connections" className="link">
            {t('web.nav.connections')}
          </Link>
        </p>
      </Notice>
    );
  return (
    <Asked query={query} skeleton={<LinesSkeleton lines={8} />}>
      {({ data, version }) => <OneConnection key={data.id} connection={data} version={version} />}
    </Asked>
  );
}

function OneConnection({ connection, version }: { connection: Connection; version: string | null }) {
  const { t } = useLanguage();
  const {
    tab,
    after = null,
    run = null,
  } = route.useSearch() as Record<'tab' | 'after' | 'run', string | undefined>;
  const now = useServerNow();
  const { me, mayEdit } = useMe();
  const { data: all = [] } = useQuery(boundQuery);
  const { data: connectors } = useQuery(connectorsQuery);
  const { data: runs } = useQuery(healthQuery(connection.key));
  const actions = useSyncActions(connection.key);
  const bound = all.filter(({ source }) => source?.connectionKey === connection.key);
  const connector = connectors?.find(({ id }) => id === connection.connectorId);
  const trouble = troubleOf(connection, bound, now);
  const mayChange = mayEdit || (me?.user != null && me.user.name === connection.owner);
  const tabs: Tab[] = isBrought(connection)
    ? ['overview', 'data', 'metrics', 'syncs', 'settings']
    : ['overview', 'metrics', 'syncs', 'settings'];
  const open = tabs.find((name) => name === tab) ?? 'overview';
  return (
    <>
      <PageHead
        title={connection.title}
        back={
          <p className="mb-2 text-[13px]">
            <Link
              to="/connections"
              className="inline-flex min-h-6 items-center gap-1 rounded-sm text-muted hover:text-ink"
            >
              <BackIcon />
              {t('web.nav.connections')}
            </Link>
          </p>
        }
        actions={mayChange ? <SyncButtons actions={actions} connection={connection} /> : undefined}
      >
        <Head
          connection={connection}
          provider={markedTitleOf(t, connection.connectorId, connector)}
          state={dataStateOf(connection, bound, trouble)}
          through={dataThroughOf(bound)}
        />
      </PageHead>
      <div className="mb-5 space-y-3 empty:hidden">
        {trouble === null ? null : (
          <TroubleNote connection={connection} trouble={trouble} runs={runs} mayChange={mayChange} />
        )}
        <ActionResult actions={actions} told={trouble === 'failing'} />
      </div>
      <SearchTabs
        label={t('web.connections.parts')}
        connection={connection.key}
        open={open}
        tabs={tabs.map((name) => ({ name, label: t(`web.connections.tab.${name}`) }))}
      />
      {open === 'overview' ? (
        <Overview connection={connection} connector={connector} bound={bound} mayChange={mayChange} />
      ) : null}
      {open === 'data' ? <BringRecords connection={connection.key} /> : null}
      {open === 'metrics' ? <MetricsTab connection={connection.key} bound={bound} mayEdit={mayEdit} /> : null}
      {open === 'syncs' ? <SyncsTab connection={connection.key} after={after} open={run} /> : null}
      {open === 'settings' ? (
        <SettingsTab connection={connection} version={version} connector={connector} mayChange={mayChange} />
      ) : null}
    </>
  );
}

function Head(props: {
  connection: Connection;
  provider: string;
  state: Parameters<typeof DataWord>[0]['state'];
  through: string | null;
}) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  const { connection, provider, state, through } = props;
  const { data: members } = useQuery(membersQuery);
  const fetched = agoOf(t, connection.lastSuccessAt, now);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
      <DataWord state={state} />
      <EnvironmentTag environment={connection.environment} />
      <span>
        {provider} · <code className="font-mono text-xs">{connection.key}</code> ·{' '}
        <OwnerName owner={connection.owner} members={members} />
      </span>
      <span className="tabular-nums">
        {[
          through === null ? null : t('time.data_through', { day: format.day(through) }),
          isBrought(connection)
            ? null
            : fetched === null
              ? t('web.connections.never_fetched')
              : t('web.connections.fetched', { ago: fetched }),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </span>
    </div>
  );
}
