/** How points of a metric combine over a longer window. See the README for the words. */
export type MetricKind = 'flow' | 'stock' | 'ratio' | 'distribution' | 'distinct';

/** What a value counts. Money is integer minor units of `currency`, by Stripe's exponent table. */
export type Unit = 'count' | 'ratio' | 'duration' | 'money' | 'rating' | 'score' | `custom:${string}`;

/** Where a point came from. */
export type PointOrigin = 'auto' | 'manual' | 'backfill' | 'override' | 'import' | 'push';

/**
 * One day of a metric, as stored. `value` null means that the provider had no value for the day, which is
 * not zero. `day` is in the metric's time zone; `fetchedAt` is when the source said so.
 */
export type MetricPoint = {
  day: string;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  fetchedAt: Date;
  revision: number;
  origin: PointOrigin;
};

/** What the arithmetic needs to know of a metric. */
export type MetricTraits = {
  kind: MetricKind;
  timeZone: string;
  settlesAfterHours: number;
  /** Days without a new point after which the value may no longer be used: see `data-state.ts`. */
  staleAfterDays: number;
};
