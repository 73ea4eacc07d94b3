import { createHash } from 'node:crypto';
import { addDays, localDay } from '../domain/day.ts';
import { type AskProvider, askProviders } from './accept-metric.ts';
import { metricNotices, type Notice } from './account-notices.ts';
import { definitionFor } from './catalog-definition.ts';
import { findConnector } from './create-connection.ts';
import { findConnection } from './find.ts';
import { checkTimeZone, zoneOf } from './metric-zone.ts';
import type { Actor, Deps, MetricRecord } from './ports.ts';
import { checkParams, findMeasurable } from './preview-metric.ts';
import { recordChange } from './record-change.ts';

export type MetricDraft = {
  key: string;
  title?: string | undefined;
  connection: string;
  metric: string;
  params: Record<string, unknown>;
  timeZone?: string | undefined;
  historyDays: number;
  /** Days without a new point after which its values may no longer be used; absent: as usual for what it reads. */
  staleAfterDays?: number | undefined;
};

/** A metric that was checked and is not stored yet. */
export type NewMetric = Parameters<Deps['sources']['createMetric']>[0];

/**
 * Names a number, and asks for its history at once.
 *
 * @throws AppError also when the provider says that it cannot answer the definition
 */
export async function createMetric(
  deps: Deps,
  actor: Actor,
  draft: MetricDraft,
): Promise<MetricRecord & { warnings: Notice[] }> {
  const { connector, metric: checked, warnings } = await newMetric(deps, actor, draft);
  const metric = await deps.atomically(async (inside) => {
    const created = await inside.sources.createMetric(checked);
    const { connectorMetric, id, key, params, timeZone } = created;
    const definition = { connector, metric: connectorMetric, params, timeZone };
    await recordChange(inside, actor, 'create', 'metric', id, { key, ...definition });
    return created;
  });
  await deps.runs.request(actor.workspace.id, metric.connectionId, 'backfill');
  return { ...metric, warnings };
}

/**
 * Checks a definition in itself and with the provider.
 *
 * @throws AppError when the connection, its metric, a parameter or the time zone cannot be
 */
export async function newMetric(
  deps: Deps,
  actor: Actor,
  draft: MetricDraft,
  ask: AskProvider = askProviders(deps, actor),
): Promise<{ connector: string; metric: NewMetric; warnings: Notice[] }> {
  const connection = await findConnection(deps, actor, draft.connection);
  const connector = findConnector(deps, connection.connectorId);
  const measurable = findMeasurable(connector, draft.metric);
  const checked = checkParams(deps, connector, measurable, draft.params);
  const { params, currency, settlesAfterHours, rereadDays } = checked;
  if (draft.timeZone !== undefined) checkTimeZone(draft.timeZone);
  const { account, warnings } = await ask({ connection, metric: measurable.metric, params });
  const timeZone = zoneOf(connection, account, draft.timeZone, actor);
  const today = localDay(await deps.clock.now(), timeZone);
  const { kind, unit, history } = measurable;
  const definition = { connector: connector.id, metric: measurable.metric, params, timeZone };
  const metric: NewMetric = {
    workspaceId: actor.workspace.id,
    source: 'connector',
    connectionId: connection.id,
    key: draft.key,
    title: draft.title ?? measurable.title,
    connectorMetric: measurable.metric,
    params,
    kind: checked.kind ?? kind,
    unit: checked.unit ?? unit,
    currency,
    timeZone,
    settlesAfterHours,
    rereadDays,
    staleAfterDays: draft.staleAfterDays ?? checked.staleAfterDays ?? 3,
    cadence: checked.cadence ?? measurable.cadence,
    readEveryHours: measurable.readEveryHours,
    history,
    historyStartDay: history === 'from_now' ? today : addDays(today, -draft.historyDays),
    definitionHash: createHash('sha256').update(JSON.stringify(definition)).digest('hex'),
    definition: definitionFor(measurable, params, timeZone),
    inputs: [],
    changeReason: null,
  };
  const notices = metricNotices(account, metric, actor.workspace);
  return { connector: connector.id, metric, warnings: [...warnings, ...notices] };
}
