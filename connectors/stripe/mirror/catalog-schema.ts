import { z } from 'zod';
import { currency, Exact, idOf, seconds } from '../schema.ts';

/** What is sold, and what is taken off, as Stripe says it. Unknown fields pass, missing ones fail; every list of words is open. */

const DECIMAL = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** A string on the wire, an object of the official client, or a plain number: text without an exponent, no digit lost. */
export const decimalText = z
  .custom<{ toString(): string }>((value) => DECIMAL.test(String(value)), 'expected a decimal')
  .transform((value) => new Exact(value.toString()).toFixed());

const tierSchema = z.object({
  up_to: z.int().nullable(),
  unit_amount: z.int().nullish(),
  unit_amount_decimal: decimalText.nullish(),
  flat_amount: z.int().nullish(),
  flat_amount_decimal: decimalText.nullish(),
});

const amountsSchema = z.object({
  unit_amount: z.int().nullish(),
  unit_amount_decimal: decimalText.nullish(),
  tiers: z.array(tierSchema).nullish(),
});

export const priceSchema = amountsSchema.extend({
  id: z.string(),
  created: seconds,
  currency,
  unit_amount: z.int().nullable(),
  product: idOf.nullable(),
  billing_scheme: z.string(),
  tiers_mode: z.string().nullable(),
  transform_quantity: z.object({ divide_by: z.int().positive(), round: z.string() }).nullable(),
  recurring: z
    .object({ interval: z.string(), interval_count: z.int().positive(), usage_type: z.string() })
    .nullable(),
  currency_options: z.record(z.string(), amountsSchema).nullish(),
  livemode: z.boolean(),
});

export const couponSchema = z.object({
  id: z.string(),
  created: seconds,
  duration: z.string(),
  percent_off: decimalText.nullable(),
  amount_off: z.int().nullable(),
  currency: currency.nullable(),
  applies_to: z.object({ products: z.array(z.string()) }).nullish(),
  currency_options: z.record(z.string(), z.object({ amount_off: z.int() })).nullish(),
  livemode: z.boolean(),
});

export const discountSchema = z.object({
  id: z.string(),
  start: seconds,
  end: seconds.nullable(),
  // Null where the discount comes from something else than a coupon; such a one must not count as none.
  source: z.object({ coupon: z.union([z.string(), couponSchema]).nullable() }),
  promotion_code: idOf.nullish(),
  customer: idOf.nullish(),
  subscription: idOf.nullish(),
  subscription_item: idOf.nullish(),
  invoice: idOf.nullish(),
});

/** Bare where nobody asked for it to be unfolded, as inside events. */
export const discountsSchema = z.array(z.union([z.string(), discountSchema]));

export type PriceObject = z.infer<typeof priceSchema>;
export type AmountsObject = z.infer<typeof amountsSchema>;
export type CouponObject = z.infer<typeof couponSchema>;
export type DiscountObject = z.infer<typeof discountSchema>;
