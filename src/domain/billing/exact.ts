import { Fraction } from 'fraction.js';

export type { Fraction };

/**
 * Exact arithmetic: money is added, divided and converted as fractions, and becomes a number once, at the end. Thirds
 * of a cent then cancel out, and the identity of the movements can be checked with `equals`.
 */
export const zero = new Fraction(0);
export const one = new Fraction(1);

/**
 * The number as it is written, 1.1 as 11/10: the double that stands for it is another fraction, and the library's own
 * reading of a number stops at seven digits.
 *
 * @throws RangeError when it is not finite
 */
export function exact(value: number): Fraction {
  if (Number.isInteger(value)) return new Fraction(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) throw new RangeError(`${value} is not a number to calculate with`);
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = match;
  const shift = Number(exponent) - decimals.length;
  const digits = new Fraction(BigInt(`${sign}${whole}${decimals}`));
  const scale = new Fraction(10n ** BigInt(Math.abs(shift)));
  return shift < 0 ? digits.div(scale) : digits.mul(scale);
}

/**
 * A decimal number that came as text, with every digit.
 *
 * @throws RangeError when the text is not a decimal number
 */
export function exactText(text: string): Fraction {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not a decimal number`);
  const [, sign = '', whole = '', decimals = ''] = match;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${decimals}`);
  return new Fraction(digits, 10n ** BigInt(decimals.length));
}

/** One whole number over another, as the database keeps amounts. */
export function wholeOver(numerator: bigint, denominator: bigint): Fraction {
  return new Fraction(numerator, denominator);
}

/** A percentage as a fraction: 20 is 1/5. */
export function percent(value: number): Fraction {
  return exact(value).div(100);
}

/** The sum, in time that grows with the parts alone: like denominators are added up before they are brought together. */
export function sum(parts: Iterable<Fraction>): Fraction {
  const byDenominator = new Map<bigint, bigint>();
  for (const part of parts) byDenominator.set(part.d, (byDenominator.get(part.d) ?? 0n) + part.s * part.n);
  let total = zero;
  for (const [denominator, numerator] of byDenominator)
    total = total.add(new Fraction(numerator, denominator));
  return total;
}

export function min(a: Fraction, b: Fraction): Fraction {
  return a.lt(b) ? a : b;
}

/** The nearest number. Numerator and denominator may each be too long for one, as after adding many tax rates. */
export function toNumber(value: Fraction): number {
  // 64 bits of quotient are more than the 53 that a number keeps; dividing by a power of two then costs nothing.
  const bits = Math.max(0, 64 + bitLength(value.d) - bitLength(value.n));
  return Number(value.s * ((value.n << BigInt(bits)) / value.d)) / 2 ** bits;
}

function bitLength(whole: bigint): number {
  return whole.toString(2).length;
}
