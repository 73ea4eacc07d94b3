import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { failureOf, markOf } from '../../connection-condition.ts';
import { type Run, runsQuery } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { Asked, EmptyState } from '../ui/page-parts.tsx';
import { RunDrawer } from './run-drawer.tsx';
import { durationMsOf, RunWord } from './run-word.tsx';

type Props = { connection: string; after: string | null; open: string | null };

/** Its syncs, the newest first, page by page; one of them opens beside. */
export function SyncsTab({ after, connection, open }: Props) {
  const { t } = useLanguage();
  const query = useQuery(runsQuery(connection, after));
  const here = { to: '/connections/$key', params: { key: connection } } as const;
  return (
    <>
      <Asked query={query} inside>
        {({ data: runs, page }) =>
          runs.length === 0 ? (
            <EmptyState title={t('web.connections.no_runs')}>
              <p>{t('web.connections.no_runs_detail')}</p>
            </EmptyState>
          ) : (
            <>
              <div className="table-frame bg-surface">
                <table className="data-table">
                  <thead>
                    <tr>
                      <th scope="col">{t('column.status')}</th>
                      <th scope="col">{t('web.connections.started')}</th>
                      <th scope="col">{t('web.connections.why')}</th>
                      <th scope="col" className="number">
                        {t('evidence.duration')}
                      </th>
                      <th scope="col" className="number">
                        {t('web.connections.points_changed')}
                      </th>
                      <th scope="col" className="number">
                        {t('web.connections.requests')}
                      </th>
                      <th scope="col">{t('web.connections.outcome')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {runs.map((run) => (
                      <RunLine key={run.id} run={run} connection={connection} after={after} />
                    ))}
                  </tbody>
                </table>
              </div>
              <p className="mt-3 flex gap-4 text-[14px]">
                {after === null ? null : (
                  <Link {...here} search={{ tab: 'syncs' }} className="link">
                    {t('web.connections.newest')}
                  </Link>
                )}
                {page.nextCursor === null ? null : (
                  <Link {...here} search={{ tab: 'syncs', after: page.nextCursor }} className="link">
                    {t('web.connections.older')}
                  </Link>
                )}
              </p>
            </>
          )
        }
      </Asked>
      <RunDrawer id={open} connection={connection} after={after} />
    </>
  );
}

function RunLine({ after, connection, run }: { run: Run; connection: string; after: string | null }) {
  const { t, format } = useLanguage();
  const ms = durationMsOf(run);
  return (
    <tr data-run={run.id}>
      <td>
        <RunWord run={run} />
      </td>
      <td>
        <Link
          to="/connections/$key"
          params={{ key: connection }}
          search={{ tab: 'syncs', run: run.id, ...(after === null ? {} : { after }) }}
          className="link"
        >
          {format.instant(run.startedAt ?? run.slot)}
        </Link>
      </td>
      <td>{t(`web.trigger.${run.trigger}`)}</td>
      <td className="number">{ms === null ? '–' : format.duration(ms)}</td>
      <td className="number">
        {format.number(run.points.changed)} / {format.number(run.points.read)}
      </td>
      <td className="number">{format.number(run.requests)}</td>
      <td className="max-w-md whitespace-normal">
        {run.error === null || markOf(run) !== 'failed' ? null : (
          <span className="block min-w-56">{t(`web.connections.failure.${failureOf(run.error.class)}`)}</span>
        )}
      </td>
    </tr>
  );
}
