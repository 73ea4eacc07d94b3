import { readText } from '../domain/draft/index.ts';
import { type Hint, hintsFor } from '../domain/hints.ts';
import { type PlacedText, withPlaces } from './draft-place.ts';
import { AppError } from './errors.ts';
import { findCycle } from './find.ts';
import type { Actor, CycleRecord, Deps } from './ports.ts';
import { currentCycle } from './read-board.ts';

/** What a text was read as, and what could make it better. Nothing of it is stored. */
export type Drafts = { text: PlacedText; cycle: CycleRecord | null; hints: Hint[] };

/**
 * Reads objectives, Key Results and initiatives out of a text. The cycle gives a deadline its year and a rhythm its
 * number of periods.
 *
 * @param cycleKey absent: the cycle that today lies in
 * @throws AppError when the text is too large to be read at once
 */
export async function readDrafts(
  deps: Deps,
  actor: Actor,
  { text, cycle: cycleKey }: { text: string; cycle: string | null },
): Promise<Drafts> {
  const cycle =
    cycleKey === null
      ? await currentCycle(deps, actor, await deps.clock.now())
      : await findCycle(deps, actor, cycleKey);
  return draftsOfText(text, cycle);
}

/** The same without a workspace. @throws AppError when the text is too large to be read at once */
export function draftsOfText(text: string, cycle: Drafts['cycle']): Drafts {
  const imported = readText(text, cycle === null ? {} : { cycle });
  const { refused } = imported;
  if (refused !== null) {
    throw new AppError('invalid', refused.code, refused.text.en, 'Import it in several parts.', {
      errors: [{ pointer: '/text', code: refused.code, detail: refused.text.en }],
    });
  }
  const placed = withPlaces(imported);
  return { text: placed, cycle, hints: hintsOf(placed) };
}

/** Keys are lines here: nothing has a name of its own yet. */
function hintsOf({ objectives }: PlacedText): Hint[] {
  return hintsFor(
    objectives.map(({ keyResults, line, stage, title }) => ({
      key: String(line),
      title,
      stage,
      phase: null,
      keyResults: keyResults.map((draft) => ({
        key: draft.at,
        title: draft.text,
        // Without a goal it counts, and nothing is said about its kind.
        goal: draft.goal ?? { kind: 'reach', startValue: null, targetValue: draft.target ?? 0 },
        stage: draft.stage,
        automatic: draft.metric !== null && draft.tracking.startsWith('automatic'),
      })),
    })),
  );
}
