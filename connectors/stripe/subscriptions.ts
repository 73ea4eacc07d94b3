import { type Completeness, type ConnectorContext, mergeCompleteness } from '../sdk/index.ts';
import { createStripeClient, type Listed, type StripeClient } from './client.ts';
import { recurringItems, standing, subscriptionMrr, wholeDiscounts } from './mrr.ts';
import type { StripeConfig } from './official.ts';
import type { Coupon, Discount, Exact, Price, Subscription } from './schema.ts';

/** What one subscription brings in a month, in the smallest unit of its currency. */
export type SubscriptionMrr = { subscription: string; customer: string; currency: string; mrr: Exact };
export type SubscriptionsReading = { subscriptions: SubscriptionMrr[]; completeness: Completeness };

/** The one walk that MRR and paying customers share: every subscription, with what its amount depends on. */
export function readSubscriptions(context: ConnectorContext<StripeConfig>): Promise<SubscriptionsReading> {
  return context.shared('stripe:subscriptions', () => walkSubscriptions(context));
}

async function walkSubscriptions(context: ConnectorContext<StripeConfig>): Promise<SubscriptionsReading> {
  const client = createStripeClient(context);
  const atSeconds = Math.floor(context.now.getTime() / 1_000);
  const walk = await client.subscriptions({ lt: atSeconds + 1 });
  const counted = walk.items.filter((subscription) => standing(subscription, atSeconds) === 'counted');
  const proofs = [walk.completeness];
  const keep = <T>(listed: Listed<T>): T[] => {
    proofs.push(listed.completeness);
    return listed.items;
  };

  for (const subscription of counted) {
    if (subscription.items.has_more) subscription.items.data = keep(await client.items(subscription.id));
  }
  await completeCustomers(counted, client, keep);
  const catalogue = {
    prices: await readPrices(counted, atSeconds, client, keep),
    coupons: await readCoupons(counted, atSeconds, client, keep),
  };
  return {
    subscriptions: counted.map((subscription) => ({
      subscription: subscription.id,
      customer: subscription.customer.id,
      currency: subscription.currency,
      mrr: subscriptionMrr(subscription, catalogue, atSeconds),
    })),
    completeness: { ...mergeCompleteness(...proofs), notes: notesOn(walk.items, counted, atSeconds) },
  };
}

type Keep = <T>(listed: Listed<T>) => T[];

/** Customers come with the subscriptions; where a gateway leaves them folded, their discounts are read apart. */
async function completeCustomers(counted: Subscription[], client: StripeClient, keep: Keep): Promise<void> {
  const folded = counted.filter(
    (subscription) => subscription.discounts.length === 0 && subscription.customer.discount === undefined,
  );
  if (folded.length === 0) return;
  const customers = new Map(keep(await client.customers()).map((customer) => [customer.id, customer]));
  for (const subscription of folded) {
    subscription.customer.discount = customers.get(subscription.customer.id)?.discount ?? null;
  }
}

/** Tiers and foreign amounts are not inside subscriptions (Stripe unfolds four levels); read only when needed. */
async function readPrices(
  counted: Subscription[],
  atSeconds: number,
  client: StripeClient,
  keep: Keep,
): Promise<Map<string, Price>> {
  const expand = new Set<string>();
  for (const subscription of counted) {
    for (const { price } of recurringItems(subscription, atSeconds)) {
      const tiered = price.billing_scheme === 'tiered';
      const foreign = price.currency !== subscription.currency;
      if (tiered && !foreign && (price.tiers ?? []).length === 0) expand.add('tiers');
      if (foreign) expand.add('currency_options');
      if (tiered && foreign) expand.add(`currency_options.${subscription.currency}.tiers`);
    }
  }
  if (expand.size === 0) return new Map();
  return new Map(keep(await client.prices([...expand])).map((price) => [price.id, price]));
}

/** The coupons with the products they are limited to, which no subscription shows. */
async function readCoupons(
  counted: Subscription[],
  atSeconds: number,
  client: StripeClient,
  keep: Keep,
): Promise<Map<string, Coupon>> {
  const running = counted.flatMap((subscription) => discountsOf(subscription, atSeconds));
  if (running.length === 0) return new Map();
  const coupons = new Map(keep(await client.coupons()).map((coupon) => [coupon.id, coupon]));
  for (const { discount, from } of running) {
    const { coupon } = discount.source;
    const id = coupon === null || typeof coupon === 'string' ? coupon : coupon.id;
    if (id === null || coupons.has(id)) continue;
    // A deleted coupon leaves the list but goes on reducing what it was given to, within its products alone.
    for (const found of (await unfolded(from, client)).filter(isDiscount)) {
      const { coupon: whole } = found.source;
      if (whole !== null && typeof whole !== 'string') coupons.set(whole.id, whole);
    }
  }
  return coupons;
}

/** What a discount was given to. */
type Owner = { kind: 'customer' | 'subscription' | 'item'; id: string };

async function unfolded({ kind, id }: Owner, client: StripeClient): Promise<Array<string | Discount | null>> {
  if (kind === 'customer') return [await client.customerDiscount(id)];
  return kind === 'subscription' ? client.subscriptionDiscounts(id) : client.itemDiscounts(id);
}

function discountsOf(
  subscription: Subscription,
  atSeconds: number,
): Array<{ discount: Discount; from: Owner }> {
  const owner: Owner =
    subscription.discounts.length > 0
      ? { kind: 'subscription', id: subscription.id }
      : { kind: 'customer', id: subscription.customer.id };
  const whole = wholeDiscounts(subscription).map((discount) => ({ discount, from: owner }));
  const onItems = recurringItems(subscription, atSeconds).flatMap((item) =>
    item.discounts.map((discount) => ({ discount, from: { kind: 'item', id: item.id } as const })),
  );
  return [...whole, ...onItems].flatMap(({ discount, from }) =>
    isDiscount(discount) ? [{ discount, from }] : [],
  );
}

function isDiscount(discount: Discount | string | null): discount is Discount {
  return typeof discount === 'object' && discount !== null;
}

function notesOn(all: Subscription[], counted: Subscription[], atSeconds: number): string[] {
  const tally = new Map<string, number>();
  const add = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
  for (const subscription of all) {
    const found = standing(subscription, atSeconds);
    if (found === 'paused') add('with paused collection, counted as nothing');
    if (found === 'test_clock') add('on a test clock, left out');
    if (found === 'unknown_status') add(`with the unknown status ${subscription.status}, counted as nothing`);
  }
  for (const subscription of counted) {
    const inclusive = subscription.items.data.some((item) => item.price.tax_behavior === 'inclusive');
    if (inclusive && subscription.automatic_tax?.enabled === true) {
      add('with automatic tax inside the price, which Stripe does not state here: the tax is still in it');
    }
  }
  return [...tally].map(([what, count]) => `${count} subscription${count === 1 ? '' : 's'} ${what}`);
}
