import type { IntervalModel } from '../../../../src/domain/forecast/members.ts';
import type { ForecastQuestion } from '../../../../src/domain/forecast/types.ts';

/** A question about a few days from Monday, 5 January 2026; each test says what is special about its own. */
export function question(given: Partial<ForecastQuestion> = {}): ForecastQuestion {
  return {
    step: 'day',
    start: '2026-01-05',
    values: [10, 12, 11],
    elapsedSteps: 2,
    remainingSteps: 10,
    final: { kind: 'last' },
    hit: { atLeast: 12, atMost: null },
    nonNegative: true,
    ...given,
  };
}

/** No model from outside. */
export const noModel: IntervalModel = () => null;

/** A series with weekends at half, slow growth and noise that anybody can compute: the fraction of a sine's multiples. */
export function bumpy(days: number, growth = 0): number[] {
  return Array.from({ length: days }, (_, day) => {
    const noise = (Math.sin(day * 12.9898) * 43_758.5453) % 1;
    const weekend = day % 7 >= 5 ? 0.5 : 1;
    return 100 * weekend * (1 + growth * day) * (1 + 0.1 * noise);
  });
}
