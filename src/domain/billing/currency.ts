import { Fraction } from 'fraction.js';
import { minorUnits } from '../money.ts';
import { exact, one, sum } from './exact.ts';
import type { FxRates } from './records.ts';
import type { NativeMrr } from './timeline.ts';

/** Minor units of the reporting currency for one minor unit of another on a day; null when no rate is known. */
export type Rate = (currency: string, day: string) => Fraction | null;

/** In force from `fromDay` on; the empty text comes before every day. */
type Factor = { fromDay: string; factor: Fraction };

/**
 * Rates into the reporting currency, each currency's decimals minded: 1,200 yen at 0.0065 are 780 cents. The reporting
 * currency itself needs no rate. A rate that is not above zero is none: money never becomes nothing by conversion.
 *
 * @throws RangeError when a currency is not three letters
 */
export function rateInto(reportingCurrency: string, fx: FxRates | undefined): Rate {
  const home = reportingCurrency.toUpperCase();
  const known = new Map<string, Factor[]>();
  return (currency, day) => {
    const code = currency.toUpperCase();
    if (code === home) return one;
    const factors = known.get(code) ?? factorsOf(code, home, fx);
    known.set(code, factors);
    return newestUntil(factors, day);
  };
}

/** The sum of amounts in several currencies at the rates of a day; null when one of those rates is missing. */
export function valueOn(mrr: NativeMrr, day: string, rate: Rate): Fraction | null {
  const values: Fraction[] = [];
  for (const [currency, amount] of mrr) {
    const factor = rate(currency, day);
    if (factor === null) return null;
    values.push(amount.mul(factor));
  }
  return sum(values);
}

function factorsOf(code: string, home: string, fx: FxRates | undefined): Factor[] {
  const scale = new Fraction(10 ** minorUnits(home), 10 ** minorUnits(code));
  return datedRates(code, fx)
    .filter(({ rate }) => Number.isFinite(rate) && rate > 0)
    .map(({ fromDay, rate }) => ({ fromDay, factor: exact(rate).mul(scale) }))
    .toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1));
}

function datedRates(code: string, fx: FxRates | undefined): readonly { fromDay: string; rate: number }[] {
  if (fx === undefined) return [];
  if (fx.mode === 'daily') return entryOf(fx.rates, code) ?? [];
  const rate = entryOf(fx.rates, code);
  return rate === undefined ? [] : [{ fromDay: '', rate }];
}

/** Providers write currencies in small letters, tables of rates in capitals. */
function entryOf<Entry>(rates: Readonly<Record<string, Entry>>, code: string): Entry | undefined {
  return Object.entries(rates).find(([currency]) => currency.toUpperCase() === code)?.[1];
}

/** The last one on or before the day, by halving: years of daily rates are asked for once per change of a customer. */
function newestUntil(factors: readonly Factor[], day: string): Fraction | null {
  let from = 0;
  let to = factors.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((factors[middle]?.fromDay ?? '') <= day) from = middle + 1;
    else to = middle;
  }
  return factors[from - 1]?.factor ?? null;
}
