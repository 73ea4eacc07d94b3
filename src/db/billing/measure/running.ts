import { type Fraction, wholeOver } from '../../../domain/billing/exact.ts';
import type { Days } from '../../../domain/billing/movements.ts';
import type { Cuts } from './cuts.ts';

/** An amount in a place: a slice of time, or a window. Not reduced, because there are many of them. */
export type Entry = { at: number; numerator: bigint; denominator: bigint };

/** What was added up, over one denominator. Places are counted from 0. */
export type Sums = {
  /** Everything up to a place, itself included. */
  upTo(place: number): Fraction;
  /** Everything after one place and up to another. */
  between(after: number, upTo: number): Fraction;
};

/**
 * Running sums over places, exact. Everything is brought to one denominator first, so that adding is adding whole
 * numbers, and a fraction is made only of what is asked for.
 */
export function runningSums(places: number, entries: readonly Entry[]): Sums {
  const common = [...new Set(entries.map((entry) => entry.denominator))].reduce(leastCommonMultiple, 1n);
  const totals = Array.from({ length: places }, () => 0n);
  for (const { at, numerator, denominator } of entries) {
    if (at < places) totals[at] = (totals[at] ?? 0n) + numerator * (common / denominator);
  }
  for (let place = 1; place < places; place += 1) {
    totals[place] = (totals[place] ?? 0n) + (totals[place - 1] ?? 0n);
  }
  return {
    upTo: (place) => wholeOver(totals[place] ?? 0n, common),
    between: (after, upTo) => wholeOver((totals[upTo] ?? 0n) - (totals[after] ?? 0n), common),
  };
}

/** Running sums of entries in slices, asked for by days at which there is a cut. */
export type Running = {
  /** Everything before the first instant of the day. */
  before(day: string): Fraction;
  within(days: Days): Fraction;
};

export function runningTotal(cuts: Cuts, entries: readonly Entry[]): Running {
  const sums = runningSums(cuts.days.length + 1, entries);
  const last = (day: string) => cuts.sliceOf(day) - 1;
  return {
    before: (day) => sums.upTo(last(day)),
    within: ({ startDay, endDay }) => sums.between(last(startDay), last(endDay)),
  };
}

/** The amount times a factor, as an entry. */
export function times({ at, numerator, denominator }: Entry, factor: Fraction): Entry {
  return { at, numerator: numerator * factor.s * factor.n, denominator: denominator * factor.d };
}

export function entryOf(at: number, amount: Fraction): Entry {
  return { at, numerator: amount.s * amount.n, denominator: amount.d };
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
