import { type Sensitivity, sensitivities } from '../domain/alert-rule.ts';
import { findKeyResult, findObjective } from './find.ts';
import type { Actor, AlertRuleRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

export type AlertRuleDraft = {
  keyResult: string | null;
  objective: string | null;
  forEvaluations: number;
  keepFiringEvaluations: number;
  /** How early it speaks; `normal` where nothing is said. */
  sensitivity?: Sensitivity | undefined;
  /** What goes on unchanged is said again after so many days; null: never. */
  repeatDays?: number | null | undefined;
};

const REPEAT_DAYS = 7;

/** A rule for one Key Result, for an objective, or, with neither, for the whole workspace. */
export async function createAlertRule(
  deps: Deps,
  actor: Actor,
  draft: AlertRuleDraft,
): Promise<AlertRuleRecord> {
  const keyResult = draft.keyResult === null ? null : await findKeyResult(deps, actor, draft.keyResult);
  const objective = draft.objective === null ? null : await findObjective(deps, actor, draft.objective);
  const { forEvaluations, keepFiringEvaluations } = draft;
  const rule = await deps.atomically(async (inside) => {
    const rule = await inside.alerts.createRule({
      workspaceId: actor.workspace.id,
      keyResultId: keyResult?.id ?? null,
      objectiveId: objective?.id ?? null,
      kind: 'off_track',
      forEvaluations,
      keepFiringEvaluations,
      ...sensitivities[draft.sensitivity ?? 'normal'],
      repeatDays: draft.repeatDays === undefined ? REPEAT_DAYS : draft.repeatDays,
    });
    await recordChange(inside, actor, 'create', 'alert_rule', rule.id, { ...draft });
    return rule;
  });
  return rule;
}
