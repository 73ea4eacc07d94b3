import { medianOf } from './numbers.ts';

/** As many cycles, the newest ones, tell the profile; and a slot needs so many values to have a say. */
const CYCLES = 26;
const LEAST_VALUES = 2;

/**
 * How far each slot of the season (weekday, hour, month) usually lies from the level around it: the median distance
 * from a centred mean over one cycle, which no single odd day can move. All zeros where there is no season.
 */
export function seasonalProfile(z: Float64Array, slot: Int32Array, slots: number): Float64Array {
  const profile = new Float64Array(slots);
  const cycle = new Set(slot).size;
  if (cycle < 2 || z.length < 2 * cycle) return profile;
  const distances: number[][] = Array.from({ length: slots }, () => []);
  const from = Math.max(0, z.length - CYCLES * cycle);
  for (let index = from; index < z.length; index++) {
    const level = centredMean(z, index, cycle);
    distances[slot[index] ?? 0]?.push((z[index] ?? 0) - level);
  }
  let sum = 0;
  let told = 0;
  distances.forEach((found, index) => {
    if (found.length < LEAST_VALUES) return;
    profile[index] = medianOf(found);
    sum += profile[index] ?? 0;
    told++;
  });
  if (told === 0) return profile;
  return profile.map((value, index) =>
    (distances[index]?.length ?? 0) < LEAST_VALUES ? 0 : value - sum / told,
  );
}

/** The mean over one cycle around a place; at the ends over the cycle that lies nearest. */
function centredMean(z: Float64Array, index: number, cycle: number): number {
  const half = cycle >> 1;
  const from = Math.min(Math.max(0, index - half), z.length - cycle);
  let sum = 0;
  for (let place = from; place < from + cycle; place++) sum += z[place] ?? 0;
  return sum / cycle;
}
