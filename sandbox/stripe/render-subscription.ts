import { itemPeriod, type SubscriptionState } from '../model/account.ts';
import { entry } from '../model/catalog.ts';
import type { Item } from '../model/facts.ts';
import type { World } from '../world.ts';
import { renderPlan, renderPrice, renderTaxRate } from './render-catalog.ts';
import { nestedList, type Wire } from './wire.ts';

export function renderSubscription(subscription: SubscriptionState, world: World): Wire {
  const { subscriptionId: id, trialEndAt, status, endedAt, cancelRequestedAt, endsAt } = subscription;
  const leaving = endedAt === null && endsAt !== null;
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: subscription.anchorAt,
    billing_cycle_anchor_config: null,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: endsAt,
    cancel_at_period_end: endsAt !== null,
    canceled_at: cancelRequestedAt,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: subscription.endReason ?? (leaving ? 'cancellation_requested' : null),
    },
    collection_method: 'charge_automatically',
    created: subscription.at,
    currency: subscription.currency,
    customer: subscription.customerId,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: ratesOf(subscription.taxRateIds, world),
    description: null,
    discounts: subscription.discounts.map((discount) => discount.id),
    ended_at: endedAt,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: nestedList(`/v1/subscription_items?subscription=${id}`, renderItems(subscription, world)),
    latest_invoice: subscription.latestInvoiceId,
    livemode: false,
    managed_payments: null,
    metadata: { ...subscription.metadata },
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection:
      subscription.paused === null
        ? null
        : { behavior: subscription.paused.behavior, resumes_at: subscription.paused.resumesAt },
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: subscription.scheduleId,
    start_date: subscription.startAt,
    status,
    ...(status === 'paused' ? { status_details: pausedDetails(subscription.pausedAt) } : {}),
    test_clock: subscription.testClockId,
    transfer_data: null,
    trial_end: trialEndAt,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' },
    },
    trial_start: trialEndAt === null ? null : subscription.at,
  };
}

function ratesOf(ids: readonly string[] = [], { catalog }: World): Wire[] {
  return ids.map((id) => renderTaxRate(entry(catalog.taxRates, id)));
}

function pausedDetails(pausedAt: number | null): Wire {
  const reason = { type: 'trial_end_without_payment_method' };
  return { paused: { subscription: reason, transitioned_at: pausedAt, type: 'subscription' } };
}

export function renderItems(subscription: SubscriptionState, world: World): Wire[] {
  return subscription.items.map((item) => renderItem(item, subscription, world));
}

function renderItem(item: Item, subscription: SubscriptionState, world: World): Wire {
  const price = entry(world.catalog.prices, item.priceId);
  const { start, end } = itemPeriod(world.catalog, subscription, item, world.now);
  return {
    id: item.id,
    object: 'subscription_item',
    billing_thresholds: null,
    created: item.createdAt,
    current_period_end: end,
    current_period_start: start,
    current_trial: null, // a trial of one item alone; the subscription's own is told at its top
    discounts: item.discounts.map(({ id }) => id),
    metadata: {},
    plan: renderPlan(price),
    price: renderPrice(price),
    ...(item.quantity === null ? {} : { quantity: item.quantity }),
    subscription: subscription.subscriptionId,
    tax_rates: ratesOf(item.taxRateIds, world),
  };
}
