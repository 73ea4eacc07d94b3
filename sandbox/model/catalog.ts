import type { EpochSeconds } from './time.ts';

export type Recurring = {
  interval: 'day' | 'week' | 'month' | 'year';
  intervalCount: number;
  usage: 'licensed' | 'metered';
};

export type Tier = {
  upTo: number | null; // null: no upper end
  unitMinor: string;
  flatMinor: number; // 0: no flat amount
};

export type Price = {
  id: string;
  productId: string;
  currency: string;
  nickname: string;
  active: boolean;
  recurring: Recurring | null; // null: sold once
  unitMinor: string | null; // decimal text in minor units; null when tiered
  tiersMode: 'graduated' | 'volume' | null;
  tiers: readonly Tier[];
  divideBy: number | null; // packs of so many, rounded up
  options?: Readonly<Record<string, { unitMinor: string }>>; // what it costs in other currencies
  createdAt: EpochSeconds;
};

export type Product = { id: string; name: string; unitLabel: string | null; createdAt: EpochSeconds };

export type Coupon = {
  id: string;
  name: string;
  percentOff: string | null; // decimal text, 0 to 100
  amountOffMinor: number | null;
  currency: string | null; // of the amount off
  duration: 'once' | 'repeating' | 'forever';
  durationInMonths: number | null;
  createdAt: EpochSeconds;
  productIds?: readonly string[]; // the products that it is limited to
};

export type TaxRate = {
  id: string;
  name: string;
  country: string;
  percentage: string; // decimal text
  inclusive: boolean;
  createdAt: EpochSeconds;
};

export type PromotionCode = { id: string; code: string; couponId: string; createdAt: EpochSeconds };

export type Catalog = {
  products: ReadonlyMap<string, Product>;
  prices: ReadonlyMap<string, Price>;
  coupons: ReadonlyMap<string, Coupon>;
  taxRates: ReadonlyMap<string, TaxRate>;
  promotionCodes: ReadonlyMap<string, PromotionCode>;
};

/** @throws RangeError when a fact names something that the catalogue does not hold */
export function entry<T>(entries: ReadonlyMap<string, T>, id: string): T {
  const found = entries.get(id);
  if (found === undefined) throw new RangeError(`the catalogue has no "${id}"`);
  return found;
}

export function catalogOf(
  products: readonly Product[],
  prices: readonly Price[],
  coupons: readonly Coupon[],
  more: { taxRates?: readonly TaxRate[]; promotionCodes?: readonly PromotionCode[] } = {},
): Catalog {
  return {
    products: new Map(products.map((product) => [product.id, product])),
    prices: new Map(prices.map((price) => [price.id, price])),
    coupons: new Map(coupons.map((coupon) => [coupon.id, coupon])),
    taxRates: new Map((more.taxRates ?? []).map((rate) => [rate.id, rate])),
    promotionCodes: new Map((more.promotionCodes ?? []).map((code) => [code.id, code])),
  };
}
