import { Decimal } from 'decimal.js';
import { decimalsOf } from '../sdk/index.ts';

/** What a sum of binary fractions may be off by: Google writes 3544.25 as 3544.2500000000005. */
const NOISE = 1e-6;

/**
 * An amount in major units, as Google writes it, in whole minor units of its currency.
 *
 * @returns `rounded` holds the exact amount where it is not whole, as converted revenue mostly is not; else null
 */
export function minorUnits(amount: string, currency: string): { value: string; rounded: string | null } {
  const exact = new Decimal(amount).mul(new Decimal(10).pow(decimalsOf(currency)));
  const whole = exact.round();
  const isWhole = whole.sub(exact).abs().lte(NOISE);
  return { value: whole.toFixed(), rounded: isWhole ? null : exact.toDecimalPlaces(6).toFixed() };
}
