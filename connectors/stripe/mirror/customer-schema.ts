import { z } from 'zod';
import { currency, idOf, seconds } from '../schema.ts';
import { discountSchema, discountsSchema } from './catalog-schema.ts';

/** Customers and their subscriptions as Stripe says them. */

export const customerSchema = z.object({
  id: z.string(),
  created: seconds,
  name: z.string().nullish(),
  discount: discountSchema.nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  test_clock: idOf.nullish(),
  livemode: z.boolean(),
});

const taxRatesSchema = z.array(z.object({ inclusive: z.boolean(), percentage: z.number() })).nullish();

export const itemSchema = z.object({
  id: z.string(),
  quantity: z.int().nonnegative().nullish(),
  price: z.object({ id: z.string() }),
  discounts: discountsSchema,
  tax_rates: taxRatesSchema,
  current_trial: z.object({ start_date: seconds, end_date: seconds }).nullish(),
});

/** Its end may lie ahead. A price that is billed by usage has no quantity. */
const phaseSchema = z.object({
  start_date: seconds,
  end_date: seconds,
  items: z.array(z.object({ price: idOf, quantity: z.int().nonnegative().nullish() })),
});

const scheduleSchema = z.object({ id: z.string(), created: seconds, phases: z.array(phaseSchema) });

export const subscriptionSchema = z.object({
  id: z.string(),
  created: seconds,
  status: z.string(),
  currency,
  customer: idOf,
  discounts: discountsSchema,
  items: z.object({ data: z.array(itemSchema), has_more: z.boolean() }),
  pause_collection: z.object({ behavior: z.string(), resumes_at: seconds.nullish() }).nullable(),
  default_tax_rates: taxRatesSchema,
  ended_at: seconds.nullable(),
  trial_start: seconds.nullable(),
  trial_end: seconds.nullable(),
  /** A bare id inside events, and where the key may not read schedules. */
  schedule: z.union([z.string(), scheduleSchema]).nullish(),
  test_clock: idOf.nullish(),
  livemode: z.boolean(),
});

export type CustomerObject = z.infer<typeof customerSchema>;
export type ItemObject = z.infer<typeof itemSchema>;
export type SubscriptionObject = z.infer<typeof subscriptionSchema>;
