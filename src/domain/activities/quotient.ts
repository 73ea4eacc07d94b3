import type { Measurement } from '../catalog/types.ts';
import type { NoValueCode } from '../reason.ts';

export type Extras = Omit<Measurement, 'value' | 'reason' | 'numerator' | 'denominator'>;

/** No value, and why. */
export function noValue(reason: NoValueCode): Measurement {
  return { value: null, reason };
}

/** One sum over another, with both kept. Over nothing there is no value, and the zero says that nobody was missed. */
export function quotient(numerator: number, denominator: number, extras: Extras = {}): Measurement {
  if (denominator === 0) return { ...noValue('zero_denominator'), numerator, denominator };
  return { value: numerator / denominator, numerator, denominator, ...extras };
}

/** The sum, smallest first: fractions added in another order differ in the last digit, and records have no order. */
export function sumOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b).reduce((sum, value) => sum + value, 0);
}
