import { z } from 'zod';
import { defineConnector } from '../sdk/index.ts';
import { checkStripe } from './check.ts';
import { stripeMirror } from './mirror/index.ts';
import { limits, type StripeConfig } from './official.ts';

const KEY_HELP =
  'Enter a restricted key (rk_live_… or rk_test_…) from the Stripe Dashboard, Developers, API keys';

const apiKey = z
  .string({ error: KEY_HELP })
  .trim()
  .refine((key) => !key.startsWith('pk_'), {
    error: `A publishable key (pk_…) cannot read data. ${KEY_HELP}`,
    abort: true,
  })
  .regex(/^(rk|sk)_(live|test)_\w+$/, { error: KEY_HELP })
  .describe('Restricted key with read rights');

const webhookSecret = z
  .string()
  .trim()
  .regex(/^whsec_\S+$/, {
    error: 'Enter the signing secret (whsec_…) of the endpoint in the Stripe Dashboard',
  })
  .describe('Signing secret of the webhook endpoint, if there is one');

const requestsPerSecond = z
  .number()
  .min(1)
  .max(90, {
    error: 'Stripe allows 100 requests a second, which other tools of the account share: 90 at most',
  })
  .describe('Requests a second at most; 10 unless given');

export const stripe = defineConnector<StripeConfig>({
  id: 'stripe',
  title: 'Stripe',
  // 2: points are sums over the mirrored ledger. Days are judged at their close, the past is known too, and who pays is told
  // by what a subscription is, no longer by which invoices cover the day.
  version: '2',
  configSchema: z.object({
    apiKey,
    webhookSecret: webhookSecret.optional(),
    requestsPerSecond: requestsPerSecond.optional(),
  }),
  secretFields: ['apiKey', 'webhookSecret'],
  guide:
    'Create a restricted key in the Stripe Dashboard (Developers, API keys) with read rights on Charges and refunds, ' +
    'Disputes, Subscriptions, Customers, Prices, Coupons, Invoices, Credit notes, Balance transactions and Events.',
  allowedHosts: (endpoint) => [endpoint === null ? 'api.stripe.com' : endpoint.host],
  limits,
  check: checkStripe,
  billing: stripeMirror,
  // What is told to people is summed over the mirrored ledger, the same way for every provider: see src/wiring/billing-source.ts.
  metrics: {},
});
