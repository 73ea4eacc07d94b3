/** The grid that a series lies on. A week is seven days from its first point, a month a calendar month. */
export type ForecastStep = 'hour' | 'day' | 'week' | 'month';

/** What the deadline is judged by, in the metric's unit. */
export type FinalValue =
  /** The newest observation. */
  | { kind: 'last' }
  /** The mean of the observations in the trailing steps that end at the deadline. */
  | { kind: 'trailing_mean'; steps: number }
  /** The mean of everything since the start: `count` observations with the total `soFar`, and what is to come. */
  | { kind: 'mean'; soFar: number; count: number }
  /** The total since the start: what has been counted so far, and what is to come. */
  | { kind: 'sum'; soFar: number }
  /** The share of steps whose value lies within the bounds (inclusive; null where there is none), of those checked. */
  | { kind: 'share'; met: number; checks: number; lower: number | null; upper: number | null };

/** When the final value is a hit. Bounds are inclusive; null where there is none. At least one is set. */
export type HitRule = { atLeast: number | null; atMost: number | null };

export type ForecastQuestion = {
  step: ForecastStep;
  /** The step of `values[0]`: a day, or for hours an instant without a zone (`2015-01-05T07:00:00`). */
  start: string;
  /** One entry a step, oldest first; null: nothing was observed. The last one that is not null is spoken for. */
  values: readonly (number | null)[];
  /** How many of the steps at the end of `values` lie after the start of the cycle. */
  elapsedSteps: number;
  /** Steps from the end of `values` to the deadline; 0: it is over. */
  remainingSteps: number;
  final: FinalValue;
  hit: HitRule;
  /** The metric cannot fall below zero (counts, money that is not refunded): a total only grows. */
  nonNegative: boolean;
};

/** Which way was taken; said in the evidence. */
export type ForecastMethod = 'combined' | 'smoothing' | 'constant' | 'decided';

export type Forecast = {
  /** Chance of a hit in [0, 1]; exactly 0 or 1 only when `method` is `decided`. */
  pHit: number;
  method: ForecastMethod;
  /** Of the final value. P50 is the point forecast, P10 to P90 the 80 % prediction interval. */
  quantiles: { p10: number; p50: number; p90: number };
  /** The value that is judged, as it would stand after so many steps: at most 32 places, the last one the deadline. */
  fan: { ahead: number; p10: number; p50: number; p90: number }[];
  /** What each member says, by its name. */
  members: Record<string, number>;
  /** Too little history for the whole method: the chance is drawn towards one half. */
  littleHistory: boolean;
  inputs: {
    step: ForecastStep;
    /** First and last step that the model has seen. */
    from: string;
    through: string;
    observations: number;
    gaps: number;
    /** Single spikes that were cut for fitting only. */
    outliers: number;
    periods: number[];
  };
  /** Per step from now on to reach the target, and what the recent steps brought; null where there is no such rate. */
  rate: { needed: number; recent: number } | null;
};
