import { clamp, countBelow } from './numbers.ts';
import type { HitRule } from './types.ts';

export type MemberName = 'mstl_ets' | 'analogs' | 'last_year' | 'smoothing';

/** On the logit scale each member is held within `held`, weighted and added; see `coefficients.ts`. */
export type Combination = {
  weights: Readonly<Record<MemberName, number>>;
  held: number;
  /** The distance of P10 and P90 from P50 is stretched by this. */
  widening: number;
};

/**
 * A combination as far as a series may be trusted: the fewer observations for the steps ahead, the nearer to one half.
 * On `train` with whole histories this changes nothing (Brier 0.1404 with and without); with all but the newest 14, 24 or
 * 60 values taken away it lowers the Brier score from 0.216, 0.192 and 0.176 to 0.189, 0.177 and 0.170.
 */
export function trusted(by: Combination, observations: number, ahead: number): Combination {
  const trust = observations / (observations + DISTRUST * ahead);
  const { analogs, last_year, mstl_ets, smoothing } = by.weights;
  const weights = {
    mstl_ets: trust * mstl_ets,
    analogs: trust * analogs,
    last_year: trust * last_year,
    smoothing: trust * smoothing,
  };
  return { ...by, weights };
}

const DISTRUST = 0.7;

/** Sorted final values of each member's futures; where one is missing, another stands in for it. */
export type MemberDraws = Record<MemberName, Float64Array>;

export const memberNames: readonly MemberName[] = ['mstl_ets', 'analogs', 'last_year', 'smoothing'];

/** The chance of a hit that one member alone sees: never exactly 0 or 1. */
export function memberChance(sorted: Float64Array, hit: HitRule): number {
  return hitChance(hit, (value, orMore) => shareAbove(sorted, value, orMore));
}

/** The chance of a hit that all members see together. It never falls when the target gets easier. */
export function combinedChance(draws: MemberDraws, hit: HitRule, by: Combination): number {
  return hitChance(hit, (value, orMore) => combinedAbove(draws, by, value, orMore));
}

/** P10, P50 and P90 of the final value, from the same combination that gives the chance. */
export function combinedQuantiles(
  draws: MemberDraws,
  by: Combination,
): { p10: number; p50: number; p90: number } {
  const candidates = candidatesOf(draws, by);
  const p50 = valueAt(draws, by, candidates, 0.5);
  const stretched = (share: number): number =>
    p50 + by.widening * (valueAt(draws, by, candidates, share) - p50);
  return { p10: stretched(0.1), p50, p90: stretched(0.9) };
}

/** All values that a quantile may take: those of every member that has a weight, sorted. */
function candidatesOf(draws: MemberDraws, { weights }: Combination): Float64Array {
  const used = new Set(memberNames.filter((name) => weights[name] > 0).map((name) => draws[name]));
  const all = new Float64Array([...used].reduce((length, values) => length + values.length, 0));
  let place = 0;
  for (const values of used) {
    all.set(values, place);
    place += values.length;
  }
  return all.toSorted();
}

function hitChance({ atLeast, atMost }: HitRule, above: (value: number, orMore: boolean) => number): number {
  const reached = atLeast === null ? 1 : above(atLeast, true);
  const exceeded = atMost === null ? 0 : above(atMost, false);
  return Math.max(LEAST, reached - exceeded);
}

/** Bounds on both sides may leave nothing between them; while steps remain, nothing is certain. */
const LEAST = 0.001;

function combinedAbove(
  draws: MemberDraws,
  { held, weights }: Combination,
  value: number,
  orMore: boolean,
): number {
  let sum = 0;
  for (const name of memberNames) {
    const weight = weights[name];
    if (weight > 0) sum += weight * heldLogit(shareAbove(draws[name], value, orMore), held);
  }
  return 1 / (1 + Math.exp(-sum));
}

/** The logit of a share, held within a border on both sides: no member is believed to be surer than that. */
export function heldLogit(share: number, held: number): number {
  return clamp(Math.log(share / (1 - share)), -held, held);
}

function shareAbove(sorted: Float64Array, value: number, orMore: boolean): number {
  return (sorted.length - countBelow(sorted, value, !orMore) + 0.5) / (sorted.length + 1);
}

/** The smallest candidate that at least `share` of the combined distribution does not exceed. */
function valueAt(draws: MemberDraws, by: Combination, candidates: Float64Array, share: number): number {
  let low = 0;
  let high = candidates.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (1 - combinedAbove(draws, by, candidates[middle] ?? 0, false) >= share) high = middle;
    else low = middle + 1;
  }
  return candidates[low] ?? 0;
}
