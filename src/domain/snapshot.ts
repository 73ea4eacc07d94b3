import type { Aggregate } from './aggregate.ts';
import { type Cycle, lastDay } from './cycle.ts';
import { type DataState, type DataStateResult, dataState, type SourceHealth } from './data-state.ts';
import { localDay, minDay } from './day.ts';
import { resolvedStart, resolvedTarget } from './goal.ts';
import type { Kept } from './guardrail.ts';
import type { Goal, PaceCurve } from './key-result.ts';
import { lastSettledDay, type MetricPoint, type MetricTraits, type Observation, observed } from './metric.ts';
import { expectedSteps } from './milestone.ts';
import { expectedOnMeasuredDays, expectedProgress } from './pace.ts';
import { type Progress, type ProgressReading, progressOf } from './progress.ts';
import { type KnownStatus, paceStatus, type Reason, type Status } from './status.ts';

/** What an evaluation reads of a point: one per day. */
export type EvaluationPoint = Observation & Pick<MetricPoint, 'revision'>;

export type EvaluationInput = {
  goal: Goal;
  unit: MetricUnit;
  paceCurve: PaceCurve;
  cycle: Cycle;
  /** The metric that feeds the goal with how reading it goes; null when people check in by hand. */
  source: { traits: MetricTraits; health: SourceHealth } | null;
  /** How points become the compared value of a reach or change goal; by default the latest. */
  aggregate?: Aggregate;
  /** Every point from some time before the cycle on, settled or not, in any order. */
  points: readonly EvaluationPoint[];
  previous: { state: Status; asOfDay: string | null; lastKnown: KnownStatus | null } | null;
  now: Date;
};
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
};

/** Judges a Key Result at `now`: what the points come to, how that stands against the plan, and how the data stand. */
export function evaluateKeyResult(input: EvaluationInput): Evaluation {
  const { cycle, goal, now, source } = input;
  const today = localDay(now, cycle.timeZone);
  const known = observed(input.points);
  const settledThrough = source === null ? today : lastSettledDay(source.traits, now);
  const settled = known.filter((point) => point.day <= settledThrough);
  const newestSettledDay = settled.at(-1)?.day ?? null;
  const newestPointDay = known.at(-1)?.day ?? null;
  const data = dataOf(input, newestPointDay, newestSettledDay);

  const end = minDay(today, lastDay(cycle));
  // A check-in stands until the next one, so by hand every day up to today is known.
  const asOfDay =
    source === null
      ? handAsOf(goal, settled, end)
      : (settled.findLast((point) => point.day <= end)?.day ?? null);
  const reading = read(input, asOfDay);
  const expected = asOfDay === null || isHeld(goal) ? null : expectedAt(input, asOfDay);
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
    closed: isClosed(input, today, newestSettledDay),
    data,
    previous: input.previous,
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
  };
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
  { goal, now, source }: EvaluationInput,
  newestPointDay: string | null,
  newestSettledDay: string | null,
): DataStateResult {
  if (source !== null) {
    return dataState({ ...source.health, newestPointDay, newestSettledDay, traits: source.traits, now });
  }
  if (goal.kind === 'milestone' || newestPointDay !== null) {
    return { state: 'fresh', reason: { code: 'data_manual', values: {} }, tooOld: null };
  }
  return { state: 'none', reason: { code: 'data_unbound', values: {} }, tooOld: null };
}

function used(points: readonly EvaluationPoint[], taken: readonly Observation[]) {
  const revisions = new Map(points.map((point) => [point.day, point.revision]));
  return taken.map(({ day }) => ({ day, revision: revisions.get(day) ?? 0 }));
}
