import { z } from 'zod';
import type { FxRates } from '../domain/billing/records.ts';
import { currency, day, id, instant, minor, orNull } from './fields.ts';

const item = z
  .object({
    unitAmount: z.number(), // a tenth of a cent a call is a price
    quantity: z.number().min(0),
    interval: z.enum(['day', 'week', 'month', 'year']),
    intervalCount: z.number().int().min(1).default(1),
    usage: z.enum(['licensed', 'metered']).default('licensed'),
  })
  .transform(({ intervalCount, interval, quantity, unitAmount, usage }) => ({
    unitAmountMinor: unitAmount,
    quantity,
    interval,
    intervalCount,
    usage,
  }));

const discount = z
  .object({
    percentOff: orNull(z.number().min(0).max(100)),
    amountOff: orNull(z.number().min(0)),
    duration: z.enum(['forever', 'repeating', 'once']),
    start: orNull(instant),
    end: orNull(instant),
  })
  .refine(({ amountOff, percentOff }) => (amountOff === null) !== (percentOff === null), {
    error: 'a discount has one of percentOff and amountOff',
  })
  .transform(({ amountOff, duration, end, percentOff, start }) => ({
    percentOff,
    amountOffMinor: amountOff,
    duration,
    startAt: start,
    endAt: end,
  }));

const segment = z
  .object({
    from: instant,
    to: instant.nullable(), // to be said: a segment that ends is not one that was cut off
    status: z.enum([
      'trialing',
      'active',
      'past_due',
      'unpaid',
      'paused',
      'canceled',
      'incomplete',
      'incomplete_expired',
    ]),
    items: z.array(item),
    discounts: z.array(discount).default([]),
    tax: orNull(z.object({ inclusive: z.boolean(), ratePercent: z.number().min(0) })),
  })
  .refine(({ from, to }) => to === null || to >= from, { error: 'a segment ends before it begins' })
  .transform(({ discounts, from, items, status, tax, to }) => ({
    fromAt: from,
    toAt: to,
    status,
    items,
    discounts,
    tax,
  }));

export const subscription = z.object({ id, customerId: id, currency, segments: z.array(segment) });
export const customer = z.object({ id, channel: orNull(z.string()) });
export const payment = z
  .object({ id, customerId: id, currency, amount: minor, tax: minor.default(0), paidAt: instant })
  .transform(({ amount, tax, ...rest }) => ({ ...rest, amountMinor: amount, taxMinor: tax }));
export const refund = z
  .object({
    id,
    paymentId: id,
    amount: minor,
    tax: orNull(minor),
    refundedAt: instant,
    status: z.enum(['succeeded', 'pending', 'failed', 'canceled']).default('succeeded'),
  })
  .transform(({ amount, tax, ...rest }) => ({ ...rest, amountMinor: amount, taxMinor: tax }));
export const dispute = z
  .object({
    id,
    paymentId: id,
    amount: minor,
    status: z.enum(['lost', 'won', 'open']),
    closedAt: orNull(instant),
  })
  .transform(({ amount, ...rest }) => ({ ...rest, amountMinor: amount }));

const rate = z.number().positive();
/** In force from a day on: as a list, or as an object with a rate for each first day. */
const dated = z.union([
  z.array(z.object({ from: day, rate }).transform(({ from, rate }) => ({ fromDay: from, rate }))),
  z.array(z.object({ date: day, rate }).transform(({ date, rate }) => ({ fromDay: date, rate }))),
  z
    .record(day, rate)
    .transform((rates) => Object.entries(rates).map(([fromDay, rate]) => ({ fromDay, rate }))),
]);
/** Rates are reporting major units for one major unit of each currency. */
export const fxRates: z.ZodType<FxRates> = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('constant'), rates: z.record(currency, rate) }),
  z.object({ mode: z.literal('daily'), rates: z.record(currency, dated) }),
]);
