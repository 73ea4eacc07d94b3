import type { PlacedText } from './draft-place.ts';
import { sameText } from './draft-record.ts';
import { AppError } from './errors.ts';
import type { Actor, CycleRecord, Deps, ObjectiveRecord } from './ports.ts';

/** What stands in the way of storing drafts, apart from the drafts themselves. */

export function refuseEmpty({ keyResults, notUnderstood, objectives }: PlacedText): void {
  if (objectives.length > 0 || keyResults.length > 0) return;
  const detail = 'Nothing in the text was understood as an objective or a Key Result.';
  throw new AppError(
    'invalid',
    'nothing_found',
    detail,
    'Write each Key Result in a line of its own, with its numbers.',
    {
      errors: notUnderstood.map(({ line, reason, why }) => ({
        pointer: `/lines/${line}`,
        code: why,
        detail: `Line ${line}: ${reason.en}`,
      })),
    },
  );
}

export function refuseLoose(
  { keyResults }: PlacedText,
  parent: ObjectiveRecord | null,
  cycle: CycleRecord,
): void {
  if (parent !== null && parent.cycleId !== cycle.id) {
    const detail = `The objective "${parent.key}" does not belong to the cycle "${cycle.key}".`;
    throw new AppError('invalid', 'other_cycle', detail, 'Name an objective of that cycle.', {
      errors: [{ pointer: '/objective', code: 'other_cycle', detail }],
    });
  }
  if (parent !== null || keyResults.length === 0) return;
  const lines = keyResults.map(({ at }) => at).join(', ');
  const detail = `The Key Results on these lines stand outside of any objective: ${lines}.`;
  throw new AppError(
    'invalid',
    'objective_missing',
    detail,
    'Name one for them with --objective KEY. Nothing was stored.',
    {
      errors: [{ pointer: '/objective', code: 'objective_missing', detail }],
    },
  );
}

/** A text is imported once: its Key Results are told by their words. */
export async function refuseRepeated(
  deps: Deps,
  actor: Actor,
  cycle: CycleRecord,
  text: PlacedText,
  existing: readonly ObjectiveRecord[],
): Promise<void> {
  const stored = await deps.plan.listKeyResults(actor.workspace.id, cycle.id);
  const drafts = [...text.objectives.flatMap(({ keyResults }) => keyResults), ...text.keyResults];
  const repeated = drafts.flatMap((draft) => {
    const known = stored.find(({ definition, title }) => sameText(definition?.text ?? title, draft.text));
    return known === undefined ? [] : [{ at: draft.at, key: known.key }];
  });
  const bare = text.objectives.flatMap(({ keyResults, line, title }) => {
    const known = existing.find((objective) => isSameObjective(objective, title));
    return known === undefined || keyResults.length > 0 ? [] : [{ at: String(line), key: known.key }];
  });
  const all = [...repeated, ...bare];
  if (all.length === 0) return;
  const detail = `The cycle "${cycle.key}" has this already: ${all.map(({ at, key }) => `${key} (line ${at})`).join(', ')}.`;
  throw new AppError(
    'conflict',
    'already_imported',
    detail,
    'Import only what is new with --only LINE. Nothing was stored.',
    {
      errors: all.map(({ at, key }) => ({
        pointer: `/lines/${at}`,
        code: 'already_imported',
        detail: `Line ${at} is ${key}.`,
      })),
    },
  );
}

export function isSameObjective({ description, title }: ObjectiveRecord, text: string): boolean {
  return sameText(title, text) || sameText(description, text);
}
