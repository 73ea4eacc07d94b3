import { createHash } from 'node:crypto';
import { type AlertState, quietAlert, step } from '../domain/alert.ts';
import { captureBaseline, usualBaselineRule } from '../domain/baseline.ts';
import { addDays } from '../domain/day.ts';
import { type Guard, type GuardState, judgeGuard } from '../domain/guard.ts';
import { isSettled, lastSettledDay, type MetricTraits } from '../domain/metric.ts';
import type { ErrorClass } from '../domain/retry.ts';
import { type Evaluation, evaluateKeyResult } from '../domain/snapshot.ts';
import { cohortOf } from './cohort-of.ts';
import type { Evaluate, EvaluationInput, EvaluationOutput } from './evaluation.ts';
import { newId } from './ids.ts';
import { isStoredSettled } from './is-stored-settled.ts';
import { offTrackMessage } from './off-track-message.ts';
import type { AlertRuleRecord, Sample, StoredPoint } from './ports.ts';
import { progressMessage } from './progress-message.ts';
import { toObservation } from './to-observation.ts';

/**
 * Judges one Key Result and moves its alert. `linkBase` is where people open the web app, for the links in messages.
 */
export function createEvaluate(linkBase: string): Evaluate {
  return (input, now) => {
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
      points: usablePoints(input.points, input.metric, now).map(toObservation),
      previous:
        input.previous === null
          ? null
          : {
              state: input.previous.status,
              asOfDay: input.previous.statusAsOfDay,
              lastKnown: input.previous.lastKnown,
            },
      now,
    });
    const guard = guardOf(input, now);
    const output = outputOf(input, evaluation, guard.state);
    return {
      ...output,
      baseline: baselineOf(evaluation),
      guardBound: guard.captured,
      ...alertOf(input, evaluation, now, linkBase),
      progress: progressOf(input, evaluation, output.snapshot, now),
    };
  };
}

/** Without the days that have settled since they were read: what they came to in the end is not known. */
function usablePoints(points: StoredPoint[], traits: MetricTraits | null, now: Date): StoredPoint[] {
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
    },
  };
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
  };
  return createHash('sha256').update(JSON.stringify(covered)).digest('hex');
}

function alertOf(
  input: EvaluationInput,
  evaluation: Evaluation,
  now: Date,
  linkBase: string,
): Pick<EvaluationOutput, 'machine' | 'alert' | 'messages'> {
  const before = input.machine ?? quietAlert;
  const rule = nearestRule(input.rules);
  if (rule === null) return { machine: before, alert: null, messages: [] };
  const { asOfDay, status, dataState } = evaluation;
  const { state, events } = step(before, { asOfDay, status, dataState }, rule);
  const alert = episodeOf(input, before, state, rule);
  const messages = events
    .filter((event) => event.kind !== 'closed')
    .map((event) => ({
      eventKey: `kr:${input.keyResult.id}:off_track:${event.episode}:${event.kind}`,
      kind: event.kind === 'fired' ? 'key_result.off_track' : 'key_result.recovered',
      payload: offTrackMessage({ input, evaluation, event, rule, alertId: alert?.id ?? null, now, linkBase }),
    }));
  return { machine: state, alert, messages };
}

/** The rule of the Key Result itself goes before its objective's, and that before the workspace's; of equals the newest. */
function nearestRule(rules: AlertRuleRecord[]): AlertRuleRecord | null {
  return (
    rules.findLast((rule) => rule.keyResultId !== null) ??
    rules.findLast((rule) => rule.objectiveId !== null) ??
    rules.at(-1) ??
    null
  );
}

function episodeOf(
  input: EvaluationInput,
  before: AlertState,
  after: AlertState,
  rule: AlertRuleRecord,
): EvaluationOutput['alert'] {
  const open = input.openAlert;
  if (after.episode === before.episode && open === null) return null;
  const id = open !== null && open.episode === after.episode ? open.id : newId('alr');
  const states = {
    // A breach that did not hold long enough to fire ends unseen.
    normal: 'closed',
    pending: 'pending',
    firing: 'firing',
    recovering: 'firing',
    resolved: 'resolved',
    closed: 'closed',
  } as const;
  return { id, ruleId: rule.id, kind: 'off_track', episode: after.episode, state: states[after.phase] };
}
