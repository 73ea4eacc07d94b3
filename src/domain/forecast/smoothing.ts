import { clamp, meanOf, quantileOf, sortedOf } from './numbers.ts';
import { emptyPaths, type Paths } from './paths.ts';
import type { ModelSeries } from './prepare.ts';
import { type Bits, below } from './random.ts';

/** So many of the newest values are fitted, and the first of them only start the level. */
const FITTED = 400;
const STARTING = 5;
const ALPHAS = [0.02, 0.04, 0.06, 0.09, 0.13, 0.18, 0.25, 0.33, 0.45, 0.6, 0.8, 1];
/** Residuals beyond these quantiles are held there. */
const TAIL = 0.005;

export type Smoothing = { alpha: number; level: number; residuals: Float64Array };

/** Simple exponential smoothing of a series without season; the weight of news by least squares one step ahead. */
export function fitSmoothing(adjusted: Float64Array): Smoothing {
  const recent = adjusted.subarray(Math.max(0, adjusted.length - FITTED));
  const start = meanOf(recent.subarray(0, Math.min(STARTING, recent.length)));
  let best: { alpha: number; loss: number } | null = null;
  for (const alpha of ALPHAS) {
    const loss = lossOf(recent, start, alpha);
    if (best === null || loss < best.loss) best = { alpha, loss };
  }
  return smooth(recent, start, best?.alpha ?? 1);
}

function lossOf(values: Float64Array, start: number, alpha: number): number {
  let level = start;
  let loss = 0;
  for (let index = 0; index < values.length; index++) {
    const error = (values[index] ?? 0) - level;
    loss += error * error;
    level += alpha * error;
  }
  return loss;
}

function smooth(values: Float64Array, start: number, alpha: number): Smoothing {
  let level = start;
  const errors = values.map((value) => {
    const error = value - level;
    level += alpha * error;
    return error;
  });
  const kept = errors.subarray(Math.min(STARTING, errors.length - 1));
  const sorted = sortedOf(kept);
  const low = quantileOf(sorted, TAIL);
  const high = quantileOf(sorted, 1 - TAIL);
  return { alpha, level, residuals: kept.map((error) => clamp(error, low, high)) };
}

/** Futures from resampled residuals: each moves the level by its share, as it did in the past. */
export function smoothingPaths(series: ModelSeries, draws: number, bits: Bits): Paths {
  const { alpha, level: now, residuals } = fitSmoothing(series.adjusted);
  const steps = series.aheadSteps.length;
  const paths = emptyPaths(draws, steps);
  const usual = Float64Array.from(series.aheadSlots, (slot) => series.profile[slot] ?? 0);
  const { back } = series.scale;
  let place = 0;
  for (let draw = 0; draw < draws; draw++) {
    let level = now;
    for (let step = 0; step < steps; step++) {
      const error = residuals[below(bits, residuals.length)] ?? 0;
      paths.values[place++] = back(level + error + (usual[step] ?? 0));
      level += alpha * error;
    }
  }
  return paths;
}
