import { findMetric as findCatalogMetric, type ParamValues } from '../domain/catalog/index.ts';
import { checkBinding } from '../domain/goal.ts';
import type { Notice } from './account-notices.ts';
import { type MeasureRequest, planMeasurement, type WantedMetric } from './catalog-binding.ts';
import { refuseClosed } from './closed-cycle.ts';
import { metricKey } from './draft-keys.ts';
import { AppError, invalidField } from './errors.ts';
import { findCycle, findKeyResult } from './find.ts';
import type { Actor, Deps, KeyResultRecord, MetricRecord } from './ports.ts';
import { recordChange } from './record-change.ts';
import { sameValue } from './same-value.ts';

export type Measured = {
  keyResult: KeyResultRecord;
  metric: MetricRecord;
  created: boolean;
  sameWindow: boolean;
  warnings: Notice[];
};

/**
 * Measures a Key Result on a connection, by the metric of the catalogue that it means: the metric is made unless the
 * connection has it already, and bound, in one transaction.
 *
 * @throws AppError when the Key Result names no metric of the catalogue, or the connection does not measure that one
 */
export async function measureKeyResult(
  deps: Deps,
  actor: Actor,
  key: string,
  request: MeasureRequest,
): Promise<Measured> {
  const keyResult = await findKeyResult(deps, actor, key);
  refuseClosed(await findCycle(deps, actor, keyResult.cycleId));
  const wanted = wantedMetricOf(keyResult);
  const taken = await deps.imports.takenKeys(actor.workspace.id);
  const planned = await planMeasurement(
    deps,
    actor,
    wanted,
    request,
    metricKey(wanted.metric, taken.metrics),
  );
  const { fit } = planned;
  const problem = checkBinding(keyResult.goal, planned.metric.kind);
  if (problem !== null) {
    throw invalidField(
      '/metric',
      'binding_invalid',
      problem.problem,
      'Choose another goal or another metric.',
    );
  }
  const created = !('id' in planned.metric);
  const bound = await deps.imports.inOne(async (writer) => {
    const metric = 'id' in planned.metric ? planned.metric : await writer.createMetric(planned.metric);
    const { connectorMetric, currency, params, timeZone, unit, version, versionId } = metric;
    if (created) {
      const details = { key: metric.key, metric: connectorMetric, params, timeZone };
      await recordChange(writer, actor, 'create', 'metric', metric.id, details);
    }
    if (!sameValue(fit.aggregate, keyResult.aggregate)) {
      await writer.updateKeyResult(keyResult.id, { aggregate: fit.aggregate });
    }
    const changed = await writer.bindKeyResult(keyResult.id, versionId, unit, currency);
    await recordChange(writer, actor, 'bind', 'key_result', keyResult.id, { metric: metric.key, version });
    return { keyResult: changed, metric };
  });
  if (bound.metric.cursorDay === null && bound.metric.connectionId !== '') {
    await deps.runs.request(actor.workspace.id, bound.metric.connectionId, created ? 'backfill' : 'bind');
  }
  await deps.evaluate([keyResult.id]);
  return { ...bound, created, sameWindow: fit.same, warnings: planned.warnings };
}

export function wantedMetricOf({
  aggregate,
  currency,
  definition,
  goal,
  key,
  unit,
}: KeyResultRecord): WantedMetric {
  const metric = findCatalogMetric(definition?.metric ?? '');
  if (definition === null || metric === null) {
    throw new AppError(
      'invalid',
      'no_metric',
      `The Key Result "${key}" names no metric of the catalogue.`,
      `Bind it to a metric of yours: tidemark kr bind ${key} METRIC`,
    );
  }
  const compares = goal.kind === 'reach' || goal.kind === 'change';
  return {
    metric: metric.key,
    params: definition.params as ParamValues, // stored as the text was read
    window: definition.window ?? metric.usualWindow,
    aggregate: aggregate ?? (compares ? 'latest' : null),
    unit,
    currency,
  };
}
