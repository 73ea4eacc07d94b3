export { computeMetric } from './compute.ts';
export { checkWindowRule, definitionOf, type MetricDefinition } from './definition.ts';
export { definitionVersions, isMetricKey, type MetricKey } from './definition-versions.ts';
export { maturedAt, maturityHours } from './maturity.ts';
export { catalog, findMetric } from './metrics.ts';
export { type CheckedParams, checkParams, type ParamProblem } from './params.ts';
export type { RecordSets } from './record-sets.ts';
export type {
  CatalogMetric,
  Measurement,
  MetricWindow,
  ParamSpec,
  ParamValue,
  ParamValues,
  Stage,
  WindowRule,
} from './types.ts';
export { unitOf } from './unit.ts';
export { checkWindow, windowFor } from './window.ts';
