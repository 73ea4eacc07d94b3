import { z } from 'zod';
import { presetConnector } from './preset.ts';

export const chartmogul = presetConnector({
  id: 'chartmogul',
  title: 'ChartMogul',
  version: '1',
  experimental: true,
  guide:
    'Create an API key in ChartMogul (Profile, API keys) that may only read. Set the time zone of metrics to that of the account.',
  base: 'https://api.chartmogul.com',
  config: z.object({
    apiKey: z
      .string({ error: 'Enter an API key' })
      .trim()
      .min(8, { error: 'Enter an API key' })
      .describe('API key that may only read'),
  }),
  secretFields: ['apiKey'],
  auth: { kind: 'basic_key', secret: 'apiKey' },
  limits: { requestsPerSecond: 5, concurrent: 2 },
  keyHint: 'Check the API key of this ChartMogul connection.',
  check: { path: '/v1/account', accountAt: '/name', account: '' },
  metrics: {
    mrr: {
      title: 'MRR',
      description:
        'Monthly recurring revenue at the end of each day as ChartMogul defines and converts it, which is not the definition of the ledger here.',
      stage: 'revenue',
      unit: 'money',
      kind: 'stock',
      near: 'mrr',
      currencyParam: 'currency',
      params: z.object({
        currency: z
          .string()
          .trim()
          .regex(/^[A-Za-z]{3}$/, { error: 'The currency of the ChartMogul account, such as EUR' })
          .describe('Currency of the account'),
      }),
      question: {
        method: 'GET',
        path: '/v1/metrics/mrr?start-date={{start_day}}&end-date={{last_day}}&interval=day',
        per: 'window',
        paging: { kind: 'none' },
        errorsAt: [],
        pick: {
          items: '/entries',
          day: '/date',
          dayAs: 'date',
          value: '/mrr',
          whole: true,
          combine: 'error',
          absent: 'error',
          missing: 'none',
        },
      },
      settlesAfterHours: 24,
      rereadDays: 7,
    },
  },
});
