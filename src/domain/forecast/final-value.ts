import type { Paths } from './paths.ts';
import type { ModelSeries } from './prepare.ts';
import type { FinalValue, ForecastQuestion } from './types.ts';

/** The final value of each future, as it would stand `ahead` steps from now. */
export function finalValues(
  question: ForecastQuestion,
  series: ModelSeries,
  paths: Paths,
  ahead: number,
): Float64Array {
  const { aheadSteps, reportRate } = series;
  const { final } = question;
  const end = countUpTo(aheadSteps, ahead);
  const known = observedPart(question, ahead);
  const from = final.kind === 'trailing_mean' ? countUpTo(aheadSteps, ahead - final.steps) : 0;
  // Steps that report now and then are not all there in the future either.
  const weight = final.kind === 'sum' || final.kind === 'mean' || final.kind === 'share' ? reportRate : 1;
  const result = new Float64Array(paths.draws);
  for (let draw = 0; draw < paths.draws; draw++) {
    const path = paths.values.subarray(draw * paths.steps, draw * paths.steps + end);
    result[draw] = finalOf(final, known, path, from, weight);
  }
  return result;
}

function finalOf(
  final: FinalValue,
  known: { sum: number; count: number },
  path: Float64Array,
  from: number,
  weight: number,
): number {
  switch (final.kind) {
    case 'last':
      return path.at(-1) ?? known.sum;
    case 'trailing_mean':
    case 'mean': {
      const count = known.count + weight * (path.length - from);
      return count === 0 ? 0 : (known.sum + weight * sumOf(path, from)) / count;
    }
    case 'sum':
      return known.sum + weight * sumOf(path, 0);
    case 'share': {
      const count = known.count + weight * path.length;
      return count === 0 ? 0 : (known.sum + weight * within(path, final)) / count;
    }
  }
}

/** What the observed values already add, `ahead` steps from now. */
export function observedPart(
  { final, values }: ForecastQuestion,
  ahead: number,
): { sum: number; count: number } {
  switch (final.kind) {
    case 'last':
      return { sum: values.findLast((value) => value !== null) ?? 0, count: 1 };
    case 'trailing_mean': {
      const tail = values.slice(Math.max(0, values.length - Math.max(0, final.steps - ahead)));
      const known = (final.steps > ahead ? tail : []).filter((value) => value !== null);
      return { sum: known.reduce((sum, value) => sum + value, 0), count: known.length };
    }
    case 'mean':
      return { sum: final.soFar, count: final.count };
    case 'sum':
      return { sum: final.soFar, count: 1 };
    case 'share':
      return { sum: final.met, count: final.checks };
  }
}

function sumOf(path: Float64Array, from: number): number {
  let sum = 0;
  for (let index = from; index < path.length; index++) sum += path[index] ?? 0;
  return sum;
}

function within(
  path: Float64Array,
  { lower, upper }: { lower: number | null; upper: number | null },
): number {
  let met = 0;
  for (const value of path) {
    if ((lower === null || value >= lower) && (upper === null || value <= upper)) met++;
  }
  return met;
}

/** How many of the steps that report come no later than `ahead`. */
function countUpTo(aheadSteps: Int32Array, ahead: number): number {
  const after = aheadSteps.findIndex((step) => step > ahead);
  return after === -1 ? aheadSteps.length : after;
}
