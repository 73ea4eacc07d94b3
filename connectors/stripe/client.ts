import { z } from 'zod';
import { type ConnectorContext, ConnectorError, parseAnswer } from '../sdk/index.ts';
import { stripeError } from './errors.ts';
import { officialClient, type StripeConfig, secretsOf } from './official.ts';
import { accountSchema, listSchema } from './schema.ts';

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

/** What trying a key asks, through the official client behind our own fetch, with every answer checked. */
export function createStripeClient(context: ConnectorContext<StripeConfig>) {
  const secrets = secretsOf(context.config);
  const stripe = officialClient(context);

  /** One call, with the client's errors told in ours. */
  async function call<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw stripeError(error, secrets);
    }
  }

  return {
    async account() {
      const answer = await call(() => stripe.accounts.retrieveCurrent());
      return parseAnswer('Stripe', 'the account', accountSchema, answer);
    },

    /** The cheapest question about a list: may this key read it at all? */
    async probe(resource: Probed) {
      const answer = await call<unknown>(() => stripe[resource].list({ limit: 1 }));
      parseAnswer('Stripe', `its list of ${resource}`, listSchema(z.unknown()), answer);
    },
  };
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
