/** What the company sells: three plans, billed monthly or yearly, each in three currencies; and the coupons it gives. */

export type Interval = 'month' | 'year';
export type Currency = 'usd' | 'eur' | 'jpy';
export type Price = {
  id: string;
  productId: string;
  interval: Interval;
  currency: Currency;
  unitMinor: number;
};
export type Coupon = { id: string; percentOff: number; months: number | null; name: string };

export const PLANS = [0, 1, 2] as const;
export const CURRENCIES: readonly Currency[] = ['usd', 'eur', 'jpy'];
/** A seat a month. The yen has no smaller unit. */
const MONTHLY_MINOR: Record<Currency, readonly number[]> = {
  usd: [2_900, 1_500, 4_900],
  eur: [2_700, 1_400, 4_500],
  jpy: [4_000, 2_100, 6_900],
};
const MONTHS_OF_A_YEAR_PAID = 10;

export const COUPONS: readonly Coupon[] = [
  { id: 'BENCH_LAUNCH', percentOff: 20, months: 6, name: 'Launch' },
  { id: 'BENCH_PARTNER', percentOff: 10, months: null, name: 'Partner' },
];

export function priceOf(plan: number, interval: Interval, currency: Currency): Price {
  const price = PRICES[plan * 6 + (interval === 'month' ? 0 : 3) + CURRENCIES.indexOf(currency)];
  if (price === undefined) throw new RangeError(`there is no plan ${plan} by the ${interval} in ${currency}`);
  return price;
}

/** What a US cent is worth in the smallest unit of a currency; the account is settled in dollars. */
export const CENTS_PER_MINOR: Record<Currency, number> = { usd: 1, eur: 1.08, jpy: 0.68 };

export function inCents(amountMinor: number, currency: Currency): number {
  return Math.round(amountMinor * CENTS_PER_MINOR[currency]);
}

function idOf(plan: number, interval: Interval, currency: Currency): string {
  return `price_bench${plan}${interval}${currency}`;
}

export const PRICES: readonly Price[] = PLANS.flatMap((plan) =>
  (['month', 'year'] as const).flatMap((interval) =>
    CURRENCIES.map((currency) => ({
      id: idOf(plan, interval, currency),
      productId: `prod_bench${plan}`,
      interval,
      currency,
      unitMinor: (MONTHLY_MINOR[currency][plan] ?? 0) * (interval === 'year' ? MONTHS_OF_A_YEAR_PAID : 1),
    })),
  ),
);
