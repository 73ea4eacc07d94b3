import type { ImportedText, KeyResultDraft, ObjectiveDraft } from '../domain/draft/index.ts';

/** A draft with the name that choices about it use: its line, and where several stand on one, `12.2` for the second. */
export type PlacedDraft = KeyResultDraft & { at: string };
export type PlacedObjective = Omit<ObjectiveDraft, 'keyResults'> & { keyResults: PlacedDraft[] };
export type PlacedText = Omit<ImportedText, 'objectives' | 'keyResults'> & {
  objectives: PlacedObjective[];
  keyResults: PlacedDraft[];
};

export function withPlaces(imported: ImportedText): PlacedText {
  const { keyResults, objectives } = imported;
  const onLine = new Map<number, number>();
  for (const { line } of [...objectives.flatMap((each) => each.keyResults), ...keyResults]) {
    onLine.set(line, (onLine.get(line) ?? 0) + 1);
  }
  const seen = new Map<number, number>();
  const place = (draft: KeyResultDraft): PlacedDraft => {
    const { line } = draft;
    const number = (seen.get(line) ?? 0) + 1;
    seen.set(line, number);
    return { ...draft, at: (onLine.get(line) ?? 1) > 1 ? `${line}.${number}` : String(line) };
  };
  return {
    ...imported,
    objectives: objectives.map((objective) => ({
      ...objective,
      keyResults: objective.keyResults.map(place),
    })),
    keyResults: keyResults.map(place),
  };
}

/** Every draft of a Key Result, in the order of the text. */
export function draftsOf({
  keyResults,
  objectives,
}: Pick<PlacedText, 'keyResults' | 'objectives'>): PlacedDraft[] {
  return [...objectives.flatMap((objective) => objective.keyResults), ...keyResults].toSorted(
    (a, b) => a.line - b.line,
  );
}

/** Whether a choice about `line` is about the draft: a bare number means everything on that line. */
export function isAt({ at, line }: Pick<PlacedDraft, 'at' | 'line'>, chosen: string): boolean {
  return chosen === at || chosen === String(line);
}
