import { withoutBaseline } from '../domain/baseline.ts';
import { resolvedStart } from '../domain/goal.ts';
import { askProviders } from './accept-metric.ts';
import { metricNotices, type Notice } from './account-notices.ts';
import { refuseClosed } from './closed-cycle.ts';
import { refuseProblems } from './create-key-result.ts';
import { findConnection, findCycle, findKeyResult, findMetric } from './find.ts';
import type { Actor, Deps, KeyResultRecord, MetricRecord } from './ports.ts';
import { capturedStart } from './read-definition-change.ts';
import { recordChange } from './record-change.ts';

/**
 * Lets a metric feed a Key Result from now on: its unit becomes the metric's, its version rises. A baseline that was
 * captured on another metric says nothing about this one and is captured again; one that somebody has stated stays.
 *
 * @throws AppError also when the provider says that it can no longer answer the metric's definition
 */
export async function bindKeyResult(
  deps: Deps,
  actor: Actor,
  key: string,
  metricKey: string,
): Promise<KeyResultRecord & { warnings: Notice[] }> {
  const keyResult = await findKeyResult(deps, actor, key);
  refuseClosed(await findCycle(deps, actor, keyResult.cycleId));
  const metric = await findMetric(deps, actor, metricKey);
  const before =
    keyResult.metricVersionId === null ? null : await deps.sources.metricOfVersion(keyResult.metricVersionId);
  const forgotten =
    before !== null && before.id !== metric.id && (await capturedStart(deps, keyResult)) !== null;
  const goal = forgotten ? withoutBaseline(keyResult.goal) : keyResult.goal;
  refuseProblems(goal, metric.unit, metric.kind, keyResult.aggregate);
  const warnings = await asked(deps, actor, metric);
  const bound = await deps.atomically(async (inside) => {
    const bound = await inside.plan.bindKeyResult(
      keyResult.id,
      metric.versionId,
      metric.unit,
      metric.currency,
    );
    if (forgotten) await inside.plan.updateKeyResult(keyResult.id, { goal });
    await recordChange(inside, actor, 'bind', 'key_result', bound.id, {
      metric: metric.key,
      version: metric.version,
      ...(forgotten ? { forgotten: resolvedStart(keyResult.goal) } : {}),
    });
    return bound;
  });
  if (metric.source === 'connector' && metric.cursorDay === null) {
    await deps.runs.request(actor.workspace.id, metric.connectionId, 'bind');
  }
  await deps.evaluate([bound.id]);
  if (before !== null) await deps.sources.retireUnusedVersions(before.id);
  return { ...bound, warnings };
}

/** A formula's parts were asked about when they were named; values that are told need nobody's word. */
async function asked(deps: Deps, actor: Actor, metric: MetricRecord): Promise<Notice[]> {
  if (metric.source !== 'connector') return [];
  const connection = await findConnection(deps, actor, metric.connectionId);
  const ask = askProviders(deps, actor);
  const { account, warnings } = await ask({
    connection,
    metric: metric.connectorMetric,
    params: metric.params,
  });
  return [...warnings, ...metricNotices(account, metric, actor.workspace)];
}
