import type { RecordSets } from '../catalog/record-sets.ts';
import { periodOf } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { choiceParam, numberParam } from './params.ts';
import { notRead, rate } from './rate.ts';
import type { Merchant } from './records.ts';
import { asRatio } from './units.ts';

const aggregations = ['macro', 'pooled'] as const;

/** Orders per session of the stores that have enough sessions; stores are counted for the window by their source. */
function merchantConversion(
  params: ParamValues,
  window: MetricWindow,
  { merchants }: RecordSets,
): Measurement {
  periodOf(window);
  if (merchants === undefined) return notRead;
  const minSessions = numberParam(params, 'minSessions');
  const stores = merchants.filter(({ sessions }) => sessions >= minSessions);
  const beside = { tooSmall: merchants.length - stores.length };
  if (stores.length === 0) return { value: null, reason: 'insufficient_sample', sampleSize: 0, beside };
  const sides = choiceParam(params, 'aggregation', aggregations) === 'macro' ? macro(stores) : pooled(stores);
  return rate({ ...sides, sampleSize: stores.length, minSample: 1, beside });
}

/** Every store counts alike. */
function macro(stores: readonly Merchant[]) {
  const rates = stores.map(({ orders, sessions }) => orders / sessions);
  // The sum of fractions depends on its order.
  return { numerator: total(rates.toSorted((a, b) => a - b)), denominator: stores.length };
}

/** Every session counts alike. */
function pooled(stores: readonly Merchant[]) {
  return {
    numerator: total(stores.map(({ orders }) => orders)),
    denominator: total(stores.map(({ sessions }) => sessions)),
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export const merchantConversionMetric: CatalogMetric = {
  key: 'merchant_conversion',
  stage: 'revenue',
  kind: 'ratio',
  unit: asRatio,
  windows: ['period'],
  usualWindow: { kind: 'trailing', days: 28 },
  params: {
    aggregation: { type: 'choice', of: aggregations, default: 'macro' },
    minSessions: { type: 'whole', min: 1, max: 1_000_000, default: 100 },
  },
  records: ['merchants'],
  sources: ['ga4', 'sql', 'csv', 'sheet'],
  compute: merchantConversion,
};
