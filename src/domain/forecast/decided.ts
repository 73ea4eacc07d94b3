import { observedPart } from './final-value.ts';
import type { FinalValue, ForecastQuestion, HitRule } from './types.ts';

/**
 * Whether nothing can change the outcome any more, and which it is: the deadline has come, a total that only grows has
 * reached its target or burst its budget, or too few checks remain to move a share across its border.
 */
export function decidedOutcome(question: ForecastQuestion): 'hit' | 'miss' | null {
  const { lowest, highest } = reachable(question);
  const { atLeast, atMost } = question.hit;
  if ((atLeast !== null && highest < atLeast) || (atMost !== null && lowest > atMost)) return 'miss';
  if ((atLeast === null || lowest >= atLeast) && (atMost === null || highest <= atMost)) return 'hit';
  return null;
}

/** The final value where it stands, with what was observed so far. */
export function finalAsItStands(question: ForecastQuestion): number {
  const { final } = question;
  const { sum, count } = observedPart(question, 0);
  return final.kind === 'sum' || final.kind === 'last'
    ? sum
    : count === 0
      ? lastObserved(question)
      : sum / count;
}

/** Whether the hit rule is met by a value. */
export function isHit({ atLeast, atMost }: HitRule, value: number): boolean {
  return (atLeast === null || value >= atLeast) && (atMost === null || value <= atMost);
}

function reachable(question: ForecastQuestion): { lowest: number; highest: number } {
  const { final, nonNegative, remainingSteps } = question;
  if (remainingSteps <= 0) {
    const value = finalAsItStands(question);
    return { lowest: value, highest: value };
  }
  if (final.kind === 'sum' && nonNegative) return { lowest: final.soFar, highest: Number.POSITIVE_INFINITY };
  if (final.kind === 'share') return reachableShare(final, remainingSteps);
  return { lowest: Number.NEGATIVE_INFINITY, highest: Number.POSITIVE_INFINITY };
}

function reachableShare(
  { met, checks }: Extract<FinalValue, { kind: 'share' }>,
  remaining: number,
): { lowest: number; highest: number } {
  const all = checks + remaining;
  return { lowest: met / all, highest: (met + remaining) / all };
}

function lastObserved({ values }: ForecastQuestion): number {
  return values.findLast((value) => value !== null) ?? 0;
}
