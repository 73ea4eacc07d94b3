import { clamped, type RolledUp } from '../domain/roll-up.ts';
import type { Titles } from '../domain/titles.ts';
import { findObjective } from './find.ts';
import type { Actor, Deps, ObjectiveRecord } from './ports.ts';
import { rollUp } from './roll-up.ts';

/** One thing that an objective's progress is made of, and what it counts there. */
export type RollUpLine = {
  kind: 'key_result' | 'objective';
  key: string;
  title: string;
  titles: Titles;
  weight: number;
  progress: number | null;
  counted: number | null;
};
export type ObjectiveView = { objective: ObjectiveRecord; rolled: RolledUp; items: RollUpLine[] };

/** An objective with the arithmetic of its progress. */
export async function readObjective(deps: Deps, actor: Actor, key: string): Promise<ObjectiveView> {
  const objective = await findObjective(deps, actor, key);
  const objectives = await deps.plan.listObjectives(actor.workspace.id, objective.cycleId);
  const keyResults = await deps.plan.listKeyResults(actor.workspace.id, objective.cycleId);
  const states = await deps.results.states(keyResults.map(({ id }) => id));
  const rows = keyResults.map((each) => ({ ...each, progress: states.get(each.id)?.progress ?? null }));
  const progress = rollUp(objectives, rows);
  const line = (
    kind: RollUpLine['kind'],
    of: { key: string; title: string; titles: Titles; weight: number },
    value: number | null,
  ) => ({
    kind,
    key: of.key,
    title: of.title,
    titles: of.titles,
    weight: of.weight,
    progress: value,
    counted: value === null ? null : clamped(value),
  });
  return {
    objective,
    rolled: progress.get(objective.id) ?? { value: null, reason: 'no_observation', coverage: 0 },
    items: [
      ...rows
        .filter((each) => each.objectiveId === objective.id)
        .map((each) => line('key_result', each, each.progress)),
      ...objectives
        .filter((each) => each.parentId === objective.id)
        .map((each) => line('objective', each, progress.get(each.id)?.value ?? null)),
    ],
  };
}
