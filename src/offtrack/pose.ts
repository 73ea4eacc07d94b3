import { stepsBetween } from '../domain/forecast/calendar.ts';
import type { FinalValue, ForecastQuestion, ForecastStep } from '../domain/forecast/types.ts';
import type { Gran, KeyResultLine } from './protocol.ts';

export const stepOf: Record<Gran, ForecastStep> = { D: 'day', W: 'week', M: 'month', H: 'hour' };

type Known = {
  kr: KeyResultLine;
  gran: Gran;
  history: { start: string; values: readonly (number | null)[] };
};

/** What the protocol tells of a Key Result, as a question of the product. It speaks for the newest value of the history. */
export function questionOf({ gran, history, kr }: Known): ForecastQuestion {
  const step = stepOf[gran];
  const newest = history.values.findLastIndex((value) => value !== null);
  const values = history.values.slice(0, newest + 1);
  const startIndex = stepsBetween(step, history.start, kr.start);
  const elapsedSteps = Math.max(0, newest - startIndex);
  return {
    step,
    start: history.start,
    values,
    elapsedSteps,
    remainingSteps: stepsBetween(step, history.start, kr.deadline) - newest,
    final: finalOf(kr, values.slice(startIndex + 1)),
    hit:
      kr.direction === 'increase'
        ? { atLeast: kr.target, atMost: null }
        : { atLeast: null, atMost: kr.target },
    // The protocol does not say so; what has never been negative is taken for what cannot be.
    nonNegative: values.every((value) => value === null || value >= 0),
  };
}

function finalOf(kr: KeyResultLine, sinceStart: readonly (number | null)[]): FinalValue {
  if (kr.agg === 'last') return { kind: 'last' };
  if (kr.agg === 'avg') return { kind: 'trailing_mean', steps: kr.avg_n ?? 1 };
  return { kind: 'sum', soFar: sinceStart.reduce<number>((sum, value) => sum + (value ?? 0), 0) };
}
