import type {
  LedgerAmounts,
  LedgerCoupon,
  LedgerDiscount,
  LedgerPrice,
  LedgerRecord,
} from '../../sdk/index.ts';
import type { AmountsObject, CouponObject, DiscountObject, PriceObject } from './catalog-schema.ts';

export const instant = (seconds: number): Date => new Date(seconds * 1_000);
export const instantOrNull = (seconds: number | null | undefined): Date | null =>
  seconds === null || seconds === undefined ? null : instant(seconds);
export const capitals = (currency: string): string => currency.toUpperCase();

const INTERVALS = ['day', 'week', 'month', 'year'] as const;
const ROUNDINGS = ['up', 'down'] as const;
const USAGES = ['licensed', 'metered'] as const;
const DURATIONS = ['forever', 'repeating', 'once'] as const;

/** A word where it is one of those we know, else null. */
export function known<Word extends string>(words: readonly Word[], word: string): Word | null {
  return words.find((candidate) => candidate === word) ?? null;
}

export function priceRecord(price: PriceObject): LedgerRecord<'price'> {
  return {
    kind: 'price',
    id: price.id,
    customerId: null,
    parentId: price.product,
    at: instant(price.created),
    data: ledgerPrice(price),
  };
}

/** What is not known of a price is said in `problem`, so that whoever has another price is still counted. */
function ledgerPrice(price: PriceObject): LedgerPrice {
  const { recurring, transform_quantity: packs } = price;
  const interval = recurring === null ? 'month' : known(INTERVALS, recurring.interval);
  const usage = recurring === null ? 'licensed' : known(USAGES, recurring.usage_type);
  const scheme = schemeOf(price);
  const round = packs === null ? 'up' : known(ROUNDINGS, packs.round);
  const problems = [
    scheme === null
      ? `the scheme ${price.billing_scheme}, ${price.tiers_mode ?? 'without a tiers mode'}`
      : null,
    interval === null ? `the interval ${recurring?.interval ?? ''}` : null,
    usage === null ? `the usage type ${recurring?.usage_type ?? ''}` : null,
    round === null ? `packs rounded ${packs?.round ?? ''}` : null,
    scheme !== null && scheme !== 'per_unit' && (price.tiers ?? []).length === 0
      ? 'tiers that were not told'
      : null,
  ].filter((problem) => problem !== null);
  const options = Object.entries(price.currency_options ?? {});
  return {
    id: price.id,
    productId: price.product,
    currency: capitals(price.currency),
    recurring:
      recurring === null
        ? null
        : {
            interval: interval ?? 'month',
            intervalCount: recurring.interval_count,
            usage: usage ?? 'licensed',
          },
    scheme: scheme ?? 'per_unit',
    packs: packs === null ? null : { divideBy: packs.divide_by, round: round ?? 'up' },
    amounts: {
      ...Object.fromEntries(options.map(([currency, amounts]) => [capitals(currency), amountsOf(amounts)])),
      [capitals(price.currency)]: amountsOf(price),
    },
    problem: problems.length === 0 ? null : `Price ${price.id} has ${problems.join(' and ')}`,
  };
}

function schemeOf({ billing_scheme: scheme, tiers_mode: mode }: PriceObject): LedgerPrice['scheme'] | null {
  if (scheme === 'per_unit') return 'per_unit';
  if (scheme !== 'tiered' || mode === null) return null;
  return known(['volume', 'graduated'], mode);
}

/** The whole-unit amount is null when it is fractional, so the decimal goes first. */
function amountsOf(amounts: AmountsObject): LedgerAmounts {
  return {
    unitAmount: decimalOr(amounts.unit_amount_decimal, amounts.unit_amount),
    tiers: (amounts.tiers ?? []).map((tier) => ({
      upTo: tier.up_to,
      unitAmount: decimalOr(tier.unit_amount_decimal, tier.unit_amount) ?? '0',
      flatAmount: decimalOr(tier.flat_amount_decimal, tier.flat_amount) ?? '0',
    })),
  };
}

function decimalOr(decimal: string | null | undefined, whole: number | null | undefined): string | null {
  if (decimal !== null && decimal !== undefined) return decimal;
  return whole === null || whole === undefined ? null : String(whole);
}

export function couponRecord(coupon: CouponObject): LedgerRecord<'coupon'> {
  const data = ledgerCoupon(coupon);
  return {
    kind: 'coupon',
    id: coupon.id,
    customerId: null,
    parentId: null,
    at: instant(coupon.created),
    data,
  };
}

/** A duration that nobody knows says nothing about what recurs: it counts as once. */
export function ledgerCoupon(coupon: CouponObject): LedgerCoupon {
  const options = Object.entries(coupon.currency_options ?? {});
  return {
    id: coupon.id,
    percentOff: coupon.percent_off,
    amountOff: {
      ...Object.fromEntries(options.map(([currency, { amount_off: off }]) => [capitals(currency), off])),
      ...(coupon.currency === null || coupon.amount_off === null
        ? {}
        : { [capitals(coupon.currency)]: coupon.amount_off }),
    },
    duration: known(DURATIONS, coupon.duration) ?? 'once',
    productIds: coupon.applies_to?.products ?? null,
  };
}

/** One without a coupon keeps an empty `couponId`, which no coupon has: it is never taken for no discount. */
export function ledgerDiscount(discount: DiscountObject): LedgerDiscount {
  const { coupon } = discount.source;
  const embedded = typeof coupon === 'object' ? coupon : null;
  return {
    id: discount.id,
    couponId: typeof coupon === 'string' ? coupon : (embedded?.id ?? ''),
    coupon: embedded === null ? null : ledgerCoupon(embedded),
    promotionCode: discount.promotion_code ?? null,
    startAt: instant(discount.start),
    endAt: instantOrNull(discount.end),
    customerId: discount.customer ?? null,
    subscriptionId: discount.subscription ?? null,
    itemId: discount.subscription_item ?? null,
    invoiceId: discount.invoice ?? null,
  };
}
