import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Answer } from '../../../api/client-types.ts';
import { call } from '../../api.ts';
import { failureOf } from '../../connection-condition.ts';
import { isUnderWay, type Run, runEvidenceQuery, runQuery } from '../../connection-queries.ts';
import { lastDay } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { useMe } from '../../use-me.ts';
import { Digest, Fact, Facts } from '../evidence-parts.tsx';
import { FormProblem } from '../form.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Asked } from '../ui/page-parts.tsx';
import { durationMsOf, RunWord } from './run-word.tsx';

type Evidence = Answer<'listRunEvidence'>['data'][number];
type Exchange = Evidence['exchanges'][number];

/** One sync: how it ended, what it said of each metric, and every request with what came back, redacted. */
export function RunDrawer(props: { id: string | null; connection: string; after: string | null }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const { after, connection, id } = props;
  const close = () =>
    void navigate({
      to: '/connections/$key',
      params: { key: connection },
      search: { tab: 'syncs', ...(after === null ? {} : { after }) },
    });
  return (
    <Dialog open={id !== null} onClose={close} title={t('web.connections.sync_run')} shape="drawer">
      {id === null ? null : <RunDetail id={id} connection={connection} />}
    </Dialog>
  );
}

function RunDetail({ connection, id }: { id: string; connection: string }) {
  const query = useQuery(runQuery(id));
  return (
    <Asked query={query} inside>
      {(run) => (
        <>
          <RunFacts run={run} connection={connection} />
          <RunMetrics run={run} />
          {isUnderWay(run) && run.error === null ? null : <RunRequests id={id} />}
        </>
      )}
    </Asked>
  );
}

function RunFacts({ connection, run }: { run: Run; connection: string }) {
  const { t, format } = useLanguage();
  const { mayEdit } = useMe();
  const navigate = useNavigate();
  const again = useChange(
    () => call('startSync', { body: { connection } }),
    ({ data }) =>
      void navigate({
        to: '/connections/$key',
        params: { key: connection },
        search: { tab: 'syncs', run: data[0]?.id ?? run.id },
      }),
  );
  const ms = durationMsOf(run);
  return (
    <>
      <Facts>
        <Fact word={t('column.status')}>
          <RunWord run={run} />
        </Fact>
        <Fact word={t('web.connections.why')}>{t(`web.trigger.${run.trigger}`)}</Fact>
        <Fact word={t('web.connections.started')}>{format.instant(run.startedAt)}</Fact>
        <Fact word={t('evidence.duration')}>{ms === null ? '–' : format.duration(ms)}</Fact>
        <Fact word={t('web.connections.attempt')}>{format.number(run.attempt)}</Fact>
        <Fact word={t('web.connections.points_changed')}>
          {format.number(run.points.changed)} / {format.number(run.points.read)}
        </Fact>
        <Fact word={t('web.connections.run_id')}>
          <code className="font-mono text-xs select-all">{run.id}</code>
        </Fact>
      </Facts>
      {run.error === null ? null : (
        <div className="mt-3 rounded-lg bg-bad-soft px-3.5 py-2.5 text-[14px] leading-relaxed">
          <p className="font-medium">{t(`web.connections.failure.${failureOf(run.error.class)}`)}</p>
          <p lang="en" className="text-[13px] break-words text-muted">
            {run.error.message}
          </p>
        </div>
      )}
      {mayEdit && !isUnderWay(run) ? (
        <button
          type="button"
          className="button mt-3"
          disabled={again.busy}
          onClick={() => void again.run(undefined)}
        >
          {t('web.connections.run_again')}
        </button>
      ) : null}
      <FormProblem error={again.error} />
    </>
  );
}

function RunMetrics({ run }: { run: Run }) {
  const { t } = useLanguage();
  if (run.metrics.length === 0) return null;
  return (
    <>
      <h3 className="step">{t('web.connections.by_metric')}</h3>
      <ul className="space-y-1 text-[13px]">
        {run.metrics.map(({ message, metricKey, ok }) => (
          <li key={metricKey} className="break-words">
            <code className="font-mono text-xs">{metricKey}</code>:{' '}
            <span className={ok ? 'text-good' : 'font-medium text-bad'}>
              {t(ok ? 'run.succeeded' : 'run.failed')}
            </span>
            {message === null ? null : (
              <span lang="en" className="block text-muted">
                {message}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A ledger is mirrored with dozens of requests, which all look the same. */
const SHOWN = 5;

function RunRequests({ id }: { id: string }) {
  const { t } = useLanguage();
  const query = useQuery(runEvidenceQuery(id));
  return (
    <>
      <h3 className="step">{t('web.connections.requests')}</h3>
      <p className="mb-2 text-[13px] text-muted">{t('web.connections.redacted')}</p>
      <Asked query={query} inside>
        {(evidence) =>
          evidence.length === 0 ? (
            <p className="text-[13px] text-muted">{t('web.connections.no_requests')}</p>
          ) : (
            evidence.map((each) => <EvidencePart key={each.id} evidence={each} />)
          )
        }
      </Asked>
    </>
  );
}

function EvidencePart({ evidence }: { evidence: Evidence }) {
  const { t, format } = useLanguage();
  const { completeness, exchanges, points } = evidence;
  return (
    <details className="run">
      <summary>
        <span className={`font-medium ${evidence.error === null ? '' : 'text-bad'}`}>
          {evidence.metricKey}
        </span>
        <span className="text-muted tabular-nums">
          {t('web.window', {
            from: format.day(evidence.windowStartDay),
            to: format.day(lastDay(evidence.windowEndDay)),
          })}
        </span>
      </summary>
      <div className="border-t border-line px-3.5 py-3">
        <Facts>
          {evidence.error === null ? (
            <Fact word={t('evidence.completeness')}>
              {completeness.lastPageReached
                ? t('evidence.complete', { pages: completeness.pages, items: completeness.items })
                : t('evidence.incomplete')}
            </Fact>
          ) : (
            <Fact word={t('state.error')}>
              <span lang="en">{evidence.error.message}</span>
            </Fact>
          )}
          <Fact word={t('web.connections.points_changed')}>
            {format.number(points.changed)} / {format.number(points.read)}
          </Fact>
          <Fact word={t('evidence.connector_version')}>{evidence.connectorVersion}</Fact>
        </Facts>
        <ul className="mt-3 space-y-2">
          {exchanges.slice(0, SHOWN).map((exchange, index) => (
            // Exchanges carry no id of their own; their order is the order of the requests.
            <ExchangeLine key={index} exchange={exchange} />
          ))}
        </ul>
        {exchanges.length <= SHOWN ? null : (
          <p className="mt-2 text-muted">
            {t('evidence.more_requests', { count: exchanges.length - SHOWN })}
          </p>
        )}
      </div>
    </details>
  );
}

function ExchangeLine({ exchange }: { exchange: Exchange }) {
  const { t, format } = useLanguage();
  return (
    <li className="rounded-lg bg-sunken px-3 py-2.5">
      <p className="mb-1.5 font-mono text-xs leading-relaxed break-all">
        <span className="font-semibold">{exchange.method}</span> {exchange.url}
      </p>
      <Facts>
        <Fact word={t('evidence.http_status')}>
          {exchange.status ?? t('web.no_answer')} · {format.bytes(exchange.responseBytes)} ·{' '}
          {format.duration(exchange.durationMs)}
        </Fact>
        {exchange.error === undefined ? null : <Fact word={t('state.error')}>{exchange.error}</Fact>}
        {exchange.responseSha256 === null ? null : (
          <Fact word={t('evidence.response_digest')}>
            <Digest text={exchange.responseSha256} />
          </Fact>
        )}
      </Facts>
    </li>
  );
}
