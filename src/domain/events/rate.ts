import type { Measurement } from '../catalog/types.ts';

/** The set of records that a metric needs was not read. That is not zero of anything. */
export const notRead: Measurement = { value: null, reason: 'no_observation' };

type Rate = {
  numerator: number;
  denominator: number;
  /** How many took part: people, or what is counted in their stead. */
  sampleSize: number;
  /** Fewer than that give no value. */
  minSample: number;
  beside?: Record<string, number>;
};

/** One side over the other, with both kept beside the value, or why there is no value. */
export function rate({ minSample, ...sides }: Rate): Measurement {
  if (sides.denominator === 0) return { value: null, reason: 'zero_denominator', ...sides };
  if (sides.sampleSize < minSample) return { value: null, reason: 'insufficient_sample', ...sides };
  return { value: sides.numerator / sides.denominator, ...sides };
}

/** Somebody, or a cart, that entered a cohort. Before the deadline it is too early to tell how it went. */
export type Entrant = { deadlineMs: number; succeeded: boolean };

/** What a cohort came to: all who entered, those whose time has run out, and of these those that succeeded. */
export type CohortCounts = { entrants: number; mature: number; succeeded: number };

export function countsOf(entrants: readonly Entrant[], asOfAt: Date): CohortCounts {
  const mature = entrants.filter((entrant) => entrant.deadlineMs <= asOfAt.getTime());
  return {
    entrants: entrants.length,
    mature: mature.length,
    succeeded: mature.filter((entrant) => entrant.succeeded).length,
  };
}

/**
 * The share of entrants that succeeded, of those whose time has run out. The others are left out of both sides, also
 * those that succeeded already: keeping only the early successes would bias the rate upward.
 */
export function cohortShare({ entrants, mature, succeeded }: CohortCounts, minSample: number): Measurement {
  const sides = {
    numerator: succeeded,
    denominator: mature,
    sampleSize: mature,
    beside: { immature: entrants - mature },
  };
  if (mature === 0) return { value: null, reason: 'no_mature_cohort', ...sides };
  return rate({ ...sides, minSample });
}

/** The same of entrants that are known one by one. */
export function cohortRate(entrants: readonly Entrant[], asOfAt: Date, minSample: number): Measurement {
  return cohortShare(countsOf(entrants, asOfAt), minSample);
}
