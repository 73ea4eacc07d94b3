import type { Aggregate } from '../domain/aggregate.ts';
import { type BaselineRule, checkBaselineRule } from '../domain/baseline.ts';
import { checkAggregate, checkBinding, checkGoal } from '../domain/goal.ts';
import type { Goal, PaceCurve } from '../domain/key-result.ts';
import type { MetricKind, Unit } from '../domain/metric.ts';
import { checkPaceCurve } from '../domain/pace.ts';
import type { Titles } from '../domain/titles.ts';
import { refuseClosed } from './closed-cycle.ts';
import { AppError, invalidField } from './errors.ts';
import { findCycle, findMetric, findObjective } from './find.ts';
import type { Actor, Deps, KeyResultDefinition, KeyResultRecord } from './ports.ts';
import { recordChange } from './record-change.ts';
import { titlesIfAny } from './titles-if-any.ts';

export type KeyResultDraft = {
  key: string;
  title: string;
  titles?: Titles | undefined;
  description: string;
  objective: string;
  owner: string | null;
  goal: Goal;
  paceCurve: PaceCurve;
  /** How points become the compared value; null: the latest one. */
  aggregate: Aggregate | null;
  baselineRule?: BaselineRule | null;
  definition?: KeyResultDefinition | null;
  weight?: number;
  carriedFromId?: string | null;
  unit?: Unit | undefined;
  /** Of money that is not bound to a metric. */
  currency?: string | null;
  metric: string | null;
};

/** @throws AppError that lists every problem of the goal, its pace and its binding; nothing is stored then */
export async function createKeyResult(
  deps: Deps,
  actor: Actor,
  draft: KeyResultDraft,
): Promise<KeyResultRecord> {
  const objective = await findObjective(deps, actor, draft.objective);
  const metric = draft.metric === null ? null : await findMetric(deps, actor, draft.metric);
  const unit = metric?.unit ?? draft.unit;
  if (unit === undefined) {
    throw invalidField(
      '/unit',
      'unit_missing',
      `The Key Result "${draft.key}" has neither a metric nor a unit.`,
      'Bind it to a metric, or name its unit, such as "count" or "ratio".',
    );
  }
  refuseProblems(draft.goal, unit, metric?.kind ?? null, draft.aggregate);
  const baselineRule = draft.baselineRule ?? null;
  const rule = baselineRule === null ? null : checkBaselineRule(draft.goal, baselineRule);
  if (rule !== null)
    throw invalidField('/baselineRule', 'baseline_rule_invalid', rule.problem, 'Change the rule.');
  const cycle = await findCycle(deps, actor, objective.cycleId);
  refuseClosed(cycle);
  const pace = checkPaceCurve(draft.paceCurve, cycle);
  if (pace !== null)
    throw invalidField('/paceCurve', 'pace_invalid', pace.problem, 'Name days inside the cycle.');
  const { key, title, titles = {}, description, owner, goal, paceCurve, aggregate } = draft;
  const keyResult = await deps.atomically(async (inside) => {
    const keyResult = await inside.plan.createKeyResult({
      workspaceId: actor.workspace.id,
      objectiveId: objective.id,
      cycleId: objective.cycleId,
      key,
      title,
      titles,
      description,
      owner,
      goal,
      paceCurve,
      aggregate,
      baselineRule,
      guard: null,
      definition: draft.definition ?? null,
      weight: draft.weight ?? 1,
      carriedFromId: draft.carriedFromId ?? null,
      unit,
      currency: metric?.currency ?? draft.currency ?? null,
      metricVersionId: metric?.versionId ?? null,
    });
    await recordChange(inside, actor, 'create', 'key_result', keyResult.id, {
      key,
      title,
      ...titlesIfAny(titles),
      goal,
      ...(aggregate === null ? {} : { aggregate }),
      metric: metric?.key ?? null,
    });
    return keyResult;
  });
  await deps.evaluate([keyResult.id]);
  return keyResult;
}

/** @throws AppError with one entry a problem */
export function refuseProblems(
  goal: Goal,
  unit: Unit,
  kind: MetricKind | null,
  aggregate: Aggregate | null,
): void {
  const problems = checkGoal(goal, unit).map(({ field, problem }) => ({
    pointer: `/goal/${field}`,
    code: 'goal_invalid',
    detail: problem,
  }));
  const binding = kind === null ? null : checkBinding(goal, kind);
  if (binding !== null)
    problems.push({ pointer: `/${binding.field}`, code: 'binding_invalid', detail: binding.problem });
  const combined = aggregate === null ? null : checkAggregate(goal, kind, aggregate);
  if (combined !== null)
    problems.push({ pointer: `/${combined.field}`, code: 'aggregate_invalid', detail: combined.problem });
  const [first] = problems;
  if (first === undefined) return;
  throw new AppError(
    'invalid',
    first.code,
    first.detail,
    'Change the goal, then try again. Nothing was stored.',
    {
      errors: problems,
    },
  );
}
