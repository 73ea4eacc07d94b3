import { withoutBaseline } from '../domain/baseline.ts';
import { type Cycle, lastDay } from '../domain/cycle.ts';
import { addDays, dayEnd, daysBetween, localDay, minDay } from '../domain/day.ts';
import type { Goal } from '../domain/key-result.ts';
import { lastSettledDay } from '../domain/metric.ts';
import { type BackTestedAlert, daysOf, replay } from './back-test-rule.ts';
import type { DraftBinding, DraftPoints } from './draft-binding.ts';
import { createJudge } from './evaluate-key-result.ts';
import type { EvaluationInput, EvaluationOutput } from './evaluation.ts';
import { type GoalDay, goalSeries } from './goal-series.ts';
import type { AlertRuleRecord, CycleRecord, Deps, KeyResultRecord } from './ports.ts';
import type { Standing } from './ports-definition.ts';
import { toObservation } from './to-observation.ts';

/** The period before: how the same goal would have gone then. */
export type EarlierPeriod = {
  startDay: string;
  endDay: string;
  standing: Standing;
  /** What it was measured at when it began and when it ended. */
  startValue: number | null;
  endValue: number | null;
  days: GoalDay[];
  measuredDays: number;
};
export type DraftTrial = {
  fromDay: string;
  throughDay: string;
  alerts: (Omit<BackTestedAlert, 'keyResultKey'> & { period: 'earlier' | 'cycle' })[];
};

/** What an evaluation would look at, were the Key Result fed by the draft. */
export function draftInput(
  input: EvaluationInput,
  { aggregate, metric }: DraftBinding,
  { points }: DraftPoints,
  changed: Partial<Pick<KeyResultRecord, 'goal' | 'baselineRule'>>,
): EvaluationInput {
  const { currency, unit, versionId } = metric;
  return {
    ...input,
    keyResult: { ...input.keyResult, ...changed, aggregate, unit, currency, metricVersionId: versionId },
    metric,
    // It was read just now, or is told by people: nothing fails.
    connection: null,
    points,
    history: points.map((point) => ({
      ...toObservation(point),
      origin: point.origin,
      fetchedAt: point.fetchedAt,
    })),
    pointsStamp: versionId,
    previous: null,
    machine: null,
    outlookKey: null,
    openAlert: null,
    rules: [],
  };
}

/** How it would stand now, by the code that judges every Key Result. */
export function judgeDraft(
  deps: Pick<Deps, 'forecast'>,
  input: EvaluationInput,
  now: Date,
): { standing: Standing; baseline: EvaluationOutput['baseline']; days: GoalDay[] } {
  const { baseline, state } = createJudge(deps.forecast)(input, now);
  const { cycle, keyResult, metric, points } = input;
  const judged = { ...keyResult, goal: baseline?.goal ?? keyResult.goal };
  const today = localDay(now, cycle.timeZone);
  const days = goalSeries(judged, metric, cycle, points.map(toObservation), today);
  return { standing: state, baseline, days };
}

/**
 * The goal's shape over as many days right before the cycle: from where the metric stood then, just as far. Null where
 * no whole period lies behind what has settled.
 */
export function earlierPeriod(
  deps: Pick<Deps, 'forecast'>,
  input: EvaluationInput,
  start: number | null,
  now: Date,
): { period: EarlierPeriod; input: EvaluationInput } | null {
  const { metric } = input;
  if (metric === null) return null;
  const cycle = periodBefore(input.cycle, addDays(lastSettledDay(metric, now), 1));
  const shift = daysBetween(input.cycle.startDay, cycle.startDay);
  const at = closeOf(cycle, metric.settlesAfterHours, now);
  const asThen = (goal: Goal): EvaluationInput => ({
    ...input,
    cycle: { ...input.cycle, ...cycle },
    overrides: [],
    guard: null,
    keyResult: { ...input.keyResult, goal, paceCurve: shifted(input.keyResult.paceCurve, shift) },
    points: input.points.filter(({ day }) => dayEnd(day, cycle.timeZone) <= at),
  });
  // First where it stood when the period began; then the same way from there.
  const opened = judgeDraft(deps, asThen(withoutBaseline(input.keyResult.goal)), at);
  const goal = sameShape(input.keyResult.goal, start, opened.standing.startValue);
  const then = asThen(goal);
  const { days, standing } = judgeDraft(deps, then, at);
  const inside = days.filter(({ value }) => value !== null);
  if (inside.length === 0) return null;
  return {
    input: then,
    period: {
      startDay: cycle.startDay,
      endDay: cycle.endDay,
      standing,
      startValue: standing.startValue,
      endValue: standing.currentValue ?? inside.at(-1)?.value ?? null,
      days,
      measuredDays: then.points.filter(
        ({ day, value }) => value !== null && day >= cycle.startDay && day < cycle.endDay,
      ).length,
    },
  };
}

/** As long as the cycle, and over before it begins and before the newest day that has settled. */
function periodBefore({ startDay, endDay, timeZone }: CycleRecord, settledEnd: string): Cycle {
  const end = minDay(startDay, settledEnd);
  return { startDay: addDays(end, -daysBetween(startDay, endDay)), endDay: end, timeZone };
}

/** The moment at which its last day has settled. */
function closeOf(cycle: Cycle, settlesAfterHours: number, now: Date): Date {
  const settled = addDays(lastDay(cycle), Math.ceil(settlesAfterHours / 24) + 1);
  const close = new Date(dayEnd(settled, cycle.timeZone).getTime() - 1);
  return close < now ? close : now;
}

function shifted(curve: KeyResultRecord['paceCurve'], days: number): KeyResultRecord['paceCurve'] {
  if (curve.kind === 'linear') return curve;
  return { ...curve, points: curve.points.map((point) => ({ ...point, day: addDays(point.day, days) })) };
}

/** A goal to reach a value becomes one to go just as far from where it stood; the others say how far by themselves. */
function sameShape(goal: Goal, start: number | null, earlierStart: number | null): Goal {
  if (goal.kind === 'reach') {
    if (start === null || earlierStart === null) return { ...goal, startValue: earlierStart };
    return { ...goal, startValue: earlierStart, targetValue: earlierStart + (goal.targetValue - start) };
  }
  if (goal.kind === 'change') return { ...goal, baselineValue: earlierStart };
  return goal.kind === 'guardrail' && goal.method === 'distance'
    ? { ...goal, startValue: earlierStart }
    : goal;
}

/** When a rule would have spoken in each period, by the replay that tries the rules that are saved. */
export async function tryOnDraft(
  deps: Pick<Deps, 'forecast'>,
  inputs: { period: 'earlier' | 'cycle'; input: EvaluationInput }[],
  rule: AlertRuleRecord,
  now: Date,
): Promise<DraftTrial | null> {
  const judge = createJudge(deps.forecast);
  const alerts: DraftTrial['alerts'] = [];
  let fromDay: string | null = null;
  let throughDay: string | null = null;
  for (const { input, period } of inputs) {
    const days = daysOf(input, input.cycle.startDay, now);
    if (days.length === 0) continue;
    fromDay ??= days[0] ?? null;
    throughDay = days.at(-1) ?? throughDay;
    const replayed = await replay(judge, input, rule, days, now);
    alerts.push(...replayed.alerts.map(({ keyResultKey: _own, ...alert }) => ({ ...alert, period })));
  }
  return fromDay === null || throughDay === null ? null : { fromDay, throughDay, alerts };
}
