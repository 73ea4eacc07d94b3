import { Decimal } from 'decimal.js';

/** Currencies whose smallest unit is not a hundredth, by the table that the product counts all money with (Stripe's). */
const ZERO_DECIMAL = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const THREE_DECIMAL = 'BHD JOD KWD OMR TND'.split(' ');

export function decimalsOf(currency: string): number {
  const code = currency.toUpperCase();
  if (ZERO_DECIMAL.includes(code)) return 0;
  return THREE_DECIMAL.includes(code) ? 3 : 2;
}

/** What turns amounts as a person writes them into minor units, times a factor of theirs. */
export function minorScale(scale: string | undefined, currency: string): string {
  return new Decimal(10)
    .pow(decimalsOf(currency))
    .mul(scale ?? 1)
    .toFixed();
}
