import { type Combination, heldLogit, type MemberName, trusted } from '../../src/domain/forecast/combine.ts';
import { isCovered, type Row } from './rows.ts';

const FITTED = ['mstl_ets', 'analogs', 'last_year'] as const satisfies MemberName[];
/** Each member's share of this is where the weights start from, and what the penalty pulls them towards. */
const WHOLE = 0.95;
const PENALTY = 10;
const HELD = 3.5;
const COVERAGE = 0.8;
const EVEN: Combination = {
  weights: { mstl_ets: 1, analogs: 1, last_year: 1, smoothing: 0 },
  held: HELD,
  widening: 1,
};

/** Weights by penalised maximum likelihood, none below zero, and the widening that covers four final values in five. */
export function fitCombination(rows: readonly Row[]): Combination {
  const open = rows.filter(({ draws }) => draws !== null);
  // A weight of one, as far as the row can be trusted: what the weights to be found are multiplied with.
  const inputs = open.map((row) => {
    const { weights } = trusted(EVEN, row.observations, row.ahead);
    return FITTED.map((name) => weights[name] * heldLogit(row.members[name], HELD));
  });
  const found = fitWeights(
    inputs,
    open.map(({ hit }) => hit),
  );
  const rounded = found.map((weight) => Math.round(weight * 100) / 100);
  const [mstl_ets = 0, analogs = 0, last_year = 0] = rounded;
  const fitted = { weights: { mstl_ets, analogs, last_year, smoothing: 0 }, held: HELD, widening: 1 };
  return { ...fitted, widening: wideningFor(open, fitted) };
}

/** Gradient descent is enough for three weights and some thousand rows; the problem is convex. */
function fitWeights(inputs: readonly number[][], hits: readonly number[]): number[] {
  const start = WHOLE / FITTED.length;
  let weights = FITTED.map(() => start);
  const rate =
    1 / (PENALTY + inputs.reduce((sum, input) => sum + input.reduce((all, x) => all + x * x, 0), 0) / 4);
  for (let round = 0; round < 500; round++) {
    const slope = weights.map((weight) => PENALTY * (weight - start));
    inputs.forEach((input, row) => {
      const sum = input.reduce((all, x, member) => all + x * (weights[member] ?? 0), 0);
      const error = 1 / (1 + Math.exp(-sum)) - (hits[row] ?? 0);
      input.forEach((x, member) => {
        slope[member] = (slope[member] ?? 0) + error * x;
      });
    });
    weights = weights.map((weight, member) => Math.max(0, weight - rate * (slope[member] ?? 0)));
  }
  return weights;
}

function wideningFor(rows: readonly Row[], by: Combination): number {
  for (let widening = 0.8; widening < 2; widening += 0.01) {
    if (coverage(rows, { ...by, widening }) >= COVERAGE) return Math.round(widening * 100) / 100;
  }
  return 2;
}

/** The share of open rows whose final value lay within P10 and P90. */
export function coverage(rows: readonly Row[], by: Combination): number {
  const known = rows.map((row) => isCovered(row, by)).filter((covered) => covered !== null);
  return known.filter(Boolean).length / known.length;
}
