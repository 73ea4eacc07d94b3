import type { Connector, MetricDefinition } from './types.ts';

/** A connector is a value. This only gives its parts their types. */
export function defineConnector<Config>(connector: Connector<Config>): Connector<Config> {
  return connector;
}

/** The same for one metric, so that `read` sees the parameters that `paramsSchema` promises. */
export function defineMetric<Config, Params>(
  metric: MetricDefinition<Config, Params>,
): MetricDefinition<Config, Params> {
  return metric;
}
