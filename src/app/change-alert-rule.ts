import { type Sensitivity, sensitivities } from '../domain/alert-rule.ts';
import { notFound } from './errors.ts';
import type { Actor, AlertRuleRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

export type AlertRuleChange = {
  enabled?: boolean | undefined;
  forEvaluations?: number | undefined;
  keepFiringEvaluations?: number | undefined;
  sensitivity?: Sensitivity | undefined;
  repeatDays?: number | null | undefined;
};

export async function findAlertRule(deps: Deps, actor: Actor, id: string): Promise<AlertRuleRecord> {
  const rule = await deps.resources.findRule(actor.workspace.id, id);
  if (rule === null) throw notFound('alert rule', id, 'List the rules with `tidemark rule list`.');
  return rule;
}

/** Changes how early and how often a rule speaks, and switches it off or on. What burns goes on burning. */
export async function changeAlertRule(
  deps: Deps,
  actor: Actor,
  id: string,
  { sensitivity, ...change }: AlertRuleChange,
): Promise<AlertRuleRecord> {
  const before = await findAlertRule(deps, actor, id);
  const given: Partial<AlertRuleRecord> = {
    ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
    ...(sensitivity === undefined ? {} : sensitivities[sensitivity]),
  };
  return deps.atomically(async (inside) => {
    const changed = await inside.resources.changeRule(actor.workspace.id, id, given);
    if (changed === null) throw notFound('alert rule', id, 'It was archived just now.');
    await recordChange(inside, actor, actionOf(change, sensitivity), 'alert_rule', id, { before, ...given });
    return changed;
  });
}

/** A switch alone is called what it is. */
function actionOf(
  { enabled, ...rest }: Omit<AlertRuleChange, 'sensitivity'>,
  sensitivity?: Sensitivity,
): string {
  const others = [...Object.values(rest), sensitivity].some((value) => value !== undefined);
  if (enabled === undefined || others) return 'update';
  return enabled ? 'switch_on' : 'switch_off';
}
