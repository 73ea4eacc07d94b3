import { z } from 'zod';
import { currency, idOf, seconds } from '../schema.ts';
import { discountsSchema } from './catalog-schema.ts';

/** Invoices with their lines and payments as Stripe says them. */

const ofItem = z.object({
  proration: z.boolean(),
  subscription: idOf.nullish(),
  subscription_item: idOf.nullish(),
});

export const lineSchema = z.object({
  id: z.string(),
  amount: z.int(),
  quantity: z.int().nullable(),
  discount_amounts: z.array(z.object({ amount: z.int(), discount: idOf })).nullable(),
  discounts: discountsSchema,
  period: z.object({ start: seconds, end: seconds }),
  parent: z
    .object({ subscription_item_details: ofItem.nullish(), invoice_item_details: ofItem.nullish() })
    .nullable(),
  pricing: z.object({ price_details: z.object({ price: idOf }).nullish() }).nullable(),
});

/** One that was to pay an invoice: a charge, or an intent to pay that made one. */
export const invoicePaymentSchema = z.object({
  id: z.string(),
  payment: z.object({ charge: idOf.nullish(), payment_intent: idOf.nullish() }),
});

export const invoiceSchema = z.object({
  id: z.string(),
  created: seconds,
  currency,
  customer: idOf.nullable(),
  status: z.string().nullable(),
  auto_advance: z.boolean().nullish(),
  total: z.int(),
  total_taxes: z.array(z.object({ amount: z.int() })).nullable(),
  amount_paid: z.int(),
  status_transitions: z.object({
    paid_at: seconds.nullable(),
    marked_uncollectible_at: seconds.nullable(),
    voided_at: seconds.nullable(),
  }),
  parent: z.object({ subscription_details: z.object({ subscription: idOf }).nullish() }).nullable(),
  discounts: discountsSchema,
  lines: z.object({ data: z.array(lineSchema), has_more: z.boolean() }),
  payments: z.object({ data: z.array(invoicePaymentSchema), has_more: z.boolean() }).nullish(),
  test_clock: idOf.nullish(),
  livemode: z.boolean(),
});

export type LineObject = z.infer<typeof lineSchema>;
export type InvoicePaymentObject = z.infer<typeof invoicePaymentSchema>;
export type InvoiceObject = z.infer<typeof invoiceSchema>;
