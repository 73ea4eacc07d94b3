import type { LedgerRecord } from '../../sdk/index.ts';
import { type CouponObject, couponSchema, type DiscountObject } from './catalog-schema.ts';
import { couponRecord } from './map-catalog.ts';
import { isRefused, type Reader } from './reader.ts';

const PARTS = ['applies_to', 'currency_options'];

/** Four levels, the most that Stripe unfolds; without them a coupon hides what it is limited to. */
export const wholeCouponsIn = (from: 'discount' | 'discounts'): string[] =>
  PARTS.map((part) => `${from}.source.coupon.${part}`);

/** What a discount was found on, asked again with its coupons whole. */
export type Unfold = () => Promise<readonly (string | DiscountObject)[]>;

export function fetchCoupon(reader: Reader, id: string): Promise<CouponObject | null> {
  return reader.one('a coupon', couponSchema, () => reader.stripe.coupons.retrieve(id, { expand: PARTS }));
}

/**
 * The coupons behind discounts that are not stored in full yet. A deleted coupon leaves the list but goes on reducing
 * what it was given to, within its products alone: then the owner of the discount still shows it.
 */
export async function missingCoupons(
  reader: Reader,
  found: readonly { discounts: readonly (string | DiscountObject)[]; unfold: Unfold | null }[],
): Promise<LedgerRecord[]> {
  const records: LedgerRecord[] = [];
  for (const { discounts, unfold } of found) {
    for (const id of discounts.flatMap(couponIds)) {
      if (reader.coupons.isStored(id)) continue;
      reader.coupons.stored(id);
      const coupon = (await couponOrNull(reader, id)) ?? (await unfolded(unfold, id));
      if (coupon !== null) records.push(couponRecord(coupon));
    }
  }
  return records;
}

/** A key that may not read coupons has a gap already, which says more. */
async function couponOrNull(reader: Reader, id: string): Promise<CouponObject | null> {
  try {
    return await fetchCoupon(reader, id);
  } catch (error) {
    if (isRefused(error)) return null;
    throw error;
  }
}

async function unfolded(unfold: Unfold | null, id: string): Promise<CouponObject | null> {
  const discounts = unfold === null ? [] : await unfold();
  const coupons = discounts.map((discount) => (typeof discount === 'string' ? null : discount.source.coupon));
  return (
    (coupons.find((coupon) => typeof coupon === 'object' && coupon?.id === id) as CouponObject | undefined) ??
    null
  );
}

function couponIds(discount: string | DiscountObject): string[] {
  if (typeof discount === 'string' || discount.source.coupon === null) return [];
  const { coupon } = discount.source;
  return [typeof coupon === 'string' ? coupon : coupon.id];
}
