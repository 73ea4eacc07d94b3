import type { LedgerKind } from '../domain/billing/ledger-records.ts';
import type { ParamValues } from '../domain/catalog/index.ts';

/** Which records of a ledger a metric stands on: only those are mirrored, and only their gaps fail it. */

const CASH: readonly LedgerKind[] = ['payment', 'refund', 'dispute'];
const RECURRING: readonly LedgerKind[] = [
  'customer',
  'customer_observation',
  'price',
  'coupon',
  'subscription',
  'observation',
  'invoice',
];
/** Coupons, promotion codes and metadata, as they stood at the first payment. */
const TRAITS: readonly LedgerKind[] = ['customer', 'coupon', 'subscription', 'invoice', 'payment'];
/** A first trial, and the invoices that were paid after it. */
const TRIALS: readonly LedgerKind[] = ['subscription', 'invoice'];
/** Conversions of the balance say at which rate; whose currency it was stands with the payment. */
const PROVIDER_RATES: readonly LedgerKind[] = ['exchange_rates', 'balance_entry', 'payment'];

const BY_METRIC: Readonly<Record<string, readonly LedgerKind[]>> = {
  net_revenue: CASH,
  refunds: ['payment', 'refund'],
  referral_revenue: [...CASH, ...TRAITS],
  referral_new_mrr: [...RECURRING, ...TRAITS],
  trial_to_paid: TRIALS,
};

export function ledgerKinds(
  metric: string,
  params: ParamValues,
  { providerRates }: { providerRates: boolean },
): LedgerKind[] {
  const own = BY_METRIC[metric] ?? RECURRING;
  // Tax stands on the invoice that a payment paid.
  const tax: readonly LedgerKind[] = params['excludeTax'] === true ? ['invoice'] : [];
  return [...new Set([...own, ...tax, ...(providerRates ? PROVIDER_RATES : [])])];
}

/** Whether it is summed from movements of MRR, and so needs them to be worked out for everybody. */
export function isRecurring(metric: string): boolean {
  return !['net_revenue', 'refunds', 'referral_revenue', 'trial_to_paid'].includes(metric);
}
