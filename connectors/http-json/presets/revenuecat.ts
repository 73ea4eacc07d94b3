import { z } from 'zod';
import type { PresetMetric } from './preset.ts';
import { presetConnector } from './preset.ts';

const overview = (
  metric: string,
  told: Pick<PresetMetric, 'title' | 'description' | 'stage'>,
): PresetMetric => ({
  ...told,
  unit: 'count',
  kind: 'stock',
  params: z.object({}),
  question: {
    method: 'GET',
    path: '/v2/projects/{{project}}/metrics/overview',
    per: 'now',
    paging: { kind: 'none' },
    errorsAt: [],
    pick: {
      value: `$.metrics[?@.id == '${metric}'].value`,
      dayAs: 'date',
      combine: 'error',
      absent: 'error',
      missing: 'none',
    },
  },
  settlesAfterHours: 0,
  rereadDays: 0,
});

export const revenuecat = presetConnector({
  id: 'revenuecat',
  title: 'RevenueCat',
  version: '1',
  experimental: true,
  guide:
    'Create a v2 secret key in RevenueCat (Project settings, API keys) with read rights for charts and metrics. Enter the id of the project.',
  base: 'https://api.revenuecat.com',
  config: z.object({
    secretKey: z
      .string({ error: 'Enter a v2 secret key' })
      .trim()
      .min(8, { error: 'Enter a v2 secret key' })
      .describe('Secret key of version 2'),
    project: z
      .string({ error: 'Enter the id of the project' })
      .trim()
      .regex(/^[A-Za-z0-9_-]{1,100}$/, { error: 'The id of the project, from its address' })
      .describe('Id of the project'),
  }),
  secretFields: ['secretKey'],
  auth: { kind: 'bearer', secret: 'secretKey' },
  limits: { requestsPerSecond: 0.4, concurrent: 1 },
  keyHint: 'Check the secret key of this RevenueCat connection, its rights and its version (2).',
  check: {
    path: '/v2/projects/{{project}}/metrics/overview',
    proofAt: '/metrics/0/id',
    account: 'RevenueCat project {{project}}',
  },
  metrics: {
    active_subscriptions: overview('active_subscriptions', {
      title: 'Active subscriptions',
      description: 'Paid subscriptions that are active now, as RevenueCat counts them.',
      stage: 'revenue',
    }),
    active_trials: overview('active_trials', {
      title: 'Active trials',
      description: 'Trials that are running now.',
      stage: 'activation',
    }),
  },
});
