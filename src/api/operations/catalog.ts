import { previewMeasurement } from '../../app/preview-measurement.ts';
import { type CatalogEntry, readCatalog, readCatalogEntry } from '../../app/read-catalog.ts';
import {
  type CatalogMetric,
  definitionVersions,
  isMetricKey,
  type ParamSpec,
} from '../../domain/catalog/index.ts';
import { metricText, sourceName, stageName, unitName, windowRuleText } from '../../i18n/catalog.ts';
import type { Lang } from '../../i18n/index.ts';
import { type Operations, page } from '../call.ts';
import type { catalogRoutes } from '../contracts/catalog.ts';
import { previewView } from '../views.ts';

export const catalogOperations: Pick<Operations, keyof typeof catalogRoutes> = {
  listCatalog: async ({ query: { lang, source = null, stage = null } }) =>
    page(readCatalog({ source, stage }).map((metric) => metricView(metric, lang))),
  getCatalogEntry: async ({ deps, actor, params, query }) => {
    const entry = await readCatalogEntry(deps, actor, params.id);
    const titleOf = (id: string) => deps.connectors.find(id)?.title ?? id;
    return { ...metricView(entry.metric, query.lang), ...measuredView(entry, titleOf) };
  },
  previewMeasurement: async ({ deps, actor, params, body, signal }) => {
    const { wanted, ...request } = body;
    const { metric } = await readCatalogEntry(deps, actor, params.id);
    const asWanted = {
      metric: metric.key,
      params: wanted.params,
      window: wanted.window ?? metric.usualWindow,
    };
    return previewView(await previewMeasurement(deps, actor, asWanted, request, signal));
  },
};

function metricView(metric: CatalogMetric, lang: Lang) {
  const { key, kind, stage, unit, usualWindow, windows } = metric;
  if (!isMetricKey(key)) throw new Error(`the catalogue has no words for ${key}`);
  const { definition, params, reading, title } = metricText(lang, key);
  return {
    key,
    title,
    stage: { id: stage, title: stageName(lang, stage) },
    kind,
    unit: { ...unit, title: unitName(lang, unit.name) },
    definitionVersion: definitionVersions[key],
    definition,
    reading,
    window: { rule: usualWindow, text: windowRuleText(lang, usualWindow) },
    windows: [...windows],
    params: Object.entries(metric.params).map(([name, spec]) => paramView(name, spec, params[name] ?? '')),
    sources: metric.sources.map((id) => ({ id, title: sourceName(lang, id) })),
  };
}

function paramView(name: string, spec: ParamSpec, meaning: string) {
  const bounds = 'max' in spec ? { min: spec.min, max: spec.max } : { min: null, max: null };
  return {
    name,
    type: spec.type,
    required: 'required' in spec && spec.required !== undefined,
    default: spec.default ?? null,
    choices: spec.type === 'choice' ? [...spec.of] : null,
    ...bounds,
    meaning,
  };
}

function measuredView({ measurable, metrics, near }: CatalogEntry, titleOf: (connectorId: string) => string) {
  return {
    measurable: measurable.map(({ connection, measurable: { metric, params, title } }) => ({
      connectionKey: connection.key,
      connectionTitle: connection.title,
      connectionState: connection.state,
      environment: connection.environment,
      connectorId: connection.connectorId,
      connectorTitle: titleOf(connection.connectorId),
      metric,
      title,
      params,
    })),
    near: near.map(({ connection, measurable: { description, metric, title } }) => ({
      connectionKey: connection.key,
      connectorTitle: titleOf(connection.connectorId),
      metric,
      title,
      description,
    })),
    metrics: metrics.map(({ key, title, version, connectionKey }) => ({
      key,
      title,
      version,
      connectionKey,
    })),
  };
}
