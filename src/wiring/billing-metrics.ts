import type { CatalogMeaning, MeasurableMetric } from '../app/ports.ts';
import {
  type CatalogMetric,
  checkParams,
  checkWindowRule,
  findMetric,
  type ParamValues,
  type WindowRule,
} from '../domain/catalog/index.ts';
import type { MetricKind } from '../domain/metric.ts';
import { catalogTexts } from '../i18n/catalog.ts';
import { checkLedgerMoney, type LedgerMoney, MONEY_PARAMS, moneySchema } from './billing-money.ts';
import {
  checkReferral,
  REFERRAL_METRICS,
  REFERRAL_PARAMS,
  type ReferralParams,
  referralSchema,
  writtenReferral,
} from './billing-referral.ts';
import { parseWindow, schemaOf, storedKind, WINDOW_HELP, writeWindow } from './records-metrics.ts';
import { needsMoney } from './records-money.ts';

/** Metrics of the catalogue that are sums over a ledger's rows, with the window, the money and the referrals as a choice. */

export type CheckedLedgerParams =
  | {
      ok: true;
      metric: CatalogMetric;
      given: Record<string, unknown>;
      params: ParamValues;
      window: WindowRule;
      money: LedgerMoney;
      referral: ReferralParams | null;
      currency: string | null;
      kind: MetricKind;
      settlesAfterHours: number;
      cadence: 'day' | 'month';
    }
  | { ok: false; problems: string[] };

/** The ledger knows what changed and takes the cursors back by itself; these few days are for rates that come late. */
export const REREAD_DAYS = 3;

/** Payments authorised yesterday may be captured today and are counted on yesterday. */
const CASH_SETTLES_HOURS = 24;

export function checkLedgerParams(
  metric: CatalogMetric,
  given: Readonly<Record<string, unknown>>,
): CheckedLedgerParams {
  const taken = new Set<string>(['window', ...MONEY_PARAMS, ...(isReferral(metric) ? REFERRAL_PARAMS : [])]);
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => !taken.has(name)));
  const checked = checkParams(metric, own);
  const money = checkLedgerMoney(needsMoney(metric), given);
  const referral = isReferral(metric) ? checkReferral(given) : null;
  const window = parseWindow(metric, given['window']);
  const windowProblem =
    window === null
      ? `"window" is ${JSON.stringify(given['window'])}; ${WINDOW_HELP}`
      : checkWindowRule(metric, window);
  const problems = [
    ...(checked.ok ? [] : checked.problems.map(({ problem }) => problem)),
    ...(money.ok ? [] : money.problems),
    ...(referral === null || referral.ok ? [] : referral.problems),
    ...(windowProblem === null ? [] : [windowProblem]),
  ];
  if (!checked.ok || !money.ok || referral?.ok === false || window === null || windowProblem !== null)
    return { ok: false, problems };
  const { params } = checked;
  const referred = referral === null ? null : referral.params;
  return {
    ok: true,
    metric,
    given: {
      ...money.given,
      ...params,
      ...(referred === null ? {} : writtenReferral(referred)),
      window: writeWindow(window),
    },
    params,
    window,
    money: money.money,
    referral: referred,
    currency: metric.unit.storedAs === 'money' ? money.currency : null,
    kind: storedKind(metric, params, window),
    settlesAfterHours: settleHours(metric),
    cadence: window.kind === 'month' ? 'month' : 'day',
  };
}

const isReferral = ({ key }: CatalogMetric): boolean => REFERRAL_METRICS.includes(key);

/** What is so at the close of today counts today; of what happens over a day the running one is not over. */
function settleHours({ records, windows }: CatalogMetric): number {
  if (windows.includes('snapshot')) return 0;
  return records.includes('payments') ? CASH_SETTLES_HOURS : 1;
}

/** @param known the metrics that can be measured over stored rows */
export function ledgerMetrics(known: readonly string[]): CatalogMetric[] {
  // How long a trial lasts and what counts as paid are the provider's own: see `trial_to_paid`.
  return known.flatMap((key) => findMetric(key) ?? []).filter(({ windows }) => !windows.includes('cohort'));
}

export function ledgerInfo(metric: CatalogMetric): MeasurableMetric {
  const text = catalogTexts.en.metrics[metric.key as keyof typeof catalogTexts.en.metrics]; // keyed by the catalogue
  const own = Object.entries(metric.params).map(([name, spec]) => [
    name,
    { ...schemaOf(spec), description: text.params[name] ?? '' },
  ]);
  return {
    metric: metric.key,
    title: text.title,
    description: text.definition,
    stage: metric.stage,
    unit: metric.unit.storedAs,
    kind: metric.kind,
    settlesAfterHours: settleHours(metric),
    rereadDays: REREAD_DAYS,
    cadence: metric.usualWindow.kind === 'month' ? 'month' : 'day',
    readEveryHours: null,
    history: 'backfill',
    catalog: meaningOf(metric),
    params: {
      type: 'object',
      properties: {
        ...moneySchema(needsMoney(metric)),
        ...Object.fromEntries(own),
        ...(isReferral(metric) ? referralSchema : {}),
        window: { type: 'string', description: `The days that a point is about: ${WINDOW_HELP}.` },
      },
      ...oneOfEach(needsMoney(metric), isReferral(metric)),
      additionalProperties: false,
    },
  };
}

/** Of each group at least one has to be given; the first is the usual one. */
export function oneOfEach(money: boolean, referral: boolean): { allOf?: unknown[] } {
  const groups = [
    ...(money ? [['currency', 'reportingCurrency']] : []),
    ...(referral ? [REFERRAL_PARAMS] : []),
  ];
  if (groups.length === 0) return {};
  return { allOf: groups.map((names) => ({ anyOf: names.map((name) => ({ required: [name] })) })) };
}

function meaningOf(metric: CatalogMetric): CatalogMeaning {
  return {
    metric: metric.key,
    define(given) {
      const checked = checkLedgerParams(metric, given);
      // Customers of one currency are some of the customers only.
      if (!checked.ok || (checked.money.mode === 'only' && !needsMoney(metric))) return null;
      return { params: checked.params, window: checked.window };
    },
    suggest: ({ params, window }) => ({ ...params, window: writeWindow(window) }),
  };
}
