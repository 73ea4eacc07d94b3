import { Fraction } from 'fraction.js';
import { exact, exactText, min, sum, zero } from './exact.ts';
import type {
  LedgerCatalogue,
  LedgerCoupon,
  LedgerDiscount,
  LedgerItem,
  LedgerPrice,
  SubscriptionState,
} from './ledger-records.ts';
import { countsUnder, type DiscountPolicy, payingStatuses } from './normalise.ts';
import { intervalsPerMonth, periodAmount } from './price.ts';
import { BillingProblemError } from './problem.ts';

/** What the amount of a subscription depends on beside its own state. */
export type Terms = {
  catalogue: LedgerCatalogue;
  currency: string;
  policy: DiscountPolicy;
  /** The customer's; they count only where the subscription has none. */
  customerDiscounts: readonly LedgerDiscount[];
};

/** Whether `[fromAt, toAt)` holds at the moment that is asked about: a close, by the rule of `aliveDays`. */
export type Holds = (fromAt: Date | null, toAt: Date | null) => boolean;

/** What one item costs per billing period, on its way through the discounts. */
type Line = { item: LedgerItem; price: LedgerPrice; perMonth: Fraction; amount: Fraction };

/**
 * MRR of a subscription that is as `state` says, in minor units of its currency; exact. Metered items, one-time items and
 * items on a trial of their own are out, and tax that is included comes off after the discounts.
 *
 * @throws BillingProblemError for a price or coupon whose effect cannot be worked out
 */
export function stateMrr(state: SubscriptionState, terms: Terms, holds: Holds): Fraction {
  if (!isEarning(state, holds)) return zero;
  const lines: Line[] = [];
  for (const item of state.items) {
    const line = lineOf(item, terms, holds);
    if (line === null) continue;
    for (const discount of running(item.discounts, holds)) takeOff([line], discount, terms);
    lines.push(line);
  }
  for (const discount of wholeDiscounts(state, terms, holds)) takeOff(lines, discount, terms);
  return sum(lines.map((line) => netMonthly(line, state)));
}

/** Collection that is paused earns nothing, though the provider goes on calling it active. */
export function isEarning(state: SubscriptionState, holds: Holds): boolean {
  return payingStatuses.has(state.status) && !isPaused(state, holds);
}

export function isPaused({ collectionPaused }: SubscriptionState, holds: Holds): boolean {
  return collectionPaused !== null && holds(null, collectionPaused.resumesAt);
}

/** Those that run, of one invoice only left out. */
export function running(discounts: readonly LedgerDiscount[], holds: Holds): LedgerDiscount[] {
  return discounts.filter(({ startAt, endAt, invoiceId }) => invoiceId === null && holds(startAt, endAt));
}

/** The subscription's own that run, in their order; the customer's only where there is none. */
export function wholeDiscounts(
  state: SubscriptionState,
  { customerDiscounts }: Pick<Terms, 'customerDiscounts'>,
  holds: Holds,
): LedgerDiscount[] {
  const own = running(state.discounts, holds);
  return own.length > 0 ? own : running(customerDiscounts, holds);
}

/** The coupon of the catalogue goes before the one that came along: that one may be cut short. */
export function couponOf(discount: LedgerDiscount, { coupons }: LedgerCatalogue): LedgerCoupon {
  const coupon = coupons.get(discount.couponId) ?? discount.coupon;
  if (coupon !== null) return coupon;
  throw new BillingProblemError(
    discount.couponId,
    `Coupon ${discount.couponId} of discount ${discount.id} is not known`,
  );
}

/** Null for what has no known amount in every coming period. */
function lineOf(item: LedgerItem, terms: Terms, holds: Holds): Line | null {
  const { catalogue, currency } = terms;
  if (item.trial !== null && holds(item.trial.startAt, item.trial.endAt)) return null;
  const price = catalogue.prices.get(item.priceId);
  if (price === undefined) {
    if (item.quantity === null) return null; // metered, whatever its price is
    throw new BillingProblemError(item.priceId, `Price ${item.priceId} of item ${item.id} is not known`);
  }
  if (price.problem === null && (price.recurring === null || price.recurring.usage === 'metered'))
    return null;
  if (item.quantity === null)
    throw new BillingProblemError(item.id, `Item ${item.id} is licensed and has no quantity`);
  const amount = periodAmount(price, item.quantity, currency);
  return { item, price, perMonth: intervalsPerMonth(price), amount };
}

function takeOff(lines: readonly Line[], discount: LedgerDiscount, terms: Terms): void {
  if (terms.policy === 'none') return;
  const coupon = couponOf(discount, terms.catalogue);
  if (!countsUnder(terms.policy, coupon)) return;
  const { productIds, percentOff } = coupon;
  const eligible = lines.filter(
    ({ price }) => productIds === null || (price.productId !== null && productIds.includes(price.productId)),
  );
  if (eligible.length === 0) return;
  if (percentOff !== null) {
    const kept = new Fraction(100).sub(exactText(percentOff)).div(100);
    for (const line of eligible) line.amount = kept.gt(0) ? line.amount.mul(kept) : zero;
    return;
  }
  const off = coupon.amountOff[terms.currency.toUpperCase()];
  if (off === undefined) {
    const wanted = terms.currency.toUpperCase();
    throw new BillingProblemError(coupon.id, `Coupon ${coupon.id} has no amount off in ${wanted}`);
  }
  takeAmountOff(eligible, exact(off));
}

/**
 * Once per invoice, shared over its lines in proportion, never below nothing. Where a subscription mixes intervals, most
 * invoices hold only the shortest one, so that is where the amount comes off.
 */
function takeAmountOff(lines: readonly Line[], amount: Fraction): void {
  const often = lines.reduce((most, { perMonth }) => (perMonth.gt(most) ? perMonth : most), zero);
  const invoiced = lines.filter(({ perMonth }) => perMonth.equals(often));
  const total = sum(invoiced.map((line) => line.amount));
  if (total.equals(zero)) return;
  const kept = total.sub(min(amount, total)).div(total);
  for (const line of invoiced) line.amount = line.amount.mul(kept);
}

function netMonthly({ item, perMonth, amount }: Line, state: SubscriptionState): Fraction {
  const percent = item.inclusiveTaxPercent ?? state.inclusiveTaxPercent;
  const monthly = amount.mul(perMonth);
  return percent === null ? monthly : monthly.mul(100).div(exactText(percent).add(100));
}
