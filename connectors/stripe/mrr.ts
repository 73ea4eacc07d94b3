import { driftError } from '../sdk/index.ts';
import { billingsPerMonth, periodAmount } from './price.ts';
import { type Coupon, type Discount, Exact, type Item, type Price, type Subscription } from './schema.ts';

/** What the subscriptions themselves do not carry: prices with their tiers, coupons with their products. */
export type Catalogue = { prices: ReadonlyMap<string, Price>; coupons: ReadonlyMap<string, Coupon> };

/** What one item costs per billing period, on its way through the discounts. */
type Line = { item: Item; price: Price; amount: Exact };

const COUNTED = ['active', 'past_due'];
const KNOWN = [...COUNTED, 'trialing', 'incomplete', 'incomplete_expired', 'unpaid', 'canceled', 'paused'];

/**
 * Whether a subscription carries MRR at all, or why not. A status that Stripe added later does not count: only
 * `active` and `past_due` do. Collection that is paused earns nothing while Stripe still says active.
 */
export function standing(
  subscription: Subscription,
  atSeconds: number,
): 'counted' | 'not_counted' | 'paused' | 'test_clock' | 'unknown_status' {
  if (subscription.test_clock !== null && subscription.test_clock !== undefined) return 'test_clock';
  if (!KNOWN.includes(subscription.status)) return 'unknown_status';
  if (!COUNTED.includes(subscription.status)) return 'not_counted';
  const pause = subscription.pause_collection;
  const resumed =
    pause?.resumes_at !== null && pause?.resumes_at !== undefined && pause.resumes_at <= atSeconds;
  return pause === null || resumed ? 'counted' : 'paused';
}

/**
 * Monthly recurring revenue of one subscription at an instant, in the smallest unit of its currency; exact, with
 * any fraction of a cent. Taxes, metered and one-time items, items on trial and once-coupons are out.
 *
 * @throws ConnectorError `schema_drift` for a price or discount whose effect cannot be worked out
 */
export function subscriptionMrr(subscription: Subscription, catalogue: Catalogue, atSeconds: number): Exact {
  if (standing(subscription, atSeconds) !== 'counted') return new Exact(0);
  const lines: Line[] = [];
  for (const item of recurringItems(subscription, atSeconds)) {
    const price = catalogue.prices.get(item.price.id) ?? item.price;
    if (item.quantity === null || item.quantity === undefined) {
      throw driftError(
        'Stripe',
        `subscription item ${item.id}: a licensed item without quantity`,
        'no_quantity',
      );
    }
    const line = { item, price, amount: periodAmount(price, item.quantity, subscription.currency) };
    for (const discount of item.discounts)
      applyDiscount([line], discount, subscription, catalogue, atSeconds);
    lines.push(line);
  }
  for (const discount of wholeDiscounts(subscription)) {
    applyDiscount(lines, discount, subscription, catalogue, atSeconds);
  }
  return lines.reduce((sum, line) => sum.add(perMonth(line, subscription)), new Exact(0));
}

/** The items with a known price in every coming period. */
export function recurringItems(subscription: Subscription, atSeconds: number): Item[] {
  return subscription.items.data.filter((item) => {
    const usage = item.price.recurring?.usage_type;
    if (usage === undefined || usage === 'metered') return false;
    const trial = item.current_trial;
    const onTrial =
      trial !== null && trial !== undefined && trial.start_date <= atSeconds && atSeconds < trial.end_date;
    return !onTrial;
  });
}

/** The subscription's own discounts in order; the customer-wide one only where there is none. */
export function wholeDiscounts(subscription: Subscription): Array<string | Discount> {
  if (subscription.discounts.length > 0) return subscription.discounts;
  const { discount } = subscription.customer;
  return discount === null || discount === undefined ? [] : [discount];
}

function applyDiscount(
  lines: Line[],
  discount: string | Discount,
  subscription: Subscription,
  catalogue: Catalogue,
  atSeconds: number,
): void {
  if (typeof discount === 'string') {
    throw driftError(
      'Stripe',
      `subscription ${subscription.id}: a discount came as a bare id`,
      'bare_discount',
    );
  }
  if (discount.start > atSeconds || (discount.end !== null && discount.end <= atSeconds)) return;
  const coupon = couponOf(discount, catalogue);
  if (coupon.duration === 'once') return;
  if (coupon.duration !== 'forever' && coupon.duration !== 'repeating') {
    throw driftError('Stripe', `coupon ${coupon.id}: duration ${coupon.duration}`, 'unknown_coupon');
  }
  const products = coupon.applies_to?.products;
  const eligible = lines.filter((line) => products === undefined || products.includes(line.price.product));
  if (coupon.percent_off !== null) return percentOff(eligible, coupon.percent_off);
  amountOff(eligible, amountIn(coupon, subscription.currency));
}

/** A bare coupon id would read as "no reduction" and report gross MRR, so it is an error. */
function couponOf(discount: Discount, catalogue: Catalogue): Coupon {
  const embedded = discount.source.coupon;
  if (embedded === null)
    throw driftError('Stripe', `discount ${discount.id}: it has no coupon`, 'unknown_discount');
  const coupon = catalogue.coupons.get(typeof embedded === 'string' ? embedded : embedded.id) ?? embedded;
  if (typeof coupon !== 'string') return coupon;
  throw driftError('Stripe', `discount ${discount.id}: its coupon came as a bare id`, 'bare_coupon');
}

function amountIn(coupon: Coupon, currency: string): number {
  const amount =
    coupon.currency === currency ? coupon.amount_off : coupon.currency_options?.[currency]?.amount_off;
  if (amount === null || amount === undefined) {
    throw driftError('Stripe', `coupon ${coupon.id}: no amount off in ${currency}`, 'unknown_coupon');
  }
  return amount;
}

function percentOff(lines: Line[], percent: number): void {
  for (const line of lines) line.amount = line.amount.mul(new Exact(100).sub(percent)).div(100);
}

/**
 * Once per invoice, shared over its lines in proportion. Where a subscription mixes intervals, most invoices hold
 * only the shortest one, so that is where the amount comes off.
 */
function amountOff(lines: Line[], amount: number): void {
  const frequency = (line: Line) => {
    const { times, per } = billingsPerMonth(line.price);
    return times / per;
  };
  const highest = Math.max(...lines.map(frequency));
  const invoiced = lines.filter((line) => frequency(line) === highest);
  const total = invoiced.reduce((sum, line) => sum.add(line.amount), new Exact(0));
  if (total.isZero()) return;
  const off = Exact.min(amount, total);
  for (const line of invoiced) line.amount = line.amount.sub(off.mul(line.amount).div(total));
}

function perMonth(line: Line, subscription: Subscription): Exact {
  const rates = line.item.tax_rates ?? [];
  const applied = rates.length > 0 ? rates : (subscription.default_tax_rates ?? []);
  const percent = applied
    .filter((rate) => rate.inclusive)
    .reduce((sum, rate) => sum.add(rate.percentage), new Exact(100));
  const { times, per } = billingsPerMonth(line.price);
  return line.amount.mul(100).mul(times).div(percent.mul(per));
}
