import { RECORDS_CONNECTOR } from '../app/ingest-records.ts';
import type { ReadRequest } from '../app/ports.ts';
import type { BillingNeeds } from '../app/ports-billing.ts';
import type { Series } from '../domain/billing/derived.ts';
import type { LedgerKind } from '../domain/billing/ledger-records.ts';
import { type DiscountPolicy, discountPolicies } from '../domain/billing/normalise.ts';
import { findMetric, type ParamValues } from '../domain/catalog/index.ts';
import { isRecurring, ledgerKinds } from './billing-kinds.ts';
import { checkLtv, ltvPolicy } from './billing-ltv.ts';
import { checkLedgerParams } from './billing-metrics.ts';
import { checkRecordsParams } from './records-metrics.ts';

/** What one metric stands on: the records, and the series that its days are cut by; null: no movements of MRR. */
export type MetricNeeds = { kinds: readonly LedgerKind[]; series: Series | null };

/** Null for parameters that the metric does not take any more. */
export function needsOf(
  connectorId: string,
  { metric: key, params, timeZone }: Pick<ReadRequest, 'metric' | 'params' | 'timeZone'>,
): MetricNeeds | null {
  if (key === 'trial_to_paid') return { kinds: ledgerKinds(key, {}, { providerRates: false }), series: null };
  if (key === 'ltv') {
    const checked = checkLtv(params);
    if (!checked.ok) return null;
    const kinds = ledgerKinds(key, {}, { providerRates: usesProvider(checked.money) });
    return { kinds, series: { timeZone, discountPolicy: ltvPolicy } };
  }
  const metric = findMetric(key);
  if (metric === null) return null;
  const checked =
    connectorId === RECORDS_CONNECTOR
      ? checkRecordsParams(metric, params)
      : checkLedgerParams(metric, params);
  if (!checked.ok) return null;
  const money = 'money' in checked ? checked.money : null;
  const providerRates = money !== null && 'mode' in money && usesProvider(money);
  return {
    kinds: ledgerKinds(key, checked.params, { providerRates }),
    series: isRecurring(key) ? { timeZone, discountPolicy: policyOf(checked.params) } : null,
  };
}

const usesProvider = (money: { mode: string; from?: string }): boolean =>
  money.mode === 'daily' && money.from === 'provider';

function policyOf(params: ParamValues): DiscountPolicy {
  return discountPolicies.find((policy) => policy === params['discountPolicy']) ?? 'recurring';
}

/** Of all together; null where none of them stands on a ledger. */
export function needsOfAll(
  connectorId: string,
  metrics: readonly Pick<ReadRequest, 'metric' | 'params' | 'timeZone'>[],
): BillingNeeds | null {
  const needs = metrics.flatMap((metric) => needsOf(connectorId, metric) ?? []);
  if (needs.length === 0) return null;
  const series = new Map<string, Series>();
  for (const { series: one } of needs)
    if (one !== null) series.set(`${one.timeZone} ${one.discountPolicy}`, one);
  return {
    kinds: [...new Set(needs.flatMap(({ kinds }) => kinds))].toSorted(),
    series: [...series.values()],
  };
}
