import type { Aggregate } from '../aggregate.ts';
import type { ParamValue, Stage, WindowRule } from '../catalog/types.ts';
import type { MetricKind, Unit } from '../metric.ts';
import type { Assumption, Tracking } from './types.ts';

/** How people write a value of the metric. */
export type WrittenAs = 'percent' | 'number' | 'money' | 'minutes' | 'hours' | 'days' | 'months';

/** Phrases that mean a metric of the catalogue, and what is proposed with it. Every pattern of `all` must occur. */
export type LexiconEntry = {
  key: string;
  all: readonly RegExp[];
  not?: RegExp;
  stage: Stage;
  tracking: Tracking;
  kind: MetricKind;
  unit: Unit;
  writtenAs: WrittenAs;
  better: 'up' | 'down';
  params?: Readonly<Record<string, ParamValue>>;
  window: WindowRule;
  aggregate: Aggregate;
  /** What a value of it can be, as a fraction or a plain number; open where nothing bounds it. */
  bounds?: { min: number; max: number | null };
  /** Which value of the past "by N %" is taken of. */
  baseline: Assumption;
  assumptions: readonly Assumption[];
  /** A total that means nothing without its period. */
  needsPeriod?: true;
};

export const day: WindowRule = { kind: 'day' };
export const month: WindowRule = { kind: 'month' };
export const none: WindowRule = { kind: 'none' };
export const trailing = (days: number): WindowRule => ({ kind: 'trailing', days });
export const matured = (days: number): WindowRule => ({ kind: 'matured_cohort', days });

export const baselineDays = (days: number): Assumption => ({ code: 'baseline_days', values: { days } });
export const baselineLastMonth: Assumption = { code: 'baseline_last_month', values: {} };
export const valueDays = (days: number): Assumption => ({ code: 'value_days', values: { days } });
export const valueLastMonth: Assumption = { code: 'value_last_month', values: {} };

const percentage = { unit: 'ratio', writtenAs: 'percent', bounds: { min: 0, max: 1 } } as const;
/** A share of people or things, over the newest 28 days. */
export const share28 = {
  ...percentage,
  kind: 'ratio',
  window: trailing(28),
  aggregate: 'latest',
  baseline: baselineDays(28),
} as const;
/** A share of people who had time enough. */
export const cohort28 = { ...share28, window: matured(28) } as const;
/** Money that flows, compared by whole months. */
export const monthlyMoney = {
  kind: 'flow',
  unit: 'money',
  writtenAs: 'money',
  window: day,
  aggregate: 'last_complete_month',
  baseline: baselineLastMonth,
} as const;
/** Money as it stands today. */
export const standingMoney = {
  kind: 'stock',
  unit: 'money',
  writtenAs: 'money',
  window: day,
  aggregate: 'latest',
  baseline: baselineLastMonth,
} as const;
