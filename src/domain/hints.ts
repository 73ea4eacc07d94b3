import type { Goal } from './key-result.ts';
import { type FunnelStage, funnelStageOf, funnelStages, isLive } from './life-cycle.ts';
import type { Reason } from './status.ts';
import type { Titles } from './titles.ts';

/**
 * What could make a set of objectives better. Hints are read by people and never stand in the way: nothing is refused
 * for one. The codes have their sentences in `src/i18n`.
 */
export const hintCodes = [
  'hint_no_key_results',
  'hint_too_few_key_results',
  'hint_too_many_key_results',
  'hint_too_many_stages',
  'hint_early_funnel_first',
  'hint_activity_not_outcome',
  'hint_baseline_first',
] as const;
export type HintCode = (typeof hintCodes)[number];
export type Hint = {
  code: HintCode;
  values: Reason['values'];
  /** What the `title` of the values is called in each language. */
  titles?: Titles | undefined;
  objectiveKey: string | null;
  keyResultKey: string | null;
};

export type HintedKeyResult = {
  key: string;
  title: string;
  titles?: Titles | undefined;
  goal: Goal;
  stage: string | null;
  /** Whether a metric feeds it, other than the check-ins of people. */
  automatic: boolean;
};
export type HintedObjective = {
  key: string;
  title: string;
  titles?: Titles | undefined;
  stage: string | null;
  phase: string | null;
  keyResults: readonly HintedKeyResult[];
};

/** An objective with fewer is not measured from two sides; with more, nobody knows what matters. */
export const wantedKeyResults = { least: 2, most: 5 } as const;
const MOST_STAGES = 2;

/** Hints for the objectives of one cycle, in their order; those about the whole cycle come last. */
export function hintsFor(objectives: readonly HintedObjective[]): Hint[] {
  return [...objectives.flatMap(hintsOfObjective), ...hintsOfStages(objectives)];
}

function hintsOfObjective(objective: HintedObjective): Hint[] {
  const { key, keyResults, phase, title, titles } = objective;
  const about = { objectiveKey: key, keyResultKey: null, ...namedAs(titles) };
  const count = keyResults.length;
  const values = { title, count, ...wantedKeyResults };
  const hints: Hint[] = [];
  if (count === 0) hints.push({ code: 'hint_no_key_results', values, ...about });
  else if (count < wantedKeyResults.least) hints.push({ code: 'hint_too_few_key_results', values, ...about });
  else if (count > wantedKeyResults.most) hints.push({ code: 'hint_too_many_key_results', values, ...about });
  for (const keyResult of keyResults) {
    const named = { objectiveKey: key, keyResultKey: keyResult.key, ...namedAs(keyResult.titles) };
    if (isLive(phase) && isActivity(keyResult)) {
      hints.push({ code: 'hint_activity_not_outcome', values: { title: keyResult.title }, ...named });
    }
    if (lacksBaseline(keyResult)) {
      hints.push({ code: 'hint_baseline_first', values: { title: keyResult.title }, ...named });
    }
  }
  return hints;
}

const namedAs = (titles: Titles | undefined) => (titles === undefined ? {} : { titles });

/** Work that is done or counted, without a number of the product that it moves. */
function isActivity({ automatic, goal }: HintedKeyResult): boolean {
  if (goal.kind === 'milestone' || goal.kind === 'recurring') return true;
  return goal.kind === 'accumulate' && !automatic;
}

/** "By 10 %" of what? Without data nothing can be captured, and nobody has said. */
function lacksBaseline({ automatic, goal }: HintedKeyResult): boolean {
  return goal.kind === 'change' && goal.baselineValue === null && !automatic;
}

function hintsOfStages(objectives: readonly HintedObjective[]): Hint[] {
  const found = new Set<FunnelStage>();
  for (const { keyResults, stage } of objectives) {
    for (const each of [stage, ...keyResults.map((keyResult) => keyResult.stage)]) {
      const known = funnelStageOf(each);
      if (known !== null) found.add(known);
    }
  }
  const stages = funnelStages.filter((stage) => found.has(stage));
  const about = { objectiveKey: null, keyResultKey: null };
  const hints: Hint[] = [];
  if (stages.length > MOST_STAGES) {
    const values = { count: stages.length, most: MOST_STAGES, stages: stages.join(', ') };
    hints.push({ code: 'hint_too_many_stages', values, ...about });
  }
  const [first] = stages;
  if (first === 'referral' || first === 'revenue') {
    hints.push({ code: 'hint_early_funnel_first', values: { stage: first }, ...about });
  }
  return hints;
}
