import { z } from 'zod';
import { currency, idOf, priceSchema, seconds } from './schema.ts';

/** A subscription as its past is read: with the canceled ones, and without what only MRR needs. */
export const pastSubscriptionSchema = z.object({
  id: z.string(),
  customer: idOf,
  status: z.string(),
  currency,
  created: seconds,
  ended_at: seconds.nullable(),
  trial_start: seconds.nullable(),
  trial_end: seconds.nullable(),
  pause_collection: z.object({ resumes_at: seconds.nullish() }).nullable(),
  items: z.object({ data: z.array(z.object({ id: z.string(), price: priceSchema })), has_more: z.boolean() }),
  test_clock: idOf.nullish(),
  livemode: z.boolean(),
});

const detailsSchema = z.object({ proration: z.boolean(), subscription: idOf.nullable() }).nullish();

export const lineSchema = z.object({
  id: z.string(),
  amount: z.int(),
  discount_amounts: z.array(z.object({ amount: z.int() })).nullable(),
  period: z.object({ start: seconds, end: seconds }),
  parent: z
    .object({
      type: z.string(),
      subscription_item_details: detailsSchema,
      invoice_item_details: detailsSchema,
    })
    .nullable(),
});

export const invoiceSchema = z.object({
  id: z.string(),
  created: seconds,
  currency,
  customer: idOf.nullable(),
  status: z.string().nullable(),
  auto_advance: z.boolean().nullish(),
  amount_paid: z.int(),
  status_transitions: z.object({
    paid_at: seconds.nullable(),
    marked_uncollectible_at: seconds.nullable(),
  }),
  parent: z.object({ subscription_details: z.object({ subscription: idOf }).nullish() }).nullable(),
  lines: z.object({ data: z.array(lineSchema), has_more: z.boolean() }),
  livemode: z.boolean(),
});

export type PastSubscription = z.infer<typeof pastSubscriptionSchema>;
export type InvoiceLine = z.infer<typeof lineSchema>;
export type Invoice = z.infer<typeof invoiceSchema>;
