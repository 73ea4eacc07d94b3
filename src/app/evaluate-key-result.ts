import { createHash } from 'node:crypto';
import { captureBaseline, usualBaselineRule } from '../domain/baseline.ts';
import { addDays } from '../domain/day.ts';
import { type Guard, type GuardState, judgeGuard } from '../domain/guard.ts';
import { isSettled, lastSettledDay, type MetricTraits } from '../domain/metric.ts';
import type { ForecastEvidence, Forecaster, Outlook } from '../domain/outlook.ts';
import type { ErrorClass } from '../domain/retry.ts';
import { type Evaluation, evaluateKeyResult } from '../domain/snapshot.ts';
import { alertStep } from './alert-step.ts';
import { cohortOf } from './cohort-of.ts';
import type { EvaluationInput, EvaluationOutput, Judge } from './evaluation.ts';
import { newId } from './ids.ts';
import { isStoredSettled } from './is-stored-settled.ts';
import { outlookFor } from './outlook-for.ts';
import type { Sample, StoredPoint } from './ports.ts';
import { progressMessage } from './progress-message.ts';
import { toObservation } from './to-observation.ts';

/** Judges one Key Result and moves its alert. */
export function createJudge(forecast: Forecaster): Judge {
  return (input, now) => {
    const outlook = outlookFor(input, now, forecast);
    const evaluation = evaluateKeyResult({
      goal: input.keyResult.goal,
      unit: input.keyResult.unit,
      paceCurve: input.keyResult.paceCurve,
      cycle: input.cycle,
      source: sourceOf(input),
      cohort: cohortOf(input.metric, input.cycle),
      ...(input.keyResult.aggregate === null ? {} : { aggregate: input.keyResult.aggregate }),
      ...(input.keyResult.baselineRule === null ? {} : { baselineRule: input.keyResult.baselineRule }),
      overrides: input.overrides,
      ...(input.checkInDays === null ? {} : { checkInDays: input.checkInDays }),
      points: usablePoints(input.points, input.metric, now).map(toObservation),
      previous:
        input.previous === null
          ? null
          : {
              state: input.previous.status,
              asOfDay: input.previous.statusAsOfDay,
              lastKnown: input.previous.lastKnown,
            },
      outlook: outlook.of,
      now,
    });
    const guard = guardOf(input, now);
    const output = outputOf(input, evaluation, guard.state);
    return {
      ...output,
      needsHistory: outlook.needsHistory(),
      outlook: evaluation.outlook,
      baseline: baselineOf(evaluation),
      guardBound: guard.captured,
      ...alertStep(input, evaluation),
      progress: progressOf(input, evaluation, output.snapshot, now),
    };
  };
}

/** Without the days that have settled since they were read: what they came to in the end is not known. */
export function usablePoints<Point extends Pick<StoredPoint, 'day' | 'fetchedAt' | 'origin'>>(
  points: Point[],
  traits: MetricTraits | null,
  now: Date,
): Point[] {
  if (traits === null) return points;
  return points.filter((point) => !isSettled(point.day, traits, now) || isStoredSettled(point, traits, now));
}

/** What is pushed to us cannot fail to be read: it only grows old. */
const PUSHED = {
  paused: false,
  connectionState: 'active',
  fetchedAt: null,
  everyMinutes: null,
  lastFailure: null,
} as const;

function sourceOf({
  metric,
  connection,
}: EvaluationInput): Parameters<typeof evaluateKeyResult>[0]['source'] {
  if (metric === null || metric.source === 'check_in') return null;
  const { kind, timeZone, settlesAfterHours, staleAfterDays, cadence } = metric;
  const traits = { kind, timeZone, settlesAfterHours, staleAfterDays, cadence };
  if (connection === null) return { traits, health: PUSHED };
  const { failingSince, lastErrorClass } = connection;
  return {
    traits,
    health: {
      paused: connection.state === 'paused',
      connectionState: connection.state,
      fetchedAt: connection.lastSuccessAt,
      everyMinutes: connection.everyMinutes,
      lastFailure:
        failingSince === null
          ? null
          : { errorClass: (lastErrorClass ?? 'bug') as ErrorClass, since: failingSince },
    },
  };
}

/** One event a day and revision: computing the same again has the same key. */
function progressOf(
  input: EvaluationInput,
  evaluation: Evaluation,
  snapshot: EvaluationOutput['snapshot'],
  now: Date,
): EvaluationOutput['progress'] {
  if (snapshot === null) return null;
  const { asOfDay, inputsDigest } = snapshot;
  return {
    eventKey: `kr:${input.keyResult.id}:progress:${asOfDay}:${inputsDigest.slice(0, 16)}`,
    payload: progressMessage(input, evaluation, snapshot, now),
  };
}

/** The counter-metric as it stands, and the bound that was captured for it now, if one was. */
function guardOf(
  { cycle, guard }: EvaluationInput,
  now: Date,
): { state: GuardState | null; captured: number | null } {
  if (guard === null) return { state: null, captured: null };
  const { traits } = guard;
  const points = usablePoints(guard.points, traits, now).map(toObservation);
  const settled = points.filter((point) => isSettled(point.day, traits, now));
  const captured =
    guard.guard.bound === null ? boundOf(guard.guard, traits, settled, cycle.startDay, now) : null;
  const known: Guard = captured === null ? guard.guard : { ...guard.guard, bound: captured };
  return { state: judgeGuard(known, traits.kind, settled, cycle.startDay), captured };
}

/** "Must not worsen" means: than it was when the cycle began. */
function boundOf(
  { aggregate }: Guard,
  traits: MetricTraits,
  settled: Parameters<typeof captureBaseline>[1],
  startDay: string,
  now: Date,
): number | null {
  if (lastSettledDay(traits, now) < addDays(startDay, -1)) return null;
  const rule = usualBaselineRule(aggregate, traits.kind);
  return captureBaseline(rule, settled, traits.kind, aggregate, startDay)?.value ?? null;
}

function baselineOf({ captured, goal }: Evaluation): EvaluationOutput['baseline'] {
  if (captured === null) return null;
  const { value, rule, startDay, endDay, used, usedPoints } = captured;
  const revisions = new Map(usedPoints.map(({ day, revision }) => [day, revision]));
  const points = used.map((point) => ({
    day: point.day,
    revision: revisions.get(point.day) ?? 0,
    value: point.value,
    numerator: point.numerator,
    denominator: point.denominator,
  }));
  return { goal, value, rule, startDay, endDay, points };
}

/** What is known of the sample behind the newest point that was used. */
function sampleOf(points: StoredPoint[], used: Evaluation['usedPoints']): Sample | null {
  const newest = used.at(-1)?.day;
  return points.find((point) => point.day === newest)?.sample ?? null;
}

function outputOf(
  input: EvaluationInput,
  evaluation: Evaluation,
  guard: GuardState | null,
): Pick<EvaluationOutput, 'keyResultId' | 'snapshot' | 'state'> {
  const { keyResult, points } = input;
  const { currentValue, startValue, targetValue, progress, expected, pace, status, statusReason } =
    evaluation;
  const numbers = { currentValue, startValue, targetValue, progress, expected, pace };
  // A verdict that is only held, because its data are too old or broken, is no new evaluation: nothing is added.
  const judged = evaluation.asOfDay !== null && status !== 'unknown';
  const used = evaluation.usedPoints.map(({ day, revision }): [string, number] => [day, revision]);
  const lastFetch = points.reduce<Date | null>(
    (latest, { fetchedAt }) => (latest === null || fetchedAt > latest ? fetchedAt : latest),
    null,
  );
  return {
    keyResultId: keyResult.id,
    snapshot:
      judged && evaluation.asOfDay !== null
        ? {
            id: newId('snap'),
            asOfDay: evaluation.asOfDay,
            inputsDigest: digestOf(input, evaluation, used),
            definitionVersion: keyResult.version,
            metricVersionId: keyResult.metricVersionId,
            ...numbers,
            status,
            statusReason,
            goal: evaluation.goal,
            points: used,
            forecast: evidenceOf(evaluation.outlook),
          }
        : null,
    state: {
      ...numbers,
      status,
      statusReason,
      statusAsOfDay: evaluation.asOfDay,
      lastKnown: evaluation.lastKnown,
      dataState: evaluation.dataState,
      dataReason: evaluation.dataReason,
      dataThroughDay: evaluation.dataThroughDay,
      fetchedAt: lastFetch,
      guard,
      override: evaluation.override,
      sample: evaluation.override === null ? sampleOf(points, evaluation.usedPoints) : null,
      outlook: kept(evaluation.outlook),
    },
  };
}

/** The key of the inputs is kept beside it: nobody is shown it. */
function kept(outlook: Outlook | null): EvaluationOutput['state']['outlook'] {
  return outlook === null ? null : { chance: outlook.chance, forecast: outlook.forecast };
}

/** The forecast as evidence: the chance raw and smoothed, its interval, and by which method from what it was made. */
function evidenceOf(outlook: Outlook | null): ForecastEvidence | null {
  if (outlook === null) return null;
  const { chance, forecast } = outlook;
  if (!forecast.available) return forecast;
  if (chance === null) return null;
  const { fan: _fan, ...told } = forecast;
  return { ...told, chance: { raw: chance.raw, smoothed: chance.smoothed, band: chance.band } };
}

/** Equal digests mean equal inputs and an equal verdict: such a snapshot is stored once. */
function digestOf(
  { keyResult, cycle }: EvaluationInput,
  evaluation: Evaluation,
  used: [string, number][],
): string {
  const covered = {
    goal: evaluation.goal,
    paceCurve: keyResult.paceCurve,
    // Absent, not null: the digests of Key Results without one stay what they were.
    ...(keyResult.aggregate === null ? {} : { aggregate: keyResult.aggregate }),
    ...(evaluation.override === null ? {} : { override: evaluation.override }),
    cycle: [cycle.startDay, cycle.endDay, cycle.timeZone],
    version: keyResult.version,
    metricVersionId: keyResult.metricVersionId,
    asOfDay: evaluation.asOfDay,
    used,
    status: evaluation.status,
    // Points from before the cycle take part in the chance, and their restatement is a new snapshot too.
    ...(evaluation.outlook?.chance == null ? {} : { chance: evaluation.outlook.chance.raw }),
  };
  return createHash('sha256').update(JSON.stringify(covered)).digest('hex');
}
