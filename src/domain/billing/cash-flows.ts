import type { Fraction } from 'fraction.js';
import type { CashFlow } from './derived.ts';
import { exact, zero } from './exact.ts';
import type { CustomerLedger, LedgerInvoice, LedgerPayment, LedgerRefund } from './ledger-records.ts';

/**
 * A customer's money, oldest first: what was captured, less what went back. Each flow is dated by its own beginning: a
 * refund lowers the day it was made on, not the day of the sale; of a dispute the bank takes the money on the day it is
 * opened, so that is where a lost one stands, however long it took to be lost. A refund that failed is none.
 *
 * Tax is the payment's share of the tax on its invoice; zero where no invoice is known. What goes back gives back tax in
 * proportion. A refund or dispute whose payment is not known still counts, with tax zero and no payment named: leaving it
 * out would report money that is gone.
 */
export function cashFlowsOf(ledger: CustomerLedger): CashFlow[] {
  const invoices = invoicesByPayment(ledger.invoices);
  const payments = new Map(ledger.payments.map((payment) => [payment.id, payment]));
  const taxRates = new Map<string, Fraction>();
  const flows: CashFlow[] = [];
  for (const payment of ledger.payments) {
    const { id, intentId, status, capturedMinor, currency, createdAt } = payment;
    const invoice = invoices.get(id) ?? (intentId === null ? undefined : invoices.get(intentId));
    const share = taxShare(invoice);
    taxRates.set(id, share);
    if (status !== 'succeeded' || capturedMinor === 0) continue;
    const flow = { id, paymentId: id, at: createdAt, currency: currency.toUpperCase() };
    const tax = exact(capturedMinor).mul(share);
    flows.push({ kind: 'payment', ...flow, amountMinor: capturedMinor, tax });
  }
  const back = (kind: 'refund' | 'dispute', given: Giveback): CashFlow => ({
    kind,
    id: given.id,
    paymentId: given.paymentId ?? '',
    at: given.createdAt,
    currency: given.currency.toUpperCase(),
    amountMinor: -given.amountMinor,
    tax: exact(given.amountMinor)
      .mul(taxRates.get(given.paymentId ?? '') ?? zero)
      .neg(),
  });
  for (const refund of ledger.refunds) {
    if (refund.status !== 'succeeded' || isRelease(refund, payments.get(refund.paymentId ?? ''))) continue;
    flows.push(back('refund', refund));
  }
  for (const dispute of ledger.disputes) if (dispute.status === 'lost') flows.push(back('dispute', dispute));
  return flows.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

type Giveback = {
  id: string;
  paymentId: string | null;
  currency: string;
  amountMinor: number;
  createdAt: Date;
};

/**
 * A refund is also written when an authorisation is let go, wholly or for the part that was not captured. No money came
 * in for it, so none goes out. Without its payment it cannot be told apart, and counts.
 */
function isRelease(refund: LedgerRefund, payment: LedgerPayment | undefined): boolean {
  if (refund.movedMoney || payment === undefined) return false;
  const uncaptured = payment.amountMinor - payment.capturedMinor;
  return payment.capturedMinor === 0 || (uncaptured > 0 && refund.amountMinor === uncaptured);
}

function invoicesByPayment(invoices: readonly LedgerInvoice[]): Map<string, LedgerInvoice> {
  const found = new Map<string, LedgerInvoice>();
  for (const invoice of invoices) for (const id of invoice.paymentIds) found.set(id, invoice);
  return found;
}

function taxShare(invoice: LedgerInvoice | undefined): Fraction {
  if (invoice === undefined || invoice.totalMinor <= 0 || invoice.taxMinor === 0) return zero;
  return exact(invoice.taxMinor).div(exact(invoice.totalMinor));
}
