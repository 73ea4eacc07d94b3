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

/** Metrics that are sums over money that moved; the payments, refunds and disputes of their windows moved them. */
const OVER_CASH = ['net_revenue', 'refunds', 'referral_revenue'] as const;
export type CashMetric = (typeof OVER_CASH)[number];
/** The metric's entry of the catalogue, with the window and the parameters that it is counted by. */
export type OverCash = {
  metric: CashMetric;
  definition: Extract<NonNullable<MetricRecord['definition']>, { kind: 'catalog' }>;
};

type Meaning = Pick<MetricRecord, 'definition' | 'source' | 'connectorMetric'>;

/** Whether it can be said which customers moved the metric. */
export function isOverMovements(metric: Meaning): boolean {
  if (metric.source !== 'connector') return false;
  return OVER_MOVEMENTS.has(catalogKey(metric)) || overCash(metric) !== null;
}

/** Null for a metric that is not counted over money that moved. */
export function overCash({ definition, source }: Meaning): OverCash | null {
  if (source !== 'connector' || definition?.kind !== 'catalog') return null;
  const metric = OVER_CASH.find((key) => key === definition.metric);
  return metric === undefined ? null : { metric, definition };
}

/** Where only some customers count, the number is not the catalogue's; connectors call it by the same name. */
function catalogKey({ connectorMetric, definition }: Meaning): string {
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
  throw new AppError(
    'conflict',
    'not_over_ledger',
    `"${key}" is not counted over subscriptions or payments, so it cannot be said which customers moved it.`,
    'Ask for one that is, such as mrr or net_revenue; `tidemark explain KEY_RESULT` shows where any number comes from.',
  );
}
