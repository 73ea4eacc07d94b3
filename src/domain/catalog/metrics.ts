import { activityMetrics } from '../activities/catalog.ts';
import { billingMetrics } from '../billing/catalog.ts';
import { deliveryMetrics } from '../delivery/catalog.ts';
import { eventMetrics } from '../events/catalog.ts';
import { surveyMetrics } from '../surveys/catalog.ts';
import { ticketMetrics } from '../tickets/catalog.ts';
import type { CatalogMetric } from './types.ts';

/** Every metric that the product can compute. A key is there once; a test holds the list against the facts page. */
export const catalog: readonly CatalogMetric[] = [
  ...eventMetrics,
  ...billingMetrics,
  ...surveyMetrics,
  ...ticketMetrics,
  ...deliveryMetrics,
  ...activityMetrics,
];

const byKey: ReadonlyMap<string, CatalogMetric> = new Map(catalog.map((metric) => [metric.key, metric]));

export function findMetric(key: string): CatalogMetric | null {
  return byKey.get(key) ?? null;
}
