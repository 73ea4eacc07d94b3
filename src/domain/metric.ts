import { addDays, localDay } from './day.ts';
import type { NoValueReason } from './key-result.ts';

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
  /** `month`: there is a point for the last day of each month only; by default for every day. */
  cadence?: 'day' | 'month';
};

/** What the arithmetic reads of a point. `reason` says why there is no value, where the source has said so. */
export type Observation = Pick<MetricPoint, 'day' | 'value' | 'numerator' | 'denominator'> & {
  reason?: NoValueReason | null;
};

/** One number out of many points, or the reason why there is none. */
export type Combined = { value: number } | { value: null; reason: NoValueReason };

const hourMs = 3_600_000;

/**
 * The newest day whose value the provider no longer restates: its local end lies `settlesAfterHours` back.
 * A stock that settles at once is a reading of the present, complete when it is taken, so today's counts today;
 * the same zero on a flow still waits for the day to end.
 */
export function lastSettledDay(traits: MetricTraits, now: Date): string {
  const known = asked.get(traits);
  if (known?.ms === now.getTime()) return known.day;
  const day = settledBy(traits, now);
  asked.set(traits, { ms: now.getTime(), day });
  return day;
}

/** The last answer of each metric: a trend asks for every one of its points, most of which were read at one moment. */
const asked = new WeakMap<Readonly<MetricTraits>, { ms: number; day: string }>();

function settledBy(traits: MetricTraits, now: Date): string {
  if (traits.kind === 'stock' && traits.settlesAfterHours === 0) return localDay(now, traits.timeZone);
  const settled = new Date(now.getTime() - traits.settlesAfterHours * hourMs);
  return addDays(localDay(settled, traits.timeZone), -1);
}

/** Whether status may use the day. A point of the future is never settled. */
export function isSettled(day: string, traits: MetricTraits, now: Date): boolean {
  return day <= lastSettledDay(traits, now);
}

/** Why a series has no value: what was said of its newest day, else that there is none. */
export function whyNone(points: readonly Observation[]): NoValueReason {
  const newest = points.reduce<Observation | null>(
    (last, point) => (last === null || point.day > last.day ? point : last),
    null,
  );
  return newest?.reason ?? 'no_observation';
}

/** The points in the order of their days, without those that hold no value. */
export function measured<Point extends Observation>(points: readonly Point[]): (Point & { value: number })[] {
  return points
    .filter((point): point is Point & { value: number } => point.value !== null)
    .toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
}

/**
 * The points in the order of their days, with those that have no value because there was nobody to measure: a day on
 * which no trial began has no conversion, and yet the source has told all about it.
 */
export function observed<Point extends Observation>(points: readonly Point[]): Point[] {
  return points
    .filter((point) => point.value !== null || point.denominator === 0)
    .toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
}

/**
 * The value over all the points, in the way of the metric's kind: a flow is summed, a stock is its last day, a ratio
 * divides the summed numerators by the summed denominators (the mean of daily rates is another number). Days of a
 * distinct count are never combined: a person seen on two days is one person. Points without a value take no part.
 */
export function combine(kind: MetricKind, points: readonly Observation[]): Combined {
  if (kind === 'ratio' || kind === 'distribution') return combineParts(points);
  const known = measured(points);
  const last = known.at(-1);
  if (last === undefined) return { value: null, reason: whyNone(points) };
  if (kind === 'flow') return { value: known.reduce((sum, point) => sum + point.value, 0) };
  if (kind === 'distinct' && known.length > 1) return { value: null, reason: 'not_combinable' };
  return { value: last.value };
}

function combineParts(points: readonly Observation[]): Combined {
  const whole = points.filter((point) => point.numerator !== null && point.denominator !== null);
  const valuesOnly = measured(points).filter(
    (point) => point.numerator === null || point.denominator === null,
  );
  if (valuesOnly.length > 0) {
    // A rate without its parts can stand for its own day, but not be weighed against another.
    const [only] = valuesOnly;
    const alone = valuesOnly.length === 1 && whole.length === 0 && only !== undefined;
    return alone ? { value: only.value } : { value: null, reason: 'not_combinable' };
  }
  if (whole.length === 0) return { value: null, reason: whyNone(points) };
  const inOrder = whole.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const numerator = inOrder.reduce((sum, point) => sum + (point.numerator ?? 0), 0);
  const denominator = inOrder.reduce((sum, point) => sum + (point.denominator ?? 0), 0);
  if (denominator === 0) return { value: null, reason: 'zero_denominator' };
  return { value: numerator / denominator };
}
