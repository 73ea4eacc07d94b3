import type { FxRates } from '../domain/billing/records.ts';
import {
  checkReporting,
  currencyOf,
  FX_HELP,
  RATES_HELP,
  REPORTING_PARAMS,
  type ReportingMoney,
  shown,
} from './records-money.ts';

/**
 * How a metric of a ledger counts money: what is billed in one currency alone, or everything in a reporting currency, at
 * constant rates that stand in the definition or at daily ones that somebody tells.
 */
export type LedgerMoney = { mode: 'only'; currency: string } | { mode: 'all' } | ReportingMoney;

export type CheckedLedgerMoney =
  | { ok: true; money: LedgerMoney; given: Record<string, unknown>; currency: string | null }
  | { ok: false; problems: string[] };

export const MONEY_PARAMS = ['currency', ...REPORTING_PARAMS] as const;
export type MoneyParams = Partial<Record<(typeof MONEY_PARAMS)[number], unknown>>;

const LETTERS = 'three letters, for example eur';
const ONLY_HELP = `Only money in this currency is counted: ${LETTERS}`;

/** @param counts whether the metric counts money; who pays needs no currency, and may be asked of one */
export function checkLedgerMoney(counts: boolean, given: MoneyParams): CheckedLedgerMoney {
  const has = (name: keyof MoneyParams) => given[name] !== undefined && given[name] !== null;
  if (has('currency')) return checkOnly(given);
  if (!counts) {
    const strange = MONEY_PARAMS.filter(has);
    if (strange.length === 0) return { ok: true, money: { mode: 'all' }, given: {}, currency: null };
    return { ok: false, problems: [`This metric counts no money; leave out ${strange.join(' and ')}.`] };
  }
  if (!has('reportingCurrency')) {
    const problem =
      'currency: Name the currency with three letters, for example eur; or give reportingCurrency to count all of them in one.';
    return { ok: false, problems: [problem] };
  }
  return checkReporting(given, LETTERS);
}

function checkOnly(given: MoneyParams): CheckedLedgerMoney {
  const code = currencyOf(typeof given.currency === 'string' ? given.currency.trim() : given.currency);
  const strange = MONEY_PARAMS.slice(1).filter((name) => given[name] !== undefined && given[name] !== null);
  const problems = [
    ...(code === null
      ? [`currency: Name the currency with ${LETTERS}; it is ${shown(given.currency)}.`]
      : []),
    ...(strange.length > 0
      ? [`With "currency" only that currency is counted; leave out ${strange.join(' and ')}.`]
      : []),
  ];
  if (code === null || problems.length > 0) return { ok: false, problems };
  const written = code.toLowerCase();
  return {
    ok: true,
    money: { mode: 'only', currency: code },
    given: { currency: written },
    currency: written,
  };
}

/** Daily rates as they are stored, in the shape that the arithmetic reads. */
export function dailyRates(stored: readonly { currency: string; fromDay: string; rate: string }[]): FxRates {
  const rates: Record<string, { fromDay: string; rate: number }[]> = {};
  for (const { currency, fromDay, rate } of stored) {
    const known = rates[currency] ?? [];
    known.push({ fromDay, rate: Number(rate) });
    rates[currency] = known;
  }
  return { mode: 'daily', rates };
}

const onlyCurrency = { type: 'string', description: ONLY_HELP };

/** The parameters as a form shows them. */
export function moneySchema(counts: boolean): Record<string, unknown> {
  if (!counts) return { currency: onlyCurrency };
  return {
    currency: onlyCurrency,
    reportingCurrency: {
      type: 'string',
      description: `Instead of currency: everything is counted in this one, ${LETTERS}`,
    },
    rates: { type: 'array', items: { type: 'string' }, description: RATES_HELP },
    fx: {
      type: 'string',
      enum: ['constant', 'daily'],
      description: FX_HELP,
    },
    ratesFrom: {
      type: 'string',
      enum: ['table', 'provider'],
      description: 'Where daily rates come from: the table of this workspace, or what the provider says',
    },
  };
}
