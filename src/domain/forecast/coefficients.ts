import type { Combination } from './combine.ts';

/**
 * How the members are combined. No intercept: the chance to reach a target and the chance to stay below it add up to
 * one. Smoothing has no weight beside the others; it stands in for those that are missing.
 *
 * Written by `npm run offtrack -- --fit --write` from the fold `train` of the benchmark, and from nothing else.
 */
export const coefficients: Combination = {
  weights: { mstl_ets: 0.33, analogs: 0.36, last_year: 0.37, smoothing: 0 },
  held: 3.5,
  widening: 1.08,
};
