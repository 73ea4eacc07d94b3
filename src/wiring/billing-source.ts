import { deriveStale } from '../app/derive-billing.ts';
import { RECORDS_CONNECTOR } from '../app/ingest-records.ts';
import { mirrorBilling } from '../app/mirror-billing.ts';
import type { ConnectionRecord, ConnectorInfo, ReadOutcome, ReadRequest, Sources } from '../app/ports.ts';
import { findMetric } from '../domain/catalog/index.ts';
import { answeredBy } from './answered-by.ts';
import { checkLtv, ltvInfo, readLtv } from './billing-ltv.ts';
import { checkLedgerParams, ledgerInfo, ledgerMetrics, REREAD_DAYS } from './billing-metrics.ts';
import { needsOfAll } from './billing-needs.ts';
import { readLedgerMetric } from './billing-points.ts';
import { type LedgerDeps, type LedgerReading, PROBLEMS_READ } from './billing-reading.ts';
import { scopeOf } from './billing-scope.ts';
import { readToldMetric, type Told } from './billing-told.ts';
import { checkTrials, readTrials, trialsInfo } from './billing-trials.ts';
import { findRecordsMetric } from './records-metrics.ts';

type Asked = Pick<ReadRequest, 'metric' | 'params' | 'timeZone'>;

/**
 * The connectors, with the metrics of a ledger where one is kept: of providers whose billing is mirrored, and of billing
 * records that were sent to us. All of them are the same sums over the same rows.
 */
export function withBilling(sources: Sources, deps: LedgerDeps): Sources {
  const measured = ledgerMetrics(deps.revenue.metrics);
  const byKey = new Map(measured.map((metric) => [metric.key, metric]));
  const offered = [...measured.map(ledgerInfo), ltvInfo(), trialsInfo()];
  const names = new Set(offered.map(({ metric }) => metric));
  const mirrors = (id: string) => sources.find(id)?.mirrors !== undefined;
  const isLedger = (id: string, metric: string): boolean =>
    id === RECORDS_CONNECTOR
      ? byKey.has(metric) && findRecordsMetric(metric) !== null
      : mirrors(id) && names.has(metric);
  const withMetrics = (info: ConnectorInfo): ConnectorInfo =>
    info.mirrors === undefined
      ? info
      : { ...info, metrics: [...offered, ...info.metrics.filter(({ metric }) => !names.has(metric))] };
  const needsOf = (id: string, asked: readonly Asked[]) =>
    needsOfAll(
      id,
      asked.filter(({ metric }) => isLedger(id, metric)),
    );

  return {
    ...sources,
    list: () => sources.list().map(withMetrics),
    find(id) {
      const info = sources.find(id);
      return info === null ? null : withMetrics(info);
    },
    checkParams(id, key, params) {
      if (!mirrors(id) || !names.has(key)) return sources.checkParams(id, key, params);
      return checkOffered(key, params);
    },
    async prepare(connection, collected, now, signal, advanced) {
      const needs = needsOf(connection.connectorId, collected);
      if (needs === null) return sources.prepare(connection, collected, now, signal, advanced);
      return mirrorBilling({ ...deps, sources }, connection, needs, now, signal, advanced);
    },
    async revenueScope(connection, asked, now) {
      if (!isLedger(connection.connectorId, asked.metric)) return null;
      return scopeOf({ deps, connection, now }, asked, await deps.billing.listSeries(connection.id));
    },
    read: (connection, requests, now, signal) =>
      answeredBy(
        requests,
        ({ metric }) => isLedger(connection.connectorId, metric),
        (own) => readOwn(connection, own, now, signal),
        (others) => sources.read(connection, others, now, signal),
      ),
  };

  async function readOwn(
    connection: ConnectionRecord,
    requests: ReadRequest[],
    now: Date,
    signal: AbortSignal,
  ): Promise<ReadOutcome[]> {
    const reading = await open(connection, requests, now, signal);
    const isTold = connection.connectorId === RECORDS_CONNECTOR;
    const told: Told | null = isTold ? await toldOf(connection.id) : null;
    const outcomes: ReadOutcome[] = [];
    for (const request of requests) {
      const outcome =
        told === null
          ? await readMirrored(request, reading)
          : await readToldMetric(
              request,
              { ...reading, position: { ...reading.position, throughAt: now } },
              told,
            );
      outcomes.push(outcome);
    }
    return outcomes;
  }

  /** A preview may ask for days that no stored metric is cut by: its series is made, and everybody derived for it. */
  async function open(
    connection: ConnectionRecord,
    requests: readonly ReadRequest[],
    now: Date,
    signal: AbortSignal,
  ): Promise<LedgerReading> {
    const { billing, survey } = deps;
    const wanted = needsOf(connection.connectorId, requests)?.series ?? [];
    const series = await billing.ensureSeries(connection.id, wanted);
    const position = await billing.position(connection.id);
    const { broken } = await deriveStale(billing, connection.id, signal);
    return {
      deps,
      connection,
      provider: sources.find(connection.connectorId)?.title ?? connection.connectorId,
      now,
      signal,
      position,
      tally: await survey.tally(connection.id),
      series,
      broken,
      problems: await billing.problems(connection.id, PROBLEMS_READ),
    };
  }

  /** What was told is read before the days are: a delivery in between is of days that the next run reads. */
  async function toldOf(connectionId: string): Promise<Told> {
    const coverage = await deps.records.coverage(connectionId);
    return { coverage, deliveries: await deps.records.deliveries(connectionId, DELIVERIES_NAMED) };
  }
}

const DELIVERIES_NAMED = 5;

function readMirrored(request: ReadRequest, reading: LedgerReading): Promise<ReadOutcome> {
  switch (request.metric) {
    case 'ltv':
      return readLtv(request, reading);
    case 'trial_to_paid':
      return readTrials(request, reading);
    default:
      return readLedgerMetric(request, reading);
  }
}

function checkOffered(key: string, params: Record<string, unknown>): ReturnType<Sources['checkParams']> {
  const rereadDays = REREAD_DAYS;
  if (key === 'ltv') {
    const checked = checkLtv(params);
    if (!checked.ok) return checked;
    return { ok: true, params: checked.given, currency: checked.currency, settlesAfterHours: 0, rereadDays };
  }
  if (key === 'trial_to_paid') {
    const checked = checkTrials(params);
    if (!checked.ok) return checked;
    const { settlesAfterHours } = checked;
    return { ok: true, params: checked.params, currency: null, settlesAfterHours, rereadDays };
  }
  const metric = findMetric(key);
  const checked = metric === null ? null : checkLedgerParams(metric, params);
  if (checked === null) return { ok: false, problems: [`There is no metric "${key}".`] };
  if (!checked.ok) return checked;
  const { cadence, currency, given, kind, settlesAfterHours } = checked;
  return { ok: true, params: given, currency, settlesAfterHours, rereadDays, kind, cadence };
}
