import { Decimal } from 'decimal.js';
import { z } from 'zod';

/** Enough digits that thirds of a year, summed over any number of subscriptions, come out exact to the last cent. */
export const Exact = Decimal.clone({ precision: 60 });
export type Exact = Decimal;

/** Decimals of a value that are kept: as many as Stripe itself keeps of a smallest unit. */
export const KEPT_DECIMALS = 12;

export const seconds = z.int();
export const currency = z.string().length(3);
/** An id, or the object it stands for where the request asked for it. */
export const idOf = z.union([z.string(), z.object({ id: z.string() }).transform((object) => object.id)]);

/** Stripe's decimals: strings on the wire, objects after the official client. In the smallest unit, up to 12 places. */
const decimal = z
  .custom<{ toString(): string }>(
    (value) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(String(value)),
    'expected a decimal',
  )
  .transform((value) => new Exact(value.toString()));

export const chargeSchema = z.object({
  id: z.string(),
  created: seconds,
  currency,
  status: z.string(),
  captured: z.boolean(),
  amount: z.int(),
  amount_captured: z.int(),
  livemode: z.boolean(),
});

export const refundSchema = z.object({
  id: z.string(),
  created: seconds,
  currency,
  status: z.string().nullable(),
  amount: z.int(),
  charge: idOf.nullable(),
  balance_transaction: idOf.nullish(),
});

export const disputeSchema = z.object({
  id: z.string(),
  created: seconds,
  currency,
  status: z.string(),
  amount: z.int(),
  livemode: z.boolean(),
});

export const couponSchema = z.object({
  id: z.string(),
  duration: z.string(),
  percent_off: z.number().nullable(),
  amount_off: z.int().nullable(),
  currency: currency.nullable(),
  applies_to: z.object({ products: z.array(z.string()) }).nullish(),
  currency_options: z.record(z.string(), z.object({ amount_off: z.int() })).nullish(),
});

export const discountSchema = z.object({
  id: z.string(),
  start: seconds,
  end: seconds.nullable(),
  // Null where the discount comes from something else than a coupon; such a one must not count as none.
  source: z.object({ coupon: z.union([z.string(), couponSchema]).nullable() }),
});

const tierSchema = z.object({
  up_to: z.int().nullable(),
  unit_amount: z.int().nullish(),
  unit_amount_decimal: decimal.nullish(),
  flat_amount: z.int().nullish(),
  flat_amount_decimal: decimal.nullish(),
});

const amountsSchema = z.object({
  unit_amount: z.int().nullable(),
  unit_amount_decimal: decimal.nullish(),
  tiers: z.array(tierSchema).nullish(),
});

export const priceSchema = amountsSchema.extend({
  id: z.string(),
  currency,
  product: idOf,
  billing_scheme: z.string(),
  tiers_mode: z.string().nullable(),
  transform_quantity: z.object({ divide_by: z.int().positive(), round: z.string() }).nullable(),
  tax_behavior: z.string().nullish(),
  recurring: z
    .object({ interval: z.string(), interval_count: z.int().positive(), usage_type: z.string() })
    .nullable(),
  currency_options: z.record(z.string(), amountsSchema).nullish(),
});

const taxRatesSchema = z.array(z.object({ inclusive: z.boolean(), percentage: z.number() })).nullish();

export const itemSchema = z.object({
  id: z.string(),
  quantity: z.int().nonnegative().nullish(),
  price: priceSchema,
  discounts: z.array(z.union([z.string(), discountSchema])),
  tax_rates: taxRatesSchema,
  current_trial: z.object({ start_date: seconds, end_date: seconds }).nullish(),
});

export const customerSchema = z
  .object({ id: z.string(), discount: discountSchema.nullish() })
  .transform(({ id, discount }) => ({ id, discount: discount ?? null }));

/** A customer that came as a bare id may have a discount that is not shown: undefined, not null. */
const foldedCustomer = z
  .string()
  .transform((id): { id: string; discount: Discount | null | undefined } => ({ id, discount: undefined }));

export const subscriptionSchema = z.object({
  id: z.string(),
  status: z.string(),
  currency,
  customer: z.union([foldedCustomer, customerSchema]),
  discounts: z.array(z.union([z.string(), discountSchema])),
  items: z.object({ data: z.array(itemSchema), has_more: z.boolean() }),
  pause_collection: z.object({ resumes_at: seconds.nullish() }).nullable(),
  default_tax_rates: taxRatesSchema,
  automatic_tax: z.object({ enabled: z.boolean() }).nullish(),
  test_clock: idOf.nullish(),
  livemode: z.boolean(),
});

/** One page of any list. */
export function listSchema<T>(item: z.ZodType<T>) {
  return z.object({ data: z.array(item), has_more: z.boolean() });
}

export const accountSchema = z.object({
  id: z.string(),
  business_profile: z.object({ name: z.string().nullish() }).nullish(),
});

export type Charge = z.infer<typeof chargeSchema>;
export type Refund = z.infer<typeof refundSchema>;
export type Dispute = z.infer<typeof disputeSchema>;
export type Coupon = z.infer<typeof couponSchema>;
export type Discount = z.infer<typeof discountSchema>;
export type Price = z.infer<typeof priceSchema>;
export type PriceAmounts = z.infer<typeof amountsSchema>;
export type Tier = z.infer<typeof tierSchema>;
export type Item = z.infer<typeof itemSchema>;
export type Subscription = z.infer<typeof subscriptionSchema>;
