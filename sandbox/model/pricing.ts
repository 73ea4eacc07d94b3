import { type Catalog, type Coupon, entry, type Price } from './catalog.ts';
import type { Discount } from './facts.ts';
import {
  add,
  clampAtZero,
  fromDecimal,
  multiply,
  type Rational,
  rational,
  subtract,
  ZERO,
} from './rational.ts';
import type { EpochSeconds } from './time.ts';

const HUNDRED = rational(100);

/** What one item costs per billing period, in minor units, before discounts. Metered use is priced apart. */
export function periodAmount(price: Price, quantity: number): Rational {
  const units = price.divideBy === null ? quantity : Math.ceil(quantity / price.divideBy);
  if (price.tiersMode === null) return multiply(fromDecimal(price.unitMinor ?? '0'), rational(units));
  return price.tiersMode === 'volume' ? volumeAmount(price, units) : graduatedAmount(price, units);
}

function volumeAmount(price: Price, units: number): Rational {
  const tier = price.tiers.find(({ upTo }) => upTo === null || units <= upTo);
  if (tier === undefined) throw new RangeError(`${price.id} has no tier for ${units}`);
  return add(multiply(fromDecimal(tier.unitMinor), rational(units)), rational(tier.flatMinor));
}

function graduatedAmount(price: Price, units: number): Rational {
  let total = ZERO;
  let from = 0;
  for (const tier of price.tiers) {
    const upTo = Math.min(units, tier.upTo ?? units);
    if (upTo <= from) break;
    total = add(total, multiply(fromDecimal(tier.unitMinor), rational(upTo - from)));
    total = add(total, rational(tier.flatMinor));
    from = upTo;
  }
  return total;
}

export function isRunning(discount: Discount, at: EpochSeconds): boolean {
  return discount.startAt <= at && (discount.endAt === null || at < discount.endAt);
}

/** Takes the coupons off in their order; an amount off is taken once, and nothing falls below zero. */
export function lessCoupons(amount: Rational, coupons: readonly Coupon[]): Rational {
  let left = amount;
  for (const coupon of coupons) {
    if (coupon.percentOff !== null) {
      left = multiply(left, multiply(subtract(HUNDRED, fromDecimal(coupon.percentOff)), rational(1, 100)));
    } else {
      left = clampAtZero(subtract(left, rational(coupon.amountOffMinor ?? 0)));
    }
  }
  return left;
}

export function couponsOf(catalog: Catalog, discounts: readonly Discount[], at: EpochSeconds): Coupon[] {
  return discounts
    .filter((discount) => isRunning(discount, at))
    .map(({ couponId }) => entry(catalog.coupons, couponId));
}
