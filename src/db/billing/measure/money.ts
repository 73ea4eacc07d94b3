import type { RevenueMeasurement, RevenueScope } from '../../../app/ports-billing.ts';
import { type Rate, rateInto } from '../../../domain/billing/currency.ts';
import { type Fraction, sum, zero } from '../../../domain/billing/exact.ts';
import type { Cuts } from './cuts.ts';
import { type Running, runningTotal } from './running.ts';
import type { Slices } from './slices.ts';

/** A currency without a rate, and the first day on which one is needed. */
export type Missing = { currency: string; day: string };

/** Rates into what a scope reports in. A scope of one currency without another to report in needs none. */
export function rateOf({ money, onlyCurrency }: RevenueScope): Rate | null {
  if (money !== null) return rateInto(money.reportingCurrency, money.fx);
  return onlyCurrency === null ? null : rateInto(onlyCurrency, undefined);
}

export function withoutRate(missing: Missing): RevenueMeasurement {
  return { value: null, reason: 'missing_rate', missing };
}

/** MRR by currency, through time. */
export type Native = ReadonlyMap<string, Running>;

export function nativeOf(slices: Slices, cuts: Cuts): Native {
  return new Map([...slices.native].map(([currency, entries]) => [currency, runningTotal(cuts, entries)]));
}

/** What is held before a cut, at the rates of a day; or the currency that has none. */
export function valueBefore(native: Native, cutDay: string, rateDay: string, rate: Rate): Fraction | Missing {
  const values: Fraction[] = [];
  const missing: string[] = [];
  for (const [currency, running] of native) {
    const held = running.before(cutDay);
    if (held.equals(zero)) continue;
    const factor = rate(currency, rateDay);
    if (factor === null) missing.push(currency);
    else values.push(held.mul(factor));
  }
  const currency = missing.toSorted()[0];
  return currency === undefined ? sum(values) : { currency, day: rateDay };
}

export function isMissing(value: object): value is Missing {
  return 'currency' in value;
}
