import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AutoETS, initSync as initEts } from '@bsull/augurs/ets';
import { initSync as initMstl, MSTL } from '@bsull/augurs/mstl';
import type { Intervals } from '../domain/forecast/interval-paths.ts';

/** The level of the intervals that are asked for: near one deviation, where they are least wrong about tails. */
const LEVEL = 0.8;

let ready = false;

function load(): void {
  if (ready) return;
  const { resolve } = createRequire(import.meta.url);
  const wasm = (name: string) => ({
    module: readFileSync(resolve(`@bsull/augurs/${name}`).replace(/\.js$/, '_bg.wasm')),
  });
  initMstl(wasm('mstl'));
  initEts(wasm('ets'));
  ready = true;
}

/**
 * The forecast of a series by MSTL with ETS on its trend, or by ETS alone where there is no season to take out.
 *
 * @param periods lengths of its seasons, each with at least two full cycles in `values`
 * @throws whatever augurs throws: it finds no model for some series
 */
export function forecastByAugurs(
  values: Float64Array,
  periods: readonly number[],
  horizon: number,
): Intervals {
  load();
  const model = periods.length === 0 ? new AutoETS(1, 'ZZN') : MSTL.ets([...periods]);
  try {
    model.fit(values);
    const { point, intervals } = model.predict(horizon, LEVEL);
    if (intervals === undefined) throw new Error('augurs gave no intervals');
    const halfWidth = intervals.upper.map((upper, index) => (upper - (intervals.lower[index] ?? upper)) / 2);
    if (![...point, ...halfWidth].every(Number.isFinite)) throw new Error('augurs gave no finite forecast');
    return { point, halfWidth, level: LEVEL };
  } finally {
    model.free();
  }
}
