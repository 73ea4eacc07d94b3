/** An exact fraction, kept in lowest terms with a positive denominator. */
export type Rational = { readonly numerator: bigint; readonly denominator: bigint };

export const ZERO: Rational = { numerator: 0n, denominator: 1n };

export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  let top = BigInt(numerator);
  let bottom = BigInt(denominator);
  if (bottom === 0n) throw new RangeError('a fraction needs a denominator other than zero');
  if (bottom < 0n) [top, bottom] = [-top, -bottom];
  const divisor = greatestCommonDivisor(top < 0n ? -top : top, bottom);
  return { numerator: top / divisor, denominator: bottom / divisor };
}

/** Reads a plain decimal such as "1.25". @throws RangeError on anything else */
export function fromDecimal(text: string): Rational {
  const match = /^(-?\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not a plain decimal number`);
  const fraction = match[2] ?? '';
  return rational(BigInt(`${match[1]}${fraction}`), 10n ** BigInt(fraction.length));
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function isPositive(value: Rational): boolean {
  return value.numerator > 0n;
}

export function clampAtZero(value: Rational): Rational {
  return isPositive(value) ? value : ZERO;
}

/** Nearest whole number, halves away from zero. */
export function round(value: Rational): number {
  const doubled = value.numerator * 2n;
  const half = value.numerator < 0n ? -value.denominator : value.denominator;
  return Number((doubled + half) / (value.denominator * 2n));
}

export function toNumber(value: Rational): number {
  return Number(value.numerator) / Number(value.denominator);
}

/** Decimal text rounded to `digits` places, halves away from zero. */
export function toDecimal(value: Rational, digits = 6): string {
  const scaled = BigInt(round(multiply(value, rational(10n ** BigInt(digits)))));
  const sign = scaled < 0n ? '-' : '';
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [high, low] = [a, b];
  while (low !== 0n) [high, low] = [low, high % low];
  return high;
}
