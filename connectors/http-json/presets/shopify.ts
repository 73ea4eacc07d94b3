import { z } from 'zod';
import type { Picking, Question } from '../question.ts';
import { presetConnector } from './preset.ts';

const VERSION = '2026-01';
/** The table comes only when ShopifyQL could be read; both parts are asked for, and errors are looked for first. */
const GRAPHQL =
  'query tidemark($ql: String!) { shopifyqlQuery(query: $ql) { tableData { columns { name dataType } rows } parseErrors } }';

/** Days are those of the shop's own zone. */
const report = (columns: string, pick: Pick<Picking, 'value' | 'numerator' | 'denominator'>): Question => ({
  method: 'POST',
  path: `/admin/api/${VERSION}/graphql.json`,
  body: {
    query: GRAPHQL,
    variables: { ql: `FROM sessions SHOW ${columns} SINCE {{start_day}} UNTIL {{last_day}} TIMESERIES day` },
  },
  per: 'window',
  maxDays: 366,
  paging: { kind: 'none' },
  errorsAt: ['/errors', '/data/shopifyqlQuery/parseErrors'],
  pick: {
    items: '/data/shopifyqlQuery/tableData/rows',
    day: '/day',
    dayAs: 'date',
    ...pick,
    combine: 'error',
    absent: 'error',
    missing: 'none',
  },
});
const late = { settlesAfterHours: 24, rereadDays: 3 };

export const shopify = presetConnector({
  id: 'shopify',
  title: 'Shopify',
  version: '1',
  experimental: true,
  guide:
    'Enter the address of the shop, such as https://your-shop.myshopify.com, and the access token of an app with read_reports and level 2 ' +
    'access to protected customer data. Set the time zone of metrics to that of the shop.',
  base: null,
  config: z.object({
    accessToken: z
      .string({ error: 'Enter the access token of the app' })
      .trim()
      .min(8, { error: 'Enter the access token of the app' })
      .describe('Admin API access token'),
  }),
  secretFields: ['accessToken'],
  auth: { kind: 'header', name: 'x-shopify-access-token', secret: 'accessToken' },
  limits: { requestsPerSecond: 1, concurrent: 1 },
  keyHint: 'Check the access token, the scope read_reports and the access to protected customer data.',
  check: { path: `/admin/api/${VERSION}/shop.json?fields=name`, accountAt: '/shop/name', account: '' },
  metrics: {
    sessions: {
      title: 'Sessions of the shop',
      description: 'Visits of the online store by day, as Shopify counts them.',
      stage: 'acquisition',
      unit: 'count',
      kind: 'flow',
      params: z.object({}),
      question: report('sessions', { value: '/sessions' }),
      ...late,
    },
    store_conversion: {
      title: 'Conversion of the shop',
      description: 'Sessions with a completed checkout, of all sessions.',
      stage: 'revenue',
      unit: 'ratio',
      kind: 'ratio',
      params: z.object({}),
      question: report('sessions, sessions_that_completed_checkout', {
        numerator: '/sessions_that_completed_checkout',
        denominator: '/sessions',
      }),
      ...late,
    },
  },
});
