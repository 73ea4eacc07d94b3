import { z } from 'zod';
import type { ConnectorContext, MetricReading, PointReading } from '../sdk/index.ts';
import { type DayWindow, defineConnector, defineMetric } from '../sdk/index.ts';
import { mrrMeaning, netRevenueMeaning, payingCustomersMeaning } from './catalog.ts';
import { checkStripe } from './check.ts';
import { ltv } from './ltv.ts';
import { mrrPoint, payingCustomersPoint } from './map.ts';
import { stripeMirror } from './mirror/index.ts';
import { limits, type StripeConfig } from './official.ts';
import { currency } from './params.ts';
import { readNetRevenue } from './revenue.ts';
import { readSubscriptions, type SubscriptionMrr } from './subscriptions.ts';
import { readToday } from './today.ts';
import { trialToPaid } from './trial-to-paid.ts';

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

const netRevenue = defineMetric<StripeConfig, { currency: string }>({
  title: 'Net revenue',
  description:
    'Captured charges less refunds and lost disputes, on the day each happened, before fees, in one currency.',
  stage: 'revenue',
  unit: 'money',
  kind: 'flow',
  paramsSchema: z.object({ currency }),
  currencyParam: 'currency',
  // Payments authorised yesterday may be captured today and are counted on yesterday.
  settlesAfterHours: 24,
  rereadDays: 35,
  history: 'backfill',
  catalog: netRevenueMeaning,
  read: (context, window, params) => readNetRevenue(context, window, params.currency),
});

const mrr = defineMetric<StripeConfig, { currency: string }>({
  title: 'Monthly recurring revenue',
  description:
    'What active and past-due subscriptions bring in a month after running discounts, in one currency.',
  stage: 'revenue',
  unit: 'money',
  kind: 'stock',
  paramsSchema: z.object({ currency }),
  currencyParam: 'currency',
  settlesAfterHours: 0,
  rereadDays: 0,
  history: 'from_now',
  catalog: mrrMeaning,
  read: (context, window, params) =>
    readSubscriptionsToday(context, window, (subscriptions, day) =>
      mrrPoint(subscriptions, day, params.currency),
    ),
});

const payingCustomers = defineMetric<StripeConfig, { currency?: string | undefined }>({
  title: 'Paying customers',
  description: 'Customers whose subscriptions bring more than nothing in a month.',
  stage: 'revenue',
  unit: 'count',
  kind: 'stock',
  paramsSchema: z.object({ currency: currency.optional() }),
  settlesAfterHours: 0,
  rereadDays: 0,
  history: 'from_now',
  catalog: payingCustomersMeaning,
  read: (context, window, params) =>
    readSubscriptionsToday(context, window, (subscriptions, day) =>
      payingCustomersPoint(subscriptions, day, params.currency ?? null),
    ),
});

export const stripe = defineConnector<StripeConfig>({
  id: 'stripe',
  title: 'Stripe',
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
  // What is told to people are sums over the ledger under the same names: see src/wiring/billing-source.ts.
  metrics: {
    net_revenue: netRevenue,
    mrr,
    paying_customers: payingCustomers,
    ltv,
    trial_to_paid: trialToPaid,
  },
});

function readSubscriptionsToday(
  context: ConnectorContext<StripeConfig>,
  window: DayWindow,
  map: (subscriptions: SubscriptionMrr[], day: string) => { points: PointReading[]; notes: string[] },
): Promise<MetricReading> {
  return readToday(context, window, async (day) => {
    const { subscriptions, completeness } = await readSubscriptions(context);
    const { points, notes } = map(subscriptions, day);
    return { points, completeness: { ...completeness, notes: [...completeness.notes, ...notes] } };
  });
}
