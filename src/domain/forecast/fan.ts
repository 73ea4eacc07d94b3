import { coefficients } from './coefficients.ts';
import { type Combination, combinedQuantiles, type MemberDraws, memberNames, trusted } from './combine.ts';
import { finalValues } from './final-value.ts';
import type { Members } from './members.ts';
import type { Paths } from './paths.ts';
import type { ModelSeries } from './prepare.ts';
import type { Forecast, ForecastQuestion } from './types.ts';

const PLACES = 32;
/** A picture needs fewer draws than a chance. */
const DRAWN = 120;

/** The judged value as it would stand on the way to the deadline; the last place is the deadline itself. */
export function fanOf(
  question: ForecastQuestion,
  series: ModelSeries,
  members: Members,
  atDeadline: Forecast['quantiles'],
): Forecast['fan'] {
  const { remainingSteps } = question;
  const places = Math.min(PLACES, remainingSteps);
  const thin: Members = {
    mstl_ets: thinned(members.mstl_ets),
    analogs: thinned(members.analogs),
    last_year: thinned(members.last_year),
    smoothing: thinned(members.smoothing) ?? members.smoothing,
  };
  return Array.from({ length: places }, (_, index) => {
    const ahead = Math.round(((index + 1) * remainingSteps) / places);
    if (ahead === remainingSteps) return { ahead, ...atDeadline };
    return {
      ahead,
      ...combinedQuantiles(drawsAt(question, series, thin, ahead), combinationFor(series, ahead)),
    };
  });
}

/** The shipped combination, as far as this series can be trusted over so many steps. */
export function combinationFor({ observations }: ModelSeries, ahead: number): Combination {
  return trusted(coefficients, observations, ahead);
}

/** Sorted final values by member, as they would stand `ahead` steps from now; a missing member is stood in for. */
export function drawsAt(
  question: ForecastQuestion,
  series: ModelSeries,
  members: Members,
  ahead: number,
): MemberDraws {
  const sorted = (paths: Paths): Float64Array => finalValues(question, series, paths, ahead).toSorted();
  const smoothing = sorted(members.smoothing);
  const analogs = members.analogs === null ? smoothing : sorted(members.analogs);
  return {
    mstl_ets: members.mstl_ets === null ? smoothing : sorted(members.mstl_ets),
    analogs,
    last_year: members.last_year === null ? analogs : sorted(members.last_year),
    smoothing,
  };
}

/** What each member says for itself, of those that had something to go by. */
export function presentMembers(members: Members): (keyof Members)[] {
  return memberNames.filter((name) => members[name] !== null);
}

function thinned(paths: Paths | null): Paths | null {
  if (paths === null || paths.draws <= DRAWN) return paths;
  const every = Math.ceil(paths.draws / DRAWN);
  const draws = Math.floor(paths.draws / every);
  const values = new Float64Array(draws * paths.steps);
  for (let draw = 0; draw < draws; draw++) {
    const from = draw * every * paths.steps;
    values.set(paths.values.subarray(from, from + paths.steps), draw * paths.steps);
  }
  return { draws, steps: paths.steps, values };
}
