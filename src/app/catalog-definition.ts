import { checkParams, checkWindowRule, definitionOf, findMetric } from '../domain/catalog/index.ts';
import type { CatalogReading, MeasurableMetric, MetricDefinition } from './ports.ts';

type CatalogDefinition = Extract<MetricDefinition, { kind: 'catalog' }>;

/**
 * What a metric of a connector means by the catalogue, with the defaults of today written out; null where only the
 * connector's own words say it.
 */
export function definitionFor(
  { catalog: meaning }: Pick<MeasurableMetric, 'catalog'>,
  params: Record<string, unknown>,
  timeZone: string,
): CatalogDefinition | null {
  const reading = meaning?.define(params) ?? null;
  return meaning === undefined || reading === null ? null : define(meaning.metric, reading, timeZone);
}

/** Null when the catalogue does not know the metric, a parameter or the window. */
function define(key: string, reading: CatalogReading, timeZone: string): CatalogDefinition | null {
  const metric = findMetric(key);
  const checked = metric === null ? null : checkParams(metric, reading.params);
  if (metric === null || checked === null || !checked.ok) return null;
  if (checkWindowRule(metric, reading.window) !== null) return null;
  return { kind: 'catalog', ...definitionOf(metric, checked.params, reading.window, timeZone) };
}
