import type { Forecast, ForecastQuestion } from '../../src/domain/forecast/types.ts';

/** Days of January 2026 by their number. */
export const day = (number: number): string => `2026-01-${String(number).padStart(2, '0')}`;

/** A Key Result of 20 days from 5 January on, with 11 days of history. */
export const keyResult = {
  id: 'kr',
  agg: 'last',
  avg_n: undefined as number | undefined,
  direction: 'increase',
  baseline: 10,
  target: 12,
  start: day(5),
  deadline: day(25),
  unit: 'visits',
  domain: 'web',
  stale_after: 3,
};

export const history = (values: (number | null)[] = Array.from({ length: 11 }, () => 10)) => ({
  start: '2025-12-26',
  step: 'P1D',
  values,
});

export const opening = () => ({
  v: 1,
  op: 'open',
  kr: keyResult,
  gran: 'D',
  as_of: day(5),
  history: history(),
});

export const ticking = (number: number, points: [string, number | null][] = [[day(number), 10]]) => ({
  v: 1,
  op: 'tick',
  id: `kr#${number - 5}`,
  kr_id: 'kr',
  as_of: day(number),
  points,
});

/** A forecaster that says what it is told to, and keeps what it was asked. */
export function saying(chances: (question: ForecastQuestion) => number) {
  const questions: ForecastQuestion[] = [];
  const forecast = (question: ForecastQuestion): Forecast => {
    questions.push(question);
    return {
      pHit: chances(question),
      method: 'combined',
      quantiles: { p10: 1, p50: 2, p90: 3 },
      fan: [],
      members: {},
      littleHistory: false,
      inputs: { step: 'day', from: '', through: '', observations: 1, gaps: 0, outliers: 0, periods: [] },
      rate: null,
    };
  };
  return { forecast, questions };
}
