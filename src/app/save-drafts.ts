import { refuseClosed } from './closed-cycle.ts';
import { applyChoices, type DraftChoices } from './draft-choices.ts';
import { objectiveKey } from './draft-keys.ts';
import type { PlacedText } from './draft-place.ts';
import { phaseOf, titleOf } from './draft-record.ts';
import { findCycle, findObjective } from './find.ts';
import { readDrafts } from './import-text.ts';
import { type BindingChoice, type PlannedKeyResult, planDrafts } from './plan-drafts.ts';
import type { Actor, CycleRecord, Deps, ObjectiveRecord } from './ports.ts';
import type { TakenKeys } from './ports-import.ts';
import { isSameObjective, refuseEmpty, refuseLoose, refuseRepeated } from './refuse-drafts.ts';
import { type DraftGroup, type SavedParts, writeDrafts } from './write-drafts.ts';

export type SaveRequest = DraftChoices & {
  text: string;
  cycle: string;
  /** Where Key Results go that stand outside of any objective. */
  objective: string | null;
  bindings: readonly BindingChoice[];
};

export type SavedDrafts = SavedParts & { cycle: CycleRecord; text: PlacedText };

/**
 * Stores what a text was read as, all of it or nothing: everything is checked first, and written in one transaction.
 *
 * @throws AppError when a question is open, a draft cannot be, or something of it is there already
 */
export async function saveDrafts(deps: Deps, actor: Actor, request: SaveRequest): Promise<SavedDrafts> {
  const cycle = await findCycle(deps, actor, request.cycle);
  refuseClosed(cycle);
  const read = await readDrafts(deps, actor, { text: request.text, cycle: cycle.id });
  refuseEmpty(read.text);
  const text = applyChoices(read.text, request);
  const parent = request.objective === null ? null : await findObjective(deps, actor, request.objective);
  refuseLoose(text, parent, cycle);
  const taken = await deps.imports.takenKeys(actor.workspace.id);
  const planned = await planDrafts(deps, actor, text, request.bindings, taken);
  const existing = await deps.plan.listObjectives(actor.workspace.id, cycle.id);
  await refuseRepeated(deps, actor, cycle, text, existing);
  const groups = groupsOf(actor, cycle, text, { planned, parent, existing, taken });
  const saved = await deps.imports.inOne((writer) => writeDrafts(writer, actor, groups, { cycle, taken }));
  const unread = saved.keyResults.flatMap(({ metric }) =>
    metric?.cursorDay === null ? [metric.connectionId] : [],
  );
  for (const connectionId of new Set(unread.filter((id) => id !== ''))) {
    await deps.runs.request(actor.workspace.id, connectionId, 'backfill');
  }
  await deps.evaluate(saved.keyResults.map(({ keyResult }) => keyResult.id));
  return { cycle, text, ...saved };
}

function groupsOf(
  { workspace }: Actor,
  cycle: CycleRecord,
  text: PlacedText,
  {
    existing,
    parent,
    planned,
    taken,
  }: {
    planned: PlannedKeyResult[];
    parent: ObjectiveRecord | null;
    existing: ObjectiveRecord[];
    taken: TakenKeys;
  },
): DraftGroup[] {
  const keys = new Set(taken.objectives);
  const plannedOf = (drafts: readonly { at: string }[]) =>
    planned.filter(({ draft }) => drafts.some(({ at }) => at === draft.at));
  const groups = text.objectives.map((draft, index): DraftGroup => {
    const { initiatives, keyResults, line } = draft;
    const rest = { line, planned: plannedOf(keyResults), initiatives };
    const known = existing.find((objective) => isSameObjective(objective, draft.title));
    if (known !== undefined) return { objective: known, ...rest };
    const key = objectiveKey(draft.title, index + 1, keys);
    keys.add(key);
    const title = titleOf(draft.title);
    const description = title === draft.title.trim() ? '' : draft.title.trim();
    const { stage } = draft;
    const plain = {
      parentId: null,
      owner: null,
      weight: 1,
      stage,
      phase: phaseOf(draft),
      position: index + 1,
    };
    return {
      objective: {
        workspaceId: workspace.id,
        cycleId: cycle.id,
        key,
        title,
        titles: {},
        description,
        ...plain,
      },
      ...rest,
    };
  });
  if (parent === null) return groups;
  return [
    ...groups,
    { objective: parent, line: null, planned: plannedOf(text.keyResults), initiatives: text.initiatives },
  ];
}
