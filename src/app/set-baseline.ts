import { type BaselineRule, checkBaselineRule, takesBaseline, withoutBaseline } from '../domain/baseline.ts';
import { checkGoal, resolvedStart } from '../domain/goal.ts';
import { withBaseline } from '../domain/snapshot.ts';
import { refuseClosed } from './closed-cycle.ts';
import { AppError, invalidField } from './errors.ts';
import { findCycle, findKeyResult } from './find.ts';
import type { Actor, CycleRecord, Deps, KeyResultRecord, MetricRecord } from './ports.ts';
import type { BaselineRecord } from './ports-definition.ts';
import { recordChange } from './record-change.ts';

/**
 * An owner's baseline in the place of the captured one, with the reason. What was captured stays in the list.
 *
 * @throws AppError with the arithmetic when the goal cannot be with such a start
 */
export async function setBaseline(
  deps: Deps,
  actor: Actor,
  key: string,
  { value, reason }: { value: number; reason: string },
): Promise<KeyResultRecord> {
  const { keyResult, cycle, metric } = await findMeasured(deps, actor, key);
  const goal = withBaseline(keyResult.goal, value);
  const [problem] = checkGoal(goal, keyResult.unit);
  if (problem !== undefined) {
    const next = 'Give another baseline. Nothing was stored, and the goal is as it was.';
    throw invalidField('/value', 'baseline_impossible', problem.problem, next);
  }
  const before = resolvedStart(keyResult.goal);
  await deps.atomically(async (inside) => {
    await inside.definitions.stateBaseline({
      workspaceId: actor.workspace.id,
      keyResultId: keyResult.id,
      goal,
      value,
      day: cycle.startDay,
      evidence: evidenceOf(keyResult, metric),
      author: actor.name,
      reason,
    });
    await recordChange(inside, actor, 'set_baseline', 'key_result', keyResult.id, { value, before, reason });
  });
  await deps.evaluate([keyResult.id]);
  return findKeyResult(deps, actor, keyResult.id);
}

/** Forgets the start, so that the evaluation that follows captures it again, by the given rule or the one it has. */
export async function recaptureBaseline(
  deps: Deps,
  actor: Actor,
  key: string,
  { reason, rule }: { reason: string; rule?: BaselineRule | undefined },
): Promise<KeyResultRecord> {
  const { keyResult, metric } = await findMeasured(deps, actor, key);
  if (metric === null || metric.source === 'check_in') {
    throw new AppError(
      'conflict',
      'not_automatic',
      `No source feeds the Key Result "${keyResult.key}", so there is nothing to capture a baseline from.`,
      'State it with a value and a reason, or bind a metric first.',
    );
  }
  const problem = rule === undefined ? null : checkBaselineRule(keyResult.goal, rule);
  if (problem !== null) {
    throw invalidField(
      '/rule',
      'baseline_rule_invalid',
      problem.problem,
      'Give another rule. Nothing was stored.',
    );
  }
  const before = resolvedStart(keyResult.goal);
  const goal = withoutBaseline(keyResult.goal);
  const details = { before, reason, ...(rule === undefined ? {} : { rule }) };
  await deps.atomically(async (inside) => {
    await inside.plan.updateKeyResult(keyResult.id, {
      goal,
      ...(rule === undefined ? {} : { baselineRule: rule }),
    });
    await recordChange(inside, actor, 'recapture_baseline', 'key_result', keyResult.id, details);
  });
  await deps.evaluate([keyResult.id]);
  return findKeyResult(deps, actor, keyResult.id);
}

export type BaselineHistory = {
  keyResult: KeyResultRecord;
  cycle: CycleRecord;
  /** What progress is measured from now; null while it waits to be captured. */
  startValue: number | null;
  /** Newest first: the first is the one in use, unless the start was given when the Key Result was made. */
  baselines: BaselineRecord[];
};

/** Where the start of a Key Result comes from, with everything that it was before. */
export async function readBaselines(deps: Deps, actor: Actor, key: string): Promise<BaselineHistory> {
  const keyResult = await findKeyResult(deps, actor, key);
  const cycle = await findCycle(deps, actor, keyResult.cycleId);
  const baselines = await deps.definitions.baselines(keyResult.id);
  return { keyResult, cycle, startValue: resolvedStart(keyResult.goal), baselines };
}

async function findMeasured(
  deps: Deps,
  actor: Actor,
  key: string,
): Promise<{ keyResult: KeyResultRecord; cycle: CycleRecord; metric: MetricRecord | null }> {
  const keyResult = await findKeyResult(deps, actor, key);
  const cycle = await findCycle(deps, actor, keyResult.cycleId);
  refuseClosed(cycle);
  if (!takesBaseline(keyResult.goal)) {
    throw new AppError(
      'conflict',
      'no_baseline',
      `The ${keyResult.goal.kind} goal of "${keyResult.key}" is not measured from a baseline.`,
      'Only reach and change goals, and guardrails measured by distance, have one.',
    );
  }
  const versionId = keyResult.metricVersionId;
  const metric = versionId === null ? null : await deps.sources.metricOfVersion(versionId);
  return { keyResult, cycle, metric };
}

function evidenceOf(keyResult: KeyResultRecord, metric: MetricRecord | null): BaselineRecord['evidence'] {
  return {
    metric: metric?.key ?? null,
    metricVersionId: keyResult.metricVersionId,
    definitionHash: metric?.definitionHash ?? null,
    aggregate: keyResult.aggregate,
    points: [],
  };
}
