import type { Aggregate } from './aggregate.ts';
import { type BaselineRule, type CapturedBaseline, captureBaseline, usualBaselineRule } from './baseline.ts';
import type { CohortDays } from './cohort.ts';
import { type Cycle, lastDay } from './cycle.ts';
import { type DataState, type DataStateResult, dataState, type SourceHealth } from './data-state.ts';
import { addDays, daysBetween, localDay, minDay } from './day.ts';
import { resolvedStart, resolvedTarget } from './goal.ts';
import type { Kept } from './guardrail.ts';
import type { Goal, PaceCurve } from './key-result.ts';
import { lastSettledDay, type MetricPoint, type MetricTraits, type Observation, observed } from './metric.ts';
import { expectedSteps } from './milestone.ts';
import type { Outlook } from './outlook.ts';
import { type Override, overrideOn } from './override.ts';
import { expectedOnMeasuredDays, expectedProgress } from './pace.ts';
import { type Progress, type ProgressReading, progressOf, progressOfValue } from './progress.ts';
import { rhythmOf } from './rhythm.ts';
import { type KnownStatus, paceStatus, type Reason, type Status, type StatusInput } from './status.ts';

/** What an evaluation reads of a point: one per day. */
export type EvaluationPoint = Observation & Pick<MetricPoint, 'revision'>;

export type EvaluationInput = {
  goal: Goal;
  unit: MetricUnit;
  paceCurve: PaceCurve;
  cycle: Cycle;
  /** The metric that feeds the goal with how reading it goes; null when people check in by hand. */
  source: { traits: MetricTraits; health: SourceHealth } | null;
  /** Where the metric follows cohorts. */
  cohort?: CohortDays | null;
  /** How points become the compared value of a reach or change goal; by default the latest. */
  aggregate?: Aggregate;
  /** How a missing baseline is captured; by default as fits the aggregate. */
  baselineRule?: BaselineRule;
  /** An owner's values in the place of the source's, oldest first. */
  overrides?: readonly Override[];
  /** Every point from some time before the cycle on, settled or not, in any order. */
  points: readonly EvaluationPoint[];
  previous: { state: Status; asOfDay: string | null; lastKnown: KnownStatus | null } | null;
  /** Days that a check-in speaks for what nobody measures; by default the usual ones. */
  checkInDays?: number;
  /** What is expected at the deadline, as of the judged day; without it, or where it has no chance, the pace rule judges. */
  outlook?: (judged: JudgedDay) => Outlook | null;
  now: Date;
};
/** What a goal has come to on the day that is judged. */
export type JudgedDay = { asOfDay: string; goal: Goal; current: number; kept: Kept | null };
type MetricUnit = Parameters<typeof paceStatus>[0]['unit'];

/** Everything that is stored of one evaluation. Nothing later than `asOfDay` went into it. */
export type Evaluation = {
  asOfDay: string | null;
  currentValue: number | null;
  startValue: number | null;
  targetValue: number | null;
  /** Fraction of the way, unclamped. */
  progress: number | null;
  /** Fraction of the way; null for a guardrail that is held from the first day on, and before there is a value. */
  expected: number | null;
  /** Progress ÷ expected; null while nothing is expected. */
  pace: number | null;
  kept: Kept | null;
  status: Status;
  statusReason: Reason;
  lastKnown: KnownStatus | null;
  dataState: DataState;
  dataReason: Reason;
  dataThroughDay: string | null;
  usedPoints: { day: string; revision: number }[];
  /** Days of an accumulated total without a value, up to `asOfDay`. */
  missingDays: string[];
  /** The goal that was judged: with its baseline, when this evaluation has captured it. */
  goal: Goal;
  /** A baseline that was missing until now, to be frozen; null otherwise. */
  captured: (CapturedBaseline & { usedPoints: { day: string; revision: number }[] }) | null;
  /** The override that stood in for the source, if one was in force. */
  override: Override | null;
  /** What is expected at the deadline; null where nothing can be, and once the result is known. */
  outlook: Outlook | null;
};

/** Judges a Key Result at `now`: what the points come to, how that stands against the plan, and how the data stand. */
export function evaluateKeyResult(given: EvaluationInput): Evaluation {
  const captured = capture(given);
  const input = captured === null ? given : { ...given, goal: withBaseline(given.goal, captured.value) };
  const { cycle, goal, now, source } = input;
  const today = localDay(now, cycle.timeZone);
  const known = observed(input.points);
  const settledThrough = source === null ? today : lastSettledDay(source.traits, now);
  const settled = known.filter((point) => point.day <= settledThrough);
  const newestSettledDay = settled.at(-1)?.day ?? null;
  const newestPointDay = known.at(-1)?.day ?? null;
  const data = dataOf(input, newestPointDay, settled);

  const end = minDay(today, lastDay(cycle));
  const override = overrideOn(input.overrides ?? [], end);
  const asOfDay = override === null ? lastJudgedDay(input, settled, end) : end;
  const reading =
    override === null ? read(input, asOfDay) : progressOfValue(goal, override.value, end, cycle);
  const expected = asOfDay === null || isHeld(goal) ? null : expectedAt(input, asOfDay);
  const closed = override === null ? isClosed(input, today, newestSettledDay) : today >= cycle.endDay;
  const outlook = override === null && !closed ? outlookOn(input, asOfDay, reading) : null;
  const status = paceStatus({
    goal,
    unit: input.unit,
    cycle,
    today,
    asOfDay,
    progress: reading,
    expected: judgedExpected(input, asOfDay, reading.missingDays),
    kept: reading.kept,
    missingDays: reading.missingDays.length,
    closed,
    // What an owner has said does not wait for the source; how that stands is told beside it.
    data: override === null ? data : { state: 'fresh', tooOld: null },
    previous: input.previous,
    cohort: override === null ? (input.cohort ?? null) : null,
    outlook: judgeable(outlook),
  });
  const progress = reading.value;
  return {
    asOfDay,
    currentValue: reading.current,
    startValue: resolvedStart(goal),
    targetValue: resolvedTarget(goal),
    progress,
    expected,
    pace: progress !== null && expected !== null && expected > 0 ? progress / expected : null,
    kept: reading.kept,
    status: status.state,
    statusReason: status.reason,
    lastKnown: status.lastKnown,
    dataState: data.state,
    dataReason: data.reason,
    dataThroughDay: newestSettledDay ?? newestPointDay,
    usedPoints: used(input.points, reading.used),
    missingDays: reading.missingDays,
    goal,
    captured: captured === null ? null : { ...captured, usedPoints: used(input.points, captured.used) },
    override,
    outlook,
  };
}

/** Asked only of what is measured, on days of the cycle, where there is a value to go on from. */
function outlookOn(
  { cycle, goal, outlook, source }: EvaluationInput,
  asOfDay: string | null,
  { current, kept, value }: ProgressReading,
): Outlook | null {
  if (outlook === undefined || source === null || asOfDay === null || asOfDay < cycle.startDay) return null;
  return value === null || current === null ? null : outlook({ asOfDay, goal, current, kept });
}

function judgeable(outlook: Outlook | null): StatusInput['outlook'] {
  if (outlook === null || outlook.chance === null || !outlook.forecast.available) return null;
  return { chance: outlook.chance, forecast: outlook.forecast };
}

/** A baseline that the goal lacks and the settled points before the cycle can give. Once frozen it is never remade. */
function capture(input: EvaluationInput): CapturedBaseline | null {
  const { aggregate = 'latest', cycle, goal, now, source } = input;
  const missing =
    (goal.kind === 'change' && goal.baselineValue === null) ||
    ((goal.kind === 'reach' || (goal.kind === 'guardrail' && goal.method === 'distance')) &&
      goal.startValue === null);
  if (!missing || source === null) return null;
  // Until the last day before the start has settled, the window is not whole.
  if (lastSettledDay(source.traits, now) < addDays(cycle.startDay, -1)) return null;
  const { kind } = source.traits;
  const rule = input.baselineRule ?? usualBaselineRule(aggregate, kind);
  return captureBaseline(rule, input.points, kind, aggregate, cycle.startDay);
}

/** The goal with its start known. */
export function withBaseline(goal: Goal, value: number): Goal {
  if (goal.kind === 'change') return { ...goal, baselineValue: value };
  return goal.kind === 'reach' || goal.kind === 'guardrail' ? { ...goal, startValue: value } : goal;
}

/** A check-in stands until the next one, so by hand every day up to today is known. */
function lastJudgedDay(input: EvaluationInput, settled: readonly Observation[], end: string): string | null {
  if (input.source === null) return handAsOf(input.goal, settled, end);
  return settled.findLast((point) => point.day <= end)?.day ?? null;
}

function handAsOf(goal: Goal, settled: readonly Observation[], end: string): string | null {
  return goal.kind === 'milestone' || settled.some((point) => point.day <= end) ? end : null;
}

function read(input: EvaluationInput, asOfDay: string | null): ProgressReading {
  const none: Progress = { value: null, reason: 'no_observation' };
  if (asOfDay === null) return { ...none, current: null, used: [], missingDays: [], kept: null };
  const { goal, source } = input;
  const counted = goal.kind === 'accumulate' || goal.kind === 'recurring';
  return progressOf(goal, input.points, asOfDay, input.cycle, {
    kind: source?.traits.kind ?? (counted ? 'flow' : 'stock'),
    everyDayExpected: source !== null,
    ...(input.aggregate === undefined ? {} : { aggregate: input.aggregate }),
  });
}

/** A promise that is full from the start has no pace to show: only a share of planned checks grows with the days. */
function isHeld(goal: Goal): boolean {
  return goal.kind === 'guardrail' && goal.method !== 'share_of_planned';
}

function expectedAt({ cycle, goal, paceCurve }: EvaluationInput, asOfDay: string): number {
  const line = expectedProgress(paceCurve, cycle, asOfDay);
  return goal.kind === 'milestone' && paceCurve.kind === 'linear' ? expectedSteps(goal, line) : line;
}

function judgedExpected(input: EvaluationInput, asOfDay: string | null, missing: string[]): number {
  if (asOfDay === null) return 0;
  if (missing.length === 0) return expectedAt(input, asOfDay);
  return expectedOnMeasuredDays(input.paceCurve, input.cycle, asOfDay, missing);
}

/** Over for good once the source has settled the last day, or has gone past it without a value for it. */
function isClosed(
  { cycle, source }: EvaluationInput,
  today: string,
  newestSettledDay: string | null,
): boolean {
  if (source === null) return today >= cycle.endDay;
  return newestSettledDay !== null && newestSettledDay >= lastDay(cycle);
}

function dataOf(
  { checkInDays = CHECK_IN_DAYS, cycle, goal, now, source }: EvaluationInput,
  newestPointDay: string | null,
  settled: readonly { day: string }[],
): DataStateResult {
  if (source !== null) {
    const newestSettledDay = settled.at(-1)?.day ?? null;
    const { health, traits } = source;
    return dataState({
      ...health,
      newestPointDay,
      newestSettledDay,
      // Months are of several lengths; which one is due is known.
      rhythmDays: traits.cadence === 'month' ? 1 : rhythmOf(settled),
      traits,
      now,
    });
  }
  // After the cycle nobody is asked any more.
  const today = minDay(localDay(now, cycle.timeZone), lastDay(cycle));
  if (newestPointDay !== null && goal.kind !== 'milestone')
    return checkInState(newestPointDay, today, checkInDays);
  if (goal.kind === 'milestone') {
    return { state: 'fresh', reason: { code: 'data_manual', values: {} }, tooOld: null };
  }
  return { state: 'none', reason: { code: 'data_unbound', values: {} }, tooOld: null };
}

/** How long a check-in speaks for what nobody measures, before its owner is asked again. */
export const CHECK_IN_DAYS = 14;

/** An old check-in still counts, because nothing else knows better; it is late, and never turns a status. */
function checkInState(throughDay: string, today: string, checkInDays: number): DataStateResult {
  const days = daysBetween(throughDay, today);
  if (days <= checkInDays) {
    return { state: 'fresh', reason: { code: 'data_manual', values: {} }, tooOld: null };
  }
  return { state: 'late', reason: { code: 'data_check_in_due', values: { days, throughDay } }, tooOld: null };
}

function used(points: readonly EvaluationPoint[], taken: readonly Observation[]) {
  const revisions = new Map(points.map((point) => [point.day, point.revision]));
  return taken.map(({ day }) => ({ day, revision: revisions.get(day) ?? 0 }));
}
