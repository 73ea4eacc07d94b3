import type { NoValueCode } from './reason.ts';

/**
 * What a Key Result promises. Values are in the metric's own unit: money in minor units, ratios as fractions.
 * `startValue` null means that the baseline has not been captured yet.
 */
export type Goal =
  | { kind: 'reach'; startValue: number | null; targetValue: number }
  /** `percent` is signed: -30 is "down by 30 %". `points` adds percent/100 to a ratio. */
  | { kind: 'change'; percent: number; mode: 'relative' | 'points'; baselineValue: number | null }
  | { kind: 'accumulate'; targetValue: number }
  | {
      kind: 'guardrail';
      operator: 'at_least' | 'at_most' | 'between';
      /** Inclusive bounds: `lower` for at_least and between, `upper` for at_most and between. */
      lower: number | null;
      upper: number | null;
      method: 'latest' | 'share_of_checks' | 'share_of_planned' | 'distance';
      checksPlanned: number | null;
      startValue: number | null;
    }
  | { kind: 'milestone'; steps: { name: string; weight: number; doneOnDay: string | null }[] }
  | {
      kind: 'recurring';
      perPeriod: number;
      periodUnit: 'day' | 'week' | 'month' | 'quarter';
      periods: number;
      carryOver: boolean;
    };

export type GoalKind = Goal['kind'];

/** How progress is expected to grow over the cycle. Days are of the cycle's time zone. */
export type PaceCurve = { kind: 'linear' } | { kind: 'phased'; points: { day: string; progress: number }[] };

/** Why there is no number. A null always carries one of these. */
export type NoValueReason = NoValueCode;
