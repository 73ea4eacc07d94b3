import {
  type Catalog,
  type Coupon,
  catalogOf,
  type Price,
  type Product,
  type Recurring,
} from '../catalog.ts';
import type { EpochSeconds } from '../time.ts';

/** Currencies with two decimals, none and three, each with what a dollar's worth is in its minor units. */
export const LIFE_CURRENCIES = { usd: 100, eur: 100, jpy: 150, kwd: 500 } as const;

const PRODUCTS = ['base', 'seats', 'volume', 'graduated', 'packs', 'usage', 'fraction'] as const;

const every = (interval: Recurring['interval'], intervalCount = 1): Recurring => ({
  interval,
  intervalCount,
  usage: 'licensed',
});

type Kind = { name: string; product: (typeof PRODUCTS)[number]; recurring: Recurring; dollars: number };

const KINDS: readonly Kind[] = [
  { name: 'base_month', product: 'base', recurring: every('month'), dollars: 20 },
  { name: 'base_year', product: 'base', recurring: every('year'), dollars: 200 },
  { name: 'plus_month', product: 'base', recurring: every('month'), dollars: 50 },
  { name: 'seats_month', product: 'seats', recurring: every('month'), dollars: 12 },
  { name: 'seats_quarter', product: 'seats', recurring: every('month', 3), dollars: 33 },
  { name: 'seats_year', product: 'seats', recurring: every('year'), dollars: 120 },
  { name: 'base_week', product: 'base', recurring: every('week'), dollars: 6 },
  { name: 'base_two_weeks', product: 'base', recurring: every('week', 2), dollars: 11 },
  { name: 'base_ten_days', product: 'base', recurring: every('day', 10), dollars: 9 },
];

/** Prices of every kind in four currencies, named `life_KIND_CURRENCY`, with coupons and tax rates to go with them. */
export function lifeCatalog(createdAt: EpochSeconds): Catalog {
  const products = PRODUCTS.map(
    (name): Product => ({ id: `prod_life_${name}`, name: `Life ${name}`, unitLabel: null, createdAt }),
  );
  const prices = Object.entries(LIFE_CURRENCIES).flatMap(([currency, minor]) =>
    pricesIn(currency, minor, createdAt),
  );
  return catalogOf(products, prices, coupons(createdAt), {
    taxRates: [
      rate('txr_life_vat_inclusive', 'VAT', 'DE', '19', true, createdAt),
      rate('txr_life_small_inclusive', 'Levy', 'DE', '2.5', true, createdAt),
      rate('txr_life_sales', 'Sales tax', 'US', '8.875', false, createdAt),
    ],
    promotionCodes: [
      { id: 'promo_life_friend', code: 'FRIEND', couponId: 'LIFE_TEN', createdAt },
      { id: 'promo_life_spring', code: 'SPRING', couponId: 'LIFE_THREE_MONTHS', createdAt },
    ],
  });
}

function pricesIn(currency: string, minor: number, createdAt: EpochSeconds): Price[] {
  const shape = { currency, active: true, tiersMode: null, tiers: [], divideBy: null, createdAt };
  const price = (name: string, product: string, more: Partial<Price>): Price => ({
    ...shape,
    id: `life_${name}_${currency}`,
    productId: `prod_life_${product}`,
    nickname: name.replaceAll('_', ' '),
    recurring: every('month'),
    unitMinor: null,
    ...more,
  });
  const unit = (dollars: number) => String(dollars * minor);
  return [
    ...KINDS.map(({ name, product, recurring, dollars }) =>
      price(name, product, { recurring, unitMinor: unit(dollars) }),
    ),
    price('free_month', 'base', { unitMinor: '0' }),
    price('packs_month', 'packs', { unitMinor: unit(7), divideBy: 10 }),
    price('fraction_month', 'fraction', { unitMinor: '12.345' }),
    price('metered_month', 'usage', {
      unitMinor: '0.5',
      recurring: { ...every('month'), usage: 'metered' },
    }),
    price('volume_month', 'volume', {
      tiersMode: 'volume',
      tiers: [
        { upTo: 5, unitMinor: unit(10), flatMinor: 0 },
        { upTo: null, unitMinor: unit(8), flatMinor: 5 * minor },
      ],
    }),
    price('graduated_month', 'graduated', {
      tiersMode: 'graduated',
      tiers: [
        { upTo: 3, unitMinor: unit(10), flatMinor: 2 * minor },
        { upTo: 10, unitMinor: unit(6), flatMinor: 0 },
        { upTo: null, unitMinor: unit(4), flatMinor: minor },
      ],
    }),
  ];
}

function coupons(createdAt: EpochSeconds): Coupon[] {
  const coupon = (id: string, more: Partial<Coupon>): Coupon => ({
    id,
    name: id,
    percentOff: null,
    amountOffMinor: null,
    currency: null,
    duration: 'forever',
    durationInMonths: null,
    createdAt,
    ...more,
  });
  return [
    coupon('LIFE_ONCE', { percentOff: '50', duration: 'once' }),
    coupon('LIFE_THREE_MONTHS', { percentOff: '30', duration: 'repeating', durationInMonths: 3 }),
    coupon('LIFE_TEN', { percentOff: '10' }),
    coupon('LIFE_TWELVE_AND_A_HALF', { percentOff: '12.5' }),
    coupon('LIFE_ALL', { percentOff: '100', duration: 'repeating', durationInMonths: 2 }),
    coupon('LIFE_SEATS_ONLY', { percentOff: '20', productIds: ['prod_life_seats'] }),
    ...Object.entries(LIFE_CURRENCIES).map(([currency, minor]) =>
      coupon(`LIFE_FIVE_OFF_${currency}`, { amountOffMinor: 5 * minor, currency }),
    ),
  ];
}

function rate(
  id: string,
  name: string,
  country: string,
  percentage: string,
  inclusive: boolean,
  createdAt: EpochSeconds,
) {
  return { id, name, country, percentage, inclusive, createdAt };
}
