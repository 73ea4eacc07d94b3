import type { Fraction } from 'fraction.js';
import type { Measurement, MetricWindow } from '../catalog/types.ts';
import type { NoValueCode } from '../reason.ts';
import { toNumber, zero } from './exact.ts';
import type { Days } from './movements.ts';

export function noValue(reason: NoValueCode): Measurement {
  return { value: null, reason };
}

/** `sampleSize` is how many customers, or payments, the amount comes from. */
export function amount(value: Fraction, sampleSize: number): Measurement {
  return { value: toNumber(value), sampleSize };
}

/** A ratio with both its sides; without a value when there is nothing to divide by. */
export function quotient(numerator: Fraction, denominator: Fraction, sampleSize?: number): Measurement {
  const sides = {
    numerator: toNumber(numerator),
    denominator: toNumber(denominator),
    ...(sampleSize === undefined ? {} : { sampleSize }),
  };
  if (denominator.equals(zero)) return { value: null, reason: 'zero_denominator', ...sides };
  return { value: toNumber(numerator.div(denominator)), ...sides };
}

/** @throws RangeError when the window is not a snapshot */
export function snapshotOf(window: MetricWindow): { day: string; timeZone: string } {
  if (window.kind !== 'snapshot')
    throw new RangeError(`a snapshot was expected, not a window of kind ${window.kind}`);
  return window;
}

/** @throws RangeError when the window is not a period, or ends before it starts */
export function periodOf(window: MetricWindow): Days & { timeZone: string } {
  if (window.kind !== 'period')
    throw new RangeError(`a period was expected, not a window of kind ${window.kind}`);
  if (window.endDay < window.startDay)
    throw new RangeError(`the period ends on ${window.endDay}, before ${window.startDay}`);
  return window;
}
