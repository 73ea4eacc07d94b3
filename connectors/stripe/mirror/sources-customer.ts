import { missingCoupons, type Unfold, wholeCouponsIn } from './coupons.ts';
import {
  type CustomerObject,
  customerSchema,
  itemSchema,
  type SubscriptionObject,
  subscriptionSchema,
} from './customer-schema.ts';
import { customerRecord, subscriptionRecord } from './map-customer.ts';
import type { Reader } from './reader.ts';
import { source } from './source.ts';

export const customers = source({
  kind: 'customer',
  what: 'customers',
  schema: customerSchema,
  list: ({ stripe }, at) => stripe.customers.list({ ...at, expand: ['data.discount.source.coupon'] }),
  retrieve: ({ stripe }, id) => stripe.customers.retrieve(id, { expand: ['discount.source.coupon'] }),
  complete: async (reader, customer) => {
    const unfold = unfoldCustomer(reader, customer.id);
    const records = await missingCoupons(reader, [{ discounts: ownDiscount(customer), unfold }]);
    return { object: customer, records };
  },
  map: customerRecord,
});

/** The item's discounts stop at their coupons' ids here: one level more is refused for the whole list. */
const SUBSCRIPTION_PARTS = ['discounts.source.coupon', 'items.data.discounts'];

export const subscriptions = source({
  kind: 'subscription',
  what: 'subscriptions',
  schema: subscriptionSchema,
  list: ({ schedules, stripe }, at) =>
    schedules.withThem(SUBSCRIPTION_PARTS, (paths) =>
      stripe.subscriptions.list({ ...at, status: 'all', expand: paths.map((path) => `data.${path}`) }),
    ),
  retrieve: ({ schedules, stripe }, id) =>
    schedules.withThem(SUBSCRIPTION_PARTS, (expand) => stripe.subscriptions.retrieve(id, { expand })),
  complete: async (reader, shown) => {
    const object = await withEveryItem(reader, shown);
    const records = await missingCoupons(reader, [
      { discounts: object.discounts, unfold: unfoldSubscription(reader, object.id) },
      ...object.items.data.map(({ id, discounts }) => ({ discounts, unfold: unfoldItem(reader, id) })),
    ]);
    return { object, records };
  },
  map: subscriptionRecord,
});

/** Inside a subscription Stripe shows ten items at most. */
async function withEveryItem(reader: Reader, subscription: SubscriptionObject): Promise<SubscriptionObject> {
  if (!subscription.items.has_more) return subscription;
  const data = await reader.whole('subscription items', itemSchema, (at) =>
    reader.stripe.subscriptionItems.list({
      ...at,
      subscription: subscription.id,
      expand: ['data.discounts'],
    }),
  );
  return { ...subscription, items: { data, has_more: false } };
}

function ownDiscount({ discount }: CustomerObject) {
  return discount === null || discount === undefined ? [] : [discount];
}

function unfoldCustomer(reader: Reader, id: string): Unfold {
  return async () => {
    const expand = wholeCouponsIn('discount');
    const found = await reader.one('a customer', customerSchema, () =>
      reader.stripe.customers.retrieve(id, { expand }),
    );
    return found === null ? [] : ownDiscount(found);
  };
}

function unfoldSubscription(reader: Reader, id: string): Unfold {
  return async () => {
    const expand = wholeCouponsIn('discounts');
    const ask = () => reader.stripe.subscriptions.retrieve(id, { expand });
    return (await reader.one('a subscription', subscriptionSchema, ask))?.discounts ?? [];
  };
}

function unfoldItem(reader: Reader, id: string): Unfold {
  return async () => {
    const expand = wholeCouponsIn('discounts');
    const ask = () => reader.stripe.subscriptionItems.retrieve(id, { expand });
    return (await reader.one('a subscription item', itemSchema, ask))?.discounts ?? [];
  };
}
