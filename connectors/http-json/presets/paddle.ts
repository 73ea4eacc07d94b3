import { z } from 'zod';
import type { Picking, Question } from '../question.ts';
import { presetConnector } from './preset.ts';

/** Days are those of UTC, and `to` is the day after the last one. */
const series = (
  name: string,
  pick: Pick<Picking, 'value' | 'numerator' | 'denominator' | 'whole'>,
): Question => ({
  method: 'GET',
  path: `/metrics/${name}?from={{start_day}}&to={{end_day}}`,
  per: 'window',
  paging: { kind: 'none' },
  errorsAt: ['/error'],
  pick: {
    items: '/data/timeseries',
    day: '/timestamp',
    dayAs: 'date',
    ...pick,
    combine: 'error',
    absent: 'error',
    missing: 'none',
  },
});
const currency = z.object({
  currency: z
    .string()
    .trim()
    .regex(/^[A-Za-z]{3}$/, { error: 'The currency of the Paddle balance, such as EUR' })
    .describe('Currency of the balance'),
});
const late = { settlesAfterHours: 24, rereadDays: 7 };

export const paddle = presetConnector({
  id: 'paddle',
  title: 'Paddle Billing',
  version: '1',
  experimental: true,
  guide:
    'Create an API key in Paddle (Developer tools, Authentication) with the permission metrics.read and nothing else.',
  base: 'https://api.paddle.com',
  config: z.object({
    apiKey: z
      .string({ error: 'Enter an API key' })
      .trim()
      .min(8, { error: 'Enter an API key' })
      .describe('API key with metrics.read'),
  }),
  secretFields: ['apiKey'],
  auth: { kind: 'bearer', secret: 'apiKey' },
  headers: { 'paddle-version': '1' },
  limits: { requestsPerSecond: 2, concurrent: 1 },
  keyHint: 'Check the API key of this Paddle connection and its permission metrics.read.',
  check: {
    path: '/metrics/active-subscribers?from={{today}}&to={{tomorrow}}',
    proofAt: '/data/interval',
    account: 'Paddle Billing',
    timeZone: 'UTC',
  },
  metrics: {
    mrr: {
      title: 'MRR',
      description:
        'Monthly recurring revenue of each UTC day as Paddle defines and converts it, which is not the definition of the ledger here.',
      stage: 'revenue',
      unit: 'money',
      kind: 'stock',
      near: 'mrr',
      currencyParam: 'currency',
      params: currency,
      question: series('monthly-recurring-revenue', { value: '/amount', whole: true }),
      ...late,
    },
    revenue: {
      title: 'Revenue',
      description: 'Revenue of each UTC day in the currency of the balance, as Paddle reports it.',
      stage: 'revenue',
      unit: 'money',
      kind: 'flow',
      currencyParam: 'currency',
      params: currency,
      question: series('revenue', { value: '/amount', whole: true }),
      ...late,
    },
    checkout_conversion: {
      title: 'Checkout conversion',
      description: 'Checkouts that were completed, of those that were opened on the UTC day.',
      stage: 'revenue',
      unit: 'ratio',
      kind: 'ratio',
      params: z.object({}),
      question: series('checkout-conversion', { numerator: '/completed_count', denominator: '/count' }),
      ...late,
    },
  },
});
