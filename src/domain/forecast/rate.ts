import { finalAsItStands } from './decided.ts';
import type { Forecast, ForecastQuestion } from './types.ts';

/** Recent steps that a rate is read from: two cycles of days, one of hours. */
const RECENT = { hour: 24, day: 14, week: 4, month: 3 } as const;

/**
 * What each remaining step has to bring to reach the target, and what the recent ones brought: for a total the value of
 * a step, for a mean the value to hold, for a share of checks the share to meet, for a level its change. Null with two
 * borders, at the end, and where the recent steps say nothing.
 */
export function rateOf(question: ForecastQuestion): Forecast['rate'] {
  const { final, hit, remainingSteps } = question;
  const target = hit.atLeast ?? hit.atMost;
  if (target === null || (hit.atLeast !== null && hit.atMost !== null) || remainingSteps <= 0) return null;
  const recent = recentRate(question);
  if (recent === null) return null;
  switch (final.kind) {
    case 'sum':
      return { needed: (target - final.soFar) / remainingSteps, recent };
    case 'mean': {
      const all = final.count + remainingSteps;
      return { needed: (target * all - final.soFar) / remainingSteps, recent };
    }
    case 'share':
      return { needed: (target * (final.checks + remainingSteps) - final.met) / remainingSteps, recent };
    case 'last':
    case 'trailing_mean':
      return { needed: (target - finalAsItStands(question)) / remainingSteps, recent };
  }
}

function recentRate(question: ForecastQuestion): number | null {
  const { final, step, values } = question;
  const window = RECENT[step];
  const recent = values.slice(-window);
  const known = recent.filter((value) => value !== null);
  if (known.length === 0) return null;
  switch (final.kind) {
    case 'sum':
      // Steps without a value added nothing to the total.
      return known.reduce((sum, value) => sum + value, 0) / recent.length;
    case 'mean':
      return known.reduce((sum, value) => sum + value, 0) / known.length;
    case 'share': {
      const { lower, upper } = final;
      const met = known.filter(
        (value) => (lower === null || value >= lower) && (upper === null || value <= upper),
      );
      return met.length / known.length;
    }
    case 'last':
    case 'trailing_mean': {
      const earlier = values.slice(0, -window);
      if (!earlier.some((value) => value !== null)) return null;
      const before = finalAsItStands({ ...question, values: earlier });
      return (finalAsItStands(question) - before) / window;
    }
  }
}
