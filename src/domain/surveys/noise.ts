import type { Measurement } from '../catalog/types.ts';

/** What a distance means beside the width of the interval that it is seen through, in the metric's own unit. */
export type Noise = { isWithinNoise: boolean; distance: number; halfWidth: number; level: number };

/**
 * Whether the distance between two values, such as a movement or a goal's start and target, is too small to be seen
 * in a sample: no greater than the half-width of the sample's interval. A status must not turn on such a distance.
 *
 * @returns null when the measurement is not a sample's, or has no interval
 */
export function noiseOf(fromValue: number, toValue: number, measured: Measurement): Noise | null {
  if (measured.value === null || measured.interval === undefined) return null;
  const { lower, upper, level } = measured.interval;
  // An interval that the end of the scale cuts off is narrower than what its sample can tell apart.
  const halfWidth = measured.beside?.halfWidth ?? (upper - lower) / 2;
  const distance = Math.abs(toValue - fromValue);
  return { isWithinNoise: distance <= halfWidth, distance, halfWidth, level };
}
