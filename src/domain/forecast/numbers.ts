/** Small statistics over number arrays. None of them changes its input, and none is asked about an empty one. */

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
  return sum / values.length;
}

export function sortedOf(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).toSorted();
}

/** The quantile of sorted values, interpolated between neighbours (type 7 of Hyndman and Fan, the usual one). */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const lower = Math.floor(place);
  const from = sorted[lower] ?? 0;
  const to = sorted[Math.min(lower + 1, sorted.length - 1)] ?? from;
  return from + (place - lower) * (to - from);
}

export function medianOf(values: ArrayLike<number>): number {
  return quantileOf(sortedOf(values), 0.5);
}

/** The median distance from the median, scaled so that it is the standard deviation of normal data. */
export function robustSpreadOf(values: ArrayLike<number>): number {
  const middle = medianOf(values);
  return 1.4826 * medianOf(Float64Array.from(values, (value) => Math.abs(value - middle)));
}

/** How many of the sorted values lie below `value`; with `orEqual` also those that are equal to it. */
export function countBelow(sorted: ArrayLike<number>, value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const here = sorted[middle] ?? 0;
    if (here < value || (orEqual && here === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}
