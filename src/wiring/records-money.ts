import type { CatalogMetric } from '../domain/catalog/index.ts';
import { minorUnits } from '../domain/money.ts';

/**
 * In one currency, at constant rates that stand in the definition, so that no rate can move a goal, or at daily ones that
 * somebody tells: the owner of the workspace in a table, or the provider.
 */
export type ReportingMoney =
  | { mode: 'constant'; reportingCurrency: string; rates: Readonly<Record<string, number>> }
  | { mode: 'daily'; reportingCurrency: string; from: 'table' | 'provider' };
export type CheckedReporting =
  | { ok: true; money: ReportingMoney; given: Record<string, unknown>; currency: string }
  | { ok: false; problems: string[] };
export type CheckedMoney =
  | { ok: true; money: ReportingMoney | null; given: Record<string, unknown>; currency: string | null }
  | { ok: false; problems: string[] };

/** What parameters give, where other sets are sent as rows. */
export const MONEY_SETS: readonly string[] = ['reportingCurrency', 'fx'];
export const needsMoney = ({ records }: Pick<CatalogMetric, 'records'>): boolean =>
  records.includes('reportingCurrency');

export const CURRENCY_HELP = 'three letters such as EUR: the currency that everything is counted in';
export const RATES_HELP = 'what one unit of another currency is worth in it, such as USD=0.92; constant';
export const FX_HELP = 'Whether rates are constant (those of "rates") or those of each day';

export const REPORTING_PARAMS = ['reportingCurrency', 'rates', 'fx', 'ratesFrom'] as const;
export type ReportingParams = Partial<Record<(typeof REPORTING_PARAMS)[number], unknown>>;

/** The parameters of money of a metric over records that were sent; one that counts none has none of them. */
export function checkMoney(
  metric: Pick<CatalogMetric, 'records' | 'unit'>,
  given: ReportingParams,
): CheckedMoney {
  if (!needsMoney(metric)) {
    const strange = REPORTING_PARAMS.filter((name) => given[name] !== undefined);
    if (strange.length === 0) return { ok: true, money: null, given: {}, currency: null };
    return { ok: false, problems: [`This metric counts no money; leave out ${strange.join(' and ')}.`] };
  }
  if (given.ratesFrom === 'provider')
    return { ok: false, problems: ['Nobody tells rates with records of your own; write ratesFrom table.'] };
  const checked = checkReporting(given, CURRENCY_HELP);
  if (!checked.ok) return checked;
  return { ...checked, currency: metric.unit.storedAs === 'money' ? checked.currency : null };
}

/** @param letters how a currency is to be written */
export function checkReporting(
  { fx, rates, ratesFrom, reportingCurrency }: ReportingParams,
  letters: string,
): CheckedReporting {
  const code = currencyOf(reportingCurrency);
  const mode = fx ?? 'constant';
  const from = ratesFrom ?? 'table';
  const read = ratesOf(rates);
  const problems = [
    ...(code === null ? [`"reportingCurrency" is ${shown(reportingCurrency)}; give ${letters}.`] : []),
    ...(mode === 'constant' || mode === 'daily' ? [] : [`"fx" is ${shown(fx)}; write constant or daily.`]),
    ...(from === 'table' || from === 'provider'
      ? []
      : [`"ratesFrom" is ${shown(ratesFrom)}; write table or provider.`]),
    ...(read === null ? [`"rates" is ${shown(rates)}; give a list of ${RATES_HELP}.`] : []),
    ...(mode === 'daily' && rates !== undefined && rates !== null
      ? ['Daily rates are not part of the definition; leave out rates, or write fx constant.']
      : []),
    ...(mode === 'constant' && ratesFrom !== undefined && ratesFrom !== null
      ? ['Constant rates stand in "rates"; leave out ratesFrom, or write fx daily.']
      : []),
  ];
  if (code === null || read === null || problems.length > 0) return { ok: false, problems };
  if (mode === 'daily') {
    const source = from === 'provider' ? ('provider' as const) : ('table' as const);
    const given = { reportingCurrency: code, fx: 'daily', ratesFrom: source };
    return {
      ok: true,
      money: { mode: 'daily', reportingCurrency: code, from: source },
      given,
      currency: code,
    };
  }
  const given = { reportingCurrency: code, ...(rates === undefined || rates === null ? {} : { rates }) };
  return {
    ok: true,
    money: { mode: 'constant', reportingCurrency: code, rates: read },
    given,
    currency: code,
  };
}

export function currencyOf(written: unknown): string | null {
  if (typeof written !== 'string') return null;
  try {
    minorUnits(written);
    return written.toUpperCase();
  } catch {
    return null;
  }
}

export function ratesOf(written: unknown): Record<string, number> | null {
  if (written === undefined || written === null) return {};
  if (!Array.isArray(written) || written.length > 50) return null;
  const rates: Record<string, number> = {};
  for (const each of written) {
    const match =
      typeof each === 'string' ? /^([A-Za-z]{3})=(\d{1,9}(?:\.\d{1,9})?)$/.exec(each.trim()) : null;
    const rate = Number(match?.[2] ?? 0);
    if (match === null || rate <= 0) return null;
    rates[(match[1] ?? '').toUpperCase()] = rate;
  }
  return rates;
}

export function shown(value: unknown): string {
  return value === undefined ? 'missing' : (JSON.stringify(value) ?? typeof value).slice(0, 80);
}
