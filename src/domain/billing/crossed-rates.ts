import type { Fraction } from 'fraction.js';
import { exactText, one } from './exact.ts';

/** What one `currency` was worth in `base`, as decimal text, from a day on. */
export type ToldRate = { base: string; currency: string; fromDay: string; rate: string };

/** As many as a double holds of any decimal text, so that the rate is the same wherever it is read. */
const CROSSED_DIGITS = 15;

/**
 * Rates into `base`: those that were told, and crossed ones where none was told yet. A rate is crossed on a day on which both
 * currencies were told in one other base: USD told 1.08 for EUR and 0.0065 for JPY, so a yen is 0.0065 / 1.08 euros. The
 * quotient is exact and then written with 15 significant digits. What was told directly holds until it is told again, and
 * goes before whatever is crossed; of several bases to cross through, the first in the alphabet is taken.
 */
export function crossedRates(told: readonly ToldRate[], base: string): DatedRate[] {
  const direct = told.filter((each) => each.base === base);
  const firstDirect = new Map<string, string>();
  for (const { currency, fromDay } of direct) {
    const known = firstDirect.get(currency);
    if (known === undefined || fromDay < known) firstDirect.set(currency, fromDay);
  }
  const crossed = new Map<string, DatedRate>();
  for (const { day, worth } of sheetsOf(told.filter((each) => each.base !== base))) {
    const ours = worth.get(base);
    if (ours === undefined) continue;
    for (const [currency, rate] of worth) {
      const key = `${currency} ${day}`;
      const isTold = (firstDirect.get(currency) ?? NEVER) <= day;
      if (currency === base || isTold || crossed.has(key)) continue;
      crossed.set(key, { currency, fromDay: day, rate: decimalOf(rate.div(ours)) });
    }
  }
  const plain = direct.map(({ currency, fromDay, rate }) => ({ currency, fromDay, rate }));
  return [...plain, ...crossed.values()].toSorted(
    (a, b) => compare(a.currency, b.currency) || compare(a.fromDay, b.fromDay),
  );
}

type DatedRate = Omit<ToldRate, 'base'>;
/** What was told in one base on one day; the base itself is worth one. */
type Sheet = { base: string; day: string; worth: Map<string, Fraction> };

const NEVER = '9999-12-31';

function sheetsOf(told: readonly ToldRate[]): Sheet[] {
  const sheets = new Map<string, Sheet>();
  for (const { base, currency, fromDay, rate } of told) {
    const key = `${base} ${fromDay}`;
    const sheet = sheets.get(key) ?? { base, day: fromDay, worth: new Map([[base, one]]) };
    sheet.worth.set(currency, exactText(rate));
    sheets.set(key, sheet);
  }
  return [...sheets.values()].toSorted((a, b) => compare(a.base, b.base) || compare(a.day, b.day));
}

/** A positive fraction with so many significant digits, halves rounded up, and without zeros at its end. */
function decimalOf({ d, n }: Fraction): string {
  const lengths = String(n).length - String(d).length;
  const isBelow = lengths >= 0 ? n < d * 10n ** BigInt(lengths) : n * 10n ** BigInt(-lengths) < d;
  const places = CROSSED_DIGITS - 1 - (isBelow ? lengths - 1 : lengths);
  if (places <= 0) {
    const unit = 10n ** BigInt(-places);
    return String(rounded(n, d * unit) * unit);
  }
  const digits = String(rounded(n * 10n ** BigInt(places), d)).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
}

const rounded = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d);

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
