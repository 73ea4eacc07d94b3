import { createHash } from 'node:crypto';
import { isSettled } from '../domain/metric.ts';
import { type Forecaster, type Outlook, outlookOf } from '../domain/outlook.ts';
import type { JudgedDay } from '../domain/snapshot.ts';
import { usablePoints } from './evaluate-key-result.ts';
import type { EvaluationInput } from './evaluation.ts';

/** Gives the outlook of the day that is judged, and says whether the history for it was missing. */
type OutlookSource = { of: (judged: JudgedDay) => Outlook | null; needsHistory: () => boolean };

/**
 * The outlook of an evaluation. What was made from the very same inputs is used again, because a forecast costs more
 * than all the rest; else it is made from the long history, once that has been loaded.
 */
export function outlookFor(input: EvaluationInput, now: Date, forecast: Forecaster): OutlookSource {
  let isMissing = false;
  return {
    of(judged) {
      const key = keyOf(input, judged, now);
      const before = input.previous?.outlook ?? null;
      if (before !== null && input.outlookKey === key) return { key, ...before };
      if (input.metric === null) return null;
      if (input.history === null) {
        isMissing = true;
        return null;
      }
      const { cycle, keyResult, metric } = input;
      return outlookOf(
        {
          ...judged,
          key,
          unit: keyResult.unit,
          aggregate: keyResult.aggregate ?? 'latest',
          traits: metric,
          cycle,
          history: usablePoints(input.history, metric, now).filter(
            ({ day }) => day <= judged.asOfDay && isSettled(day, metric, now),
          ),
        },
        isSamePromise(input) ? (before?.chance ?? null) : null,
        forecast,
      );
    },
    needsHistory: () => isMissing,
  };
}

/** What was expected of another promise says nothing about this one. */
function isSamePromise({ keyResult, machine }: EvaluationInput): boolean {
  return machine?.version === undefined || machine.version === keyResult.version;
}

/** Equal keys mean that the forecast would come out the same. */
function keyOf(input: EvaluationInput, judged: JudgedDay, now: Date): string {
  const { keyResult, cycle, metric, points, pointsStamp } = input;
  const covered = {
    asOfDay: judged.asOfDay,
    goal: judged.goal,
    current: judged.current,
    kept: judged.kept,
    aggregate: keyResult.aggregate,
    version: keyResult.version,
    metric: keyResult.metricVersionId,
    cycle: [cycle.startDay, cycle.endDay],
    stamp: pointsStamp,
    // A day that has settled since it was read takes no part until it is read again.
    usable: usablePoints(points, metric, now).length,
  };
  return createHash('sha256').update(JSON.stringify(covered)).digest('hex').slice(0, 32);
}
