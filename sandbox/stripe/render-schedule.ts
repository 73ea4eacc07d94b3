import type { ScheduleState } from '../model/account.ts';
import type { Phase } from '../model/facts.ts';
import type { World } from '../world.ts';
import type { Wire } from './wire.ts';

const INVOICE_SETTINGS = {
  account_tax_ids: null,
  custom_fields: null,
  days_until_due: null,
  description: null,
  footer: null,
};

export function renderSchedule(schedule: ScheduleState, world: World): Wire {
  const { status, finishedAt, subscriptionId } = schedule;
  const subscription = world.account.subscriptions.get(subscriptionId);
  const now = schedule.phases[schedule.phase];
  const active = status === 'active' && now !== undefined;
  return {
    id: schedule.scheduleId,
    object: 'subscription_schedule',
    application: null,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    canceled_at: status === 'canceled' ? finishedAt : null,
    completed_at: status === 'completed' ? finishedAt : null,
    created: schedule.at,
    current_phase: active ? { start_date: now.startAt, end_date: now.endAt } : null,
    customer: schedule.customerId,
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      automatic_tax: { disabled_reason: null, enabled: false, liability: null },
      billing_cycle_anchor: 'automatic',
      billing_thresholds: null,
      collection_method: 'charge_automatically',
      default_payment_method: null,
      description: null,
      invoice_settings: { ...INVOICE_SETTINGS, issuer: { type: 'self' } },
      on_behalf_of: null,
      transfer_data: null,
    },
    end_behavior: 'release',
    livemode: false,
    metadata: {},
    pause_schedules: [],
    phases: schedule.phases.map((phase) => renderPhase(phase, subscription?.currency ?? 'usd')),
    released_at: status === 'released' ? finishedAt : null,
    released_subscription: status === 'released' ? subscriptionId : null,
    status,
    subscription: status === 'released' ? null : subscriptionId,
    test_clock: subscription?.testClockId ?? null,
  };
}

function renderPhase({ startAt, endAt, items }: Phase, currency: string): Wire {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: 'charge_automatically',
    currency,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    end_date: endAt,
    invoice_settings: { ...INVOICE_SETTINGS, issuer: null },
    items: items.map(({ priceId, quantity }) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: {},
      plan: priceId,
      price: priceId,
      ...(quantity === null ? {} : { quantity }),
      tax_rates: [],
    })),
    metadata: {},
    on_behalf_of: null,
    proration_behavior: 'none',
    start_date: startAt,
    transfer_data: null,
    trial_end: null,
  };
}
