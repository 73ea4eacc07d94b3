import type { Wire } from './wire.ts';

export const API_VERSION = '2026-10-28.endive';

/**
 * An event as an account of an old version is told it, such as 2020-03-02: periods, plan and quantity on the subscription,
 * one discount, the subscription and the charge at the top of an invoice. Only the fields that moved are redrawn.
 */
export function inOldShape(event: Wire, apiVersion: string): Wire {
  const data = event.data as Wire;
  return { ...event, api_version: apiVersion, data: { ...data, object: old(data.object as Wire) } };
}

function old(object: Wire): Wire {
  switch (object.object) {
    case 'subscription':
      return oldSubscription(object);
    case 'invoice':
      return oldInvoice(object);
    case 'charge':
      return { ...object, invoice: null, refunds: { object: 'list', data: [], has_more: false } };
    case 'discount': {
      const { source, ...rest } = object;
      return { ...rest, coupon: { id: (source as Wire).coupon, object: 'coupon' } };
    }
    default:
      return object;
  }
}

function oldSubscription(subscription: Wire): Wire {
  const { discounts, items, billing_mode: _mode, status_details: _details, ...rest } = subscription;
  const list = items as Wire & { data: Wire[] };
  const [first] = list.data;
  const [discount = null] = discounts as unknown[];
  const data = list.data.map(
    ({ current_period_start: _start, current_period_end: _end, current_trial: _trial, ...item }) => item,
  );
  return {
    ...rest,
    current_period_start: first?.current_period_start ?? null,
    current_period_end: first?.current_period_end ?? null,
    discount: discount === null ? null : { id: discount, object: 'discount' },
    items: { ...list, data },
    plan: data.length === 1 ? (first?.plan ?? null) : null,
    quantity: data.length === 1 ? (first?.quantity ?? null) : null,
  };
}

function oldInvoice(invoice: Wire): Wire {
  const { parent, discounts: _discounts, total_taxes: taxes, lines, ...rest } = invoice;
  const details = (parent as Wire | null)?.subscription_details as Wire | undefined;
  const list = lines as Wire & { data: Wire[] };
  return {
    ...rest,
    charge: null,
    discount: null,
    lines: { ...list, data: list.data.map(oldLine) },
    paid: invoice.status === 'paid',
    payment_intent: null,
    subscription: details?.subscription ?? null,
    tax: (taxes as Wire[]).reduce((sum, { amount }) => sum + Number(amount), 0),
  };
}

function oldLine(line: Wire): Wire {
  const { parent, pricing: _pricing, taxes: _taxes, ...rest } = line;
  const { type, subscription_item_details: item, invoice_item_details: extra } = parent as Wire;
  const details = (item ?? extra) as Wire;
  return {
    ...rest,
    proration: details.proration,
    subscription_item: details.subscription_item ?? null,
    type: type === 'invoice_item_details' ? 'invoiceitem' : 'subscription',
  };
}
