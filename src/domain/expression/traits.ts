import type { WindowRule } from '../catalog/types.ts';
import type { MetricKind } from '../metric.ts';
import type { Dimension, NamedUnit } from './dimension.ts';
import type { Cadence } from './span.ts';

/** What a formula has to know of a metric. A checked formula has the same, so that it can be read by another one. */
export type ExpressionTraits = NamedUnit & {
  kind: MetricKind;
  timeZone: string;
  cadence: Cadence;
  /** The days that a point is about. For a stock, `day` is the close of the day. */
  window: WindowRule;
  /** Of a formula's result, where its unit does not say all: money per customer is stored as money. */
  dimension?: Dimension;
};
