import { isDay } from '../domain/day.ts';
import { refuseClosed } from './closed-cycle.ts';
import { invalidField, notFound } from './errors.ts';
import { findCycle, findKeyResult } from './find.ts';
import type { Actor, Deps } from './ports.ts';
import type { InitiativeDetail } from './ports-resources.ts';
import { recordChange } from './record-change.ts';

/** The work that is done for a Key Result. It changes no number; its days are marks on the chart. */

type Draft = Omit<InitiativeDetail, 'id' | 'keyResultId'>;
export type InitiativeChange = { [Field in keyof Draft]?: Draft[Field] | undefined };

export async function listInitiatives(deps: Deps, actor: Actor, key: string): Promise<InitiativeDetail[]> {
  return deps.resources.initiatives((await findKeyResult(deps, actor, key)).id);
}

export async function findInitiative(deps: Deps, actor: Actor, id: string): Promise<InitiativeDetail> {
  const found = await deps.resources.findInitiative(actor.workspace.id, id);
  if (found === null) throw notFound('initiative', id, 'List them with `tidemark initiative list KEY`.');
  return found;
}

export async function createInitiative(
  deps: Deps,
  actor: Actor,
  key: string,
  draft: Draft,
): Promise<InitiativeDetail> {
  const keyResult = await findKeyResult(deps, actor, key);
  refuseClosed(await findCycle(deps, actor, keyResult.cycleId));
  refuseDays(draft);
  return deps.atomically(async (inside) => {
    const made = await inside.resources.createInitiative(actor.workspace.id, {
      ...draft,
      keyResultId: keyResult.id,
    });
    await recordChange(inside, actor, 'create', 'initiative', made.id, {
      keyResult: keyResult.key,
      ...draft,
    });
    return made;
  });
}

export async function updateInitiative(
  deps: Deps,
  actor: Actor,
  id: string,
  change: InitiativeChange,
): Promise<InitiativeDetail> {
  const before = await findInitiative(deps, actor, id);
  const given: Partial<Draft> = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  refuseDays({ ...before, ...given });
  return deps.atomically(async (inside) => {
    await recordChange(inside, actor, 'update', 'initiative', id, { before, ...given });
    return inside.resources.updateInitiative(id, given);
  });
}

export async function deleteInitiative(deps: Deps, actor: Actor, id: string): Promise<void> {
  const before = await findInitiative(deps, actor, id);
  await deps.atomically(async (inside) => {
    await inside.resources.deleteInitiative(id);
    await recordChange(inside, actor, 'delete', 'initiative', id, { before });
  });
}

function refuseDays({ endDay, startDay }: Pick<Draft, 'startDay' | 'endDay'>): void {
  const no = (pointer: string, detail: string) =>
    invalidField(pointer, 'day_invalid', detail, 'Name days of the calendar, the end not before the start.');
  if (!isDay(startDay)) throw no('/startDay', `"${startDay}" is not a day of the calendar.`);
  if (endDay === null) return;
  if (!isDay(endDay)) throw no('/endDay', `"${endDay}" is not a day of the calendar.`);
  if (endDay < startDay) throw no('/endDay', `It ends on ${endDay}, before it starts on ${startDay}.`);
}
