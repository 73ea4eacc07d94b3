import { phases, stages } from '../domain/life-cycle.ts';
import type { Titles } from '../domain/titles.ts';
import { refuseClosed } from './closed-cycle.ts';
import { invalidField } from './errors.ts';
import { findCycle, findObjective } from './find.ts';
import type { Actor, Deps, ObjectiveRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

export type ObjectiveChange = {
  title?: string | undefined;
  /** All of them: those that are not named are gone. */
  titles?: Titles | undefined;
  description?: string | undefined;
  owner?: string | null | undefined;
  /** Key or id; null: it stands by itself. */
  parent?: string | null | undefined;
  stage?: string | null | undefined;
  phase?: string | null | undefined;
  weight?: number | undefined;
};

/** @throws AppError when the parent is the objective itself or one below it, or a word is not one of its list */
export async function updateObjective(
  deps: Deps,
  actor: Actor,
  key: string,
  { parent, ...change }: ObjectiveChange,
): Promise<ObjectiveRecord> {
  const objective = await findObjective(deps, actor, key);
  refuseClosed(await findCycle(deps, actor, objective.cycleId));
  refuseUnknownWords(change);
  const parentId = parent === undefined ? undefined : await parentOf(deps, actor, objective, parent);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const changed = await deps.atomically(async (inside) => {
    const changed = await inside.plan.updateObjective(objective.id, {
      ...given,
      ...(parentId === undefined ? {} : { parentId }),
    });
    await recordChange(inside, actor, 'update', 'objective', objective.id, {
      key: objective.key,
      ...given,
      ...(parentId === undefined ? {} : { parentId }),
    });
    return changed;
  });
  return changed;
}

/** The stages and phases are lists, so that objectives can be grouped by them. */
export function refuseUnknownWords({ phase, stage }: Pick<ObjectiveChange, 'phase' | 'stage'>): void {
  for (const [field, value, known] of [
    ['stage', stage, stages],
    ['phase', phase, phases],
  ] as const) {
    if (value === undefined || value === null || (known as readonly string[]).includes(value)) continue;
    throw invalidField(
      `/${field}`,
      `${field}_unknown`,
      `There is no ${field} "${value}".`,
      `Name one of: ${known.join(', ')}.`,
    );
  }
}

async function parentOf(
  deps: Deps,
  actor: Actor,
  objective: ObjectiveRecord,
  key: string | null,
): Promise<string | null> {
  if (key === null) return null;
  const parent = await findObjective(deps, actor, key);
  const seen = new Set([objective.id]);
  for (let above: ObjectiveRecord | null = parent; above !== null; ) {
    if (seen.has(above.id)) {
      throw invalidField(
        '/parent',
        'parent_loop',
        `"${parent.key}" cannot be the parent of "${objective.key}": it is the same objective, or lies below it.`,
        'Name an objective that does not lie below this one.',
      );
    }
    seen.add(above.id);
    above =
      above.parentId === null ? null : await deps.plan.findObjective(actor.workspace.id, above.parentId);
  }
  return parent.id;
}
