import { refuseProblems } from './create-key-result.ts';
import { findKeyResult, findMetric } from './find.ts';
import type { Actor, Deps, KeyResultRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

/** Lets a metric feed a Key Result from now on: its unit becomes the metric's, its version rises. */
export async function bindKeyResult(
  deps: Deps,
  actor: Actor,
  key: string,
  metricKey: string,
): Promise<KeyResultRecord> {
  const keyResult = await findKeyResult(deps, actor, key);
  const metric = await findMetric(deps, actor, metricKey);
  refuseProblems(keyResult.goal, metric.unit, metric.kind, keyResult.aggregate);
  const bound = await deps.plan.bindKeyResult(keyResult.id, metric.versionId, metric.unit, metric.currency);
  await recordChange(deps, actor, 'bind', 'key_result', bound.id, {
    metric: metric.key,
    version: metric.version,
  });
  if (metric.cursorDay === null) await deps.runs.request(actor.workspace.id, metric.connectionId, 'bind');
  await deps.evaluate([bound.id]);
  return bound;
}
