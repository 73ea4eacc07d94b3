import { readFileSync } from 'node:fs';

/** Any Stripe object of a test. */
export type Thing = Record<string, unknown> & { id: string };

/** Seconds of an instant written out. */
export function at(instant: string): number {
  return Date.parse(instant) / 1_000;
}

export function charge(
  id: string,
  instant: string,
  amount: number,
  more: Record<string, unknown> = {},
): Thing {
  return {
    id,
    object: 'charge',
    created: at(instant),
    amount,
    amount_captured: amount,
    amount_refunded: 0,
    captured: true,
    paid: true,
    status: 'succeeded',
    currency: 'usd',
    livemode: false,
    ...more,
  };
}

export function refund(
  id: string,
  instant: string,
  amount: number,
  more: Record<string, unknown> = {},
): Thing {
  return {
    id,
    object: 'refund',
    created: at(instant),
    amount,
    status: 'succeeded',
    currency: 'usd',
    charge: 'ch_old',
    balance_transaction: `txn_${id}`,
    ...more,
  };
}

export function dispute(
  id: string,
  instant: string,
  amount: number,
  more: Record<string, unknown> = {},
): Thing {
  return {
    id,
    object: 'dispute',
    created: at(instant),
    amount,
    status: 'lost',
    currency: 'usd',
    charge: 'ch_old',
    livemode: false,
    ...more,
  };
}

export function price(id: string, unitAmount: number, more: Record<string, unknown> = {}): Thing {
  return {
    id,
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    currency: 'usd',
    product: 'prod_base',
    recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed', meter: null },
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: unitAmount,
    unit_amount_decimal: String(unitAmount),
    livemode: false,
    ...more,
  };
}

export function item(
  id: string,
  of: Thing,
  quantity: number | undefined,
  more: Record<string, unknown> = {},
): Thing {
  const counted = quantity === undefined ? {} : { quantity };
  return {
    id,
    object: 'subscription_item',
    price: of,
    discounts: [],
    tax_rates: [],
    current_trial: null,
    ...counted,
    ...more,
  };
}

export function subscription(id: string, items: Thing[], more: Record<string, unknown> = {}): Thing {
  return {
    id,
    object: 'subscription',
    automatic_tax: { enabled: false, liability: null, disabled_reason: null },
    created: at('2026-01-01T00:00:00Z'),
    currency: 'usd',
    customer: `cus_${id}`,
    default_tax_rates: [],
    discounts: [],
    ended_at: null,
    items: { object: 'list', data: items, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    livemode: false,
    pause_collection: null,
    status: 'active',
    test_clock: null,
    trial_end: null,
    trial_start: null,
    ...more,
  };
}

/** A line of a subscription over a span of days, by default an item's next period in advance. */
export function line(
  id: string,
  amount: number,
  [start, end]: [string, string],
  more: Record<string, unknown> = {},
): Thing {
  return {
    id,
    object: 'line_item',
    amount,
    quantity: 1,
    discount_amounts: [],
    discounts: [],
    pricing: null,
    period: { start: at(start), end: at(end) },
    parent: null,
    ...more,
  };
}

/** A paid invoice of a subscription, made and paid at an instant; lines without a parent become lines of its items. */
export function invoice(
  id: string,
  of: Thing,
  instant: string,
  lines: Thing[],
  more: Record<string, unknown> = {},
): Thing {
  const details = { subscription: of.id, proration: false, subscription_item: 'si_1', invoice_item: null };
  const parent = {
    type: 'subscription_item_details',
    subscription_item_details: details,
    invoice_item_details: null,
  };
  return {
    id,
    object: 'invoice',
    total: lines.reduce((sum, { amount }) => sum + Number(amount), 0),
    total_taxes: [],
    discounts: [],
    payments: { object: 'list', data: [], has_more: false },
    amount_paid: lines.reduce((sum, { amount }) => sum + Number(amount), 0),
    auto_advance: false,
    created: at(instant),
    currency: 'usd',
    customer: of.customer,
    lines: {
      object: 'list',
      data: lines.map((each) => ({ ...each, parent: each.parent ?? parent })),
      has_more: false,
    },
    livemode: false,
    parent: {
      type: 'subscription_details',
      subscription_details: { subscription: of.id },
      quote_details: null,
    },
    status: 'paid',
    status_transitions: {
      finalized_at: at(instant),
      marked_uncollectible_at: null,
      paid_at: at(instant),
      voided_at: null,
    },
    ...more,
  };
}

export function coupon(id: string, more: Record<string, unknown>): Thing {
  return {
    id,
    object: 'coupon',
    created: at('2026-01-01T00:00:00Z'),
    livemode: false,
    duration: 'forever',
    percent_off: null,
    amount_off: null,
    currency: null,
    ...more,
  };
}

export function discount(id: string, of: Thing | string, more: Record<string, unknown> = {}): Thing {
  const start = at('2026-01-01T00:00:00Z');
  return { id, object: 'discount', start, end: null, source: { type: 'coupon', coupon: of }, ...more };
}

/** A file of the made Stripe fixtures; the caller says what is in it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function fixture<T>(name: string): T {
  const url = new URL(`../../../fixtures/stripe/made/${name}`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as T;
}
