import { createHash } from 'node:crypto';
import { addDays, localDay } from '../domain/day.ts';
import { findConnector } from './create-connection.ts';
import { findConnection } from './find.ts';
import type { Actor, Deps, MetricRecord } from './ports.ts';
import { checkParams, checkTimeZone, findMeasurable } from './preview-metric.ts';
import { recordChange } from './record-change.ts';

export type MetricDraft = {
  key: string;
  title?: string | undefined;
  connection: string;
  metric: string;
  params: Record<string, unknown>;
  timeZone?: string | undefined;
  historyDays: number;
};

/** Names a number, and asks for its history at once. */
export async function createMetric(deps: Deps, actor: Actor, draft: MetricDraft): Promise<MetricRecord> {
  const connection = await findConnection(deps, actor, draft.connection);
  const connector = findConnector(deps, connection.connectorId);
  const measurable = findMeasurable(connector, draft.metric);
  const checked = checkParams(deps, connector, measurable, draft.params);
  const { params, currency, settlesAfterHours, rereadDays } = checked;
  const timeZone = checkTimeZone(draft.timeZone ?? actor.workspace.timeZone);
  const today = localDay(await deps.clock.now(), timeZone);
  const { kind, unit, history } = measurable;
  const definition = { connector: connector.id, metric: measurable.metric, params, timeZone };
  const metric = await deps.sources.createMetric({
    workspaceId: actor.workspace.id,
    connectionId: connection.id,
    key: draft.key,
    title: draft.title ?? measurable.title,
    connectorMetric: measurable.metric,
    params,
    kind,
    unit,
    currency,
    timeZone,
    settlesAfterHours,
    rereadDays,
    staleAfterDays: 3,
    cadence: measurable.cadence,
    readEveryHours: measurable.readEveryHours,
    history,
    historyStartDay: history === 'from_now' ? today : addDays(today, -draft.historyDays),
    definitionHash: createHash('sha256').update(JSON.stringify(definition)).digest('hex'),
  });
  await recordChange(deps, actor, 'create', 'metric', metric.id, { key: metric.key, ...definition });
  await deps.runs.request(actor.workspace.id, connection.id, 'backfill');
  return metric;
}
