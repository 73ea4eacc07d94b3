import { clamp, medianOf, robustSpreadOf } from './numbers.ts';

/** A spike lies so many robust deviations beyond the median of its neighbours. */
const DEVIATIONS = 6;
const AROUND = 3;

/**
 * Cuts single spikes to the border, for fitting only: one odd day must not become the level of the weeks to come. A
 * shift is no spike: from its second or third day on the median around it has moved along.
 */
export function cutSpikes(
  z: Float64Array,
  slot: Int32Array,
  profile: Float64Array,
): { values: Float64Array; cut: number } {
  const usual = (index: number): number => profile[slot[index] ?? 0] ?? 0;
  const adjusted = z.map((value, index) => value - usual(index));
  // The newest values have no neighbours after them, so nothing is known yet about whether they stay.
  const last = z.length - AROUND;
  const distances = adjusted.map((value, index) => value - medianAround(adjusted, index));
  const border = DEVIATIONS * robustSpreadOf(distances);
  if (!(border > 0)) return { values: z, cut: 0 };
  let cut = 0;
  const values = z.map((value, index) => {
    const distance = distances[index] ?? 0;
    if (index >= last || Math.abs(distance) <= border) return value;
    cut++;
    return value - distance + clamp(distance, -border, border);
  });
  return { values, cut };
}

function medianAround(values: Float64Array, index: number): number {
  return medianOf(values.subarray(Math.max(0, index - AROUND), index + AROUND + 1));
}
