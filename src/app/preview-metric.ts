import { addDays, localDay } from '../domain/day.ts';
import { isSettled } from '../domain/metric.ts';
import { askProviders } from './accept-metric.ts';
import { metricNotices, type Notice } from './account-notices.ts';
import { sourceFailed } from './check-connection.ts';
import { findConnector } from './create-connection.ts';
import { AppError, invalidField } from './errors.ts';
import { findConnection } from './find.ts';
import { checkTimeZone, zoneOf } from './metric-zone.ts';
import type {
  Actor,
  ConnectionRecord,
  ConnectorInfo,
  Deps,
  ExchangeRecord,
  MeasurableMetric,
  QuotaSpent,
  Reading,
  ReadRequest,
  Sources,
} from './ports.ts';

export type PreviewRequest = {
  connection: string;
  metric: string;
  params: Record<string, unknown>;
  timeZone?: string | undefined;
  days: number;
};

export type MetricPreview = {
  metric: MeasurableMetric;
  currency: string | null;
  timeZone: string;
  startDay: string;
  endDay: string;
  points: { day: string; value: number | null; settled: boolean }[];
  completeness: Reading['completeness'];
  exchanges: ExchangeRecord[];
  problems: string[];
  warnings: Notice[];
};

/** Asks the provider about a metric and reads it as a sync would; nothing of it is stored. */
export async function previewMetric(
  deps: Deps,
  actor: Actor,
  request: PreviewRequest,
  signal: AbortSignal,
): Promise<MetricPreview> {
  const connection = await findConnection(deps, actor, request.connection);
  const connector = findConnector(deps, connection.connectorId);
  const metric = findMeasurable(connector, request.metric);
  const checked = checkParams(deps, connector, metric, request.params);
  const { params, currency, settlesAfterHours, kind = metric.kind, unit = metric.unit } = checked;
  if (request.timeZone !== undefined) checkTimeZone(request.timeZone);
  const ask = askProviders(deps, actor, { signal });
  const accepted = await ask({ connection, metric: metric.metric, params });
  const timeZone = zoneOf(connection, accepted.account, request.timeZone, actor);
  const now = await deps.clock.now();
  const endDay = addDays(localDay(now, timeZone), 1);
  const startDay = metric.history === 'from_now' ? addDays(endDay, -1) : addDays(endDay, -request.days);
  const reads: [ReadRequest] = [{ metric: metric.metric, params, startDay, endDay, timeZone }];
  const { exchanges, reading } = await readOnce(deps, connection, reads, now, signal);
  const traits = { kind, settlesAfterHours, timeZone, staleAfterDays: 3 };
  const points = reading.points.map((point) => ({
    day: point.day,
    value: point.value === null ? null : Number(point.value),
    settled: isSettled(point.day, traits, now),
  }));
  return {
    metric: { ...metric, kind, unit },
    currency,
    timeZone,
    startDay,
    endDay,
    points,
    completeness: reading.completeness,
    exchanges: [...accepted.exchanges, ...exchanges],
    problems: problemsOf(metric, points),
    warnings: [
      ...accepted.warnings,
      ...metricNotices(accepted.account, { unit, currency, timeZone }, actor.workspace),
    ],
  };
}

/**
 * One metric as a sync would read it, stored nowhere.
 *
 * @throws AppError with the words of the provider when it fails
 */
export async function readOnce(
  deps: Deps,
  connection: ConnectionRecord,
  reads: [ReadRequest],
  now: Date,
  signal: AbortSignal,
): Promise<{ reading: Reading; exchanges: ExchangeRecord[]; spent: QuotaSpent | null }> {
  const walked = await bringUpToDate(deps, connection, reads, now, signal);
  const [outcome] = await deps.connectors.read(connection, reads, now, signal);
  if (outcome === undefined) throw new Error('one read was asked for and none was answered');
  if (!outcome.ok) throw sourceFailed(connection, outcome.failure);
  const { exchanges, reading, spent = null } = outcome;
  return { reading, exchanges: [...walked, ...exchanges], spent };
}

/** So long somebody who looks at a number for the first time may wait for the provider's records. */
const WALK_MS = 20_000;

/**
 * A ledger holds what its metrics need, and the one that is looked at may need more. What was stored by the end of the
 * patience stays: the next look goes on from it. While a run is at work the ledger is its own.
 */
async function bringUpToDate(
  deps: Deps,
  connection: ConnectionRecord,
  reads: Parameters<Deps['connectors']['prepare']>[1],
  now: Date,
  signal: AbortSignal,
): Promise<readonly ExchangeRecord[]> {
  const { id, workspaceId } = connection;
  const [newest] = await deps.runs.list(workspaceId, id, 1);
  if (newest?.status === 'running') return [];
  const collected = (await deps.sources.listMetrics(workspaceId, id)).map((metric) => ({
    metric: metric.connectorMetric,
    params: metric.params,
    timeZone: metric.timeZone,
    startDay: metric.historyStartDay,
  }));
  const patience = AbortSignal.timeout(WALK_MS);
  const either = AbortSignal.any([signal, patience]);
  try {
    const walked = await deps.connectors.prepare(connection, [...collected, ...reads], now, either);
    const stands =
      walked?.metrics === undefined || reads.some(({ metric }) => walked.metrics?.includes(metric));
    if (walked === null || !stands) return [];
    if (walked.failure !== null && !patience.aborted) throw sourceFailed(connection, walked.failure);
    return walked.exchanges;
  } catch (error) {
    if (patience.aborted && !signal.aborted) return [];
    throw error;
  }
}

function problemsOf(metric: MeasurableMetric, points: { value: number | null }[]): string[] {
  const problems: string[] = [];
  if (metric.history === 'from_now') {
    problems.push('The provider only knows the present value: history grows from the first sync on.');
  }
  if (points.length > 1 && points.every((point) => point.value === 0)) {
    problems.push('Every day is zero. Check the parameters: another currency, for example, is not counted.');
  }
  return problems;
}

export function findMeasurable(connector: ConnectorInfo, name: string): MeasurableMetric {
  const metric = connector.metrics.find((each) => each.metric === name);
  if (metric !== undefined) return metric;
  const known = connector.metrics.map((each) => each.metric).join(', ');
  throw invalidField(
    '/metric',
    'unknown_metric',
    `${connector.title} has no metric "${name}".`,
    `Choose one of: ${known}.`,
  );
}

export function checkParams(
  deps: Pick<Deps, 'connectors'>,
  connector: ConnectorInfo,
  metric: MeasurableMetric,
  params: Record<string, unknown>,
): Extract<ReturnType<Sources['checkParams']>, { ok: true }> {
  const checked = deps.connectors.checkParams(connector.id, metric.metric, params);
  if (checked.ok) return checked;
  throw new AppError(
    'invalid',
    'validation',
    `The parameters of ${connector.id} ${metric.metric} do not fit: ${checked.problems.join(' ')}`,
    'Give them as --param name=value; `tidemark connection metrics` lists them.',
    { errors: checked.problems.map((detail) => ({ pointer: '/params', code: 'params_invalid', detail })) },
  );
}
