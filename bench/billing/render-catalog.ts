import { NOTHING, type Wanted } from './expand.ts';
import { customerId, discountId, subscriptionId } from './ids.ts';
import type { Life } from './life.ts';
import { COUPONS, type Coupon, PRICES, type Price } from './plans.ts';

/** Objects as text: a hundred invoices a hundred times a second leave no time for building objects first. */
export const SOLD_SINCE = 1_500_000_000;

function price({ id, productId, interval, currency, unitMinor }: Price): string {
  return `{"id":"${id}","object":"price","active":true,"billing_scheme":"per_unit","created":${SOLD_SINCE},"currency":"${currency}","custom_unit_amount":null,"livemode":false,"lookup_key":null,"metadata":{},"nickname":null,"product":"${productId}","recurring":{"interval":"${interval}","interval_count":1,"meter":null,"trial_period_days":null,"usage_type":"licensed"},"tax_behavior":"unspecified","tiers_mode":null,"transform_quantity":null,"type":"recurring","unit_amount":${unitMinor},"unit_amount_decimal":"${unitMinor}"}`;
}

function plan({ id, productId, interval, currency, unitMinor }: Price): string {
  return `{"id":"${id}","object":"plan","active":true,"amount":${unitMinor},"amount_decimal":"${unitMinor}","billing_scheme":"per_unit","created":${SOLD_SINCE},"currency":"${currency}","interval":"${interval}","interval_count":1,"livemode":false,"metadata":{},"meter":null,"nickname":null,"product":"${productId}","tiers_mode":null,"transform_usage":null,"trial_period_days":null,"usage_type":"licensed"}`;
}

const prices = new Map(PRICES.map((each) => [each.id, price(each)]));
const plans = new Map(PRICES.map((each) => [each.id, plan(each)]));
export const renderPrice = ({ id }: Price): string => prices.get(id) ?? 'null';
export const renderPlan = ({ id }: Price): string => plans.get(id) ?? 'null';

/** `currency_options` holds its own currency alone. */
export function renderPriceWith(each: Price, wanted: Wanted): string {
  const plain = renderPrice(each);
  if (!wanted('currency_options')) return plain;
  const { currency, unitMinor } = each;
  const own = `{"custom_unit_amount":null,"tax_behavior":"unspecified","unit_amount":${unitMinor},"unit_amount_decimal":"${unitMinor}"}`;
  return `${plain.slice(0, -1)},"currency_options":{"${currency}":${own}}}`;
}

export function renderProduct(id: string): string {
  return `{"id":"${id}","object":"product","active":true,"created":${SOLD_SINCE},"default_price":null,"description":null,"images":[],"livemode":false,"marketing_features":[],"metadata":{},"name":"Plan ${id.slice(-1)}","package_dimensions":null,"shippable":null,"statement_descriptor":null,"tax_code":null,"tax_details":null,"type":"service","unit_label":"seat","updated":${SOLD_SINCE},"url":null}`;
}

export function renderCoupon({ id, percentOff, months, name }: Coupon): string {
  const duration = months === null ? 'forever' : 'repeating';
  return `{"id":"${id}","object":"coupon","amount_off":null,"created":${SOLD_SINCE},"currency":null,"duration":"${duration}","duration_in_months":${months},"livemode":false,"max_redemptions":null,"metadata":{},"name":"${name}","percent_off":${percentOff},"redeem_by":null,"times_redeemed":0,"valid":true}`;
}

const coupons = new Map(COUPONS.map((each) => [each.id, renderCoupon(each)]));

/** `source.coupon` is a bare id until it is expanded. */
export function renderDiscount({ index, customer, discount }: Life, wanted: Wanted = NOTHING): string {
  if (discount === null) return 'null';
  const { coupon, startAt, endAt } = discount;
  const source = wanted('source.coupon') ? (coupons.get(coupon.id) ?? 'null') : `"${coupon.id}"`;
  return `{"id":"${discountId(index)}","object":"discount","checkout_session":null,"customer":"${customerId(customer)}","customer_account":null,"end":${endAt},"invoice":null,"invoice_item":null,"promotion_code":null,"source":{"coupon":${source},"type":"coupon"},"start":${startAt},"subscription":"${subscriptionId(index)}","subscription_item":null}`;
}
