import type { Explanation } from '../../api/contract.ts';
import type { Translate } from '../../i18n/index.ts';
import { lastDay } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { Digest, Fact, Facts } from './evidence-parts.tsx';

type Run = Explanation['runs'][number];
type Evidence = Run['evidence'][number];
type Exchange = Evidence['exchanges'][number];

/** Which sync brought the points, what it asked, and what came back. The newest run is open. */
export function EvidenceRuns({ explanation }: { explanation: Explanation }) {
  const { t } = useLanguage();
  return (
    <>
      <h3 className="step">{t('page.runs')}</h3>
      {explanation.runs.map((run, index) => (
        <RunDetails key={run.id} run={run} open={index === 0} />
      ))}
    </>
  );
}

/** One sync: how it went, and folded into it what it asked. */
export function RunDetails({ open, run }: { open: boolean; run: Run }) {
  const { t, format } = useLanguage();
  return (
    <details open={open} className="run">
      <summary>
        <span className="font-medium">{runWord(t, run.status)}</span>
        <span className="text-muted tabular-nums">
          {format.instant(run.finishedAt ?? run.startedAt)} · {triggerWord(t, run.trigger)}
        </span>
        <code className="ml-auto max-w-full truncate font-mono text-xs text-muted">{run.id}</code>
      </summary>
      {run.evidence.map((evidence) => (
        <RunEvidence key={evidence.id} evidence={evidence} />
      ))}
    </details>
  );
}

function RunEvidence({ evidence }: { evidence: Evidence }) {
  const { t, format } = useLanguage();
  const { completeness } = evidence;
  return (
    <div className="border-t border-line px-3.5 py-3">
      <Facts>
        <Fact word={t('evidence.window')}>
          {t('web.window', {
            from: format.day(evidence.windowStartDay),
            to: format.day(lastDay(evidence.windowEndDay)),
          })}
        </Fact>
        <Fact word={t('evidence.completeness')}>
          {completeness.lastPageReached
            ? t('evidence.complete', { pages: completeness.pages, items: completeness.items })
            : t('evidence.incomplete')}
          {completeness.notes.map((note) => (
            <span key={note} className="block text-muted">
              {note}
            </span>
          ))}
        </Fact>
        <Fact word={t('evidence.connector_version')}>{evidence.connectorVersion}</Fact>
      </Facts>
      <Exchanges exchanges={evidence.exchanges.slice(0, SHOWN)} />
      {evidence.exchanges.length <= SHOWN ? null : (
        <details className="mt-2">
          <summary className="cursor-pointer text-muted">
            {t('evidence.more_requests', { count: evidence.exchanges.length - SHOWN })}
          </summary>
          <Exchanges exchanges={evidence.exchanges.slice(SHOWN)} />
        </details>
      )}
    </div>
  );
}

/** A ledger is mirrored with dozens of requests, which all look the same. */
const SHOWN = 5;

function Exchanges({ exchanges }: { exchanges: readonly Exchange[] }) {
  return (
    <ul className="mt-3 space-y-2">
      {exchanges.map((exchange, index) => (
        // Exchanges carry no id of their own; their order is the order of the requests.
        <ExchangeView key={index} exchange={exchange} />
      ))}
    </ul>
  );
}

function ExchangeView({ exchange }: { exchange: Exchange }) {
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
        {exchange.requestId === null ? null : (
          <Fact word={t('evidence.request_id')}>
            <code className="font-mono text-xs break-all select-all">{exchange.requestId}</code>
          </Fact>
        )}
        {exchange.responseSha256 === null ? null : (
          <Fact word={t('evidence.response_digest')}>
            <Digest text={exchange.responseSha256} />
          </Fact>
        )}
      </Facts>
    </li>
  );
}

const runStates = ['queued', 'running', 'succeeded', 'failed', 'dead', 'skipped'] as const;
const triggers = ['schedule', 'manual', 'backfill', 'bind'] as const;

function runWord(t: Translate, status: string): string {
  const known = runStates.find((state) => state === status);
  return known === undefined ? status : t(`run.${known}`);
}

function triggerWord(t: Translate, trigger: string): string {
  const known = triggers.find((word) => word === trigger);
  return known === undefined ? trigger : t(`web.trigger.${known}`);
}
