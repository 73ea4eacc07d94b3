import type { LexiconEntry } from './lexicon-types.ts';
import type { DraftProblem, KeyResultDraft } from './types.ts';
import { problem } from './words.ts';

/** Values that the metric cannot have: a share above 100 %, six stars. Values are as written. */
export function boundProblems(
  entry: LexiconEntry,
  { unit }: Pick<KeyResultDraft, 'unit'>,
  values: readonly (number | null)[],
): DraftProblem[] {
  const { bounds } = entry;
  if (bounds === undefined) return [];
  const scale = unit === 'ratio' ? 100 : 1;
  const min = bounds.min * scale;
  const max = bounds.max === null ? Number.POSITIVE_INFINITY : bounds.max * scale;
  const outside = values.find((value) => value !== null && (value < min || value > max));
  if (outside === undefined || outside === null) return [];
  if (unit === 'ratio')
    return [problem('ratio_out_of_range', { value: `${outside} %` }, { value: `${outside}%` })];
  return [problem('rating_out_of_range', { value: outside, min, max: bounds.max === null ? '∞' : max })];
}

/** A change by points that a share cannot make: 5 % - 10 points = -5 %. Without a start, only what no start allows. */
export function pointsProblems(
  entry: LexiconEntry | null,
  start: number | null,
  points: number,
): DraftProblem[] {
  const open = entry?.bounds !== undefined && entry.bounds.max === null;
  const operator = points < 0 ? '-' : '+';
  if (start === null) {
    if (Math.abs(points) <= 100 || (open && points > 0)) return [];
    const from = points < 0 ? 100 : 0;
    return [outOfRange(from, operator, points)];
  }
  const result = start + points;
  const above = result > 100 && !open && start <= 100;
  return result < 0 || above ? [outOfRange(start, operator, points)] : [];
}

function outOfRange(start: number, operator: string, points: number): DraftProblem {
  const result = Number((start + points).toPrecision(12));
  const values = { operator, points: Math.abs(points) };
  return problem(
    'points_out_of_range',
    { ...values, start: `${start} %`, result: `${result} %` },
    { ...values, start: `${start}%`, result: `${result}%` },
  );
}
