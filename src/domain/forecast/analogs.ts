import { horizonLevels, type Levels } from './horizon-level.ts';
import { meanOf } from './numbers.ts';
import { emptyPaths, type Paths } from './paths.ts';
import type { ModelSeries } from './prepare.ts';
import type { ForecastStep } from './types.ts';

/** At most so many past origins are replayed, the first of them after the levels have settled. */
const MOST_ORIGINS = 240;
const WARM_UP = 20;
/** Origins around the same date of an earlier year, and the steps between them. */
const AROUND = [-2, -1, 0, 1, 2];
const APART = { hour: 1, day: 2, week: 1, month: 1 } as const;
/** A move of last year is smoothed over one week of days, so that one odd day is not repeated. */
const SMOOTHED = { hour: 1, day: 7, week: 1, month: 1 } as const;
const YEARS = 3;

export type Analogs = {
  /** What happened after every past origin, moved to where the series stands now. */
  history: Paths;
  /** The same, moved to where the series went over these steps of earlier years; null with less than a year behind. */
  lastYear: Paths | null;
};

/**
 * Futures from the series' own past: after each past origin, what came beyond the level at that origin, put on the level
 * of now. The mean of it all is taken out: that a series grew is no reason that it will, and the other members see
 * trends. Null where the series is too short for the horizon.
 */
export function analogs(series: ModelSeries, step: ForecastStep): Analogs | null {
  const { adjusted } = series;
  const horizon = series.aheadSteps.length;
  // Days and hours fall back to their mean, weeks and months grow: see bench/offtrack/README.md for what was measured.
  const levels = horizonLevels(adjusted, horizon, step === 'day' || step === 'hour');
  if (levels === null) return null;
  const origins = originsOf(adjusted.length, horizon);
  const usual = meanMove(adjusted, levels, origins, horizon);
  const years = sameDates(series, step);
  const none = new Float64Array(horizon);
  return {
    history: pathsFrom(series, levels, origins, usual, none),
    lastYear:
      years.length === 0
        ? null
        : pathsFrom(
            series,
            levels,
            origins,
            usual,
            smoothed(meanMove(adjusted, levels, years, horizon), SMOOTHED[step]),
          ),
  };
}

function originsOf(length: number, horizon: number): number[] {
  const first = Math.min(WARM_UP, length >> 2);
  const last = length - 1 - horizon;
  const stride = Math.max(1, Math.ceil((last - first + 1) / MOST_ORIGINS));
  const origins: number[] = [];
  for (let origin = last; origin >= first; origin -= stride) origins.push(origin);
  return origins;
}

/** Places around the same calendar step of earlier years, with a level before them and a whole horizon after them. */
function sameDates({ at, calendar, aheadSteps }: ModelSeries, step: ForecastStep): number[] {
  const { year } = calendar;
  if (year === null) return [];
  const found: number[] = [];
  const newest = at.at(-1) ?? 0;
  const earliest = Math.min(WARM_UP / 2, at.length >> 2);
  for (let years = 1; years <= YEARS; years++) {
    const place = at.findLastIndex((index) => index <= newest - years * year);
    if (place < earliest) break;
    for (const offset of AROUND) {
      const origin = place + offset * APART[step];
      if (origin >= 0 && origin + aheadSteps.length < at.length) found.push(origin);
    }
  }
  return found;
}

/** The mean way from the level at an origin to what came after it. */
function meanMove(
  adjusted: Float64Array,
  levels: Levels,
  origins: readonly number[],
  horizon: number,
): Float64Array {
  const moves = new Float64Array(horizon);
  for (const origin of origins) {
    const level = levels[origin] ?? 0;
    for (let step = 0; step < horizon; step++) {
      moves[step] = (moves[step] ?? 0) + ((adjusted[origin + 1 + step] ?? 0) - level) / origins.length;
    }
  }
  return moves;
}

function smoothed(moves: Float64Array, width: number): Float64Array {
  const half = width >> 1;
  return moves.map((_, index) =>
    meanOf(moves.subarray(Math.max(0, index - half), Math.min(moves.length, index + half + 1))),
  );
}

function pathsFrom(
  series: ModelSeries,
  levels: Levels,
  origins: readonly number[],
  usual: Float64Array,
  moved: Float64Array,
): Paths {
  const { adjusted, aheadSlots, profile, scale } = series;
  const horizon = aheadSlots.length;
  const paths = emptyPaths(origins.length, horizon);
  const now = levels.at(-1) ?? 0;
  const middle = moved.map(
    (move, step) => now + move - (usual[step] ?? 0) + (profile[aheadSlots[step] ?? 0] ?? 0),
  );
  let place = 0;
  for (const origin of origins) {
    const level = levels[origin] ?? 0;
    for (let step = 0; step < horizon; step++) {
      paths.values[place++] = scale.back((adjusted[origin + 1 + step] ?? 0) - level + (middle[step] ?? 0));
    }
  }
  return paths;
}
