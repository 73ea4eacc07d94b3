import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useServerNow } from '../../clock.ts';
import { dataStateOf, dataThroughOf, isBrought, type Trouble } from '../../connection-condition.ts';
import {
  type BoundKeyResult,
  type Connection,
  type ConnectionMetric,
  healthQuery,
  type Member,
} from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { agoOf } from '../../words.ts';
import { DataWord, EnvironmentTag, OwnerName } from './connection-bits.tsx';
import { HealthStrip } from './health-strip.tsx';
import { QuotaLines } from './quota.tsx';
import { ActionResult, SyncButtons, useSyncActions } from './sync-actions.tsx';
import { timeUntil } from './time-until.ts';
import { TroubleNote } from './trouble-note.tsx';

export type ConnectionRowProps = {
  connection: Connection;
  connectorTitle: string;
  trouble: Trouble | null;
  bound: readonly BoundKeyResult[];
  metrics: readonly ConnectionMetric[];
  members: readonly Member[] | undefined;
  mayChange: boolean;
};

/** One connection as it stands: what it is, how fresh, how healthy, what hangs on it, and what to do. */
export function ConnectionRow({ mayChange, ...props }: ConnectionRowProps) {
  const { bound, connection, metrics, trouble } = props;
  const { data: runs } = useQuery(healthQuery(connection.key));
  const actions = useSyncActions(connection.key);
  return (
    <li data-connection={connection.key} className="border-t border-line px-4 py-4 first:border-t-0 sm:px-5">
      <div className="grid items-start gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_11rem_12rem_11rem]">
        <Identity {...props} />
        <Freshness connection={connection} trouble={trouble} bound={bound} />
        {runs === undefined || isBrought(connection) ? <span /> : <HealthStrip runs={runs} />}
        <Use connection={connection} metrics={metrics.length} keyResults={bound.length} />
      </div>
      {trouble === null ? null : (
        <div className="mt-3">
          <TroubleNote connection={connection} trouble={trouble} runs={runs} mayChange={mayChange} />
        </div>
      )}
      {mayChange ? (
        <div className="mt-3 space-y-2">
          <SyncButtons actions={actions} connection={connection} />
          <ActionResult actions={actions} told={trouble === 'failing'} />
        </div>
      ) : null}
    </li>
  );
}

function Identity({ connection, connectorTitle, members }: Omit<ConnectionRowProps, 'mayChange'>) {
  return (
    <div className="min-w-0">
      <h2 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
        <Link
          to="/connections/$key"
          params={{ key: connection.key }}
          data-row-link
          className="min-w-0 rounded-sm break-words hover:underline"
        >
          {connection.title}
        </Link>
        <EnvironmentTag environment={connection.environment} />
      </h2>
      <p className="mt-0.5 text-[13px] break-words text-muted">
        {connectorTitle} · <code className="font-mono text-xs">{connection.key}</code> ·{' '}
        <OwnerName owner={connection.owner} members={members} />
      </p>
    </div>
  );
}

function Freshness(props: Pick<ConnectionRowProps, 'connection' | 'trouble' | 'bound'>) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  const { bound, connection, trouble } = props;
  const through = dataThroughOf(bound);
  const fetched = agoOf(t, connection.lastSuccessAt, now);
  return (
    <div className="text-xs text-muted tabular-nums">
      <DataWord state={dataStateOf(connection, bound, trouble)} />
      {through === null ? null : (
        <p className="mt-1">{t('time.data_through', { day: format.day(through) })}</p>
      )}
      {isBrought(connection) ? null : (
        <p title={format.instant(connection.lastSuccessAt)}>
          {fetched === null
            ? t('web.connections.never_fetched')
            : t('web.connections.fetched', { ago: fetched })}
        </p>
      )}
    </div>
  );
}

function Use({
  connection,
  keyResults,
  metrics,
}: {
  connection: Connection;
  metrics: number;
  keyResults: number;
}) {
  const { t } = useLanguage();
  const now = useServerNow();
  const next =
    connection.schedule?.enabled === true ? timeUntil(t, connection.schedule.nextDueAt, now) : null;
  return (
    <div className="space-y-0.5 text-xs text-muted tabular-nums">
      <p>
        <Link
          to="/connections/$key"
          params={{ key: connection.key }}
          search={{ tab: 'metrics' }}
          className="link"
        >
          {t('web.connections.hangs', { metrics, keyResults })}
        </Link>
      </p>
      <QuotaLines connection={connection.key} brief />
      {next === null || isBrought(connection) ? null : (
        <p>{t('web.connections.next_sync', { wait: next })}</p>
      )}
    </div>
  );
}
