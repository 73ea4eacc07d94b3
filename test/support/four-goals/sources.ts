import type { ConnectionDraft, MetricDraft } from '../../../src/cli/demo/plan.ts';

/** The sandbox company's accounts. Mixpanel allows few queries an hour, so it is read more seldom. */
export const CONNECTIONS: ConnectionDraft[] = [
  {
    key: 'stripe',
    title: 'Stripe of Acme',
    connectorId: 'stripe',
    environment: 'sandbox',
    everyMinutes: 5,
    // Most of what the account takes: nobody shares this one, and somebody waits for the first sync.
    config: (sandbox) => ({
      apiKey: sandbox.apiKey,
      requestsPerSecond: Math.floor(0.8 * (sandbox.state().stripe?.requestsPerSecond ?? 25)),
    }),
  },
  {
    key: 'ga4',
    title: 'Google Analytics of Acme',
    connectorId: 'ga4',
    environment: 'sandbox',
    everyMinutes: 15,
    config: (sandbox) => {
      const { propertyId, clientEmail, privateKey } = sandbox.state().ga4;
      const key = { type: 'service_account', client_email: clientEmail, private_key: privateKey };
      return { propertyId, serviceAccountKey: JSON.stringify(key) };
    },
  },
  {
    key: 'mixpanel',
    title: 'Mixpanel of Acme',
    connectorId: 'mixpanel',
    environment: 'sandbox',
    everyMinutes: 60,
    config: (sandbox) => {
      const { projectId, username, secret } = sandbox.state().mixpanel;
      return { projectId, serviceAccount: username, serviceAccountSecret: secret };
    },
  },
];

export const METRICS: MetricDraft[] = [
  ...of('stripe', [
    ['net-revenue', 'Net revenue', 'net_revenue', { currency: 'usd' }],
    ['net-revenue-eur', 'Net revenue in euros', 'net_revenue', { currency: 'eur' }],
    ['mrr', 'Monthly recurring revenue', 'mrr', { currency: 'usd' }],
    ['paying-customers', 'Paying customers', 'paying_customers', {}],
    ['ltv', 'Lifetime value of a customer', 'ltv', { currency: 'usd' }],
    ['trial-to-paid', 'Trials that become paid', 'trial_to_paid', {}],
  ]),
  ...of('ga4', [
    ['new-users', 'New users', 'new_users', {}],
    ['sessions', 'Sessions', 'sessions', {}],
    ['active-users-28', 'Active users in 28 days', 'active_users', { days: 28 }],
    ['engagement', 'Engagement per active user and day', 'engagement_seconds_per_user_day', {}],
    ['sign-up-rate', 'Sessions that sign up', 'key_event_conversion', { keyEvent: 'sign_up' }],
  ]),
  ...of('mixpanel', [
    ['activation', 'Sign-ups that create a project', 'funnel_conversion', { funnelId: 7509 }],
    ['retention', 'Retention after one month', 'retention_one_month', { bornEvent: 'Sign Up' }],
    ['nps', 'Net promoter score', 'nps', { event: 'Survey Answered' }],
    ['survey-mean', 'Mean answer to "would you recommend us"', 'nps_average', { event: 'Survey Answered' }],
    ['shares', 'Reports shared', 'event_total', { event: 'Report Shared' }],
    ['creators', 'People who create a project on a day', 'unique_users', { event: 'Project Created' }],
  ]),
];

function of(
  connection: string,
  metrics: [key: string, title: string, metric: string, params: Record<string, unknown>][],
): MetricDraft[] {
  return metrics.map(([key, title, metric, params]) => ({ connection, key, title, metric, params }));
}
