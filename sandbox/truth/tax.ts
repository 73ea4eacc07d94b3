import type { InvoiceLine } from '../model/facts.ts';
import type { Billing } from '../model/model.ts';
import { add, multiply, type Rational, rational, ZERO } from '../model/rational.ts';
import { localDayOf, toEpochSeconds } from '../model/time.ts';
import { moneyMovements } from './net-revenue.ts';

/**
 * The part of each local day's net revenue that is tax, exact: of a payment, the share that tax has in its invoice; of
 * what goes back, the share that it had in the payment. Days without tax are left out.
 */
export function taxInNetRevenueByDay(
  model: Pick<Billing, 'facts'>,
  options: { timeZone: string; currency: string; now: Date },
): Map<string, Rational> {
  const nowAt = toEpochSeconds(options.now);
  const dayOf = localDayOf(options.timeZone);
  const shares = new Map<string, Rational>(); // by invoice, charge, refund and dispute
  for (const fact of model.facts) {
    if (fact.kind === 'invoice_created' && fact.totalMinor > 0) {
      shares.set(fact.invoiceId, rational(taxOf(fact.lines), fact.totalMinor));
    } else if (fact.kind === 'charge_created') {
      shares.set(fact.chargeId, shares.get(fact.invoiceId ?? '') ?? ZERO);
    } else if (fact.kind === 'refund_created') {
      shares.set(fact.refundId, shares.get(fact.chargeId) ?? ZERO);
    } else if (fact.kind === 'dispute_opened') {
      shares.set(fact.disputeId, shares.get(fact.chargeId) ?? ZERO);
    }
  }
  const totals = new Map<string, Rational>();
  for (const [id, { at, amountMinor, currency }] of moneyMovements(model.facts, nowAt)) {
    const share = shares.get(id) ?? ZERO;
    if (currency !== options.currency || share.numerator === 0n || amountMinor === 0) continue;
    const tax = multiply(share, rational(amountMinor));
    totals.set(dayOf(at), add(totals.get(dayOf(at)) ?? ZERO, tax));
  }
  return totals;
}

function taxOf(lines: readonly InvoiceLine[]): number {
  return lines.flatMap(({ taxes }) => taxes ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
