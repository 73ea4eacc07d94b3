import { periodStart } from './bills.ts';
import { NOTHING, type Wanted, within } from './expand.ts';
import { customerId, discountId, idOf, itemId, subscriptionId, tail } from './ids.ts';
import type { Life, Phase } from './life.ts';
import { renderDiscount, renderPlan, renderPrice } from './render-catalog.ts';

export function renderCustomer({ customer, customerAt, currency }: Life): string {
  const id = customerId(customer);
  const own = tail(customer);
  return `{"id":"${id}","object":"customer","address":{"city":null,"country":"US","line1":null,"line2":null,"postal_code":null,"state":null},"balance":0,"created":${customerAt},"currency":"${currency}","customer_account":null,"default_source":null,"delinquent":false,"description":null,"discount":null,"email":"${own}@customers.example","invoice_prefix":"B${own.toUpperCase()}","invoice_settings":{"custom_fields":null,"default_payment_method":"pm_b${own}","footer":null,"rendering_options":null},"livemode":false,"metadata":{},"name":"Customer ${own}","next_invoice_sequence":1,"phone":null,"preferred_locales":[],"shipping":null,"tax_exempt":"none","test_clock":null}`;
}

/** What a subscription was at a moment. */
export function renderSubscription(life: Life, asOf: number, wanted: Wanted = NOTHING): string {
  const { index, customer, currency, startAt, trialEndAt, anchorAt, endAt, cancelAskedAt } = life;
  const id = subscriptionId(index);
  const asked = cancelAskedAt !== null && cancelAskedAt <= asOf;
  const endedAt = endAt !== null && endAt <= asOf ? endAt : null;
  const latest = life.invoices.findLast(({ at }) => at <= asOf);
  const owner = wanted('customer') ? renderCustomer(life) : `"${customerId(customer)}"`;
  const latestInvoice = latest === undefined ? 'null' : `"${idOf('invoices', index, latest.seq)}"`;
  const reason = asked ? '"cancellation_requested"' : 'null';
  return `{"id":"${id}","object":"subscription","application":null,"application_fee_percent":null,"automatic_tax":{"disabled_reason":null,"enabled":false,"liability":null},"billing_cycle_anchor":${anchorAt},"billing_cycle_anchor_config":null,"billing_mode":{"type":"flexible","flexible":{"proration_discounts":"included"},"updated_at":null},"billing_schedules":[],"billing_thresholds":null,"cancel_at":${asked ? endAt : null},"cancel_at_period_end":${asked && cancelAskedAt !== endAt},"canceled_at":${asked ? cancelAskedAt : null},"cancellation_details":{"comment":null,"feedback":null,"reason":${reason}},"collection_method":"charge_automatically","created":${startAt},"currency":"${currency}","customer":${owner},"customer_account":null,"days_until_due":null,"default_payment_method":null,"default_source":null,"default_tax_rates":[],"description":null,"discounts":${discounts(life, asOf, wanted)},"ended_at":${endedAt},"invoice_settings":{"account_tax_ids":null,"custom_fields":null,"description":null,"footer":null,"issuer":{"type":"self"}},"items":{"object":"list","data":[${renderItem(life, asOf)}],"has_more":false,"url":"/v1/subscription_items?subscription=${id}"},"latest_invoice":${latestInvoice},"livemode":false,"managed_payments":null,"metadata":{},"next_pending_invoice_item_invoice":null,"on_behalf_of":null,"pause_collection":null,"payment_settings":{"payment_method_options":null,"payment_method_types":null,"save_default_payment_method":"off"},"pending_invoice_item_interval":null,"pending_setup_intent":null,"pending_update":null,"schedule":null,"start_date":${startAt},"status":"${statusAt(life, asOf)}","test_clock":null,"transfer_data":null,"trial_end":${trialEndAt},"trial_settings":{"end_behavior":{"missing_payment_method":"create_invoice"}},"trial_start":${trialEndAt === null ? null : startAt}}`;
}

export function statusAt(life: Life, asOf: number): string {
  if (life.endAt !== null && life.endAt <= asOf) return 'canceled';
  if (life.trialEndAt !== null && asOf < life.trialEndAt) return 'trialing';
  const owes = life.invoices.some(
    ({ failedAt, paidAt }) => failedAt !== null && failedAt <= asOf && (paidAt === null || asOf < paidAt),
  );
  return owes ? 'past_due' : 'active';
}

function discounts(life: Life, asOf: number, wanted: Wanted): string {
  const { discount, index } = life;
  if (discount === null || asOf < discount.startAt || asOf >= (discount.endAt ?? Number.POSITIVE_INFINITY))
    return '[]';
  return wanted('discounts')
    ? `[${renderDiscount(life, within(wanted, 'discounts'))}]`
    : `["${discountId(index)}"]`;
}

export function renderItem(life: Life, asOf: number): string {
  const { index, startAt, trialEndAt } = life;
  const { price, quantity } = phaseAt(life, asOf);
  const { from, to } = periodAt(life, asOf);
  const onTrial = trialEndAt !== null && asOf < trialEndAt;
  const trial = onTrial ? `{"start_date":${startAt},"end_date":${trialEndAt},"trial_offer":null}` : 'null';
  return `{"id":"${itemId(index)}","object":"subscription_item","billing_thresholds":null,"created":${startAt},"current_period_end":${to},"current_period_start":${from},"current_trial":${trial},"discounts":[],"metadata":{},"plan":${renderPlan(price)},"price":${renderPrice(price)},"quantity":${quantity},"subscription":"${subscriptionId(index)}","tax_rates":[]}`;
}

export function phaseAt({ phases }: Life, asOf: number): Phase {
  return phases.findLast(({ at }) => at <= asOf) ?? (phases[0] as Phase); // there is always the first
}

/** The period that runs; of one that has ended, the last. */
export function periodAt(life: Life, asOf: number): { from: number; to: number } {
  const { trialEndAt, startAt, anchorAt, interval, renewals } = life;
  const begun = renewals.filter((at) => at <= asOf).length;
  if (begun === 0) return { from: startAt, to: trialEndAt ?? periodStart(anchorAt, interval, 1) };
  return {
    from: periodStart(anchorAt, interval, begun - 1),
    to: periodStart(anchorAt, interval, begun),
  };
}
