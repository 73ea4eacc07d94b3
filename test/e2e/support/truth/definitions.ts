/**
 * How a metric of the demo is worked out again: a file of `metrics/`, what it is asked for, and after how many hours a
 * day counts (null: a reading of the present). Written by hand from the connectors' pages. Of what stands at the close of a
 * day the SQL knows today, and the company's own books tell the days before (standing.ts); `sql` null: today, too.
 */
export type MetricTruth = {
  sql: string | null;
  asked: readonly string[];
  settlesAfterHours: number | null;
};

export const METRIC_TRUTHS: Readonly<Record<string, MetricTruth>> = {
  'net-revenue': { sql: 'net-revenue', asked: ['usd'], settlesAfterHours: 24 },
  'net-revenue-eur': { sql: 'net-revenue', asked: ['eur'], settlesAfterHours: 24 },
  mrr: { sql: 'mrr', asked: ['usd'], settlesAfterHours: null },
  'paying-customers': { sql: 'paying-customers', asked: [], settlesAfterHours: null },
  ltv: { sql: null, asked: [], settlesAfterHours: null },
  'trial-to-paid': { sql: 'trial-to-paid', asked: [], settlesAfterHours: 21 * 24 },
  'new-users': { sql: 'new-users', asked: [], settlesAfterHours: 72 },
  sessions: { sql: 'sessions', asked: [], settlesAfterHours: 72 },
  'active-users-28': { sql: 'active-users', asked: ['28'], settlesAfterHours: 72 },
  engagement: { sql: 'engagement', asked: [], settlesAfterHours: 72 },
  'sign-up-rate': { sql: 'sign-up-rate', asked: [], settlesAfterHours: 72 },
  activation: { sql: 'activation', asked: [], settlesAfterHours: 14 * 24 },
  retention: { sql: 'retention', asked: [], settlesAfterHours: 60 * 24 },
  nps: { sql: 'survey', asked: ['nps'], settlesAfterHours: 5 * 24 },
  'survey-mean': { sql: 'survey', asked: ['average'], settlesAfterHours: 5 * 24 },
  shares: { sql: 'event-total', asked: ['Report Shared'], settlesAfterHours: 5 * 24 },
  creators: { sql: 'unique-users', asked: ['Project Created'], settlesAfterHours: 5 * 24 },
};

/** What each of the demo's Key Results looks at; null for the one that people check off by hand. */
export const KEY_RESULT_TRUTHS: Readonly<Record<string, { metric: string | null; trailingDays?: number }>> = {
  'revenue.net': { metric: 'net-revenue' },
  'revenue.mrr': { metric: 'mrr' },
  'revenue.euro': { metric: 'net-revenue-eur' },
  'revenue.ltv': { metric: 'ltv' },
  'customers.paying': { metric: 'paying-customers' },
  'customers.trials': { metric: 'trial-to-paid', trailingDays: 91 },
  'customers.nps': { metric: 'nps' },
  'customers.survey': { metric: 'survey-mean' },
  'customers.sales-days': { metric: 'net-revenue' },
  'customers.interviews': { metric: null },
  'reach.new-users': { metric: 'new-users', trailingDays: 28 },
  'reach.sessions': { metric: 'sessions' },
  'reach.active-users': { metric: 'active-users-28' },
  'reach.sign-ups': { metric: 'sign-up-rate', trailingDays: 28 },
  'success.activation': { metric: 'activation', trailingDays: 28 },
  'success.retention': { metric: 'retention' },
  'success.engagement': { metric: 'engagement', trailingDays: 28 },
  'success.shares': { metric: 'shares' },
  'success.creators': { metric: 'creators' },
};
