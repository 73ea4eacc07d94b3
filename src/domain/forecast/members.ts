import { analogs } from './analogs.ts';
import type { MemberName } from './combine.ts';
import { type Intervals, intervalPaths } from './interval-paths.ts';
import type { Paths } from './paths.ts';
import type { ModelSeries } from './prepare.ts';
import { bitsFrom, seedOf } from './random.ts';
import { smoothingPaths } from './smoothing.ts';
import type { ForecastQuestion } from './types.ts';

/** Futures by member; null where one has too little to go by. Smoothing always has something to say. */
export type Members = Record<Exclude<MemberName, 'smoothing'>, Paths | null> & { smoothing: Paths };

/** A model from outside, which gives intervals for the steps ahead; null where it finds none. */
export type IntervalModel = (series: ModelSeries, periods: readonly number[]) => Intervals | null;

export const DRAWS = 500;

export function membersOf(question: ForecastQuestion, series: ModelSeries, model: IntervalModel): Members {
  const bits = bitsFrom(seedOf(question));
  const smoothing = smoothingPaths(series, DRAWS, bits);
  const past = analogs(series, question.step);
  const intervals = model(series, periodsOf(question, series));
  return {
    mstl_ets: intervals === null ? null : intervalPaths(series, intervals, DRAWS, bits),
    analogs: past?.history ?? null,
    last_year: past?.lastYear ?? null,
    smoothing,
  };
}

/** Points that the outside model is given: more made it slower, not better. */
export const MODELLED = 250;

/**
 * Seasons by the calendar, each only where two cycles are there. The newest `MODELLED` points have no room for a year of
 * days: that is left to the analogs.
 */
export function periodsOf({ step }: Pick<ForecastQuestion, 'step'>, { z, slot }: ModelSeries): number[] {
  const points = Math.min(z.length, MODELLED);
  const cycle = { hour: 24, day: new Set(slot).size, week: 52, month: 12 }[step];
  return cycle >= 2 && points >= 2 * cycle + 2 ? [cycle] : [];
}
