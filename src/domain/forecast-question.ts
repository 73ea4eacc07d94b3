import { type Aggregate, aggregate, trailingDaysOf } from './aggregate.ts';
import { type Cycle, lastDay } from './cycle.ts';
import { addDays } from './day.ts';
import type { FinalValue, ForecastQuestion, HitRule } from './forecast/types.ts';
import { resolvedStart, resolvedTarget } from './goal.ts';
import type { Kept } from './guardrail.ts';
import type { Goal } from './key-result.ts';
import { type MetricTraits, measured, type Observation, type Unit } from './metric.ts';
import { gridOf, type SeriesGrid } from './series-grid.ts';
import { paceRule } from './status.ts';

/** Fewer observations than this are no history: the pace rule judges. */
export const LITTLE_HISTORY = 14;

/** What is asked of the forecast, and how its answers become values of the goal again. */
export type Posed = {
  question: ForecastQuestion;
  /** The goal compares so many times what the question asks: a total over seven days is seven times their mean. */
  scale: number;
  deadlineDay: string;
  /** What the value cannot pass, in the goal's own unit: nobody can convert more than everybody. */
  bounds: { lower: number | null; upper: number | null };
};

/** Why there is no forecast: a stable code. */
export type NoForecast =
  /** Nothing measures it, or an owner's value stands in the place of what is measured. */
  | 'not_measured'
  /** Goals of steps and of periods are judged by what is done, not by a series. */
  | 'no_model'
  | 'no_target'
  | 'little_history';

export type QuestionInput = {
  goal: Goal;
  unit: Unit;
  aggregate: Aggregate;
  traits: Pick<MetricTraits, 'kind' | 'cadence'>;
  cycle: Cycle;
  asOfDay: string;
  /** Every settled point up to `asOfDay` that may be used, in any order; from long before the cycle on. */
  history: readonly Observation[];
  /** The total so far of an accumulated goal; the compared value of the others. */
  current: number;
  kept: Kept | null;
};

/** The goal as a question about a series, or why it is none. */
export function questionOf(
  input: QuestionInput,
): { ok: true; posed: Posed } | { ok: false; why: NoForecast } {
  const plan = planOf(input);
  if (typeof plan === 'string') return { ok: false, why: plan };
  const series = seriesOf(input);
  const observations = series.filter(({ day }) => day <= input.asOfDay);
  if (observations.length < LITTLE_HISTORY) return { ok: false, why: 'little_history' };
  const grid = gridOf(observations, input.traits.cadence ?? 'day');
  const { cycle } = input;
  const scale = scaleOf(input, grid);
  const question: ForecastQuestion = {
    step: grid.step,
    start: grid.start,
    values: grid.values,
    elapsedSteps: Math.min(grid.stepsAfter(addDays(cycle.startDay, -1)), grid.values.length),
    remainingSteps: grid.stepsUntil(lastDay(cycle)),
    final: finalOf(plan.final, input, grid),
    hit: scaled(plan.hit, 1 / scale),
    nonNegative: input.unit !== 'money' && observations.every(({ value }) => value >= 0),
  };
  const isShare =
    question.final.kind === 'share' ||
    (input.unit === 'ratio' && observations.every(({ value }) => value <= 1));
  const bounds = {
    lower: question.nonNegative ? 0 : null,
    upper: isShare && question.nonNegative ? 1 : null,
  };
  return { ok: true, posed: { question, scale, deadlineDay: lastDay(cycle), bounds } };
}

type Plan = { final: FinalValue['kind']; hit: HitRule };

function planOf({ aggregate: rule, goal, traits }: QuestionInput): Plan | NoForecast {
  switch (goal.kind) {
    case 'milestone':
    case 'recurring':
      return 'no_model';
    case 'accumulate':
      return { final: 'sum', hit: { atLeast: goal.targetValue, atMost: null } };
    case 'reach':
    case 'change': {
      const [start, target] = [resolvedStart(goal), resolvedTarget(goal)];
      if (start === null || target === null) return 'no_target';
      const hit = target >= start ? { atLeast: target, atMost: null } : { atLeast: null, atMost: target };
      return { final: levelFinal(rule, traits.kind), hit };
    }
    case 'guardrail': {
      const hit = { atLeast: goal.lower, atMost: goal.upper };
      if (goal.method === 'latest' || goal.method === 'distance') return { final: 'last', hit };
      // Kept day by day: on track is said from this share on, and so the chance is the chance of that.
      return { final: 'share', hit: { atLeast: paceRule.onTrackRatio, atMost: null } };
    }
  }
}

function levelFinal(rule: Aggregate, kind: MetricTraits['kind']): FinalValue['kind'] {
  if (rule === 'sum') return 'sum';
  if (rule === 'mean') return 'mean';
  return isTotalOfDays(rule, kind) ? 'trailing_mean' : 'last';
}

/** A flow over a trailing window is a total of days; of other kinds the window makes a series of its own. */
function isTotalOfDays(rule: Aggregate, kind: MetricTraits['kind']): rule is { trailingDays: number } {
  return kind === 'flow' && trailingDaysOf(rule) > 0;
}

/**
 * The series that is forecast: the points themselves where days are added up, and otherwise the compared value as it
 * stood at the close of each day, so that a rate over 28 days is always sums over sums.
 */
function seriesOf({
  aggregate: rule,
  cycle,
  goal,
  history,
  traits,
}: QuestionInput): { day: string; value: number }[] {
  const points = measured(history);
  const isCompared =
    (goal.kind === 'reach' || goal.kind === 'change') &&
    (rule === 'last_complete_month' || (trailingDaysOf(rule) > 0 && traits.kind !== 'flow'));
  if (!isCompared) return points;
  return points.flatMap(({ day }, index) => {
    // Only as much as the window can see, or a long history would be walked once for each of its days.
    const from = Math.max(0, index - Math.max(trailingDaysOf(rule), 64));
    const { result } = aggregate(rule, traits.kind, points.slice(from, index + 1), cycle.startDay, day);
    return result.value === null ? [] : [{ day, value: result.value }];
  });
}

function scaleOf({ aggregate: rule, goal, traits }: QuestionInput, grid: SeriesGrid): number {
  const level = goal.kind === 'reach' || goal.kind === 'change';
  return level && isTotalOfDays(rule, traits.kind) ? grid.stepsIn(rule.trailingDays) : 1;
}

function finalOf(kind: FinalValue['kind'], input: QuestionInput, grid: SeriesGrid): FinalValue {
  const { aggregate: rule, current, cycle, goal, history, kept } = input;
  const inCycle = measured(history).filter(({ day }) => day >= cycle.startDay && day <= input.asOfDay).length;
  switch (kind) {
    case 'last':
      return { kind };
    case 'trailing_mean':
      return { kind, steps: grid.stepsIn(trailingDaysOf(rule)) };
    case 'sum':
      return { kind, soFar: inCycle === 0 ? 0 : current };
    case 'mean':
      return { kind, soFar: inCycle === 0 ? 0 : current * inCycle, count: inCycle };
    case 'share': {
      const [lower, upper] = goal.kind === 'guardrail' ? [goal.lower, goal.upper] : [null, null];
      return { kind, met: kept?.met ?? 0, checks: kept?.periods ?? 0, lower, upper };
    }
  }
}

function scaled({ atLeast, atMost }: HitRule, factor: number): HitRule {
  return {
    atLeast: atLeast === null ? null : atLeast * factor,
    atMost: atMost === null ? null : atMost * factor,
  };
}
