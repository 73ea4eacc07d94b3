import { createHash } from 'node:crypto';
import { type AlertState, quietAlert, step } from '../domain/alert.ts';
import { isSettled } from '../domain/metric.ts';
import type { ErrorClass } from '../domain/retry.ts';
import { type Evaluation, evaluateKeyResult } from '../domain/snapshot.ts';
import type { Evaluate, EvaluationInput, EvaluationOutput } from './evaluation.ts';
import { newId } from './ids.ts';
import { isStoredSettled } from './is-stored-settled.ts';
import { offTrackMessage } from './off-track-message.ts';
import type { AlertRuleRecord } from './ports.ts';
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
      ...(input.keyResult.aggregate === null ? {} : { aggregate: input.keyResult.aggregate }),
      points: usablePoints(input, now).map(toObservation),
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
    const output = outputOf(input, evaluation);
    return {
      ...output,
      ...alertOf(input, evaluation, now, linkBase),
      progress: progressOf(input, evaluation, output.snapshot, now),
    };
  };
}

/** Without the days that have settled since they were read: what they came to in the end is not known. */
function usablePoints({ points, metric }: EvaluationInput, now: Date): EvaluationInput['points'] {
  if (metric === null) return points;
  return points.filter((point) => !isSettled(point.day, metric, now) || isStoredSettled(point, metric, now));
}

function sourceOf({
  metric,
  connection,
}: EvaluationInput): Parameters<typeof evaluateKeyResult>[0]['source'] {
  if (metric === null || connection === null) return null;
  const { kind, timeZone, settlesAfterHours, staleAfterDays, cadence } = metric;
  const { failingSince, lastErrorClass } = connection;
  return {
    traits: { kind, timeZone, settlesAfterHours, staleAfterDays, cadence },
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

function outputOf(
  input: EvaluationInput,
  evaluation: Evaluation,
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
            goal: keyResult.goal,
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
    goal: keyResult.goal,
    paceCurve: keyResult.paceCurve,
    // Absent, not null: the digests of Key Results without one stay what they were.
    ...(keyResult.aggregate === null ? {} : { aggregate: keyResult.aggregate }),
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
