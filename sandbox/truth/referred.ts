import type { Discount, Fact } from '../model/facts.ts';
import type { Billing } from '../model/model.ts';
import { localDayOf, toEpochSeconds } from '../model/time.ts';
import { moneyMovements } from './net-revenue.ts';

/** Customers who ever had a coupon, on themselves, a subscription or one of its items. */
export function customersWithCoupon({ facts }: Billing, couponId: string): ReadonlySet<string> {
  const owners = new Map<string, string>(); // customers by subscription
  const found = new Set<string>();
  const has = (discounts: readonly Discount[]) => discounts.some((each) => each.couponId === couponId);
  for (const fact of facts) {
    if (fact.kind === 'subscription_started') owners.set(fact.subscriptionId, fact.customerId);
    const customerId = ownerOf(fact, owners);
    if (customerId !== undefined && has(discountsOf(fact))) found.add(customerId);
  }
  return found;
}

function ownerOf(fact: Fact, owners: ReadonlyMap<string, string>): string | undefined {
  if ('customerId' in fact && typeof fact.customerId === 'string') return fact.customerId;
  return 'subscriptionId' in fact && typeof fact.subscriptionId === 'string'
    ? owners.get(fact.subscriptionId)
    : undefined;
}

function discountsOf(fact: Fact): readonly Discount[] {
  switch (fact.kind) {
    case 'customer_created':
    case 'customer_discount_changed':
      return fact.discount === null ? [] : [fact.discount];
    case 'subscription_started':
      return [...fact.discounts, ...fact.items.flatMap(({ discounts }) => discounts)];
    case 'subscription_items_changed':
      return fact.items.flatMap(({ discounts }) => discounts);
    case 'subscription_discounts_changed':
      return fact.discounts;
    default:
      return [];
  }
}

/** Minor units by local day: payments of some customers less what went back. Acme collects no tax. */
export function revenueOf(
  model: Billing,
  customers: ReadonlySet<string>,
  options: { timeZone: string; currency: string; now: Date },
): Map<string, number> {
  const payers = new Map<string, string | null>(); // customers by charge, refund and dispute
  for (const fact of model.facts) {
    if (fact.kind === 'charge_created') payers.set(fact.chargeId, fact.customerId);
    if (fact.kind === 'refund_created') payers.set(fact.refundId, payers.get(fact.chargeId) ?? null);
    if (fact.kind === 'dispute_opened') payers.set(fact.disputeId, payers.get(fact.chargeId) ?? null);
  }
  const dayOf = localDayOf(options.timeZone);
  const days = new Map<string, number>();
  for (const [id, { amountMinor, at, currency }] of moneyMovements(
    model.facts,
    toEpochSeconds(options.now),
  )) {
    if (currency !== options.currency || !customers.has(payers.get(id) ?? '')) continue;
    days.set(dayOf(at), (days.get(dayOf(at)) ?? 0) + amountMinor);
  }
  return days;
}
