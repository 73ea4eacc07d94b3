import { coefficients } from '../../src/domain/forecast/coefficients.ts';
import { scoredBy } from './cross-validate.ts';
import type { Benchmark } from './data.ts';
import { rowsOf } from './rows.ts';
import { brier, pairedDifference } from './statistics.ts';

/** The product on the fold `dev` against the pace rule and each of its members, by a paired bootstrap over series. */
export function comparison(folder: string, benchmark: Benchmark): string {
  const rows = rowsOf(benchmark, folder, 'dev');
  const own = scoredBy(rows, coefficients);
  const lines = (['pace', 'mstl_ets', 'smoothing', 'analogs', 'last_year'] as const).map((name) => {
    const other = rows.map((row) => ({
      chance: name === 'pace' ? row.pace : row.members[name],
      hit: row.hit,
      series: row.series,
    }));
    const { high, low, mean } = pairedDifference(own, other);
    return `  ${name.padEnd(10)} ${brier(other).toFixed(4)}, ours is smaller by ${mean.toFixed(4)} (95 % interval ${low.toFixed(4)} to ${high.toFixed(4)})`;
  });
  return [`dev: Brier ${brier(own).toFixed(4)} against`, ...lines].join('\n');
}
