import { describe, expect, it } from 'vitest';
import { priceSchema } from '../../connectors/stripe/mirror/catalog-schema.ts';
import { subscriptionSchema } from '../../connectors/stripe/mirror/customer-schema.ts';
import { invoiceSchema } from '../../connectors/stripe/mirror/invoice-schema.ts';
import { chargeSchema, refundSchema } from '../../connectors/stripe/mirror/money-schema.ts';
import { isThere, publishedEvents, publishedNote } from './published.ts';

const schemas = { charge: chargeSchema, price: priceSchema, refund: refundSchema };
const ofKind = (kind: string) => publishedEvents().filter(({ object }) => object['object'] === kind);
const readable = Object.entries(schemas).flatMap(([kind, schema]) =>
  ofKind(kind).map(({ name, object }) => ({ name, object, schema })),
);

describe.runIf(isThere)(
  `objects of an old webhook endpoint, in the API version 2020-03-02${publishedNote}`,
  () => {
    it('are there: charges, prices and a refund', () => {
      expect(new Set(readable.map(({ object }) => object['object']))).toEqual(new Set(Object.keys(schemas)));
    });

    it.each(readable)('$name is read', ({ object, schema }) => {
      expect(schema.safeParse(object).error?.issues ?? []).toEqual([]);
    });

    // `discount` became `discounts`, and a subscription had no currency of its own: read as today's, a discount would be lost.
    it.each(ofKind('subscription'))('$name is refused by the names of the fields it lacks', ({ object }) => {
      const lacking = (subscriptionSchema.safeParse(object).error?.issues ?? []).map(({ path }) =>
        path.at(-1),
      );
      expect(new Set(lacking)).toEqual(new Set(['currency', 'discounts']));
    });

    // What an invoice is for moved to `parent`: read as today's, a payment would belong to no subscription.
    it.each(ofKind('invoice'))('$name is refused by the names of the fields it lacks', ({ object }) => {
      const lacking = (invoiceSchema.safeParse(object).error?.issues ?? []).map(({ path }) => path.at(-1));
      expect(lacking).toContain('parent');
    });
  },
);
