import type { LedgerDiscount, LedgerLine, LedgerRecord } from '../../sdk/index.ts';
import { driftError } from '../../sdk/index.ts';
import type { InvoiceObject, LineObject } from './invoice-schema.ts';
import { capitals, instant, instantOrNull, known, ledgerDiscount } from './map-catalog.ts';
import { isOnClock } from './map-customer.ts';

const STATUSES = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const;

/**
 * An invoice with every line and payment.
 *
 * @throws ConnectorError `schema_drift` for a status that nobody knows, or payments that were asked for and did not come
 */
export function invoiceRecord(invoice: InvoiceObject): LedgerRecord<'invoice'> {
  const { status_transitions: became } = invoice;
  if (invoice.payments === null || invoice.payments === undefined) {
    throw driftError('Stripe', `invoice ${invoice.id}: its payments did not come`, '/payments');
  }
  return {
    kind: 'invoice',
    id: invoice.id,
    customerId: invoice.customer,
    parentId: null,
    at: instant(invoice.created),
    data: {
      id: invoice.id,
      customerId: invoice.customer,
      subscriptionId: invoice.parent?.subscription_details?.subscription ?? null,
      currency: capitals(invoice.currency),
      createdAt: instant(invoice.created),
      status: statusOf(invoice),
      // A renewal is a draft for about an hour before Stripe finalizes it; one that it will not finalize waits for somebody.
      isHeld: invoice.status === 'draft' && invoice.auto_advance !== true,
      paidAt: instantOrNull(became.paid_at),
      uncollectibleAt: instantOrNull(became.marked_uncollectible_at),
      voidedAt: instantOrNull(became.voided_at),
      totalMinor: invoice.total,
      taxMinor: (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0),
      paidMinor: invoice.amount_paid,
      paymentIds: invoice.payments.data
        .map(({ payment }) => payment.charge ?? payment.payment_intent ?? null)
        .filter((id) => id !== null),
      lines: invoice.lines.data.map(ledgerLine),
      discounts: discountsOf(invoice),
      isTest: isOnClock(invoice),
    },
  };
}

function statusOf({ id, status }: InvoiceObject) {
  if (status === null) return null;
  const found = known(STATUSES, status);
  if (found === null) throw driftError('Stripe', `invoice ${id}: the status ${status}`, '/status');
  return found;
}

function ledgerLine(line: LineObject): LedgerLine {
  const details = line.parent?.subscription_item_details ?? line.parent?.invoice_item_details ?? null;
  return {
    id: line.id,
    subscriptionId: details?.subscription ?? null,
    itemId: details?.subscription_item ?? null,
    priceId: line.pricing?.price_details?.price ?? null,
    quantity: line.quantity,
    amountMinor: line.amount,
    discounts: (line.discount_amounts ?? []).map(({ amount, discount }) => ({
      discountId: discount,
      amountMinor: amount,
    })),
    startAt: instant(line.period.start),
    endAt: instant(line.period.end),
    proration: details?.proration ?? false,
  };
}

/** The invoice's own, then those that only lines have, each once. A bare id of a line is one that was told above. */
function discountsOf(invoice: InvoiceObject): LedgerDiscount[] {
  const told = [invoice.discounts, ...invoice.lines.data.map(({ discounts }) => discounts)].flat();
  const byId = new Map<string, LedgerDiscount>();
  for (const discount of told) {
    if (typeof discount === 'object' && !byId.has(discount.id))
      byId.set(discount.id, ledgerDiscount(discount));
  }
  return [...byId.values()];
}
