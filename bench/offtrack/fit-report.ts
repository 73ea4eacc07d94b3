import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Combination } from '../../src/domain/forecast/combine.ts';
import { crossValidate } from './cross-validate.ts';
import type { Benchmark } from './data.ts';
import { coverage, fitCombination } from './fit.ts';
import { type Row, rowsOf } from './rows.ts';
import { brier, pairedDifference, type Scored } from './statistics.ts';

const SEEDS = [1, 2, 3, 4, 5];

/** Fits the combination on the fold `train`, says how it does on series it was not fitted on, and writes it if asked to. */
export function fitReport(root: string, folder: string, benchmark: Benchmark, write: boolean): string {
  const rows = rowsOf(benchmark, folder, 'train');
  const runs = SEEDS.map((seed) => crossValidate(rows, seed));
  const mean = (of: (run: (typeof runs)[number]) => number): string =>
    (runs.reduce((sum, run) => sum + of(run), 0) / runs.length).toFixed(4);
  const combination = fitCombination(rows);
  if (write) writeFileSync(join(root, 'src/domain/forecast/coefficients.ts'), sourceOf(combination));
  return [
    `train, ${rows.length} forecasts; by cross-validation over series, mean of ${SEEDS.length} divisions:`,
    `  Brier ${mean((run) => run.brier)}, calibration error ${mean((run) => run.calibrationError)}, 80 % interval covers ${mean((run) => run.coverage)}`,
    ...differences(rows, runs[0]?.scored ?? []),
    `fitted on all of train (80 % interval covers ${coverage(rows, combination).toFixed(4)}):`,
    `  ${JSON.stringify(combination)}`,
  ].join('\n');
}

function differences(rows: readonly Row[], scored: readonly Scored[]): string[] {
  // Cross-validation goes part by part, so that its rows come in another order.
  const inOrder = scored.toSorted((a, b) => compare(a.series, b.series));
  const sorted = rows.toSorted((a, b) => compare(a.series, b.series));
  return (['pace', 'mstl_ets', 'smoothing', 'analogs', 'last_year'] as const).map((name) => {
    const other = sorted.map((row) => ({
      chance: name === 'pace' ? row.pace : row.members[name],
      hit: row.hit,
      series: row.series,
    }));
    const { high, low, mean } = pairedDifference(inOrder, other);
    return `  better than ${name} (${brier(other).toFixed(4)}) by ${mean.toFixed(4)}, 95 % interval ${low.toFixed(4)} to ${high.toFixed(4)}`;
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sourceOf({ held, weights, widening }: Combination): string {
  const { analogs, last_year, mstl_ets, smoothing } = weights;
  return `import type { Combination } from './combine.ts';

/**
 * How the members are combined. No intercept: the chance to reach a target and the chance to stay below it add up to
 * one. Smoothing has no weight beside the others; it stands in for those that are missing.
 *
 * Written by \`npm run offtrack -- --fit --write\` from the fold \`train\` of the benchmark, and from nothing else.
 */
export const coefficients: Combination = {
  weights: { mstl_ets: ${mstl_ets}, analogs: ${analogs}, last_year: ${last_year}, smoothing: ${smoothing} },
  held: ${held},
  widening: ${widening},
};
`;
}
