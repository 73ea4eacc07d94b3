import { Decimal } from 'decimal.js';

/**
 * Currencies whose smallest unit is not a hundredth, by the table that the product counts all money with (Stripe's).
 *
 * @see https://docs.stripe.com/currencies, "Zero-decimal" and "Three-decimal currencies"
 */
const ZERO_DECIMAL = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const THREE_DECIMAL = 'BHD JOD KWD OMR TND'.split(' ');

export function decimalsOf(currency: string): number {
  const code = currency.toUpperCase();
  if (ZERO_DECIMAL.includes(code)) return 0;
  return THREE_DECIMAL.includes(code) ? 3 : 2;
}

/** An amount in whole minor units; a part of one is rounded to the nearest. */
export function minorUnits(amount: Decimal, currency: string, moneyIn: 'major' | 'minor'): Decimal {
  const exact = moneyIn === 'minor' ? amount : amount.mul(new Decimal(10).pow(decimalsOf(currency)));
  return exact.round();
}
