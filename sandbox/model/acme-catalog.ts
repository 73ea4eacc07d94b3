import { type Catalog, type Coupon, catalogOf, type Price, type Product, type Recurring } from './catalog.ts';
import { DAY_SECONDS, type EpochSeconds } from './time.ts';

export const MODULE_COUNT = 12;

const every = (interval: Recurring['interval'], intervalCount = 1): Recurring => ({
  interval,
  intervalCount,
  usage: 'licensed',
});

const PRODUCTS: readonly (readonly [id: string, name: string, unitLabel: string | null])[] = [
  ['prod_free', 'Free', null],
  ['prod_starter', 'Starter', 'seat'],
  ['prod_team', 'Team', 'seat'],
  ['prod_business', 'Business', 'seat'],
  ['prod_scale', 'Scale', 'seat'],
  ['prod_support', 'Priority support', null],
  ['prod_events', 'Event pass', null],
  ['prod_automation', 'Automation', 'run'],
  ['prod_contacts', 'Contacts', 'contact'],
  ['prod_api', 'API calls', 'call'],
  ['prod_onboarding', 'Onboarding', null],
  ...Array.from({ length: MODULE_COUNT }, (_, index) => {
    const number = String(index + 1).padStart(2, '0');
    return [`prod_module_${number}`, `Module ${number}`, null] as const;
  }),
];

/** Acme's products, prices and coupons; everything in it is older than the first fact. */
export function acmeCatalog(anchorAt: EpochSeconds): Catalog {
  const openedAt = anchorAt - 420 * DAY_SECONDS;
  const products = PRODUCTS.map(
    ([id, name, unitLabel], index): Product => ({ id, name, unitLabel, createdAt: openedAt + index * 60 }),
  );
  const prices = priceList().map((price, index) => ({ ...price, createdAt: openedAt + 3_600 + index * 60 }));
  const coupons = COUPONS.map((coupon, index) => ({ ...coupon, createdAt: openedAt + 7_200 + index * 60 }));
  return catalogOf(products, prices, coupons);
}

type NewPrice = Omit<Price, 'createdAt'>;

function flat(
  id: string,
  unitMinor: string,
  recurring: Recurring | null,
  more: Partial<NewPrice> = {},
): NewPrice {
  return {
    id: `price_${id}`,
    productId: `prod_${id.split('_')[0]}`,
    currency: 'usd',
    nickname: id.replaceAll('_', ' '),
    active: true,
    recurring,
    unitMinor,
    tiersMode: null,
    tiers: [],
    divideBy: null,
    ...more,
  };
}

function priceList(): NewPrice[] {
  const month = every('month');
  const year = every('year');
  const eur = { currency: 'eur' };
  return [
    flat('free_month', '0', month),
    flat('starter_month', '2900', month),
    flat('starter_year', '29000', year),
    flat('team_month_old', '3900', month, { active: false }),
    flat('team_month', '4900', month),
    flat('team_year', '49000', year),
    flat('business_month', '8900', month),
    flat('business_year', '89000', year),
    flat('free_month_eur', '0', month, eur),
    flat('starter_month_eur', '2700', month, eur),
    flat('team_month_eur', '4500', month, eur),
    flat('team_year_eur', '45000', year, eur),
    flat('business_month_eur', '8200', month, eur),
    { ...flat('scale_month', '0', month), unitMinor: null, tiersMode: 'volume', tiers: VOLUME },
    { ...flat('automation_month', '0', month), unitMinor: null, tiersMode: 'graduated', tiers: GRADUATED },
    flat('contacts_month', '2000', month, { divideBy: 1_000 }),
    flat('support_quarter', '54000', every('month', 3)),
    flat('support_year', '180000', year),
    flat('events_week', '3900', every('week')),
    // Fractions of a cent: `unit_amount` is null on the wire and only the decimal tells the price.
    flat('contacts_each', '1.25', month),
    flat('api_metered', '0.05', { interval: 'month', intervalCount: 1, usage: 'metered' }),
    flat('onboarding_once', '90000', null),
    ...Array.from({ length: MODULE_COUNT }, (_, index) => {
      const number = String(index + 1).padStart(2, '0');
      const productId = `prod_module_${number}`;
      return flat(`module_${number}`, String(500 + index * 100), month, { productId });
    }),
  ];
}

const VOLUME = [
  { upTo: 20, unitMinor: '8000', flatMinor: 0 },
  { upTo: 50, unitMinor: '7000', flatMinor: 0 },
  { upTo: null, unitMinor: '6000', flatMinor: 10_000 },
];

const GRADUATED = [
  { upTo: 10, unitMinor: '500', flatMinor: 0 },
  { upTo: 50, unitMinor: '300', flatMinor: 0 },
  { upTo: null, unitMinor: '100', flatMinor: 1_000 },
];

const percent = (
  id: string,
  percentOff: string,
  duration: Coupon['duration'],
  months: number | null = null,
) => ({
  id,
  name: id,
  percentOff,
  amountOffMinor: null,
  currency: null,
  duration,
  durationInMonths: months,
});

const amount = (
  id: string,
  amountOffMinor: number,
  duration: Coupon['duration'],
  months: number | null = null,
) => ({
  ...percent(id, '0', duration, months),
  percentOff: null,
  amountOffMinor,
  currency: 'usd',
});

const COUPONS: readonly Omit<Coupon, 'createdAt'>[] = [
  percent('WELCOME20', '20', 'once'),
  percent('LAUNCH30', '30', 'repeating', 3),
  percent('PARTNER12', '12.5', 'forever'),
  percent('NONPROFIT25', '25', 'forever'),
  percent('LOYAL25', '25', 'forever'),
  percent('ONTHEHOUSE', '100', 'forever'),
  amount('FLAT15', 1_500, 'forever'),
  amount('STAY25', 2_500, 'repeating', 6),
  amount('SORRY10', 1_000, 'once'),
];

/** A subscription is billed in one currency, so each currency has its own free plan. */
export const freePlan = (currency: string): string =>
  currency === 'eur' ? 'price_free_month_eur' : 'price_free_month';

export const isFree = (priceId: string): boolean => priceId.startsWith('price_free_');
