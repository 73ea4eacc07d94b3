import { type Catalog, entry } from '../model/catalog.ts';
import type { Discount, Fact, Item, SubscriptionStatus } from '../model/facts.ts';
import type { Model } from '../model/model.ts';
import { isRunning, lessCoupons, periodAmount } from '../model/pricing.ts';
import { add, isPositive, multiply, type Rational, rational, ZERO } from '../model/rational.ts';
import { type EpochSeconds, toEpochSeconds } from '../model/time.ts';

/**
 * Monthly recurring revenue at an instant (that second included), exact, in minor units. For the close of a
 * day pass its last second.
 *
 * Statuses active and past_due count, unless collection is paused; metered and one-time items do not; discounts
 * count while they run if forever or repeating, never if once; a customer's discount counts where the
 * subscription has none; amounts off apply once per invoice; year/12, week*52/12, day*365/12. Objects
 * on a test clock are nobody's revenue.
 */
export function mrrAt(model: Model, instant: Date, currency: string): Rational {
  let total = ZERO;
  for (const { amount } of mrrByCustomer(model, instant, currency).values()) total = add(total, amount);
  return total;
}

/** Customers whose MRR at an instant is above zero; all currencies unless one is named. */
export function payingCustomersAt(model: Model, instant: Date, currency?: string): number {
  return mrrByCustomer(model, instant, currency).size;
}

type Paying = { amount: Rational };

function mrrByCustomer(model: Model, instant: Date, currency?: string): Map<string, Paying> {
  const at = toEpochSeconds(instant);
  const byCustomer = new Map<string, Paying>();
  const { subscriptions, customerDiscounts } = subscriptionsAt(model.facts, at);
  for (const subscription of subscriptions) {
    if (currency !== undefined && subscription.currency !== currency) continue;
    const fallback = customerDiscounts.get(subscription.customerId);
    const own = subscription.discounts;
    const discounts = own.length === 0 && fallback !== undefined ? [fallback] : own;
    const amount = monthlyAmount(model.catalog, subscription, discounts, at);
    if (!isPositive(amount)) continue;
    const before = byCustomer.get(subscription.customerId)?.amount ?? ZERO;
    byCustomer.set(subscription.customerId, { amount: add(before, amount) });
  }
  return byCustomer;
}

type Seen = {
  customerId: string;
  currency: string;
  status: SubscriptionStatus;
  items: readonly Item[];
  discounts: readonly Discount[];
  collectionPaused: boolean;
};

function subscriptionsAt(facts: readonly Fact[], at: EpochSeconds) {
  const subscriptions = new Map<string, Seen>();
  const customerDiscounts = new Map<string, Discount>();
  for (const fact of facts) {
    if (fact.at > at) continue;
    if (fact.kind === 'customer_created') {
      if (fact.discount !== null) customerDiscounts.set(fact.customerId, fact.discount);
      continue;
    }
    if (fact.kind === 'subscription_started') {
      const { customerId, currency, status, items, discounts } = fact;
      const seen = { customerId, currency, status, items, discounts, collectionPaused: false };
      if (fact.testClockId === null) subscriptions.set(fact.subscriptionId, seen);
      continue;
    }
    const seen = 'subscriptionId' in fact ? subscriptions.get(fact.subscriptionId) : undefined;
    if (seen === undefined) continue;
    if (fact.kind === 'subscription_status_changed') seen.status = fact.status;
    else if (fact.kind === 'subscription_ended') seen.status = 'canceled';
    else if (fact.kind === 'subscription_items_changed') seen.items = fact.items;
    else if (fact.kind === 'subscription_discounts_changed') seen.discounts = fact.discounts;
    else if (fact.kind === 'collection_paused') seen.collectionPaused = true;
    else if (fact.kind === 'collection_resumed') seen.collectionPaused = false;
  }
  return { subscriptions: subscriptions.values(), customerDiscounts };
}

const PER_MONTH = {
  day: rational(365, 12),
  week: rational(52, 12),
  month: rational(1),
  year: rational(1, 12),
};

function monthlyAmount(
  catalog: Catalog,
  subscription: Seen,
  discounts: readonly Discount[],
  at: EpochSeconds,
): Rational {
  const { status, collectionPaused, items } = subscription;
  if ((status !== 'active' && status !== 'past_due') || collectionPaused) return ZERO;
  // One invoice per interval: an amount off is taken from each of them.
  const invoices = new Map<string, { amount: Rational; perMonth: Rational }>();
  for (const item of items) {
    const { recurring, ...price } = entry(catalog.prices, item.priceId);
    if (recurring === null || recurring.usage === 'metered' || item.quantity === null) continue;
    const { interval, intervalCount } = recurring;
    const gross = periodAmount({ ...price, recurring }, item.quantity);
    const amount = lessCoupons(gross, lastingCoupons(catalog, item.discounts, at));
    const key = `${interval} ${intervalCount}`;
    const perMonth = multiply(PER_MONTH[interval], rational(1, intervalCount));
    invoices.set(key, { amount: add(invoices.get(key)?.amount ?? ZERO, amount), perMonth });
  }
  const coupons = lastingCoupons(catalog, discounts, at);
  let total = ZERO;
  for (const { amount, perMonth } of invoices.values()) {
    total = add(total, multiply(lessCoupons(amount, coupons), perMonth));
  }
  return total;
}

function lastingCoupons(catalog: Catalog, discounts: readonly Discount[], at: EpochSeconds) {
  return discounts
    .filter((discount) => isRunning(discount, at))
    .map(({ couponId }) => entry(catalog.coupons, couponId))
    .filter(({ duration }) => duration !== 'once');
}
