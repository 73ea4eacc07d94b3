import { findMetric as findCatalogMetric } from '../domain/catalog/index.ts';
import { AppError } from './errors.ts';
import type { MetricRecord } from './ports.ts';

/** Metrics that are sums over movements of MRR; what moved MRR moved them. */
const OVER_MOVEMENTS: ReadonlySet<string> = new Set([
  'mrr',
  'arr',
  'arpa',
  'paying_customers',
  'new_paying_customers',
  'mrr_movements',
  'mrr_new',
  'mrr_expansion',
  'mrr_contraction',
  'mrr_churn',
  'mrr_reactivation',
  'referral_new_mrr',
  'nrr',
  'grr',
  'gross_mrr_churn_rate',
  'net_mrr_churn_rate',
  'logo_churn_rate',
]);

/** Whether it can be said which customers moved the metric. */
export function isOverMovements(
  metric: Pick<MetricRecord, 'definition' | 'source' | 'connectorMetric'>,
): boolean {
  return metric.source === 'connector' && OVER_MOVEMENTS.has(catalogKey(metric));
}

/** Where only some customers count, the number is not the catalogue's; connectors call it by the same name. */
function catalogKey({
  connectorMetric,
  definition,
}: Pick<MetricRecord, 'definition' | 'connectorMetric'>): string {
  return definition?.kind === 'catalog' ? definition.metric : connectorMetric;
}

/** @throws AppError with what to ask for instead */
export function refuseOthers(metric: MetricRecord): void {
  const { definition, key } = metric;
  if (definition?.kind === 'formula') {
    const inputs = definition.inputs.map(({ metricKey }) => metricKey);
    throw new AppError(
      'conflict',
      'explain_inputs',
      `"${key}" is worked out from ${inputs.map((each) => `"${each}"`).join(', ')}, so no customer moves it by itself.`,
      `Ask for one of them: tidemark metric explain ${inputs[0] ?? 'KEY'}`,
    );
  }
  if (isOverMovements(metric)) return;
  const counted = findCatalogMetric(catalogKey(metric))?.records ?? [];
  const isCash = counted.includes('payments') || counted.includes('refunds');
  throw new AppError(
    'conflict',
    'not_over_ledger',
    isCash
      ? `"${key}" counts payments, and only numbers over subscriptions can say which customers moved them.`
      : `"${key}" is not counted over subscriptions, so it cannot be said which customers moved it.`,
    'Ask for one over subscriptions, such as mrr; `tidemark explain KEY_RESULT` shows where any number comes from.',
  );
}
