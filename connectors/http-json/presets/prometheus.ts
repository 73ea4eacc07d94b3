import { z } from 'zod';
import type { Auth } from '../api.ts';
import { type Fields, presetConnector } from './preset.ts';

/**
 * Every change of any clock falls on half an hour, so the end of every local day is a step. At most 11,000 points come back
 * in one answer: 200 days are 9,600.
 */
const STEP_SECONDS = 1_800;
const MAX_DAYS = 200;
/** As it stands in an address, in characters. */
const MAX_QUERY = 1_500;

const config = z
  .object({
    auth: z
      .enum(['none', 'bearer', 'basic'], { error: 'Say how it takes its key: none, bearer or basic' })
      .describe('How it takes its key: none, bearer or basic'),
    user: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^:]*$/, { error: 'A user name has no colon' })
      .optional()
      .describe('basic: user name'),
    secret: z.string().trim().min(1).max(4_096).optional().describe('bearer: token; basic: password'),
    orgId: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]{1,150}$/)
      .optional()
      .describe('Tenant, sent as X-Scope-OrgID (Mimir, Cortex, Loki)'),
  })
  .superRefine(({ auth, secret, user }, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (auth !== 'none' && secret === undefined) refuse('secret', 'Enter the key');
    if (auth === 'none' && secret !== undefined) refuse('secret', 'A key is given, and auth is none');
    if (auth === 'basic' && user === undefined) refuse('user', 'Enter the user name');
  });

const auth = ({ auth: kind, secret, user }: Fields): Auth => {
  if (kind === 'bearer') return { kind, secret: String(secret) };
  return kind === 'basic' ? { kind, user: String(user), secret: String(secret) } : { kind: 'none' };
};

const params = z.object({
  query: z
    .string()
    .trim()
    .min(1)
    .refine((text) => encodeURIComponent(text).length <= MAX_QUERY, {
      error: `Shorten the query: in an address it may take ${MAX_QUERY} characters. A recording rule gives it a short name`,
    })
    .describe('PromQL that yields one series, evaluated at the end of each local day'),
  unit: z
    .enum(['count', 'ratio', 'duration', 'rating', 'score'])
    .default('count')
    .describe('What the number counts; durations in seconds, ratios as fractions'),
  kind: z
    .enum(['flow', 'stock'])
    .default('stock')
    .describe(
      'stock: the state at the end of the day; flow: what the day added, such as sum(increase(x[1d]))',
    ),
});

export const prometheus = presetConnector({
  id: 'prometheus',
  title: 'Prometheus',
  version: '1',
  guide:
    'Enter the address of a Prometheus, Mimir, Thanos, VictoriaMetrics or Grafana Cloud query endpoint, and a key that may only read. ' +
    'An address of a private network must be allowed by the operator (TIDEMARK_EGRESS_ALLOW).',
  base: null,
  config,
  secretFields: ['secret'],
  auth: { kind: 'chosen', of: auth },
  limits: { requestsPerSecond: 5, concurrent: 2 },
  keyHint: 'Check the key and the tenant of this Prometheus connection.',
  check: {
    path: '/api/v1/query?query=vector(1)',
    proofAt: '/data/resultType',
    account: 'Prometheus at {{host}}',
  },
  metrics: {
    query: {
      title: 'PromQL query',
      description:
        'The value of one series at the end of each local day that is over. Several series are refused: aggregate them in the query.',
      stage: 'activation',
      unit: 'count',
      kind: 'stock',
      params,
      traits: {
        unitOf: ({ unit }) =>
          unit === 'ratio' || unit === 'duration' || unit === 'rating' || unit === 'score' ? unit : 'count',
        kindOf: ({ kind }) => (kind === 'flow' ? 'flow' : 'stock'),
      },
      question: {
        method: 'GET',
        path: `/api/v1/query_range?query={{query}}&start={{start_unix}}&end={{end_unix}}&step=${STEP_SECONDS}`,
        per: 'window',
        maxDays: MAX_DAYS,
        paging: { kind: 'none' },
        errorsAt: [],
        pick: {
          only: '/data/result',
          items: '/values',
          day: '/0',
          dayAs: 'unix',
          instants: 'day_end',
          value: '/1',
          combine: 'error',
          absent: 'error',
          missing: 'none',
        },
      },
      settlesAfterHours: 1,
      rereadDays: 1,
    },
  },
});
