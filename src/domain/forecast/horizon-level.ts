import { meanOf } from './numbers.ts';

/** Where a series stands at each of its places, as seen from there: nothing later is used. */
export type Levels = Float64Array;

/** Weights of news that are tried. */
const ALPHAS = [0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1];
/** How much of the distance from its long-run mean a level is expected to keep. */
const KEEPS_ALL = [1];
const MAY_REVERT = [1, 0.8, 0.5];
const STARTING = 5;
const WARM_UP = 20;
/** Fewer origins with a known outcome than this tell nothing. */
const LEAST_ORIGINS = 12;

/**
 * The level that would have told the mean of the next `horizon` steps best, over all past origins: how fast it follows
 * the news depends on how far it has to see. Null where the past is too short for the horizon.
 *
 * @param mayRevert whether falling back towards the long-run mean is tried as well
 */
export function horizonLevels(adjusted: Float64Array, horizon: number, mayRevert: boolean): Levels | null {
  const length = adjusted.length;
  const from = Math.min(WARM_UP, length >> 2);
  if (length - horizon - from < LEAST_ORIGINS) return null;
  const ahead = meansAhead(adjusted, horizon);
  const usual = meanOf(adjusted);
  let best: { levels: Levels; loss: number } | null = null;
  for (const alpha of ALPHAS) {
    const smoothed = smoothedLevels(adjusted, alpha);
    for (const keep of mayRevert ? MAY_REVERT : KEEPS_ALL) {
      const levels = keep === 1 ? smoothed : smoothed.map((level) => usual + keep * (level - usual));
      const loss = lossOf(levels, ahead, from);
      if (best === null || loss < best.loss) best = { levels, loss };
    }
  }
  return best?.levels ?? null;
}

function smoothedLevels(values: Float64Array, alpha: number): Levels {
  let level = meanOf(values.subarray(0, Math.min(STARTING, values.length)));
  return values.map((value) => {
    level += alpha * (value - level);
    return level;
  });
}

/** For each origin the mean of the `horizon` values after it. */
function meansAhead(values: Float64Array, horizon: number): Float64Array {
  const means = new Float64Array(values.length - horizon);
  let sum = 0;
  for (let index = 1; index <= horizon; index++) sum += values[index] ?? 0;
  for (let origin = 0; origin < means.length; origin++) {
    means[origin] = sum / horizon;
    sum += (values[origin + 1 + horizon] ?? 0) - (values[origin + 1] ?? 0);
  }
  return means;
}

function lossOf(levels: Levels, ahead: Float64Array, from: number): number {
  let loss = 0;
  for (let origin = from; origin < ahead.length; origin++) {
    loss += Math.abs((ahead[origin] ?? 0) - (levels[origin] ?? 0));
  }
  return loss / (ahead.length - from);
}
