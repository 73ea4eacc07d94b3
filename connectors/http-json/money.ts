import { Decimal } from 'decimal.js';
import { decimalsOf } from '../sdk/index.ts';

/** What turns amounts as a person writes them into minor units, times a factor of theirs. */
export function minorScale(scale: string | undefined, currency: string): string {
  return new Decimal(10)
    .pow(decimalsOf(currency))
    .mul(scale ?? 1)
    .toFixed();
}
