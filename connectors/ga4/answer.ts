import type { PointReading } from '../sdk/index.ts';

export type Flags = NonNullable<PointReading['flags']>;
export type Values = Record<string, string>;

/** What a report says of the days it was asked for, and how far it may be believed. */
export type Answer = {
  names: string[];
  /** The days that have a row, with the value of each metric as Google writes it. */
  days: Map<string, Values>;
  /** Days that have no trustworthy value, each with the reason. */
  doubts: Map<string, Flags>;
  /** Days that were asked for alone: their totals no longer belong to the rows. */
  readAlone: boolean;
  /** Over all rows, or null when none was given. */
  totals: Values | null;
  /** Rows that belong to no day, such as `(other)`: told in the notes, never dropped in silence. */
  lost: Array<{ label: string; values: Values }>;
  timeZone: string;
  currencyCode: string;
  /** The smallest share of the events that any part was worked out from, or null when all were read. */
  sampledFraction: number | null;
  isThresholded: boolean;
  hasDataLoss: boolean;
  /** Metrics that are zero because the service account may not see them. */
  restricted: string[];
  /** Why the report is empty, in Google's own words; empty where it does not say. */
  emptyReason: string;
  pages: number;
  items: number;
};
