import type { AlertConfig } from './alert.ts';

/**
 * Below which chance a breach begins and above which it is over. Later is surer: on the benchmark 86, 84 and 83 of a
 * hundred alerted Key Results missed.
 */
export const sensitivities = {
  quiet: { fireBelow: 0.2, clearAbove: 0.4 },
  normal: { fireBelow: 0.25, clearAbove: 0.45 },
  early: { fireBelow: 0.3, clearAbove: 0.5 },
} as const;
export type Sensitivity = keyof typeof sensitivities;

/** The rule of a workspace that never changed it; its counts are days. */
export const usualRule: AlertConfig = {
  forEvaluations: 3,
  keepFiringEvaluations: 5,
  ...sensitivities.normal,
};
