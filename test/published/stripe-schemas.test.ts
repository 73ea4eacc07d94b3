import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { couponSchema, priceSchema } from '../../connectors/stripe/mirror/catalog-schema.ts';
import {
  customerSchema,
  itemSchema,
  subscriptionSchema,
} from '../../connectors/stripe/mirror/customer-schema.ts';
import { invoiceSchema, lineSchema } from '../../connectors/stripe/mirror/invoice-schema.ts';
import { chargeSchema, refundSchema } from '../../connectors/stripe/mirror/money-schema.ts';
import { isThere, publishedNames, publishedNote, publishedObject } from './published.ts';

const schemas: Record<string, z.ZodType> = {
  charge: chargeSchema,
  coupon: couponSchema,
  customer: customerSchema,
  invoice: invoiceSchema,
  line_item: lineSchema,
  price: priceSchema,
  refund: refundSchema,
  subscription: subscriptionSchema,
  subscription_item: itemSchema,
};

describe.runIf(isThere)(`objects as Stripe publishes them${publishedNote}`, () => {
  it('are there for every schema of the connector but the dispute, which Stripe does not publish', () => {
    expect(publishedNames()).toEqual(expect.arrayContaining(Object.keys(schemas)));
    expect(publishedNames()).not.toContain('dispute');
  });

  it('a subscription is read with what its past is told by', () => {
    const { created, status, ...more } = publishedObject('subscription');
    expect(subscriptionSchema.parse(publishedObject('subscription'))).toMatchObject({
      created,
      status,
      trial_start: more['trial_start'],
      trial_end: more['trial_end'],
      ended_at: more['ended_at'],
    });
  });

  it('are read without losing what a number is made of', () => {
    const { id, created, currency, amount, amount_captured } = publishedObject('charge');
    expect(chargeSchema.parse(publishedObject('charge'))).toMatchObject({
      id,
      created,
      currency,
      amount,
      amount_captured,
    });

    const refund = publishedObject('refund');
    expect(refundSchema.parse(refund)).toMatchObject({
      amount: refund['amount'],
      charge: refund['charge'],
      status: refund['status'],
    });

    const coupon = publishedObject('coupon');
    expect(couponSchema.parse(coupon)).toMatchObject({
      duration: coupon['duration'],
      // As text, so that no digit is lost.
      percent_off: String(coupon['percent_off']),
    });

    const price = publishedObject('price');
    const read = priceSchema.parse(price);
    expect(read.unit_amount_decimal).toBe(price['unit_amount_decimal']);
    expect(read.recurring).toMatchObject({
      interval: (price['recurring'] as { interval: string }).interval,
      interval_count: (price['recurring'] as { interval_count: number }).interval_count,
    });

    const subscription = publishedObject('subscription');
    const items = (subscription['items'] as { data: { id: string; quantity?: number }[] }).data;
    expect(
      subscriptionSchema.parse(subscription).items.data.map(({ id, quantity }) => ({ id, quantity })),
    ).toEqual(items.map(({ id, quantity }) => ({ id, quantity })));
  });

  it('of the release before lack "current_trial" on an item, which then is on no trial', () => {
    const item = publishedObject('subscription_item');
    expect(item).not.toHaveProperty('current_trial');
    expect(itemSchema.parse(item).current_trial ?? null).toBeNull();
  });
});
