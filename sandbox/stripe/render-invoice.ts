import type { InvoiceState } from '../model/account.ts';
import { entry } from '../model/catalog.ts';
import type { InvoiceDiscount, InvoiceLine, LineTax } from '../model/facts.ts';
import { HOUR_SECONDS } from '../model/time.ts';
import type { World } from '../world.ts';
import { discountsByLine } from './line-discounts.ts';
import { paymentIntentId } from './render-payment.ts';
import { nestedList, type Wire } from './wire.ts';

export function renderInvoice(invoice: InvoiceState, world: World): Wire {
  const { invoiceId: id, totalMinor, status } = invoice;
  const customer = world.account.customers.get(invoice.customerId);
  const subtotal = invoice.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const credited = creditedMinor(invoice, world);
  const amountDue = dueMinor(invoice) - credited.pre;
  const paidMinor = status === 'paid' ? amountDue : 0;
  const taxes = taxTotals(invoice.lines);
  const taxWithin = taxes.filter(({ inclusive }) => inclusive).reduce((sum, tax) => sum + tax.amountMinor, 0);
  const taxMinor = taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const periods = invoice.lines.map(({ periodStart }) => periodStart);
  const attempted = invoice.attempts > 0 || status === 'paid';
  return {
    id,
    object: 'invoice',
    account_country: 'US',
    account_name: 'Acme',
    account_tax_ids: null,
    amount_due: amountDue,
    amount_overpaid: 0,
    amount_paid: paidMinor,
    amount_remaining: amountDue - paidMinor,
    amount_shipping: 0,
    application: null,
    attempt_count: invoice.attempts,
    attempted,
    auto_advance: (status === 'draft' && advances(invoice, world)) || status === 'open',
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at:
      status === 'draft' && advances(invoice, world) ? invoice.at + HOUR_SECONDS : null,
    billing_reason: invoice.reason,
    collection_method: 'charge_automatically',
    created: invoice.at,
    currency: invoice.currency,
    custom_fields: null,
    customer: invoice.customerId,
    customer_account: null,
    customer_address: null,
    customer_email: customer?.email ?? null,
    customer_name: customer?.name ?? null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: invoice.discounts.map(({ discountId }) => discountId),
    due_date: null,
    effective_at: invoice.finalizedAt,
    ending_balance: invoice.finalizedAt === null ? null : (invoice.balance?.endingMinor ?? 0),
    footer: null,
    from_invoice: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: nestedList(`/v1/invoices/${id}/lines`, renderLines(invoice, world)),
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: invoice.finalizedAt === null ? null : invoice.number,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: {}, subscription: invoice.subscriptionId },
      type: 'subscription_details',
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: invoice.at,
    period_start: Math.min(invoice.at, ...periods),
    post_payment_credit_notes_amount: credited.post,
    pre_payment_credit_notes_amount: credited.pre,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: invoice.balance?.startingMinor ?? 0,
    statement_descriptor: null,
    status,
    status_transitions: {
      finalized_at: invoice.finalizedAt,
      marked_uncollectible_at: status === 'uncollectible' ? invoice.closedAt : null,
      paid_at: invoice.paidAt,
      voided_at: status === 'void' ? invoice.closedAt : null,
    },
    subtotal,
    subtotal_excluding_tax: subtotal - taxWithin,
    test_clock: invoice.testClockId,
    total: totalMinor,
    total_discount_amounts: invoice.discounts.map(({ discountId, amountMinor }) => ({
      amount: amountMinor,
      discount: discountId,
    })),
    total_excluding_tax: totalMinor - taxMinor,
    total_pretax_credit_amounts: [],
    total_taxes: taxes.map(renderTax),
    webhooks_delivered_at: invoice.finalizedAt,
  };
}

/** What the card is asked for: the total, less what credit on the customer's balance pays. */
export function dueMinor({ totalMinor, balance }: InvoiceState): number {
  if (balance === null) return Math.max(0, totalMinor);
  return Math.max(0, totalMinor - (balance.endingMinor - balance.startingMinor));
}

function creditedMinor(invoice: InvoiceState, world: World): { pre: number; post: number } {
  const credited = { pre: 0, post: 0 };
  for (const id of invoice.creditNoteIds) {
    const credit = world.account.creditNotes.get(id);
    if (credit !== undefined) credited[credit.type === 'pre_payment' ? 'pre' : 'post'] += credit.amountMinor;
  }
  return credited;
}

/** Nothing finalizes the drafts of those who owe, of paused collection or of deleted customers. */
function advances(invoice: InvoiceState, { account }: World): boolean {
  const subscription = account.subscriptions.get(invoice.subscriptionId);
  if (account.customers.get(invoice.customerId)?.deletedAt != null) return false;
  return subscription?.status !== 'unpaid' && subscription?.paused?.behavior !== 'keep_as_draft';
}

/** The lines' taxes by rate, in the order in which they first appear. */
function taxTotals(lines: readonly InvoiceLine[]): LineTax[] {
  const totals = new Map<string, LineTax>();
  for (const tax of lines.flatMap(({ taxes = [] }) => taxes)) {
    const { amountMinor = 0, taxableMinor = 0 } = totals.get(tax.taxRateId) ?? {};
    totals.set(tax.taxRateId, {
      ...tax,
      amountMinor: amountMinor + tax.amountMinor,
      taxableMinor: taxableMinor + tax.taxableMinor,
    });
  }
  return [...totals.values()];
}

function renderTax({ taxRateId, inclusive, amountMinor, taxableMinor }: LineTax): Wire {
  return {
    amount: amountMinor,
    tax_behavior: inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: taxRateId },
    taxability_reason: 'standard_rated',
    taxable_amount: taxableMinor,
    type: 'tax_rate_details',
  };
}

export function renderLines(invoice: InvoiceState, world: World): Wire[] {
  const taken = discountsByLine(invoice, world.discounts);
  return invoice.lines.map((line) =>
    renderLine(line, line.discounts ?? taken.get(line.id) ?? [], invoice, world),
  );
}

function renderLine(
  line: InvoiceLine,
  discounts: readonly InvoiceDiscount[],
  invoice: InvoiceState,
  world: World,
): Wire {
  const price = entry(world.catalog.prices, line.priceId);
  const { subscriptionId } = invoice;
  const details = line.proration ? 'invoice_item_details' : 'subscription_item_details';
  const plain = { invoice_item: null, proration: false, proration_details: null };
  const parent = line.proration
    ? {
        invoice_item: `ii_${line.id.slice(3)}`,
        proration: true,
        proration_details: { credited_items: null },
        subscription: subscriptionId,
      }
    : { ...plain, subscription: subscriptionId, subscription_item: line.itemId };
  return {
    id: line.id,
    object: 'line_item',
    amount: line.amountMinor,
    currency: invoice.currency,
    description: line.description,
    discount_amounts: discounts.map(({ discountId, amountMinor }) => ({
      amount: amountMinor,
      discount: discountId,
    })),
    discountable: !line.proration,
    discounts: discounts.map(({ discountId }) => discountId),
    invoice: invoice.invoiceId,
    livemode: false,
    metadata: {},
    parent: { type: details, invoice_item_details: null, subscription_item_details: null, [details]: parent },
    period: { start: line.periodStart, end: line.periodEnd },
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: line.priceId, product: price.productId },
      type: 'price_details',
      unit_amount_decimal: price.unitMinor,
    },
    quantity: line.quantity,
    quantity_decimal: String(line.quantity),
    subscription: subscriptionId,
    subtotal: line.amountMinor,
    taxes: (line.taxes ?? []).map(renderTax),
  };
}

export function invoicePaymentId({ invoiceId }: InvoiceState): string {
  return `inpay_${invoiceId.slice(3)}`;
}

export function paymentCreatedAt({ finalizedAt, at }: InvoiceState): number {
  return finalizedAt ?? at;
}

/** How an invoice was paid; one that cost nothing has none. */
export function renderInvoicePayments(invoice: InvoiceState): Wire[] {
  return invoice.paidBy === null || invoice.paidAt === null ? [] : [renderInvoicePayment(invoice)];
}

export function renderInvoicePayment(invoice: InvoiceState): Wire {
  const amount = dueMinor(invoice);
  return {
    id: invoicePaymentId(invoice),
    object: 'invoice_payment',
    amount_paid: amount,
    amount_requested: amount,
    created: paymentCreatedAt(invoice),
    currency: invoice.currency,
    invoice: invoice.invoiceId,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: paymentIntentId(invoice.paidBy ?? '') },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: invoice.paidAt },
  };
}
