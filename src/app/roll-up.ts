import { type RolledUp, treeProgress } from '../domain/roll-up.ts';
import type { ObjectiveRecord } from './ports.ts';

type Item = { objectiveId: string; progress: number | null; weight: number };

/** The progress of each objective from its Key Results and child objectives, by id. */
export function rollUp(
  objectives: readonly Pick<ObjectiveRecord, 'id' | 'parentId' | 'weight'>[],
  keyResults: readonly Item[],
): Map<string, RolledUp> {
  return treeProgress(
    objectives.map(({ id, parentId, weight }) => ({
      id,
      parentId,
      weight,
      items: keyResults.filter((each) => each.objectiveId === id),
    })),
  );
}
