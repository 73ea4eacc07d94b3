import type { Account } from '../model/account.ts';
import type { Coupon, Price, Product, PromotionCode, TaxRate } from '../model/catalog.ts';
import type { Fact } from '../model/facts.ts';
import { fromDecimal } from '../model/rational.ts';
import type { OwnedDiscount, World } from '../world.ts';
import { remembered } from './resource.ts';
import type { Wire } from './wire.ts';

/** Whole minor units, or null for a fraction of one: then only the decimal field tells the amount. */
function wholeMinor(decimal: string | null): number | null {
  if (decimal === null) return null;
  const { numerator, denominator } = fromDecimal(decimal);
  return denominator === 1n ? Number(numerator) : null;
}

export function renderProduct(product: Product): Wire {
  return {
    id: product.id,
    object: 'product',
    active: true,
    created: product.createdAt,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: product.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: product.unitLabel,
    updated: product.createdAt,
    url: null,
  };
}

/** Without `tiers`, which the provider sends only when asked to expand them. */
export function renderPrice(price: Price): Wire {
  return {
    id: price.id,
    object: 'price',
    active: price.active,
    billing_scheme: price.tiersMode === null ? 'per_unit' : 'tiered',
    created: price.createdAt,
    currency: price.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: price.nickname,
    product: price.productId,
    recurring:
      price.recurring === null
        ? null
        : {
            interval: price.recurring.interval,
            interval_count: price.recurring.intervalCount,
            meter: meterOf(price),
            trial_period_days: null,
            usage_type: price.recurring.usage,
          },
    tax_behavior: 'unspecified',
    tiers_mode: price.tiersMode,
    transform_quantity: price.divideBy === null ? null : { divide_by: price.divideBy, round: 'up' },
    type: price.recurring === null ? 'one_time' : 'recurring',
    unit_amount: wholeMinor(price.unitMinor),
    unit_amount_decimal: price.unitMinor,
  };
}

export function renderTiers(price: Price): Wire[] {
  return price.tiers.map(({ upTo, unitMinor, flatMinor }) => ({
    flat_amount: flatMinor === 0 ? null : flatMinor,
    flat_amount_decimal: flatMinor === 0 ? null : String(flatMinor),
    unit_amount: wholeMinor(unitMinor),
    unit_amount_decimal: unitMinor,
    up_to: upTo,
  }));
}

/** What a price costs in its own currency and in the others that it may be paid in. */
export function renderCurrencyOptions({ currency, unitMinor, options = {} }: Price): Wire {
  const costs: [string, string | null][] = [
    [currency, unitMinor],
    ...Object.entries(options).map(([other, cost]): [string, string] => [other, cost.unitMinor]),
  ];
  const option = (unit: string | null): Wire => ({
    custom_unit_amount: null,
    tax_behavior: 'unspecified',
    unit_amount: wholeMinor(unit),
    unit_amount_decimal: unit,
  });
  return Object.fromEntries(costs.map(([code, unit]) => [code, option(unit)]));
}

/** The older face of a price, still on every subscription item. */
export function renderPlan(price: Price): Wire {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: wholeMinor(price.unitMinor),
    amount_decimal: price.unitMinor,
    billing_scheme: price.tiersMode === null ? 'per_unit' : 'tiered',
    created: price.createdAt,
    currency: price.currency,
    interval: price.recurring?.interval ?? null,
    interval_count: price.recurring?.intervalCount ?? null,
    livemode: false,
    metadata: {},
    meter: meterOf(price),
    nickname: price.nickname,
    product: price.productId,
    tiers_mode: price.tiersMode,
    transform_usage: price.divideBy === null ? null : { divide_by: price.divideBy, round: 'up' },
    trial_period_days: null,
    usage_type: price.recurring?.usage ?? null,
  };
}

function meterOf(price: Price): string | null {
  return price.recurring?.usage === 'metered' ? `mtr_test_${price.id.slice(6)}` : null;
}

/** How often each coupon and each promotion code was used, by id. */
const redemptions = remembered((_facts: readonly Fact[], { discounts }) => {
  const counts = new Map<string, number>();
  for (const { discount } of discounts.values()) {
    for (const id of [discount.couponId, discount.promotionCodeId ?? '']) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
});

export function renderTaxRate(rate: TaxRate): Wire {
  return {
    id: rate.id,
    object: 'tax_rate',
    active: true,
    country: rate.country,
    created: rate.createdAt,
    description: null,
    display_name: rate.name,
    effective_percentage: Number(rate.percentage),
    flat_amount: null,
    inclusive: rate.inclusive,
    jurisdiction: rate.country,
    jurisdiction_level: 'country',
    livemode: false,
    metadata: {},
    percentage: Number(rate.percentage),
    rate_type: 'percentage',
    state: null,
    tax_type: rate.inclusive ? 'vat' : 'sales_tax',
  };
}

/** `promotion.coupon` is a bare id until it is expanded. */
export function renderPromotionCode(code: PromotionCode, world: World): Wire {
  return {
    id: code.id,
    object: 'promotion_code',
    active: true,
    code: code.code,
    created: code.createdAt,
    customer: null,
    customer_account: null,
    expires_at: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    promotion: { coupon: code.couponId, type: 'coupon' },
    restrictions: {
      first_time_transaction: false,
      minimum_amount: null,
      minimum_amount_currency: null,
    },
    times_redeemed: redemptions(world.facts, world).get(code.id) ?? 0,
  };
}

export function renderCoupon(coupon: Coupon, world: World): Wire {
  const used = redemptions(world.facts, world).get(coupon.id) ?? 0;
  return {
    id: coupon.id,
    object: 'coupon',
    amount_off: coupon.amountOffMinor,
    created: coupon.createdAt,
    currency: coupon.currency,
    duration: coupon.duration,
    duration_in_months: coupon.durationInMonths,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    name: coupon.name,
    percent_off: coupon.percentOff === null ? null : Number(coupon.percentOff),
    redeem_by: null,
    times_redeemed: used,
    valid: true,
  };
}

/** `source.coupon` is a bare id until it is expanded. */
export function renderDiscount(owned: OwnedDiscount, account: Account): Wire {
  const { discount, subscriptionId, itemId } = owned;
  const subscriber = subscriptionId === null ? null : account.subscriptions.get(subscriptionId)?.customerId;
  return {
    id: discount.id,
    object: 'discount',
    checkout_session: null,
    customer: owned.customerId ?? subscriber ?? null,
    customer_account: null,
    end: discount.endAt,
    invoice: null,
    invoice_item: null,
    promotion_code: discount.promotionCodeId ?? null,
    source: { coupon: discount.couponId, type: 'coupon' },
    start: discount.startAt,
    subscription: subscriptionId,
    subscription_item: itemId,
  };
}
