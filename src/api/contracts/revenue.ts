import { z } from 'zod';
import { list } from '../contract.ts';
import type { Route } from '../route.ts';

/** Why revenue moved, and the exchange rates that it is counted at. */

const day = z.string();
const dayGiven = z.string().max(40).optional();
const query = z.strictObject({
  from: dayGiven,
  to: dayGiven,
  /** How many customers are named, those who moved it most. */
  limit: z.coerce.number().int().min(1).max(200).default(20),
});

const causeSchema = z.object({
  subscriptionId: z.string(),
  /** A code: `started`, `quantity`, `discount_ended` …; the faces have the sentences. */
  what: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
const windowSchema = z.object({ startDay: day, endDay: day });
/** Amounts are minor units of the reporting currency, of MRR a month, exact as far as a double is. */
export const movementsSchema = z.object({
  metric: z.object({ id: z.string(), key: z.string(), title: z.string(), version: z.number().int() }),
  connectionKey: z.string(),
  environment: z.enum(['live', 'test', 'sandbox']),
  currency: z.string(),
  timeZone: z.string(),
  /** What is compared: MRR at the closes of two days, or a sum over money that moved in the windows that end on them. */
  measure: z.enum(['mrr', 'net_revenue', 'refunds', 'referral_revenue']),
  /** Those windows, `[startDay, endDay)`; null for MRR. */
  windows: z.object({ opening: windowSchema, closing: windowSchema }).nullable(),
  openingDay: day,
  closingDay: day,
  opening: z.number(),
  closing: z.number(),
  /**
   * opening + new + expansion + reactivation - contraction - churn + fx = closing. Over money that moved those are nothing,
   * and opening + payment + refund + dispute = closing.
   */
  totals: z.object({
    new: z.number(),
    expansion: z.number(),
    contraction: z.number(),
    churn: z.number(),
    reactivation: z.number(),
    fx: z.number(),
    payment: z.number().optional(),
    refund: z.number().optional(),
    dispute: z.number().optional(),
  }),
  /** The same sum as one line of whole minor units. */
  identity: z.string(),
  /** Those who moved it most, the largest first. */
  customers: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      /** Who paid without being a customer is one by that payment. */
      guestPaymentId: z.string().optional(),
      opening: z.number(),
      closing: z.number(),
      movements: z.array(
        z.object({
          day,
          kind: z.string(),
          /** Positive, but for `fx`. Of money that moved: what it adds to the difference. */
          amount: z.number(),
          /**
           * What the customer pays in, with the amounts before and after in it. Of money that moved: what the earlier and
           * the later window count of it.
           */
          currency: z.string(),
          native: z.object({ before: z.number(), after: z.number() }),
          basis: z.enum(['observed', 'reconstructed', 'told']),
          causes: z.array(causeSchema),
          /** The payment, refund or dispute that it is. */
          record: z.object({ id: z.string(), paymentId: z.string() }).optional(),
        }),
      ),
    }),
  ),
  /** How many more customers there are. */
  others: z.number().int(),
  /** Up to when the ledger is known; null where it is not mirrored. */
  throughAt: z.string().nullable(),
});

const rateSchema = z.object({
  currency: z.string(),
  /** From that day on, until the next one of the currency. */
  day,
  rate: z.string(),
});
const MAX_RATES = 10_000;
/** A file as one text, or rows with `day`, `currency` and `rate`: what one unit of the currency is worth in the base. */
export const keepRatesSchema = z.union([
  z.strictObject({ format: z.enum(['csv', 'jsonl']), text: z.string().max(4_000_000) }),
  z.strictObject({ rates: z.array(z.record(z.string().max(100), z.unknown())).max(MAX_RATES) }),
]);
export const keptRatesSchema = z.object({
  base: z.string(),
  rows: z.number().int(),
  /** How many are new, or were something else before. */
  changed: z.number().int(),
  currencies: z.array(z.string()),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
});

export const revenueRoutes = {
  explainMovements: {
    method: 'GET',
    path: '/api/v1/metrics/:id/movements',
    access: 'view',
    query,
    status: 200,
    answer: movementsSchema,
  },
  /** Of the version of the metric that the Key Result is judged by. */
  explainKeyResultMovements: {
    method: 'GET',
    path: '/api/v1/key-results/:id/movements',
    access: 'view',
    query,
    status: 200,
    answer: movementsSchema,
  },
  /** `:id` is the currency that the rates lead into. */
  keepRates: {
    method: 'PUT',
    path: '/api/v1/rates/:id',
    access: 'edit',
    body: keepRatesSchema,
    bodyBytes: 4 * 1024 * 1024,
    status: 200,
    answer: keptRatesSchema,
  },
  listRates: {
    method: 'GET',
    path: '/api/v1/rates/:id',
    access: 'view',
    status: 200,
    answer: list(rateSchema),
  },
} as const satisfies Record<string, Route>;

export type MovementsView = z.infer<typeof movementsSchema>;
export type KeptRatesView = z.infer<typeof keptRatesSchema>;
