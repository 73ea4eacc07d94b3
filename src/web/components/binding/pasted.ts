import type { Draft, Drafts, Imported } from '../../binding-queries.ts';

/** What was pasted and decided about it so far. */
export type Pasted = {
  text: string;
  /** The text as it was read last; empty before. */
  read: string;
  /** Where Key Results go that stand outside of any objective: one that is there, or the title of a new one. */
  objective: string;
  newObjective: string;
  answers: Record<string, string>;
  metrics: Record<string, string>;
  /** Those that are not to be saved. */
  left: string[];
  saved: Imported | null;
};

export const nothingPasted: Pasted = {
  text: '',
  read: '',
  objective: '',
  newObjective: '',
  answers: {},
  metrics: {},
  left: [],
  saved: null,
};

export function allDrafts(drafts: Drafts): Draft[] {
  return [...drafts.objectives.flatMap(({ keyResults }) => keyResults), ...drafts.keyResults];
}

/** The text with the sentence of one draft written anew; null when it is not found as it was read. */
export function rewritten(text: string, draft: Draft, sentence: string): string | null {
  const lines = text.split('\n');
  const at = lines.findIndex((line, index) => index >= draft.line - 1 && line.includes(draft.text));
  const line = lines[at];
  if (line === undefined || at > draft.lastLine - 1) return null;
  lines[at] = line.replace(draft.text, () => sentence.replaceAll('\n', ' ').trim());
  return lines.join('\n');
}

/** What was said about lines that are still there. */
export function keptChoices(pasted: Pasted, drafts: readonly Draft[]) {
  // What cannot be is not saved until its sentence is written anew.
  const wanted = drafts.filter(({ at, problems }) => problems.length === 0 && !pasted.left.includes(at));
  const of = (choices: Record<string, string>) =>
    wanted.flatMap(({ at }) => (choices[at] === undefined ? [] : [{ line: at, choice: choices[at] }]));
  return {
    wanted,
    only: wanted.length === drafts.length ? null : wanted.map(({ at }) => at),
    answers: of(pasted.answers)
      .filter(({ line }) => wanted.some(({ at, question }) => at === line && question !== null))
      .map(({ choice, line }) => ({ line, option: choice })),
    metrics: of(pasted.metrics).map(({ choice, line }) => ({ line, metric: choice })),
  };
}
