import type { ForecastQuestion } from './types.ts';

/** The next 32 random bits. */
export type Bits = () => number;

/**
 * The draws of a question depend on what is known about the series and on nothing else: asked again, on any machine,
 * it gets the same answer; and two targets on one series are compared over the same draws.
 */
export function seedOf({ step, start, values }: ForecastQuestion): number {
  const words = new Uint32Array(Float64Array.from(values, (value) => value ?? -0).buffer);
  let hash = 0x811c9dc5;
  const eat = (word: number): void => {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  };
  for (const character of `${step}${start}`) eat(character.codePointAt(0) ?? 0);
  for (const word of words) eat(word);
  return hash >>> 0;
}

/** Mulberry32: small, fast, and good enough to resample with. */
export function bitsFrom(seed: number): Bits {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return (word ^ (word >>> 14)) >>> 0;
  };
}

/** A whole number below `limit`, which must be far below 2^32. */
export function below(bits: Bits, limit: number): number {
  return Math.floor((bits() / 4294967296) * limit);
}

const MIDDLE_TOP = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const MIDDLE_BOTTOM = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
];
const TAIL_TOP = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_BOTTOM = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];

const TABLE_BITS = 12;

/** Normal quantiles at the middles of 4,096 equal slices: a draw is a look-up, and its tails end at 3.7 deviations. */
const normalTable = Float64Array.from({ length: 1 << TABLE_BITS }, (_, index) =>
  normalQuantile((index + 0.5) / (1 << TABLE_BITS)),
);

/** A standard normal draw. */
export function normal(bits: Bits): number {
  return normalTable[bits() >>> (32 - TABLE_BITS)] ?? 0;
}

/**
 * The quantile of the standard normal distribution, for 0 < p < 1, to nine digits.
 *
 * @see P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function"
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL_TOP, q) / (polynomial(TAIL_BOTTOM, q) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(MIDDLE_TOP, r) * q) / (polynomial(MIDDLE_BOTTOM, r) * r + 1);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
