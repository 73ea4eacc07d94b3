import { type RolledUp, treeProgress } from '../domain/roll-up.ts';
import type { ObjectiveRecord } from './ports.ts';

type Item = { objectiveId: string; progress: number | null; weight: number };

/** The progress of each objective from its Key Results and child objectives, by id. */
export function rollUp(
  objectives: readonly Pick<ObjectiveRecord, 'id' | 'parentId' | 'weight'>[],
  keyResults: readonly Item[],
): Map<string, RolledUp> {
  const items = new Map<string, Item[]>(objectives.map(({ id }) => [id, []]));
  for (const each of keyResults) items.get(each.objectiveId)?.push(each);
  return treeProgress(
    objectives.map(({ id, parentId, weight }) => ({
      id,
      parentId,
      weight,
      items: items.get(id) ?? [],
    })),
  );
}
