import { Decimal } from 'decimal.js';
import type { NoValueReason } from '../key-result.ts';

/** Wide enough for the product of two doubles to be exact, and a quotient to be right far beyond what one can show. */
export const Exact = Decimal.clone({ precision: 50, rounding: Decimal.ROUND_HALF_UP });

/** Ten digits fewer than are kept, and far more than two different doubles need to differ. */
const noiseDigits = 40;

/** A sum. What cancels out but for the digits that a division cut off is nothing: a ÷ 3 × 3 - a is 0. */
export function plus(a: Decimal, b: Decimal): Decimal {
  const sum = a.add(b);
  if (a.isZero() || b.isZero() || sum.isZero()) return sum;
  return sum.e < Math.max(a.e, b.e) - noiseDigits ? new Exact(0) : sum;
}

/** The two sides of a quotient, from which longer windows are made. A day that cannot be divided has them too. */
type Parts = { numerator: Decimal; denominator: Decimal };

/** What a part of a formula comes to on one day. */
export type Value = { parts: Parts | null } & ({ value: Decimal } | { value: null; reason: NoValueReason });

export function measured(value: Decimal): Value {
  return { value, parts: null };
}

export function without(reason: NoValueReason, parts: Parts | null = null): Value {
  return { value: null, reason, parts };
}

/** A function of values, or the reason of the first one that is missing. */
export function mapped(values: readonly Value[], combine: (...known: Decimal[]) => Decimal): Value {
  const known: Decimal[] = [];
  for (const value of values) {
    if (value.value === null) return without(value.reason);
    known.push(value.value);
  }
  return measured(combine(...known));
}

/** The value times a number, with both sides kept: k × n/d = (k × n)/d. */
export function scaledBy(value: Value, factor: Decimal): Value {
  const parts = value.parts && { ...value.parts, numerator: value.parts.numerator.mul(factor) };
  return value.value === null ? without(value.reason, parts) : { value: value.value.mul(factor), parts };
}

/** The value plus a number, with both sides kept: n/d + k = (n + k × d)/d. */
export function shiftedBy(value: Value, by: Decimal): Value {
  const parts = value.parts && {
    ...value.parts,
    numerator: plus(value.parts.numerator, value.parts.denominator.mul(by)),
  };
  return value.value === null ? without(value.reason, parts) : { value: plus(value.value, by), parts };
}

/** The value through a number, with both sides kept: (n/d) ÷ k = (n ÷ k)/d. */
export function dividedBy(value: Value, number: Decimal): Value {
  if (number.isZero()) return without('zero_denominator');
  const parts = value.parts && { ...value.parts, numerator: value.parts.numerator.div(number) };
  return value.value === null ? without(value.reason, parts) : { value: value.value.div(number), parts };
}

/** A number through the value, with both sides kept: k ÷ n/d = (k × d)/n. */
export function dividedInto(value: Value, number: Decimal): Value {
  const parts = value.parts && {
    numerator: value.parts.denominator.mul(number),
    denominator: value.parts.numerator,
  };
  if (value.value === null) return without(value.reason, parts);
  return value.value.isZero()
    ? without('zero_denominator', parts)
    : { value: number.div(value.value), parts };
}

/** One value through another, which become the two sides. */
export function quotientOf(left: Value, right: Value): Value {
  if (left.value === null) return without(left.reason);
  if (right.value === null) return without(right.reason);
  return divided({ numerator: left.value, denominator: right.value });
}

/** The quotient of the sums of both sides: a rate over several days is no mean of their rates. */
export function pooled(values: readonly Value[]): Value {
  let [numerator, denominator] = [new Exact(0), new Exact(0)];
  for (const value of values) {
    if (value.parts === null) return without(value.value === null ? value.reason : 'not_combinable');
    numerator = plus(numerator, value.parts.numerator);
    denominator = plus(denominator, value.parts.denominator);
  }
  return divided({ numerator, denominator });
}

function divided(parts: Parts): Value {
  const { numerator, denominator } = parts;
  if (denominator.isZero()) return without('zero_denominator', parts);
  return { value: numerator.div(denominator), parts };
}
