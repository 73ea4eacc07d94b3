import type { Combination } from '../../src/domain/forecast/combine.ts';
import { coverage, fitCombination } from './fit.ts';
import { chanceBy, type Row } from './rows.ts';
import { brier, calibrationError, type Scored, uniform } from './statistics.ts';

const PARTS = 5;

export type CrossValidation = { brier: number; calibrationError: number; coverage: number; scored: Scored[] };

/** Every series is forecast by a combination that was fitted without it. */
export function crossValidate(rows: readonly Row[], seed: number): CrossValidation {
  const partOf = partsOf(rows, seed);
  const scored: Scored[] = [];
  let covered = 0;
  let open = 0;
  for (let part = 0; part < PARTS; part++) {
    const without = rows.filter(({ series }) => partOf.get(series) !== part);
    const within = rows.filter(({ series }) => partOf.get(series) === part);
    const by = fitCombination(without);
    scored.push(...scoredBy(within, by));
    const counted = within.filter(({ draws }) => draws !== null);
    covered += coverage(counted, by) * counted.length;
    open += counted.length;
  }
  return {
    brier: brier(scored),
    calibrationError: calibrationError(scored),
    coverage: covered / open,
    scored,
  };
}

export function scoredBy(rows: readonly Row[], by: Combination): Scored[] {
  return rows.map((row) => ({ chance: chanceBy(row, by), hit: row.hit, series: row.series }));
}

function partsOf(rows: readonly Row[], seed: number): Map<string, number> {
  const random = uniform(seed);
  const names = [...new Set(rows.map(({ series }) => series))].toSorted();
  const shuffled = names.map((name) => ({ name, key: random() })).toSorted((a, b) => a.key - b.key);
  return new Map(shuffled.map(({ name }, index) => [name, index % PARTS]));
}
