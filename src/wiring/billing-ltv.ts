import { z } from 'zod';
import type { CatalogMeaning, MeasurableMetric, ReadOutcome, ReadRequest } from '../app/ports.ts';
import type { RevenueMeasurement, RevenueScope } from '../app/ports-billing.ts';
import type { DiscountPolicy } from '../domain/billing/normalise.ts';
import { type LifetimeRules, ltv } from '../domain/billing/unit-economics.ts';
import type { MetricWindow, RecordSets } from '../domain/catalog/index.ts';
import { addMonths, monthStart } from '../domain/day.ts';
import { ledgerKinds } from './billing-kinds.ts';
import { oneOfEach } from './billing-metrics.ts';
import {
  type CheckedLedgerMoney,
  checkLedgerMoney,
  type LedgerMoney,
  MONEY_PARAMS,
  moneySchema,
} from './billing-money.ts';
import { noOthers, otherPayers } from './billing-others.ts';
import { missingRates, reconstruction } from './billing-points.ts';
import {
  completenessOf,
  daysIn,
  failed,
  type LedgerReading,
  moneyScope,
  outdated,
  type Point,
  refusalOf,
  seriesOf,
} from './billing-reading.ts';
import { problemsOf } from './zod-problems.ts';

/** What a paying customer brings before they leave, by the day: ARPA at its close over the churn of the months before it. */

/** The months whose churn is looked back over. */
const CHURN_MONTHS = 6;
export const ltvPolicy: DiscountPolicy = 'recurring';

const share = z.number().gt(0).max(1);
const own = z
  .strictObject({
    formula: z
      .enum(['arpa_over_trailing_churn', 'arpa_over_churn', 'margin_adjusted', 'revenue'])
      .default('arpa_over_trailing_churn')
      .describe(
        'Trailing: the mean churn of the last six complete months; revenue: 1 less the net retention of the last one; ' +
          'else the churn of the last one',
      ),
    grossMargin: share.optional().describe('Gross margin from 0 to 1, for margin_adjusted'),
    assumedMinChurn: share.optional().describe('Monthly churn from 0 to 1 to assume when nobody left'),
    maxLifetimeMonths: z.number().positive().optional().describe('The longest lifetime to assume'),
  })
  .refine(({ formula, grossMargin }) => formula !== 'margin_adjusted' || grossMargin !== undefined, {
    error: 'The formula margin_adjusted needs grossMargin, a number from 0 to 1',
    path: ['grossMargin'],
  });
type Terms = z.infer<typeof own>;

export type CheckedLtv =
  | { ok: true; given: Record<string, unknown>; terms: Terms; money: LedgerMoney; currency: string | null }
  | { ok: false; problems: string[] };

export function checkLtv(given: Readonly<Record<string, unknown>>): CheckedLtv {
  const money: CheckedLedgerMoney = checkLedgerMoney(true, given);
  const names: readonly string[] = MONEY_PARAMS;
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
  const terms = own.safeParse(rest);
  if (money.ok && terms.success) {
    const { currency } = money;
    return {
      ok: true,
      given: { ...money.given, ...terms.data },
      terms: terms.data,
      money: money.money,
      currency,
    };
  }
  return {
    ok: false,
    problems: [...(money.ok ? [] : money.problems), ...(terms.success ? [] : problemsOf(terms.error))],
  };
}

const meaning: CatalogMeaning = {
  metric: 'ltv',
  define(given) {
    const checked = checkLtv(given);
    if (!checked.ok) return null;
    const { assumedMinChurn, formula, maxLifetimeMonths } = checked.terms;
    return {
      params: {
        formula,
        ...(assumedMinChurn === undefined ? {} : { assumedMinChurn }),
        ...(maxLifetimeMonths === undefined ? {} : { maxLifetimeMonths }),
      },
      window: { kind: 'none' },
    };
  },
  suggest({ params: { assumedMinChurn, formula, maxLifetimeMonths } }) {
    const wanted = Object.entries({ formula, assumedMinChurn, maxLifetimeMonths });
    return Object.fromEntries(wanted.filter(([, value]) => value !== undefined));
  },
};

export function ltvInfo(): MeasurableMetric {
  const terms = z.toJSONSchema(own, { io: 'input', unrepresentable: 'any' });
  return {
    metric: 'ltv',
    title: 'Customer lifetime value',
    description:
      'What a paying customer brings before they leave: monthly revenue per paying customer over the monthly share of customers lost.',
    stage: 'revenue',
    unit: 'money',
    kind: 'stock',
    settlesAfterHours: 0,
    rereadDays: 3,
    cadence: 'day',
    readEveryHours: null,
    history: 'backfill',
    catalog: meaning,
    params: {
      ...terms,
      properties: { ...moneySchema(true), ...terms.properties },
      ...oneOfEach(true, false),
    },
  };
}

export async function readLtv(request: ReadRequest, reading: LedgerReading): Promise<ReadOutcome> {
  const checked = checkLtv(request.params);
  if (!checked.ok) return outdated('ltv', checked.problems);
  const providerRates = checked.money.mode === 'daily' && checked.money.from === 'provider';
  const kinds = ledgerKinds('ltv', {}, { providerRates });
  const refusal = refusalOf(reading, kinds, true);
  if (refusal !== null) return failed(refusal);
  const { timeZone } = request;
  const series = seriesOf(reading, { timeZone, discountPolicy: ltvPolicy });
  const scope: RevenueScope = {
    connectionId: reading.connection.id,
    series,
    ...(await moneyScope(reading, checked.money, true)),
    referral: null,
    now: reading.now,
  };
  const days = daysIn(reading, request);
  const arpas = await measure(
    reading,
    'arpa',
    { discountPolicy: ltvPolicy },
    days.map(snapshot(timeZone)),
    scope,
  );
  const months = await churnByMonth(reading, days, checked.terms, scope, timeZone);
  const others =
    scope.onlyCurrency === null ? noOthers : await otherPayers(reading, series, scope.onlyCurrency);
  const rebuilt = await reconstruction(reading, series, timeZone);
  const points = days.map((day, index): Point => {
    const arpa = arpas[index];
    if (arpa === undefined) throw new Error('ARPA was measured over too few days');
    const point = lifetimePoint(day, arpa, months.before(day), checked.terms);
    const left = others.flag({ startDay: day, endDay: `${day}~` });
    const flags = {
      ...(rebuilt.lastDay !== null && day <= rebuilt.lastDay ? { reconstructed: true } : {}),
      ...(left === null ? {} : { otherCurrencies: left }),
    };
    return { ...point, flags: { ...point.flags, ...flags } };
  });
  const rates = await missingRates(reading, arpas, scope);
  const notes = [...others.notes, ...rebuilt.notes, ...rates];
  return {
    ok: true,
    exchanges: [],
    reading: { points, completeness: completenessOf(reading, kinds, notes) },
  };
}

const snapshot =
  (timeZone: string) =>
  (day: string): MetricWindow => ({ kind: 'snapshot', day, timeZone });

async function measure(
  { deps, signal }: LedgerReading,
  metric: string,
  params: Record<string, string>,
  windows: readonly MetricWindow[],
  scope: RevenueScope,
): Promise<RevenueMeasurement[]> {
  signal.throwIfAborted();
  return windows.length === 0 ? [] : deps.revenue.measure(metric, params, windows, scope);
}

/** What a lifetime is worked out from: customers by the cohort method, or revenue, of complete calendar months. */
type Months = { before(day: string): RevenueMeasurement[] };

async function churnByMonth(
  reading: LedgerReading,
  days: readonly string[],
  { formula }: Terms,
  scope: RevenueScope,
  timeZone: string,
): Promise<Months> {
  const count = formula === 'arpa_over_trailing_churn' ? CHURN_MONTHS : 1;
  const startsOf = (day: string) =>
    Array.from({ length: count }, (_, index) => addMonths(monthStart(day), index - count));
  const starts = [...new Set(days.flatMap(startsOf))].toSorted();
  const windows = starts.map(
    (startDay): MetricWindow => ({
      kind: 'period',
      startDay,
      endDay: addMonths(startDay, 1),
      timeZone,
    }),
  );
  const values =
    formula === 'revenue'
      ? await measure(reading, 'nrr', { discountPolicy: ltvPolicy }, windows, scope)
      : await measure(reading, 'logo_churn_rate', { discountPolicy: ltvPolicy, method: 'cohort' }, windows, {
          ...scope,
          money: null,
        });
  const byStart = new Map(starts.map((start, index) => [start, values[index]]));
  return { before: (day) => startsOf(day).flatMap((start) => byStart.get(start) ?? []) };
}

/** One day's value with everything that it was worked out from, so that it can be explained. */
export function lifetimePoint(
  day: string,
  arpa: RevenueMeasurement,
  months: readonly RevenueMeasurement[],
  terms: Terms,
): Point {
  // A month that opened with nobody has no rate, and takes no part.
  const rates = months.flatMap(({ value }) => (value === null ? [] : [value]));
  const total = (side: 'numerator' | 'denominator') =>
    months.reduce((sum, month) => sum + (month[side] ?? 0), 0);
  const counts = {
    payingCustomers: arpa.sampleSize ?? 0,
    churnMonths: rates.length,
    ...(terms.formula === 'revenue'
      ? {}
      : { openingCustomers: total('denominator'), lostCustomers: total('numerator') }),
  };
  const base = { day, numerator: null, denominator: null, counts };
  const inputs = { formula: terms.formula };
  if (arpa.value === null) return { ...base, value: null, reason: arpa.reason, flags: inputs };
  if (rates.length === 0)
    return { ...base, value: null, reason: 'zero_denominator', flags: { ...inputs, arpa: arpa.value } };
  const measured = ltv(recordsOf(arpa.value, rates, terms), terms.formula, rulesOf(terms));
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const flags = {
    ...inputs,
    arpa: arpa.value,
    monthlyChurn: terms.formula === 'revenue' ? 1 - mean : mean,
    ...(measured.value === null ? {} : { lifetimeMonths: measured.beside?.['lifetimeMonths'] ?? null }),
  };
  return measured.value === null
    ? { ...base, value: null, reason: measured.reason, flags }
    : { ...base, value: String(measured.value), reason: null, flags };
}

function recordsOf(arpa: number, rates: readonly number[], { formula, grossMargin }: Terms): RecordSets {
  const last = rates.at(-1) ?? 0;
  return {
    arpa,
    ...(grossMargin === undefined ? {} : { grossMargin }),
    // Only complete months are given, so the running one, which the formula leaves out, stands for nothing.
    ...(formula === 'arpa_over_trailing_churn' ? { churnRates: [...rates, 0] } : {}),
    ...(formula === 'revenue' ? { netRetention: last } : { churnRate: last }),
  };
}

function rulesOf({ assumedMinChurn, maxLifetimeMonths }: Terms): LifetimeRules {
  return {
    ...(assumedMinChurn === undefined ? {} : { assumedMinChurn }),
    ...(maxLifetimeMonths === undefined ? {} : { maxLifetimeMonths }),
  };
}
