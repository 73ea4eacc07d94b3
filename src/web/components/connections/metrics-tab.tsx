import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { titleIn } from '../../../i18n/index.ts';
import { call } from '../../api.ts';
import {
  type BoundKeyResult,
  type ConnectionMetric,
  type Coverage,
  coverageQuery,
  metricsQuery,
} from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { Asked, EmptyState } from '../ui/page-parts.tsx';
import { say } from '../ui/toast.tsx';
import { RenameMetric } from './rename-metric.tsx';

type Props = { connection: string; bound: readonly BoundKeyResult[]; mayEdit: boolean };

/** What it measures, how far each reaches, and who uses it. */
export function MetricsTab({ bound, connection, mayEdit }: Props) {
  const { t } = useLanguage();
  const query = useQuery(metricsQuery);
  const { data: coverage = [] } = useQuery(coverageQuery(connection));
  return (
    <Asked query={query} inside>
      {(all) => {
        const metrics = all.filter(({ connectionKey }) => connectionKey === connection);
        if (metrics.length === 0)
          return (
            <EmptyState
              title={t('web.connections.no_metrics_title')}
              action={
                mayEdit ? (
                  <Link to="/new" className="button button-main">
                    {t('web.nav.add')}
                  </Link>
                ) : undefined
              }
            >
              <p>{t('web.connections.no_metrics')}</p>
            </EmptyState>
          );
        return (
          <ul className="rounded-xl border border-line bg-surface">
            {metrics.map((metric) => (
              <MetricLine
                key={metric.id}
                metric={metric}
                coverage={coverage.find(({ metricKey }) => metricKey === metric.key)}
                users={bound.filter(({ source }) => source?.metricKey === metric.key)}
                mayEdit={mayEdit}
              />
            ))}
          </ul>
        );
      }}
    </Asked>
  );
}

function MetricLine(props: {
  metric: ConnectionMetric;
  coverage: Coverage | undefined;
  users: readonly BoundKeyResult[];
  mayEdit: boolean;
}) {
  const { t } = useLanguage();
  const { coverage, mayEdit, metric, users } = props;
  const [renaming, setRenaming] = useState(false);
  const restore = useChange(() => call('restoreMetric', { params: { id: metric.id } }));
  const archive = useChange(
    () => call('archiveMetric', { params: { id: metric.id } }),
    () =>
      say(t('web.connections.metric_archived', { title: metric.title }), () => void restore.run(undefined)),
  );
  return (
    <li data-metric={metric.key} className="border-t border-line px-4 py-3.5 first:border-t-0 sm:px-5">
      <div className="grid items-start gap-x-6 gap-y-2 lg:grid-cols-[minmax(0,1fr)_16rem_auto]">
        <MetricIdentity metric={metric} users={users} />
        <Reach coverage={coverage} />
        {mayEdit ? (
          <div className="flex gap-2">
            <button
              type="button"
              className="button"
              aria-label={t('web.connections.rename_of', { title: metric.title })}
              onClick={() => setRenaming(true)}
            >
              {t('web.connections.rename')}
            </button>
            <button
              type="button"
              className="button"
              disabled={archive.busy}
              aria-label={t('web.connections.archive_of', { title: metric.title })}
              onClick={() => void archive.run(undefined)}
            >
              {t('web.connections.archive')}
            </button>
          </div>
        ) : null}
      </div>
      <FormProblem error={archive.error ?? restore.error} />
      <RenameMetric metric={metric} open={renaming} onClose={() => setRenaming(false)} />
    </li>
  );
}

function MetricIdentity({ metric, users }: { metric: ConnectionMetric; users: readonly BoundKeyResult[] }) {
  const { t } = useLanguage();
  const params = Object.entries(metric.params).filter(([, value]) => value !== null && value !== '');
  return (
    <div className="min-w-0">
      <h3 className="font-medium break-words">{metric.title}</h3>
      <p className="mt-0.5 text-[13px] break-words text-muted">
        <code className="font-mono text-xs">{metric.key}</code> · {metric.connectorMetric} ·{' '}
        {t(`kind.${metric.kind}`)} · {unitWord(t, metric)} · {metric.timeZone}
      </p>
      {params.length === 0 ? null : (
        <p className="mt-0.5 font-mono text-xs break-all text-muted">
          {params
            .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
            .join('  ')}
        </p>
      )}
      <p className="mt-1 text-[13px] break-words">
        {users.length === 0 ? <span className="text-muted">{t('web.connections.unused')}</span> : null}
        {users.map((row, index) => (
          <span key={row.id}>
            {index === 0 ? null : ', '}
            <Link to="/key-results/$key" params={{ key: row.key }} className="link">
              {titleIn(t.lang, row)}
            </Link>
          </span>
        ))}
      </p>
    </div>
  );
}

const UNITS = ['count', 'money', 'ratio', 'duration', 'rating', 'score'] as const;

function unitWord(t: ReturnType<typeof useLanguage>['t'], { currency, unit }: ConnectionMetric): string {
  if (currency !== null) return currency.toUpperCase();
  const known = UNITS.find((each) => each === unit);
  return known === undefined ? unit.replace('custom:', '') : t(`web.connections.unit.${known}`);
}

function Reach({ coverage }: { coverage: Coverage | undefined }) {
  const { t, format } = useLanguage();
  if (coverage === undefined) return <span />;
  if (coverage.throughDay === null) return <p className="text-[13px] text-muted">{t('state.no_data')}</p>;
  return (
    <div className="text-[13px] text-muted tabular-nums">
      <p>{t('web.connections.newest_day', { day: format.day(coverage.throughDay) })}</p>
      <p>
        {t('web.connections.points_since', { count: coverage.points, day: format.day(coverage.firstDay) })}
      </p>
    </div>
  );
}
