import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { couponSchema, priceSchema } from '../../connectors/stripe/mirror/catalog-schema.ts';
import {
  customerSchema,
  itemSchema,
  subscriptionSchema,
} from '../../connectors/stripe/mirror/customer-schema.ts';
import { invoiceSchema, lineSchema } from '../../connectors/stripe/mirror/invoice-schema.ts';
import { balanceRecord, paymentRecord, refundRecord } from '../../connectors/stripe/mirror/map-money.ts';
import {
  balanceTransactionSchema,
  chargeSchema,
  creditNoteSchema,
  refundSchema,
} from '../../connectors/stripe/mirror/money-schema.ts';
import { isThere, publishedNames, publishedNote, publishedObject } from './published.ts';

const schemas: Record<string, z.ZodType> = {
  balance_transaction: balanceTransactionSchema,
  charge: chargeSchema,
  coupon: couponSchema,
  credit_note: creditNoteSchema,
  customer: customerSchema,
  invoice: invoiceSchema,
  line_item: lineSchema,
  price: priceSchema,
  refund: refundSchema,
  subscription: subscriptionSchema,
  subscription_item: itemSchema,
};
const published = Object.entries(schemas).filter(([name]) => publishedNames().includes(name));

describe.runIf(isThere)(`objects as Stripe publishes them, for the mirror${publishedNote}`, () => {
  it.each(published)('the mirror reads a published %s', (name, schema) => {
    expect(schema.safeParse(publishedObject(name)).error?.issues ?? []).toEqual([]);
  });

  it('keeps what a published charge, refund and balance transaction are made of', () => {
    const charge = publishedObject('charge');
    expect(paymentRecord(chargeSchema.parse(charge)).data).toMatchObject({
      id: charge['id'],
      amountMinor: charge['amount'],
    });
    const refund = publishedObject('refund');
    expect(refundRecord(refundSchema.parse(refund)).data).toMatchObject({
      paymentId: refund['charge'],
      amountMinor: refund['amount'],
    });
    const entry = publishedObject('balance_transaction');
    expect(balanceRecord(balanceTransactionSchema.parse(entry)).data).toMatchObject({
      amountMinor: entry['amount'],
      feeMinor: entry['fee'],
      netMinor: entry['net'],
    });
  });
});
