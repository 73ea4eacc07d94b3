import { Decimal } from 'decimal.js';
import { z } from 'zod';

/** Enough digits that Stripe's decimals, with up to twelve places, are read and added without losing one. */
export const Exact = Decimal.clone({ precision: 60 });

export const seconds = z.int();
export const currency = z.string().length(3);
/** An id, or the object it stands for where the request asked for it. */
export const idOf = z.union([z.string(), z.object({ id: z.string() }).transform((object) => object.id)]);

/** One page of any list. */
export function listSchema<T>(item: z.ZodType<T>) {
  return z.object({ data: z.array(item), has_more: z.boolean() });
}

export const accountSchema = z.object({
  id: z.string(),
  business_profile: z.object({ name: z.string().nullish() }).nullish(),
  default_currency: z.string().nullish(),
});
