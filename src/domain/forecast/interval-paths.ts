import { emptyPaths, type Paths } from './paths.ts';
import type { ModelSeries } from './prepare.ts';
import { type Bits, normal, normalQuantile } from './random.ts';

/** Point forecasts of a model on its own scale, and the half-widths of its intervals at one level. */
export type Intervals = { point: readonly number[]; halfWidth: readonly number[]; level: number };

/**
 * Futures from a model that only gives intervals: the level walks so that each step keeps its own spread, and noise of
 * the first step's size comes on top. Independent steps would make totals far too sure, equal ones far too unsure.
 */
export function intervalPaths(series: ModelSeries, intervals: Intervals, draws: number, bits: Bits): Paths {
  const steps = series.aheadSteps.length;
  const paths = emptyPaths(draws, steps);
  const spreads = spreadsOf(intervals);
  const noise = spreads[0] ?? 0;
  const walk = spreads.map((spread, index) => {
    const before = index === 0 ? spread : (spreads[index - 1] ?? 0);
    return Math.sqrt(Math.max(0, spread * spread - before * before));
  });
  let place = 0;
  for (let draw = 0; draw < draws; draw++) {
    let level = 0;
    for (let step = 0; step < steps; step++) {
      level += (walk[step] ?? 0) * normal(bits);
      paths.values[place++] = series.scale.back((intervals.point[step] ?? 0) + level + noise * normal(bits));
    }
  }
  return paths;
}

function spreadsOf({ halfWidth, level }: Intervals): Float64Array {
  const deviations = normalQuantile((1 + level) / 2);
  return Float64Array.from(halfWidth, (width) => width / deviations);
}
