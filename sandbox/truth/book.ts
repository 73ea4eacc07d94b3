import { type Catalog, type Coupon, entry } from '../model/catalog.ts';
import type { Discount, Fact, Item, SubscriptionStatus } from '../model/facts.ts';
import { isRunning, periodAmount } from '../model/pricing.ts';
import {
  add,
  clampAtZero,
  divide,
  fromDecimal,
  isPositive,
  multiply,
  type Rational,
  rational,
  subtract,
  ZERO,
} from '../model/rational.ts';
import type { EpochSeconds } from '../model/time.ts';

/** Which discounts lower MRR: `recurring` is forever and repeating, while they run. */
export type DiscountPolicy = 'recurring' | 'forever' | 'all' | 'none';

/** What is known of every subscription at one moment, read fact by fact. Objects on a test clock are left out. */
export type Book = {
  subscriptions: Map<string, Seen>;
  customerDiscounts: Map<string, Discount>;
};

type Seen = {
  customerId: string;
  currency: string;
  status: SubscriptionStatus;
  items: readonly Item[];
  discounts: readonly Discount[];
  taxRateIds: readonly string[];
  collectionPaused: boolean;
};

export function newBook(): Book {
  return { subscriptions: new Map(), customerDiscounts: new Map() };
}

export function note({ subscriptions, customerDiscounts }: Book, fact: Fact): void {
  if (fact.kind === 'customer_created' || fact.kind === 'customer_discount_changed') {
    if (fact.discount === null) customerDiscounts.delete(fact.customerId);
    else customerDiscounts.set(fact.customerId, fact.discount);
    return;
  }
  if (fact.kind === 'subscription_started') {
    if (fact.testClockId !== null) return;
    const { customerId, currency, status, items, discounts, taxRateIds = [] } = fact;
    const seen = { customerId, currency, status, items, discounts, taxRateIds, collectionPaused: false };
    subscriptions.set(fact.subscriptionId, seen);
    return;
  }
  const seen = 'subscriptionId' in fact ? subscriptions.get(fact.subscriptionId) : undefined;
  if (seen === undefined) return;
  if (fact.kind === 'subscription_status_changed') seen.status = fact.status;
  else if (fact.kind === 'subscription_ended') seen.status = 'canceled';
  else if (fact.kind === 'subscription_items_changed') seen.items = fact.items;
  else if (fact.kind === 'subscription_discounts_changed') seen.discounts = fact.discounts;
  else if (fact.kind === 'collection_paused') seen.collectionPaused = true;
  else if (fact.kind === 'collection_resumed') seen.collectionPaused = false;
}

/** Customers with MRR above zero, and how much it is in each currency. */
export function mrrIn(
  book: Book,
  catalog: Catalog,
  at: EpochSeconds,
  policy: DiscountPolicy = 'recurring',
): Map<string, Map<string, Rational>> {
  const byCustomer = new Map<string, Map<string, Rational>>();
  for (const subscription of book.subscriptions.values()) {
    const { customerId, currency, status, collectionPaused } = subscription;
    if ((status !== 'active' && status !== 'past_due') || collectionPaused) continue;
    const fallback = book.customerDiscounts.get(customerId);
    const own = subscription.discounts.filter((discount) => isRunning(discount, at));
    const discounts = own.length === 0 && fallback !== undefined ? [fallback] : own;
    const amount = monthlyAmount(catalog, subscription, { discounts, at, policy });
    if (!isPositive(amount)) continue;
    const amounts = byCustomer.get(customerId) ?? new Map<string, Rational>();
    amounts.set(currency, add(amounts.get(currency) ?? ZERO, amount));
    byCustomer.set(customerId, amounts);
  }
  return byCustomer;
}

const PER_MONTH = {
  day: rational(365, 12),
  week: rational(52, 12),
  month: rational(1),
  year: rational(1, 12),
};

const LASTING: Record<DiscountPolicy, readonly Coupon['duration'][]> = {
  recurring: ['forever', 'repeating'],
  forever: ['forever'],
  all: ['forever', 'repeating', 'once'],
  none: [],
};

type Terms = { discounts: readonly Discount[]; at: EpochSeconds; policy: DiscountPolicy };
type Line = { productId: string; cost: Rational; afterTax: Rational; perMonth: Rational };

function monthlyAmount(catalog: Catalog, subscription: Seen, terms: Terms): Rational {
  const lasting = (discounts: readonly Discount[]) =>
    discounts
      .filter((discount) => isRunning(discount, terms.at))
      .map(({ couponId }) => entry(catalog.coupons, couponId))
      .filter(({ duration }) => LASTING[terms.policy].includes(duration));
  const lines = subscription.items.flatMap((item): Line[] => {
    const price = entry(catalog.prices, item.priceId);
    if (price.recurring === null || price.recurring.usage === 'metered' || item.quantity === null) return [];
    const { interval, intervalCount } = price.recurring;
    const perMonth = multiply(PER_MONTH[interval], rational(1, intervalCount));
    const afterTax = inclusiveTax(catalog, item.taxRateIds ?? subscription.taxRateIds);
    const full: Line = {
      productId: price.productId,
      cost: periodAmount(price, item.quantity),
      afterTax,
      perMonth,
    };
    return lasting(item.discounts).reduce(less, [full]);
  });
  const left = lasting(terms.discounts).reduce(less, lines);
  return left.reduce(
    (total, { cost, afterTax, perMonth }) => add(total, multiply(divide(cost, afterTax), perMonth)),
    ZERO,
  );
}

/**
 * The lines after one coupon: a percentage off each that it is good for, or an amount, which each invoice takes off once:
 * in the shortest interval, in proportion to what its lines cost.
 */
function less(lines: readonly Line[], { percentOff, amountOffMinor, productIds }: Coupon): Line[] {
  const good = lines.filter(({ productId }) => productIds?.includes(productId) ?? true);
  if (percentOff !== null) {
    const kept = multiply(subtract(rational(100), fromDecimal(percentOff)), rational(1, 100));
    return lines.map((line) => (good.includes(line) ? { ...line, cost: multiply(line.cost, kept) } : line));
  }
  const shortest = good.reduce(
    (most, { perMonth }) => (isPositive(subtract(perMonth, most)) ? perMonth : most),
    ZERO,
  );
  const first = good.filter(({ perMonth }) => !isPositive(subtract(shortest, perMonth)));
  const cost = first.reduce((sum, line) => add(sum, line.cost), ZERO);
  if (!isPositive(cost)) return [...lines];
  const kept = divide(clampAtZero(subtract(cost, rational(amountOffMinor ?? 0))), cost);
  return lines.map((line) => (first.includes(line) ? { ...line, cost: multiply(line.cost, kept) } : line));
}

/** 1 plus the rates that a price includes: what an amount is divided by to be without tax. */
function inclusiveTax(catalog: Catalog, taxRateIds: readonly string[]): Rational {
  return taxRateIds
    .map((id) => entry(catalog.taxRates, id))
    .filter(({ inclusive }) => inclusive)
    .reduce(
      (sum, { percentage }) => add(sum, multiply(fromDecimal(percentage), rational(1, 100))),
      rational(1),
    );
}
