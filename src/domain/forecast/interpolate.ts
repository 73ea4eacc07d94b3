/** Fills gaps on a straight line between their neighbours; at the ends with the nearest value. At least one is known. */
export function interpolate(values: readonly (number | null)[]): Float64Array {
  const filled = Float64Array.from(values, (value) => value ?? Number.NaN);
  let last = -1;
  for (let index = 0; index <= filled.length; index++) {
    const here = filled[index] ?? Number.NaN;
    if (index < filled.length && Number.isNaN(here)) continue;
    fillBetween(filled, last, index);
    last = index;
  }
  return filled;
}

/** Fills what lies between two known places; -1 and the length stand for the ends. */
function fillBetween(filled: Float64Array, from: number, to: number): void {
  const left = filled[from] ?? filled[to] ?? 0;
  const right = filled[to] ?? left;
  for (let index = from + 1; index < to; index++) {
    filled[index] = left + ((right - left) * (index - from)) / (to - from);
  }
}

/** The same for a series with a season: the line is drawn without it, so that a missing Sunday is filled as a Sunday. */
export function interpolateWithin(
  values: readonly (number | null)[],
  slot: Int32Array,
  profile: Float64Array,
): Float64Array {
  const usual = (index: number): number => profile[slot[index] ?? 0] ?? 0;
  const adjusted = interpolate(values.map((value, index) => (value === null ? null : value - usual(index))));
  return adjusted.map((value, index) => values[index] ?? value + usual(index));
}
