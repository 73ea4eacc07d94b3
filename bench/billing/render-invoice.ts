import { NOTHING, type Wanted, within } from './expand.ts';
import { customerId, discountId, idOf, itemId, seqTail, subscriptionId, tail } from './ids.ts';
import type { Invoice, Life, Line } from './life.ts';
import { renderDiscount } from './render-catalog.ts';
import { renderCustomer } from './render-subscription.ts';

export function renderInvoice(life: Life, invoice: Invoice, wanted: Wanted = NOTHING): string {
  const { index, customer, currency, discount } = life;
  const { seq, at, reason, subtotalMinor, discountMinor, totalMinor, finalizedAt, paidAt, failedAt } =
    invoice;
  const id = idOf('invoices', index, seq);
  const paidMinor = paidAt === null ? 0 : totalMinor;
  const attempts = (failedAt === null ? 0 : 1) + (paidAt === null || totalMinor === 0 ? 0 : 1);
  const discounted = discount !== null && discountMinor > 0;
  const inside = within(wanted, 'discounts');
  const given = wanted('discounts') ? renderDiscount(life, inside) : `"${discountId(index)}"`;
  const totals = discounted ? `{"amount":${discountMinor},"discount":"${discountId(index)}"}` : '';
  const periodFrom = Math.min(at, ...invoice.lines.map(({ startAt }) => startAt));
  const owner = wanted('customer') ? renderCustomer(life) : `"${customerId(customer)}"`;
  const payments = wanted('payments')
    ? `,"payments":{"object":"list","data":[${renderInvoicePayments(life, invoice)}],"has_more":false,"url":"/v1/invoice_payments?invoice=${id}"}`
    : '';
  return `{"id":"${id}","object":"invoice","account_country":"US","account_name":"Bench","account_tax_ids":null,"amount_due":${totalMinor},"amount_overpaid":0,"amount_paid":${paidMinor},"amount_remaining":${totalMinor - paidMinor},"amount_shipping":0,"application":null,"attempt_count":${attempts},"attempted":true,"auto_advance":${paidAt === null},"automatic_tax":{"disabled_reason":null,"enabled":false,"liability":null,"provider":null,"status":null},"automatically_finalizes_at":null,"billing_reason":"${reason}","collection_method":"charge_automatically","created":${at},"currency":"${currency}","custom_fields":null,"customer":${owner},"customer_account":null,"customer_address":null,"customer_email":"${tail(customer)}@customers.example","customer_name":"Customer ${tail(customer)}","customer_phone":null,"customer_shipping":null,"customer_tax_exempt":"none","customer_tax_ids":[],"default_payment_method":null,"default_source":null,"default_tax_rates":[],"description":null,"discounts":[${discounted ? given : ''}],"due_date":null,"effective_at":${finalizedAt},"ending_balance":0,"footer":null,"from_invoice":null,"issuer":{"type":"self"},"last_finalization_error":null,"latest_revision":null,"lines":{"object":"list","data":[${renderLines(life, invoice, wanted).join(',')}],"has_more":false,"url":"/v1/invoices/${id}/lines"},"livemode":false,"metadata":{},"next_payment_attempt":null,"number":"BENCH-${seqTail(index, seq)}","on_behalf_of":null,"parent":{"quote_details":null,"subscription_details":{"metadata":{},"subscription":"${subscriptionId(index)}"},"type":"subscription_details"},"payment_settings":{"default_mandate":null,"payment_method_options":null,"payment_method_types":null}${payments},"period_end":${at},"period_start":${periodFrom},"post_payment_credit_notes_amount":0,"pre_payment_credit_notes_amount":0,"receipt_number":null,"rendering":null,"shipping_cost":null,"shipping_details":null,"starting_balance":0,"statement_descriptor":null,"status":"${paidAt === null ? 'open' : 'paid'}","status_transitions":{"finalized_at":${finalizedAt},"marked_uncollectible_at":null,"paid_at":${paidAt},"voided_at":null},"subtotal":${subtotalMinor},"subtotal_excluding_tax":${subtotalMinor},"test_clock":null,"total":${totalMinor},"total_discount_amounts":[${totals}],"total_excluding_tax":${totalMinor},"total_pretax_credit_amounts":[],"total_taxes":[],"webhooks_delivered_at":${finalizedAt}}`;
}

export function renderLines(life: Life, invoice: Invoice, wanted: Wanted = NOTHING): string[] {
  // Its coupon is one level further in than can be asked for.
  const given = wanted('lines.data.discounts') ? renderDiscount(life) : `"${discountId(life.index)}"`;
  return invoice.lines.map((line, place) => renderLine(life, invoice, line, { place, given }));
}

function renderLine(
  life: Life,
  { seq }: Invoice,
  line: Line,
  { place, given }: { place: number; given: string },
): string {
  const { index, currency } = life;
  const { price, quantity, amountMinor, discountMinor, startAt, endAt, proration } = line;
  const id = `il_b${seqTail(index, seq)}${place}`;
  const owner = `"subscription":"${subscriptionId(index)}"`;
  const parent = proration
    ? `"invoice_item_details":{"invoice_item":"ii_b${seqTail(index, seq)}${place}","proration":true,"proration_details":{"credited_items":null},${owner}},"subscription_item_details":null`
    : `"invoice_item_details":null,"subscription_item_details":{"invoice_item":null,"proration":false,"proration_details":null,${owner},"subscription_item":"${itemId(index)}"}`;
  const discounted = discountMinor > 0;
  return `{"id":"${id}","object":"line_item","amount":${amountMinor},"currency":"${currency}","description":"${quantity} × ${price.productId}","discount_amounts":[${discounted ? `{"amount":${discountMinor},"discount":"${discountId(index)}"}` : ''}],"discountable":${!proration},"discounts":[${discounted ? given : ''}],"invoice":"${idOf('invoices', index, seq)}","livemode":false,"metadata":{},"parent":{"type":"${proration ? 'invoice_item_details' : 'subscription_item_details'}",${parent}},"period":{"start":${startAt},"end":${endAt}},"pretax_credit_amounts":[],"pricing":{"price_details":{"price":"${price.id}","product":"${price.productId}"},"type":"price_details","unit_amount_decimal":"${price.unitMinor}"},"quantity":${quantity},"quantity_decimal":"${quantity}",${owner},"subtotal":${amountMinor},"taxes":[]}`;
}

/** How it was paid; one that cost nothing has none. */
export function renderInvoicePayments({ index, currency }: Life, invoice: Invoice): string {
  const { seq, totalMinor, finalizedAt, paidAt } = invoice;
  if (totalMinor === 0 || paidAt === null) return '';
  const own = seqTail(index, seq);
  return `{"id":"inpay_b${own}","object":"invoice_payment","amount_paid":${totalMinor},"amount_requested":${totalMinor},"created":${finalizedAt},"currency":"${currency}","invoice":"${idOf('invoices', index, seq)}","is_default":true,"livemode":false,"payment":{"type":"payment_intent","payment_intent":"pi_b${own}"},"status":"paid","status_transitions":{"canceled_at":null,"paid_at":${paidAt}}}`;
}
