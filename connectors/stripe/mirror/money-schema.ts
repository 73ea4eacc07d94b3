import { z } from 'zod';
import { currency, idOf, seconds } from '../schema.ts';
import { decimalText } from './catalog-schema.ts';

/** Money that moved, as Stripe says it. */

export const chargeSchema = z.object({
  id: z.string(),
  created: seconds,
  currency,
  status: z.string(),
  amount: z.int(),
  amount_captured: z.int(),
  captured: z.boolean(),
  customer: idOf.nullish(),
  payment_intent: idOf.nullish(),
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
  charge: idOf.nullable(),
  livemode: z.boolean(),
});

export const creditNoteSchema = z.object({
  id: z.string(),
  created: seconds,
  currency,
  status: z.string(),
  type: z.string(),
  amount: z.int(),
  invoice: idOf,
  customer: idOf.nullish(),
  livemode: z.boolean(),
});

export const balanceTransactionSchema = z.object({
  id: z.string(),
  created: seconds,
  currency,
  amount: z.int(),
  fee: z.int(),
  net: z.int(),
  reporting_category: z.string(),
  source: idOf.nullable(),
  exchange_rate: decimalText.nullable(),
});

export const exchangeRateSchema = z.object({ id: z.string(), rates: z.record(z.string(), decimalText) });

export type ChargeObject = z.infer<typeof chargeSchema>;
export type RefundObject = z.infer<typeof refundSchema>;
export type DisputeObject = z.infer<typeof disputeSchema>;
export type CreditNoteObject = z.infer<typeof creditNoteSchema>;
export type BalanceTransactionObject = z.infer<typeof balanceTransactionSchema>;
export type ExchangeRateObject = z.infer<typeof exchangeRateSchema>;
