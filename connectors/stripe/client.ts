import { z } from 'zod';
import {
  type Completeness,
  type ConnectorContext,
  ConnectorError,
  parseAnswer,
  walkPages,
} from '../sdk/index.ts';
import { invoiceSchema, lineSchema, pastSubscriptionSchema } from './billing-schema.ts';
import { stripeError } from './errors.ts';
import { officialClient, type StripeConfig } from './official.ts';
import {
  accountSchema,
  type Charge,
  chargeSchema,
  couponSchema,
  customerSchema,
  disputeSchema,
  itemSchema,
  listSchema,
  priceSchema,
  refundSchema,
  subscriptionSchema,
} from './schema.ts';

/** Seconds, half-open: what Stripe's `created` filter takes. */
export type Created = { gte?: number; lt: number };
export type Listed<T> = { items: T[]; completeness: Completeness };
export type StripeClient = ReturnType<typeof createStripeClient>;

/** The lists that a key may have no right to. */
export type Probed =
  | 'charges'
  | 'disputes'
  | 'subscriptions'
  | 'customers'
  | 'prices'
  | 'coupons'
  | 'invoices'
  | 'events'
  | 'creditNotes'
  | 'balanceTransactions';

type Cursor = { limit: number; starting_after?: string };

/** Stripe's official client behind our own fetch, with every answer checked and every list walked to its end. */
export function createStripeClient(context: ConnectorContext<StripeConfig>) {
  const secrets = [context.config.apiKey];
  const stripe = officialClient(context);
  let livemode: boolean | null = null;

  /** One call, with the client's errors told in ours. */
  async function call<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw stripeError(error, secrets);
    }
  }

  async function list<T extends { id: string; livemode?: boolean }>(
    what: string,
    schema: z.ZodType<T>,
    request: (cursor: Cursor) => Promise<unknown>,
  ): Promise<Listed<T>> {
    return walkPages({
      provider: 'Stripe',
      what,
      signal: context.signal,
      keyOf: (item: T) => item.id,
      async page(after) {
        const cursor = { limit: 100, ...(after === null ? {} : { starting_after: after }) };
        const answer = await call(() => request(cursor));
        const page = parseAnswer('Stripe', `its list of ${what}`, listSchema(schema), answer);
        for (const item of page.data) livemode = sameMode(livemode, item.livemode);
        return { items: page.data, hasMore: page.has_more };
      },
    });
  }

  return {
    charges: (created: Created) =>
      list('charges', chargeSchema, (at) => stripe.charges.list({ ...at, created })),
    refunds: (created: Created) =>
      list('refunds', refundSchema, (at) => stripe.refunds.list({ ...at, created })),
    disputes: (created: Created) =>
      list('disputes', disputeSchema, (at) => stripe.disputes.list({ ...at, created })),

    async charge(id: string): Promise<Charge> {
      return parseAnswer('Stripe', 'a charge', chargeSchema, await call(() => stripe.charges.retrieve(id)));
    },

    /** All but the canceled ones, with customers and discounts unfolded as far as Stripe's four levels reach. */
    subscriptions: (created: Created) =>
      list('subscriptions', subscriptionSchema, (at) =>
        stripe.subscriptions.list({
          ...at,
          created,
          expand: ['data.discounts.source.coupon', 'data.items.data.discounts', 'data.customer'],
        }),
      ),

    /** All there ever were, the canceled ones too; whom they belong to and when they ran, not what they bring. */
    pastSubscriptions: (created: Created) =>
      list('subscriptions', pastSubscriptionSchema, (at) =>
        stripe.subscriptions.list({ ...at, created, status: 'all' }),
      ),

    invoices: (created: Created) =>
      list('invoices', invoiceSchema, (at) => stripe.invoices.list({ ...at, created })),

    /** Every line of one invoice: inside the invoice Stripe shows ten at most. */
    invoiceLines: (invoice: string) =>
      list('invoice lines', lineSchema, (at) => stripe.invoices.listLineItems(invoice, at)),

    /** Every item of one subscription: inside the subscription Stripe shows ten at most. */
    items: (subscription: string) =>
      list('subscription items', itemSchema, (at) =>
        stripe.subscriptionItems.list({ ...at, subscription, expand: ['data.discounts'] }),
      ),

    prices: (expand: string[]) =>
      list('prices', priceSchema, (at) =>
        stripe.prices.list({ ...at, expand: expand.map((path) => `data.${path}`) }),
      ),

    coupons: () =>
      list('coupons', couponSchema, (at) =>
        stripe.coupons.list({ ...at, expand: ['data.applies_to', 'data.currency_options'] }),
      ),

    customers: () => list('customers', customerSchema, (at) => stripe.customers.list(at)),

    /** The discounts of one subscription with their coupons, also coupons that were deleted since. */
    async subscriptionDiscounts(id: string) {
      const expand = wholeCoupons('discounts');
      const answer = await call(() => stripe.subscriptions.retrieve(id, { expand }));
      return parseAnswer('Stripe', 'a subscription', subscriptionSchema, answer).discounts;
    },

    /** The same of one item. */
    async itemDiscounts(itemId: string) {
      const expand = wholeCoupons('discounts');
      const answer = await call(() => stripe.subscriptionItems.retrieve(itemId, { expand }));
      return parseAnswer('Stripe', 'a subscription item', itemSchema, answer).discounts;
    },

    /** The customer-wide discount with its coupon, also one that was deleted since. */
    async customerDiscount(customerId: string) {
      const expand = wholeCoupons('discount');
      const answer = await call(() => stripe.customers.retrieve(customerId, { expand }));
      return parseAnswer('Stripe', 'a customer', customerSchema, answer).discount;
    },

    async account() {
      return parseAnswer(
        'Stripe',
        'the account',
        accountSchema,
        await call(() => stripe.accounts.retrieveCurrent()),
      );
    },

    /** The cheapest question about a list: may this key read it at all? */
    async probe(resource: Probed) {
      const answer = await call<unknown>(() => stripe[resource].list({ limit: 1 }));
      parseAnswer('Stripe', `its list of ${resource}`, listSchema(z.unknown()), answer);
    },
  };
}

/** Four levels each, the most that Stripe unfolds; without them a coupon hides what it is limited to. */
function wholeCoupons(from: 'discount' | 'discounts'): string[] {
  return ['applies_to', 'currency_options'].map((part) => `${from}.source.coupon.${part}`);
}

/** Test and live objects never meet in one read: a sum over both would be a number of nothing. */
export function sameMode(seen: boolean | null, livemode: boolean | undefined): boolean | null {
  if (livemode === undefined || seen === livemode) return seen;
  if (seen === null) return livemode;
  const hint = 'Use one connection with a live key, or one with a test key.';
  const message = `Stripe answered with live and test objects in one read. ${hint}`;
  throw new ConnectorError(message, {
    errorClass: 'config',
    code: 'mixed_livemode',
    remedy: { by: 'owner', hint },
  });
}
