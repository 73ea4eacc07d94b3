import { hash } from '../model/random.ts';
import { DAY_SECONDS, type EpochSeconds } from '../model/time.ts';

/** Currencies whose minor unit is the whole unit, and those with three decimals. */
const DIGITS: Readonly<Record<string, number>> = {
  jpy: 0,
  krw: 0,
  vnd: 0,
  clp: 0,
  kwd: 3,
  bhd: 3,
  omr: 3,
  tnd: 3,
};

/** About how many dollars one major unit is worth. The rates themselves are invented. */
const DOLLARS: Readonly<Record<string, number>> = { eur: 1.05, gbp: 1.24, jpy: 0.0064, kwd: 3.22 };

/** Currencies that there is a rate for. */
export const RATED: readonly string[] = ['usd', ...Object.keys(DOLLARS)];

/** Dollars per major unit on a day: steady for a day, up to 7 % above its lowest. */
export function dollarsPer(currency: string, at: EpochSeconds): number {
  if (currency === 'usd') return 1;
  const base = DOLLARS[currency] ?? 1.05;
  const drift = (hash('rate', currency, Math.floor(at / DAY_SECONDS)) % 700) / 10_000;
  return currency === 'eur' ? base + drift : Number((base * (1 + drift)).toPrecision(8));
}

/** Dollars' cents for an amount in another currency's minor units. */
export function inCents(amountMinor: number, currency: string, at: EpochSeconds): number {
  const scale = 10 ** (2 - (DIGITS[currency] ?? 2));
  return Math.round(amountMinor * scale * dollarsPer(currency, at));
}
