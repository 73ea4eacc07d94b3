import type { Stage } from '../life-cycle.ts';
import type { MetricKind, Unit } from '../metric.ts';
import type { NoValueCode } from '../reason.ts';
import type { RecordSets } from './record-sets.ts';

export type { Stage };

/**
 * The days that a value is about, in a time zone; `[startDay, endDay)` as everywhere. A snapshot is the state at the
 * close of its day. A cohort is the people who entered in those days, judged at `asOfAt`: whoever's own time has not
 * run out by then takes no part. `none`: the numbers given are of one moment already.
 */
export type MetricWindow =
  | { kind: 'snapshot'; day: string; timeZone: string }
  | { kind: 'period'; startDay: string; endDay: string; timeZone: string }
  | { kind: 'cohort'; startDay: string; endDay: string; timeZone: string; asOfAt: Date }
  | { kind: 'none' };

/** A measured value in the metric's own unit, or why there is none, with what it was made from. */
export type Measurement = ({ value: number } | { value: null; reason: NoValueCode }) & {
  /** Of a ratio, both sides; kept beside it so that days can be added up before dividing. */
  numerator?: number;
  denominator?: number;
  /** How many people, answers, carts… took part; what a sample guard looks at. */
  sampleSize?: number;
  /** Where the true value lies with the stated probability, when the value is a sample's. */
  interval?: { lower: number; upper: number; level: number };
  /** Several named numbers that belong together, such as the five movements of MRR. */
  parts?: Record<string, number>;
  /** Things worth knowing beside the number, such as a median beside a mean: name to number. */
  beside?: Record<string, number>;
};

/** One parameter of a definition. What is `required` has no sensible default: only the owner can say it. */
export type ParamSpec =
  | { type: 'text'; default?: string; required?: true }
  | { type: 'texts'; default?: readonly string[]; required?: true; min?: number }
  | { type: 'whole'; min: number; max: number; default?: number; required?: true }
  | { type: 'number'; min: number; max: number; default?: number; required?: true }
  | { type: 'choice'; of: readonly string[]; default?: string; required?: true }
  | { type: 'flag'; default: boolean }
  /** Two whole numbers, the first not above the second. */
  | { type: 'span'; min: number; max: number; default?: readonly [number, number]; required?: true };

export type ParamValue = string | number | boolean | readonly string[] | readonly [number, number];
/** Checked, with the defaults filled in; a parameter without a default that was not given is absent. */
export type ParamValues = Readonly<Record<string, ParamValue>>;

/** Over which days a point of the metric is computed when its owner does not say otherwise. */
export type WindowRule =
  | { kind: 'day' }
  | { kind: 'trailing'; days: number }
  | { kind: 'month' }
  | { kind: 'trailing_months'; months: number }
  /** People who entered in the newest `days` days whose time has run out. */
  | { kind: 'matured_cohort'; days: number }
  | { kind: 'none' };

/** One metric of the catalogue: what it means, what it needs, and the one function that computes it. */
export type CatalogMetric = {
  key: string;
  stage: Stage;
  kind: MetricKind;
  /**
   * What `compute` counts in (`days`, `money`, `ratio` …: money is minor units of the reporting currency), and how that
   * is stored: `storedAs` is the unit of its points, each `storedPer` to one of `name` (a day is 86,400 seconds).
   */
  unit: { name: string; storedAs: Unit; storedPer: number };
  /** The windows it is defined over, the usual one first. */
  windows: readonly MetricWindow['kind'][];
  usualWindow: WindowRule;
  params: Readonly<Record<string, ParamSpec>>;
  /** One sentence when parameters that are fine one by one do not fit together, else null. */
  problemOf?(params: ParamValues): string | null;
  /** Where a parameter changes how points combine. */
  kindOf?(params: ParamValues): MetricKind;
  /** The sets of records that `compute` reads. */
  records: readonly (keyof RecordSets)[];
  /** What can feed it: connectors by id, and kinds of source. */
  sources: readonly string[];
  /** Pure: the same records in any order give the same value. */
  compute(params: ParamValues, window: MetricWindow, records: RecordSets): Measurement;
};
