import { trailingDaysOf } from '../domain/aggregate.ts';
import { type Cycle, totalDays } from '../domain/cycle.ts';
import { addDays, localDay, maxDay, minDay } from '../domain/day.ts';
import type { Notice } from './account-notices.ts';
import { planMeasurement } from './catalog-binding.ts';
import { type NewMetric, newMetric } from './create-metric.ts';
import { findConnection, findMetric } from './find.ts';
import { wantedMetricOf } from './measure-key-result.ts';
import type {
  Actor,
  BudgetUse,
  ConnectionRecord,
  Deps,
  ExchangeRecord,
  KeyResultRecord,
  MetricRecord,
  QuotaSpent,
  Reading,
  ReadRequest,
  StoredPoint,
} from './ports.ts';
import { readOnce } from './preview-metric.ts';
import { recentReadings } from './recent-readings.ts';

/** Where a Key Result would get its values from: a metric of the workspace, or one that is not saved yet. */
export type DraftSource =
  | { kind: 'metric'; metric: string }
  /** The metric of the catalogue that the Key Result means, on a connection. */
  | {
      kind: 'meaning';
      connection: string;
      metric?: string | null | undefined;
      params: Record<string, unknown>;
    }
  | {
      kind: 'connector';
      connection: string;
      metric: string;
      params: Record<string, unknown>;
      timeZone?: string | undefined;
    };

export type DraftBinding = {
  metric: MetricRecord;
  /** Whether the metric is one of the workspace already. */
  isSaved: boolean;
  connection: ConnectionRecord | null;
  /** How the Key Result would compare the points: the metric's days may be other ones than it was read as. */
  aggregate: KeyResultRecord['aggregate'];
  sameWindow: boolean;
  warnings: Notice[];
};

export type DraftPoints = {
  startDay: string;
  endDay: string;
  /** Oldest first. */
  points: StoredPoint[];
  completeness: Reading['completeness'] | null;
  exchanges: ExchangeRecord[];
  spent: QuotaSpent | null;
  /** What the provider's limits leave now. */
  budgets: BudgetUse[];
};

const HISTORY_DAYS = 400;
/** Baselines look back so far from the day that a goal begins, and a month's point may be older. */
const DAYS_BEFORE = 66;

/**
 * The metric as saving would make it, by the very checks of saving. Nothing is stored.
 *
 * @throws AppError as saving would
 */
export async function draftBinding(
  deps: Deps,
  actor: Actor,
  keyResult: KeyResultRecord,
  source: DraftSource,
): Promise<DraftBinding> {
  const { aggregate } = keyResult;
  if (source.kind === 'metric') {
    const metric = await findMetric(deps, actor, source.metric);
    const own = metric.source === 'connector';
    const connection = own ? await findConnection(deps, actor, metric.connectionId) : null;
    return { metric, isSaved: true, connection, aggregate, sameWindow: true, warnings: [] };
  }
  const connection = await findConnection(deps, actor, source.connection);
  if (source.kind === 'meaning') {
    const planned = await planMeasurement(deps, actor, wantedMetricOf(keyResult), source, DRAFT);
    const { fit, warnings } = planned;
    return {
      ...recordOf(planned.metric, connection),
      connection,
      aggregate: fit.aggregate,
      sameWindow: fit.same,
      warnings,
    };
  }
  const draft = { ...source, key: DRAFT, historyDays: HISTORY_DAYS };
  const { metric, warnings } = await newMetric(deps, actor, draft);
  const known = (await deps.sources.listMetrics(actor.workspace.id, connection.id)).find(
    ({ definitionHash }) => definitionHash === metric.definitionHash,
  );
  return { ...recordOf(known ?? metric, connection), connection, aggregate, sameWindow: true, warnings };
}

const DRAFT = 'draft';

function recordOf(
  metric: NewMetric | MetricRecord,
  connection: ConnectionRecord,
): Pick<DraftBinding, 'metric' | 'isSaved'> {
  if ('id' in metric) return { metric, isSaved: true };
  const { key: connectionKey } = connection;
  const ids = { id: DRAFT, versionId: DRAFT, version: 1, connectionKey, cursorDay: null };
  return { metric: { ...metric, ...ids }, isSaved: false };
}

/**
 * The days as far back as the period before the cycle needs: those that are stored, or, of a metric that has none yet,
 * read once from its source. What was read a moment ago is not asked for again unless `again` says so.
 */
export async function draftPoints(
  deps: Deps,
  { aggregate, connection, metric }: DraftBinding,
  cycle: Cycle,
  again: boolean,
  signal: AbortSignal,
): Promise<DraftPoints> {
  const now = await deps.clock.now();
  const endDay = addDays(localDay(now, metric.timeZone), 1);
  const wanted = addDays(
    minDay(cycle.startDay, endDay),
    -totalDays(cycle) - DAYS_BEFORE - trailingDaysOf(aggregate),
  );
  const startDay = maxDay(wanted, addDays(endDay, -HISTORY_DAYS));
  if (connection === null || metric.cursorDay !== null) {
    const points = await deps.sources.points(metric.versionId, startDay, endDay);
    return { startDay, endDay, points, completeness: null, exchanges: [], spent: null, budgets: [] };
  }
  const request: ReadRequest = {
    metric: metric.connectorMetric,
    params: metric.params,
    startDay: metric.history === 'from_now' ? addDays(endDay, -1) : startDay,
    endDay,
    timeZone: metric.timeZone,
  };
  const read = await recentReadings(deps).of(connection, request, now, again, () =>
    readOnce(deps, connection, [request], now, signal),
  );
  const { completeness, points } = read.reading;
  return {
    startDay: request.startDay,
    endDay,
    points: points.map((point) => toStored(point, read.at)),
    completeness,
    exchanges: read.exchanges,
    spent: read.spent,
    budgets: await deps.connectors.budgets(connection),
  };
}

function toStored(point: Reading['points'][number], fetchedAt: Date): StoredPoint {
  const { day, denominator, numerator, reason = null, value } = point;
  const rest = { sample: null, origin: 'auto', revision: 1, runId: null, fetchedAt } as const;
  return { day, value, numerator, denominator, reason, ...rest };
}
