import { calendarOf } from './calendar.ts';
import { combinedChance, combinedQuantiles, memberChance } from './combine.ts';
import { decidedOutcome, finalAsItStands, isHit } from './decided.ts';
import { combinationFor, drawsAt, fanOf, presentMembers } from './fan.ts';
import { finalValues } from './final-value.ts';
import { type IntervalModel, membersOf, periodsOf } from './members.ts';
import { emptyPaths } from './paths.ts';
import { type ModelSeries, prepare } from './prepare.ts';
import { rateOf } from './rate.ts';
import type { Forecast, ForecastQuestion } from './types.ts';

/** Under so many observations it is said that there are few. */
const WHOLE_HISTORY = 14;
/** What a series that has never moved is given for staying where it is. */
const NEVER_MOVED = 0.99;

/**
 * The forecast of a question: the chance of a hit, the final value with its interval, and the way there. It depends on
 * the question alone, and a target that is easier on the same series never gets a lower chance.
 *
 * @param model a model from outside; where it gives nothing, smoothing stands in for it
 * @throws RangeError when nothing was observed, or a value is not finite
 */
export function forecast(asked: ForecastQuestion, model: IntervalModel): Forecast {
  const question = observedPartOf(asked);
  const series = prepare(question);
  const common = {
    littleHistory: series.observations < WHOLE_HISTORY,
    inputs: inputsOf(question, series),
    rate: rateOf(question),
  };
  const outcome = decidedOutcome(question);
  if (question.remainingSteps <= 0) {
    return {
      ...common,
      ...settled(question, finalAsItStands(question)),
      method: 'decided',
      pHit: outcome === 'hit' ? 1 : 0,
    };
  }
  const said = nothingMoves(series) ? constant(question, series) : modelled(question, series, model);
  if (outcome !== null) return { ...common, ...said, method: 'decided', pHit: outcome === 'hit' ? 1 : 0 };
  return { ...common, ...said };
}

type Said = Pick<Forecast, 'fan' | 'members' | 'method' | 'pHit' | 'quantiles'>;

function modelled(question: ForecastQuestion, series: ModelSeries, model: IntervalModel): Said {
  const members = membersOf(question, series, model);
  const draws = drawsAt(question, series, members, question.remainingSteps);
  const by = combinationFor(series, question.remainingSteps);
  const quantiles = combinedQuantiles(draws, by);
  const present = presentMembers(members);
  return {
    pHit: combinedChance(draws, question.hit, by),
    method: present.length === 1 ? 'smoothing' : 'combined',
    quantiles,
    fan: fanOf(question, series, members, quantiles),
    members: Object.fromEntries(present.map((name) => [name, memberChance(draws[name], question.hit)])),
  };
}

/** It has never moved, or it reports nothing more before the deadline. */
function nothingMoves({ aheadSteps, z }: ModelSeries): boolean {
  return aheadSteps.length === 0 || z.every((value) => value === z[0]);
}

/** What has never moved is expected to stay where it is, and that is not certain. */
function constant(question: ForecastQuestion, series: ModelSeries): Said {
  const path = emptyPaths(1, series.aheadSteps.length);
  path.values.fill(series.scale.back(series.z[0] ?? 0));
  const value = finalValues(question, series, path, question.remainingSteps)[0] ?? 0;
  const trust = Math.min(1, series.observations / WHOLE_HISTORY);
  const sure = 0.5 + trust * (NEVER_MOVED - 0.5);
  const pHit = isHit(question.hit, value) ? sure : 1 - sure;
  return { ...settled(question, value), method: 'constant', pHit };
}

function settled(
  { remainingSteps }: ForecastQuestion,
  value: number,
): Pick<Said, 'fan' | 'members' | 'quantiles'> {
  const quantiles = { p10: value, p50: value, p90: value };
  return { quantiles, fan: remainingSteps > 0 ? [{ ahead: remainingSteps, ...quantiles }] : [], members: {} };
}

/**
 * The question from its first value to its newest. Steps after that one are no evaluation, and still lie ahead; and how
 * much silence a source sends along before its series begins changes nothing.
 */
function observedPartOf(question: ForecastQuestion): ForecastQuestion {
  const { elapsedSteps, remainingSteps, start, step, values } = question;
  const first = values.findIndex((value) => value !== null);
  if (first === -1) throw new RangeError('a forecast needs at least one observation');
  if (!values.every((value) => value === null || Number.isFinite(value))) {
    throw new RangeError('a value of the series is not a finite number');
  }
  const begun = first === 0 ? start : calendarOf(step, start).nameOf(first);
  // Once it is over, the silence before the deadline is part of what is judged.
  const end = remainingSteps > 0 ? values.findLastIndex((value) => value !== null) + 1 : values.length;
  const silent = values.length - end;
  return {
    ...question,
    start: begun,
    values: values.slice(first, end),
    elapsedSteps: elapsedSteps - silent,
    remainingSteps: remainingSteps + silent,
  };
}

function inputsOf(question: ForecastQuestion, series: ModelSeries): Forecast['inputs'] {
  const { at, calendar, gaps, observations, outliers } = series;
  return {
    step: question.step,
    from: calendar.nameOf(at[0] ?? 0),
    through: calendar.nameOf(at.at(-1) ?? 0),
    observations,
    gaps,
    outliers,
    periods: periodsOf(question, series),
  };
}
