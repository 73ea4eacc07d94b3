import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useServerNow } from '../clock.ts';
import { ConnectionFilters, type ConnectionSearch } from '../components/connections/connection-filters.tsx';
import { ConnectionRow } from '../components/connections/connection-row.tsx';
import { Asked, EmptyState, PageHead } from '../components/ui/page-parts.tsx';
import { byAttention, dataStateOf, type Trouble, troubleOf } from '../connection-condition.ts';
import {
  type BoundKeyResult,
  boundQuery,
  type Connection,
  connectionsQuery,
  connectorsQuery,
  membersQuery,
  metricsQuery,
} from '../connection-queries.ts';
import { markedTitleOf } from '../connector-title.ts';
import { useLanguage } from '../language.tsx';
import { useMe } from '../use-me.ts';

const route = getRouteApi('/connections');

export function ConnectionsPage() {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  const query = useQuery(connectionsQuery);
  return (
    <>
      <PageHead
        title={t('web.nav.connections')}
        actions={
          mayEdit ? (
            <Link to="/connections/new" className="button button-main">
              {t('web.connections.add')}
            </Link>
          ) : undefined
        }
      >
        <p>{t('web.connections.about')}</p>
      </PageHead>
      <Asked query={query}>
        {(connections) =>
          connections.length === 0 ? <NoConnection /> : <ConnectionList connections={connections} />
        }
      </Asked>
    </>
  );
}

function NoConnection() {
  const { t } = useLanguage();
  const { mayEdit } = useMe();
  return (
    <EmptyState
      title={t('web.connections.empty_title')}
      action={
        mayEdit ? (
          <Link to="/connections/new" className="button button-main">
            {t('web.connections.add')}
          </Link>
        ) : undefined
      }
    >
      <p>{t('web.connections.empty')}</p>
    </EmptyState>
  );
}

type Row = { connection: Connection; bound: BoundKeyResult[]; trouble: Trouble | null };

function ConnectionList({ connections }: { connections: readonly Connection[] }) {
  const { t } = useLanguage();
  const search: ConnectionSearch = route.useSearch();
  const now = useServerNow();
  const { me, mayEdit } = useMe();
  const { data: bound = [] } = useQuery(boundQuery);
  const { data: metrics = [] } = useQuery(metricsQuery);
  const { data: connectors = [] } = useQuery(connectorsQuery);
  const { data: members } = useQuery(membersQuery);
  const nameOf = (id: string) =>
    markedTitleOf(
      t,
      id,
      connectors.find((connector) => connector.id === id),
    );
  const rows = byAttention(
    connections.map((connection): Row => {
      const own = bound.filter(({ source }) => source?.connectionKey === connection.key);
      return { connection, bound: own, trouble: troubleOf(connection, own, now) };
    }),
  ).filter((row) => isFound(row, search));
  const used = [...new Set(connections.map(({ connectorId }) => connectorId))];
  return (
    <>
      <ConnectionFilters search={search} providers={used.map((id) => ({ value: id, label: nameOf(id) }))} />
      {rows.length === 0 ? (
        <p className="rounded-xl border border-line bg-surface px-5 py-8 text-center text-muted">
          {t('web.connections.nothing_found')}{' '}
          <Link to="/connections" className="link">
            {t('web.connections.show_all')}
          </Link>
        </p>
      ) : (
        <ul className="overflow-hidden rounded-xl border border-line bg-surface">
          {rows.map((row) => (
            <ConnectionRow
              key={row.connection.id}
              {...row}
              connectorTitle={nameOf(row.connection.connectorId)}
              metrics={metrics.filter(({ connectionKey }) => connectionKey === row.connection.key)}
              members={members}
              mayChange={mayEdit || (me?.user != null && me.user.name === row.connection.owner)}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function isFound({ bound, connection, trouble }: Row, { data, provider, q }: ConnectionSearch): boolean {
  const words = (q ?? '').trim().toLowerCase();
  const text = [connection.title, connection.key, connection.owner ?? ''].join(' ').toLowerCase();
  return (
    (words === '' || text.includes(words)) &&
    (!provider || connection.connectorId === provider) &&
    (!data || dataStateOf(connection, bound, trouble) === data)
  );
}
