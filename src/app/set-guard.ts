import type { Aggregate } from '../domain/aggregate.ts';
import { checkGuard, type Guard } from '../domain/guard.ts';
import { refuseClosed } from './closed-cycle.ts';
import { AppError, invalidField } from './errors.ts';
import { findCycle, findKeyResult, findMetric } from './find.ts';
import type { Actor, Deps, KeyResultRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

export type GuardDraft = {
  metric: string;
  operator: Guard['operator'];
  /** Null: what the metric was when the cycle began. */
  bound: number | null;
  /** Null: the latest point. */
  aggregate: Aggregate | null;
};

/** Pairs the Key Result with a counter-metric that must not worsen; another guard is replaced. */
export async function setGuard(
  deps: Deps,
  actor: Actor,
  key: string,
  draft: GuardDraft,
): Promise<KeyResultRecord> {
  const keyResult = await findOpen(deps, actor, key);
  const metric = await findMetric(deps, actor, draft.metric);
  const { operator, bound } = draft;
  const own =
    keyResult.metricVersionId === null ? null : await deps.sources.metricOfVersion(keyResult.metricVersionId);
  if (own?.id === metric.id) {
    const detail = `"${metric.key}" is what the Key Result itself is measured by; a guard looks at what may suffer for it.`;
    throw invalidField('/metric', 'guard_invalid', detail, 'Name another metric.');
  }
  const guard: Guard = {
    metricVersionId: metric.versionId,
    operator,
    bound,
    aggregate: draft.aggregate ?? 'latest',
  };
  const problem = checkGuard(guard, metric.kind);
  if (problem !== null) {
    const next = 'Change the guard, then try again. Nothing was stored.';
    throw invalidField(`/${problem.field}`, 'guard_invalid', problem.problem, next);
  }
  const { aggregate } = guard;
  const details = { metric: metric.key, version: metric.version, operator, bound, aggregate };
  const changed = await deps.atomically(async (inside) => {
    await recordChange(inside, actor, 'set_guard', 'key_result', keyResult.id, details);
    return inside.plan.updateKeyResult(keyResult.id, { guard });
  });
  await deps.evaluate([keyResult.id]);
  return changed;
}

export async function removeGuard(deps: Deps, actor: Actor, key: string): Promise<KeyResultRecord> {
  const keyResult = await findOpen(deps, actor, key);
  if (keyResult.guard === null) {
    throw new AppError(
      'conflict',
      'no_guard',
      `The Key Result "${keyResult.key}" has no guard.`,
      `Set one with \`tidemark kr guard ${keyResult.key} METRIC --at-most VALUE\`.`,
    );
  }
  const before = keyResult.guard;
  const changed = await deps.atomically(async (inside) => {
    await recordChange(inside, actor, 'remove_guard', 'key_result', keyResult.id, { before });
    return inside.plan.updateKeyResult(keyResult.id, { guard: null });
  });
  await deps.sources.metricOfVersion(before.metricVersionId).then(async (metric) => {
    if (metric !== null) await deps.sources.retireUnusedVersions(metric.id);
  });
  await deps.evaluate([keyResult.id]);
  return changed;
}

async function findOpen(deps: Deps, actor: Actor, key: string): Promise<KeyResultRecord> {
  const keyResult = await findKeyResult(deps, actor, key);
  refuseClosed(await findCycle(deps, actor, keyResult.cycleId));
  return keyResult;
}
