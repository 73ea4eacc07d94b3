import { z } from 'zod';
import {
  type ConnectorContext,
  type DayWindow,
  defineMetric,
  type MetricReading,
  mergeCompleteness,
  type PointReading,
} from '../sdk/index.ts';
import { CHURN_MONTHS, coverageSince, readPastSubscriptions, readWholeInvoices } from './billing.ts';
import { ltvMeaning } from './catalog.ts';
import { type MonthChurn, meanChurn, monthlyChurn } from './churn.ts';
import { coverageOf } from './coverage.ts';
import { type LtvTerms, lifetimeValue } from './lifetime-value.ts';
import { type Paying, payingIn } from './map.ts';
import { completeMonths } from './months.ts';
import type { StripeConfig } from './official.ts';
import { currency } from './params.ts';
import { type Exact, KEPT_DECIMALS } from './schema.ts';
import { readSubscriptions } from './subscriptions.ts';
import { readToday } from './today.ts';

type LtvParams = LtvTerms & { currency: string };

const share = z.number().gt(0).max(1);

export const ltv = defineMetric<StripeConfig, LtvParams>({
  title: 'Customer lifetime value',
  description:
    'What a paying customer brings before they leave: monthly revenue per paying customer over the monthly share of customers lost, in one currency.',
  stage: 'revenue',
  unit: 'money',
  kind: 'stock',
  paramsSchema: z
    .object({
      currency,
      formula: z
        .enum(['arpa_over_trailing_churn', 'arpa_over_churn', 'margin_adjusted'])
        .default('arpa_over_trailing_churn')
        .describe('Trailing: the mean churn of the last six complete months; else that of the last one'),
      grossMargin: share.optional().describe('Gross margin from 0 to 1, for margin_adjusted'),
      assumedMinChurn: share.optional().describe('Monthly churn from 0 to 1 to assume when nobody left'),
      maxLifetimeMonths: z.number().positive().optional().describe('The longest lifetime to assume'),
    })
    .refine(({ formula, grossMargin }) => formula !== 'margin_adjusted' || grossMargin !== undefined, {
      error: 'The formula margin_adjusted needs grossMargin, a number from 0 to 1',
      path: ['grossMargin'],
    }),
  currencyParam: 'currency',
  settlesAfterHours: 0,
  rereadDays: 0,
  // It walks years of invoices for a number that moves by the day.
  readEveryHours: 6,
  history: 'from_now',
  catalog: ltvMeaning,
  read: (context, window, params) =>
    readToday(context, window, (day) => readLtv(context, window, params, day)),
});

async function readLtv(
  context: ConnectorContext<StripeConfig>,
  window: DayWindow,
  params: LtvParams,
  day: string,
): Promise<MetricReading> {
  const current = await readSubscriptions(context);
  const past = await readPastSubscriptions(context);
  const invoices = await readWholeInvoices(context, { metric: 'ltv', window });
  const { now } = context;
  const coverage = coverageOf(past.items, invoices.items, {
    currency: params.currency,
    sinceSeconds: coverageSince(now, window.timeZone),
    nowSeconds: Math.floor(now.getTime() / 1_000),
  });
  const count = params.formula === 'arpa_over_trailing_churn' ? CHURN_MONTHS : 1;
  const months = monthlyChurn(coverage, completeMonths(now, window.timeZone, count));
  const paying = payingIn(current.subscriptions, params.currency);
  const proof = mergeCompleteness(current.completeness, past.completeness, invoices.completeness);
  return {
    points: [ltvPoint(day, paying, months, params)],
    completeness: { ...proof, notes: [...proof.notes, ...paying.notes] },
  };
}

/** One day's value with everything it was worked out from, so that it can be explained. */
export function ltvPoint(
  day: string,
  { mrr, customers }: Pick<Paying, 'mrr' | 'customers'>,
  months: readonly MonthChurn[],
  params: LtvTerms,
): PointReading {
  const sum = (pick: (month: MonthChurn) => number) =>
    months.reduce((total, month) => total + pick(month), 0);
  const counts = {
    payingCustomers: customers,
    churnMonths: months.filter(({ opening }) => opening > 0).length,
    openingCustomers: sum(({ opening }) => opening),
    lostCustomers: sum(({ lost }) => lost),
  };
  const churn = meanChurn(months);
  const inputs = { formula: params.formula, ...(churn === null ? {} : { monthlyChurn: kept(churn) }) };
  if (customers === 0 || churn === null) {
    return { day, value: null, counts, flags: { ...inputs, reason: 'zero_denominator' } };
  }
  const arpa = mrr.div(customers);
  const flags = { ...inputs, arpa: kept(arpa) };
  const lifetime = lifetimeValue(arpa, churn, params);
  if (lifetime.value === null)
    return { day, value: null, counts, flags: { ...flags, reason: lifetime.reason } };
  return {
    day,
    value: kept(lifetime.value),
    counts,
    flags: { ...flags, lifetimeMonths: kept(lifetime.months) },
  };
}

function kept(amount: Exact): string {
  return amount.toDecimalPlaces(KEPT_DECIMALS).toFixed();
}
