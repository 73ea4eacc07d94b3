import type { CatalogMetric, RecordSets } from '../domain/catalog/index.ts';
import { minorUnits } from '../domain/money.ts';

/** In which currency money is counted, and at which rates; with the definition, so that no rate can move a goal. */
export type Money = Required<Pick<RecordSets, 'reportingCurrency'>> & Pick<RecordSets, 'fx'>;
export type CheckedMoney =
  | { ok: true; money: Money | null; given: Record<string, unknown>; currency: string | null }
  | { ok: false; problems: string[] };

/** What parameters give, where other sets are sent as rows. */
export const MONEY_SETS: readonly string[] = ['reportingCurrency', 'fx'];
export const needsMoney = ({ records }: Pick<CatalogMetric, 'records'>): boolean =>
  records.includes('reportingCurrency');

export const CURRENCY_HELP = 'three letters such as EUR: the currency that everything is counted in';
export const RATES_HELP = 'what one unit of another currency is worth in it, such as USD=0.92; constant';

/** The parameters `reportingCurrency` and `rates` of a metric over money; others have neither. */
export function checkMoney(
  metric: Pick<CatalogMetric, 'records' | 'unit'>,
  reportingCurrency: unknown,
  rates: unknown,
): CheckedMoney {
  if (!needsMoney(metric)) {
    const strange = [
      reportingCurrency === undefined ? [] : ['reportingCurrency'],
      rates === undefined ? [] : ['rates'],
    ].flat();
    if (strange.length === 0) return { ok: true, money: null, given: {}, currency: null };
    return { ok: false, problems: [`This metric counts no money; leave out ${strange.join(' and ')}.`] };
  }
  const code = currencyOf(reportingCurrency);
  const read = ratesOf(rates);
  const problems = [
    ...(code === null ? [`"reportingCurrency" is ${shown(reportingCurrency)}; give ${CURRENCY_HELP}.`] : []),
    ...(read === null ? [`"rates" is ${shown(rates)}; give a list of ${RATES_HELP}.`] : []),
  ];
  if (code === null || read === null) return { ok: false, problems };
  const fx = Object.keys(read).length === 0 ? {} : { fx: { mode: 'constant' as const, rates: read } };
  const given = { reportingCurrency: code, ...(rates === undefined ? {} : { rates }) };
  const currency = metric.unit.storedAs === 'money' ? code : null;
  return { ok: true, money: { reportingCurrency: code, ...fx }, given, currency };
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
