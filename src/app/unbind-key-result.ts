import { refuseClosed } from './closed-cycle.ts';
import { AppError } from './errors.ts';
import { findCycle, findKeyResult } from './find.ts';
import type { Actor, Deps, KeyResultRecord, MetricRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

/** What feeds a Key Result; null: nothing does. */
export async function readBinding(
  deps: Deps,
  actor: Actor,
  key: string,
): Promise<{ keyResult: KeyResultRecord; metric: MetricRecord | null }> {
  const keyResult = await findKeyResult(deps, actor, key);
  const { metricVersionId } = keyResult;
  return {
    keyResult,
    metric: metricVersionId === null ? null : await deps.sources.metricOfVersion(metricVersionId),
  };
}

/**
 * From now on no metric feeds it: its next check-in makes one of its own. The points, and the snapshots that were made of
 * them, stay where they are.
 */
export async function unbindKeyResult(deps: Deps, actor: Actor, key: string): Promise<void> {
  const { keyResult, metric } = await readBinding(deps, actor, key);
  refuseClosed(await findCycle(deps, actor, keyResult.cycleId));
  if (metric === null) {
    throw new AppError(
      'conflict',
      'not_bound',
      `The Key Result "${keyResult.key}" is not bound to a metric.`,
      `Bind it with \`tidemark kr bind ${keyResult.key} METRIC\`.`,
    );
  }
  await deps.atomically(async (inside) => {
    await inside.resources.unbind(keyResult.id);
    const details = { metric: metric.key, version: metric.version };
    await recordChange(inside, actor, 'unbind', 'key_result', keyResult.id, details);
  });
  await deps.evaluate([keyResult.id]);
  await deps.sources.retireUnusedVersions(metric.id);
}
