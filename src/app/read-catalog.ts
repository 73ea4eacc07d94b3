import { type CatalogMetric, catalog, findMetric } from '../domain/catalog/index.ts';
import { stages } from '../domain/life-cycle.ts';
import { invalidField, notFound } from './errors.ts';
import type { Actor, ConnectionRecord, Deps, MeasurableMetric, MetricRecord } from './ports.ts';

export type CatalogFilter = { stage: string | null; source: string | null };

/** A metric of the catalogue, and what measures it in this workspace. */
export type CatalogEntry = {
  metric: CatalogMetric;
  /** Connections that can measure it now, each with the connector's own metric. */
  measurable: { connection: ConnectionRecord; measurable: MeasurableMetric }[];
  /** What connections measure that comes near it, and is another number: the descriptions say how. */
  near: { connection: ConnectionRecord; measurable: MeasurableMetric }[];
  /** The workspace's metrics that have this meaning already. */
  metrics: MetricRecord[];
};

/** @throws AppError when there is no such stage or source */
export function readCatalog({ stage, source }: CatalogFilter): CatalogMetric[] {
  const sources = [...new Set(catalog.flatMap((metric) => metric.sources))].toSorted();
  refuseUnknown('stage', stage, stages);
  refuseUnknown('source', source, sources);
  return catalog.filter(
    (metric) =>
      (stage === null || metric.stage === stage) && (source === null || metric.sources.includes(source)),
  );
}

/** @throws AppError when the catalogue has no such metric; it names those that look like it */
export async function readCatalogEntry(deps: Deps, actor: Actor, key: string): Promise<CatalogEntry> {
  const metric = findMetric(key);
  if (metric === null) {
    const near = catalog.map((each) => each.key).filter((each) => isNear(each, key));
    const next = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
    throw notFound('metric of the catalogue', key, `List them with \`tidemark catalog\`.${next}`);
  }
  const connections = await deps.sources.listConnections(actor.workspace.id);
  const metrics = await deps.sources.listMetrics(actor.workspace.id);
  return {
    metric,
    measurable: connections.flatMap((connection) =>
      measurableOn(deps, connection, metric.key).map((measurable) => ({ connection, measurable })),
    ),
    near: connections.flatMap((connection) =>
      nearOn(deps, connection, metric.key).map((measurable) => ({ connection, measurable })),
    ),
    metrics: metrics.filter(
      ({ definition }) => definition?.kind === 'catalog' && definition.metric === metric.key,
    ),
  };
}

/** What a connection measures that is this metric of the catalogue. */
export function measurableOn(
  deps: Pick<Deps, 'connectors'>,
  connection: Pick<ConnectionRecord, 'connectorId'>,
  key: string,
): MeasurableMetric[] {
  const metrics = deps.connectors.find(connection.connectorId)?.metrics ?? [];
  return metrics.filter(({ catalog: meaning }) => meaning?.metric === key);
}

/** What a connection measures that comes near this metric of the catalogue. */
export function nearOn(
  deps: Pick<Deps, 'connectors'>,
  connection: Pick<ConnectionRecord, 'connectorId'>,
  key: string,
): MeasurableMetric[] {
  const metrics = deps.connectors.find(connection.connectorId)?.metrics ?? [];
  return metrics.filter(({ near }) => near === key);
}

function refuseUnknown(name: string, value: string | null, known: readonly string[]): void {
  if (value === null || known.includes(value)) return;
  const detail = `The catalogue has no ${name} "${value}".`;
  throw invalidField(`/${name}`, `unknown_${name}`, detail, `Choose one of: ${known.join(', ')}.`);
}

/** Shares a word, or begins alike. */
function isNear(known: string, asked: string): boolean {
  const words = asked.toLowerCase().split(/[^a-z0-9]+/);
  return words.some((word) => word.length >= 3 && known.split('_').some((part) => part.startsWith(word)));
}
