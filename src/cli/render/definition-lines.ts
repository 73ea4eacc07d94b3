import type { KeyResultDetail, KeyResultRow } from '../../api/contract.ts';
import { dayBefore, formatValue, instantText, type Measure } from './format.ts';
import type { Look } from './look.ts';
import { oneLine } from './text.ts';
import type { Voice } from './voice.ts';

/** One line each about what a definition is made of, in the language of the look. */

type Guard = NonNullable<KeyResultRow['guard']>;
type Baseline = KeyResultDetail['baselines'][number];
type Override = KeyResultDetail['overrides'][number];

/** What the guard asks for, and how it stands. */
export function guardLines(guard: Guard, look: Look, voice: Voice): string[] {
  const { metricTitle, operator, bound, state, currentValue, asOfDay, reason } = guard;
  const metric = oneLine(metricTitle);
  const rule =
    bound === null
      ? voice.say('guard.rule_start', { metric, operator })
      : voice.say('guard.rule', { metric, operator, bound: formatValue(bound, guard, look) });
  if (state === 'unknown') {
    return [
      rule,
      voice.say('guard.unknown', { reason: reason === null ? '–' : voice.because(reason, guard) }),
    ];
  }
  const values = { value: formatValue(currentValue, guard, look), day: asOfDay ?? '–' };
  return [rule, voice.say(state === 'kept' ? 'guard.kept' : 'guard.broken', values)];
}

/** Where a baseline comes from. */
export function baselineLine(baseline: Baseline, measure: Measure, look: Look, voice: Voice): string {
  const value = formatValue(baseline.value, measure, look);
  const at = instantText(baseline.capturedAt, look);
  if (baseline.rule === 'stated') {
    const author = baseline.overriddenBy ?? voice.say('override.somebody');
    return voice.say('baseline.stated', { value, at, author, reason: oneLine(baseline.reason ?? '–') });
  }
  return voice.say('baseline.captured', {
    value,
    at,
    rule: voice.say(`baseline.rule.${baseline.rule}`),
    startDay: baseline.startDay,
    lastDay: dayBefore(baseline.endDay),
    count: baseline.observations,
  });
}

export function overrideLine(override: Override, measure: Measure, look: Look, voice: Voice): string {
  const { fromDay, untilDay, author, reason, endedAt } = override;
  const line = voice.say('override.line', {
    value: formatValue(override.value, measure, look),
    fromDay,
    untilDay,
    author: author ?? voice.say('override.somebody'),
    reason: oneLine(reason),
  });
  return endedAt === null
    ? line
    : `${line} (${voice.say('override.ended', { at: instantText(endedAt, look) })})`;
}

/** What the source says beside an override. */
export function automaticLine(
  automatic: KeyResultDetail['automatic'],
  measure: Measure,
  look: Look,
  voice: Voice,
): string {
  if (automatic === null) return voice.say('override.automatic_none');
  return voice.say('override.automatic', {
    value: formatValue(automatic.value, measure, look),
    day: automatic.asOfDay,
  });
}

export function waitingLine(
  { newDefinition }: Pick<KeyResultRow, 'newDefinition'>,
  voice: Voice,
): string | null {
  if (newDefinition === null) return null;
  const { version, reason } = newDefinition;
  const hasReason = reason === null ? 'no' : 'yes';
  return voice.say('definition.waiting', { version, hasReason, reason: oneLine(reason ?? '') });
}

/** The account and the metric, or the way that numbers come without one. */
export function sourceName(source: NonNullable<KeyResultRow['source']>, voice: Voice): string {
  if (source.connectorId === 'records') return voice.say('source.records');
  return source.kind === 'connector' ? oneLine(source.connectorTitle) : voice.say(`source.${source.kind}`);
}
