import type { Titles } from '../domain/titles.ts';
import { refuseClosed } from './closed-cycle.ts';
import { findCycle, findObjective } from './find.ts';
import type { Actor, Deps, ObjectiveRecord } from './ports.ts';
import { recordChange } from './record-change.ts';
import { titlesIfAny } from './titles-if-any.ts';
import { refuseUnknownWords } from './update-objective.ts';

export type ObjectiveDraft = {
  key: string;
  title: string;
  titles?: Titles | undefined;
  description: string;
  cycle: string;
  parent: string | null;
  owner: string | null;
  stage?: string | null;
  phase?: string | null;
  weight?: number;
};

export async function createObjective(
  deps: Deps,
  actor: Actor,
  draft: ObjectiveDraft,
): Promise<ObjectiveRecord> {
  const cycle = await findCycle(deps, actor, draft.cycle);
  refuseClosed(cycle);
  refuseUnknownWords(draft);
  const parent = draft.parent === null ? null : await findObjective(deps, actor, draft.parent);
  const { key, title, titles = {}, description, owner } = draft;
  const objective = await deps.atomically(async (inside) => {
    const objective = await inside.plan.createObjective({
      workspaceId: actor.workspace.id,
      cycleId: cycle.id,
      parentId: parent?.id ?? null,
      key,
      title,
      titles,
      description,
      owner,
      stage: draft.stage ?? null,
      phase: draft.phase ?? null,
      weight: draft.weight ?? 1,
    });
    await recordChange(inside, actor, 'create', 'objective', objective.id, {
      key,
      title,
      ...titlesIfAny(titles),
    });
    return objective;
  });
  return objective;
}
