import type { AlertEvent } from '../domain/alert.ts';
import type { Evaluation } from '../domain/snapshot.ts';
import { plainFormat, reasonText, translator } from '../i18n/index.ts';
import type { EvaluationInput } from './evaluation.ts';
import type { AlertRuleRecord } from './ports.ts';

type Said = {
  input: EvaluationInput;
  evaluation: Evaluation;
  event: AlertEvent;
  rule: AlertRuleRecord;
  alertId: string | null;
  now: Date;
  linkBase: string;
};

/** The news that a Key Result went off track or recovered, in the shape that every channel renders. */
export function offTrackMessage({ input, evaluation, event, rule, alertId, now, linkBase }: Said) {
  const { keyResult, objective, connection, previous } = input;
  const format = plainFormat('en', keyResult.unit, keyResult.currency);
  const fetchedAt = input.points.at(-1)?.fetchedAt ?? previous?.fetchedAt ?? null;
  return {
    v: 1,
    type: event.kind === 'fired' ? 'key_result.off_track' : 'key_result.recovered',
    alertId,
    occurredAt: now.toISOString(),
    keyResult: { id: keyResult.id, key: keyResult.key, title: keyResult.title, owner: keyResult.owner },
    objective,
    numbers: {
      current: evaluation.currentValue,
      start: evaluation.startValue,
      target: evaluation.targetValue,
      unit: keyResult.unit,
      currency: keyResult.currency,
      progress: evaluation.progress,
      expected: evaluation.expected,
    },
    reason: {
      code: evaluation.statusReason.code,
      text: reasonText(translator('en'), evaluation.statusReason, format),
    },
    rule: ruleText(rule),
    data: { dataThroughDay: evaluation.dataThroughDay, fetchedAt: fetchedAt?.toISOString() ?? null },
    sandbox: connection?.environment === 'sandbox',
    links: { keyResult: `${linkBase}/key-results/${encodeURIComponent(keyResult.key)}` },
  };
}

function ruleText({ forEvaluations, keepFiringEvaluations }: AlertRuleRecord): string {
  const days = (count: number): string =>
    count === 1 ? '1 evaluated day' : `${count} evaluated days in a row`;
  return `Sent when off track on ${days(forEvaluations)}; over when not off track on ${days(keepFiringEvaluations)}.`;
}
