import type { RecordSets } from '../catalog/record-sets.ts';
import type { CatalogMetric, ParamSpec, ParamValues, WindowRule } from '../catalog/types.ts';
import { netRevenue, referralRevenue, refundsGiven } from './cash.ts';
import { discountPolicies } from './normalise.ts';
import {
  allMovements,
  atClose,
  choice,
  headsAtClose,
  headsOver,
  movementTotal,
  over,
  overLedgers,
  referralNewMrr,
} from './over-subscriptions.ts';
import { logoChurn, logoChurnMethods, mrrChurn, newPayingCustomers, retention } from './rates.ts';
import { arpa, mrr, payingCustomers } from './snapshot.ts';
import {
  cac,
  cacPaybackMonths,
  grossMargin,
  type LifetimeRules,
  ltv,
  ltvFormulas,
} from './unit-economics.ts';

const money = { name: 'money', storedAs: 'money', storedPer: 1 } as const;
const ratio = { name: 'ratio', storedAs: 'ratio', storedPer: 1 } as const;
const discountPolicy: ParamSpec = { type: 'choice', of: discountPolicies, default: 'recurring' };
const month: WindowRule = { kind: 'month' };
const year: WindowRule = { kind: 'trailing_months', months: 12 };
const inMoney = ['subscriptions', 'reportingCurrency', 'fx'] as const satisfies (keyof RecordSets)[];

/** What is common to metrics of one shape; each entry adds its key and its arithmetic. */
const snapshot = {
  stage: 'revenue',
  kind: 'stock',
  unit: money,
  windows: ['snapshot'],
  usualWindow: { kind: 'day' },
  params: { discountPolicy },
  records: inMoney,
  sources: ['stripe', 'records'],
} as const satisfies Partial<CatalogMetric>;
const movement = { ...snapshot, kind: 'flow', windows: ['period'], usualWindow: month } as const;
const rate = { ...movement, kind: 'ratio', unit: ratio } as const;
const cash = { ...movement, usualWindow: { kind: 'day' }, params: {} } as const;
const excludeTax: ParamSpec = { type: 'flag', default: false };
const customers = { name: 'customers', storedAs: 'count', storedPer: 1 } as const;
/** Plain numbers of one moment, which other metrics, accounting or a sheet give. */
const economics = {
  ...snapshot,
  windows: ['none'],
  usualWindow: { kind: 'none' },
  params: {},
  sources: ['sheet', 'sql', 'push', 'records'],
} as const;

/** Revenue, its movements and rates, and unit economics. */
export const billingMetrics: readonly CatalogMetric[] = [
  { ...snapshot, key: 'mrr', compute: atClose((timelines, day, rate) => mrr(timelines, day, rate)) },
  { ...snapshot, key: 'arr', compute: atClose((timelines, day, rate) => mrr(timelines, day, rate, 12)) },
  { ...snapshot, key: 'arpa', compute: atClose(arpa) },
  {
    ...snapshot,
    key: 'paying_customers',
    unit: customers,
    records: ['subscriptions'],
    compute: headsAtClose(payingCustomers),
  },
  {
    ...movement,
    key: 'new_paying_customers',
    stage: 'acquisition',
    unit: customers,
    records: ['subscriptions'],
    compute: headsOver(newPayingCustomers),
  },
  { ...movement, key: 'mrr_movements', compute: overLedgers(allMovements) },
  { ...movement, key: 'mrr_new', compute: movementTotal('new') },
  { ...movement, key: 'mrr_expansion', compute: movementTotal('expansion') },
  { ...movement, key: 'mrr_contraction', compute: movementTotal('contraction') },
  { ...movement, key: 'mrr_churn', compute: movementTotal('churn') },
  { ...movement, key: 'mrr_reactivation', compute: movementTotal('reactivation') },
  {
    ...movement,
    key: 'referral_new_mrr',
    stage: 'referral',
    records: [...inMoney, 'customers'],
    compute: referralNewMrr,
  },
  { ...rate, key: 'nrr', usualWindow: year, compute: over((...given) => retention(...given, 'net')) },
  { ...rate, key: 'grr', usualWindow: year, compute: over((...given) => retention(...given, 'gross')) },
  { ...rate, key: 'gross_mrr_churn_rate', compute: overLedgers((ledgers) => mrrChurn(ledgers, 'gross')) },
  { ...rate, key: 'net_mrr_churn_rate', compute: overLedgers((ledgers) => mrrChurn(ledgers, 'net')) },
  {
    ...rate,
    key: 'logo_churn_rate',
    stage: 'retention',
    params: { discountPolicy, method: { type: 'choice', of: logoChurnMethods, default: 'cohort' } },
    records: ['subscriptions'],
    compute: headsOver((timelines, days, params) =>
      logoChurn(timelines, days, choice(params, 'method', logoChurnMethods)),
    ),
  },
  {
    ...cash,
    key: 'net_revenue',
    params: { excludeTax },
    records: ['payments', 'refunds', 'disputes', 'reportingCurrency', 'fx'],
    compute: (params, window, records) => netRevenue(records, window, params.excludeTax === true),
  },
  {
    ...cash,
    key: 'refunds',
    params: { excludeTax },
    records: ['payments', 'refunds', 'disputes', 'reportingCurrency', 'fx'],
    compute: (params, window, records) => refundsGiven(records, window, params.excludeTax === true),
  },
  {
    ...cash,
    key: 'referral_revenue',
    stage: 'referral',
    records: ['payments', 'refunds', 'disputes', 'customers', 'reportingCurrency', 'fx'],
    compute: (_params, window, records) => referralRevenue(records, window),
  },
  {
    ...economics,
    key: 'ltv',
    params: {
      formula: { type: 'choice', of: ltvFormulas, required: true },
      assumedMinChurn: { type: 'number', min: 0.0001, max: 1 },
      maxLifetimeMonths: { type: 'whole', min: 1, max: 1200 },
    },
    records: ['arpa', 'churnRate', 'churnRates', 'grossMargin', 'netRetention'],
    compute: (params, _window, records) =>
      ltv(records, choice(params, 'formula', ltvFormulas), lifetimeRules(params)),
  },
  {
    ...economics,
    key: 'cac',
    stage: 'acquisition',
    kind: 'ratio',
    records: ['spend', 'newCustomers'],
    compute: (_params, _window, records) => cac(records),
  },
  {
    ...economics,
    key: 'cac_payback_months',
    kind: 'ratio',
    unit: { name: 'months', storedAs: 'custom:months', storedPer: 1 },
    records: ['cac', 'arpa', 'grossMargin'],
    compute: (_params, _window, records) => cacPaybackMonths(records),
  },
  {
    ...economics,
    key: 'gross_margin',
    kind: 'ratio',
    unit: ratio,
    records: ['revenue', 'cogs'],
    compute: (_params, _window, records) => grossMargin(records),
  },
];

function lifetimeRules({ assumedMinChurn, maxLifetimeMonths }: ParamValues): LifetimeRules {
  return {
    ...(typeof assumedMinChurn === 'number' ? { assumedMinChurn } : {}),
    ...(typeof maxLifetimeMonths === 'number' ? { maxLifetimeMonths } : {}),
  };
}
