import type { KeyResultDetail, KeyResultRow } from '../api/contract.ts';
import type { Translate } from '../i18n/index.ts';
import { type Format, lastDay, type Measure } from './format.ts';
import { reasonSentence } from './words.ts';

/** One line each about what stands around a number: its guard, its baseline, what an owner put in its place. */

type Guard = NonNullable<KeyResultRow['guard']>;
type Sample = NonNullable<KeyResultRow['sample']>;
type Baseline = KeyResultDetail['baselines'][number];
type Override = KeyResultDetail['overrides'][number];

/** What the counter-metric promises. */
export function guardRule(t: Translate, format: Format, guard: Guard): string {
  const { bound, metricTitle: metric, operator } = guard;
  if (bound === null) return t('guard.rule_start', { metric, operator });
  return t('guard.rule', { metric, operator, bound: format.full(bound, guard) });
}

/** How it stands; a guard that cannot be judged says why. */
export function guardStanding(t: Translate, format: Format, guard: Guard): string {
  const { asOfDay, currentValue, reason, state } = guard;
  if (state === 'unknown') {
    const why = reason === null ? t('label.no_value') : reasonSentence(t, format, reason, guard);
    return t('guard.unknown', { reason: why });
  }
  const day = asOfDay === null ? t('label.no_value') : format.shortDay(asOfDay);
  return t(state === 'kept' ? 'guard.kept' : 'guard.broken', {
    value: valueText(t, format, currentValue, guard),
    day,
  });
}

/** "412 answers, 38 to 44 (95%)", for a row. */
export function sampleShort(t: Translate, format: Format, sample: Sample, measure: Measure): string {
  const size = format.number(sample.size);
  const { level, lower, upper } = sample;
  if (lower === null || upper === null || level === null) return t('web.sample', { size });
  const bounds = { lower: format.short(lower, measure), upper: format.short(upper, measure) };
  return t('web.sample_interval', { size, ...bounds, level: format.percent(level) });
}

/** The same in sentences, with what such a sample cannot tell apart. */
export function sampleSentences(t: Translate, format: Format, sample: Sample, measure: Measure): string[] {
  const size = format.number(sample.size);
  const { changeWithinNoise, goalWithinNoise, level, lower, upper } = sample;
  const interval =
    lower === null || upper === null || level === null
      ? t('sample.size', { size })
      : t('sample.interval', {
          size,
          lower: format.full(lower, measure),
          upper: format.full(upper, measure),
          level: format.percent(level),
        });
  return [
    interval,
    ...(goalWithinNoise === true ? [t('sample.goal_within_noise')] : []),
    ...(changeWithinNoise === true ? [t('sample.change_within_noise')] : []),
  ];
}

export function isWithinNoise({ changeWithinNoise, goalWithinNoise }: Sample): boolean {
  return changeWithinNoise === true || goalWithinNoise === true;
}

export function baselineLine(t: Translate, format: Format, baseline: Baseline, measure: Measure): string {
  const value = format.full(baseline.value, measure);
  const at = format.instant(baseline.capturedAt);
  if (baseline.rule === 'stated') {
    const author = baseline.overriddenBy ?? t('override.somebody');
    return t('baseline.stated', { value, at, author, reason: baseline.reason ?? '' });
  }
  return t('baseline.captured', {
    value,
    at,
    rule: t(`baseline.rule.${baseline.rule}`),
    startDay: format.day(baseline.startDay),
    lastDay: format.day(lastDay(baseline.endDay)),
    count: baseline.observations,
  });
}

export function overrideLine(t: Translate, format: Format, override: Override, measure: Measure): string {
  const line = t('override.line', {
    value: format.full(override.value, measure),
    fromDay: format.day(override.fromDay),
    untilDay: format.day(override.untilDay),
    author: override.author ?? t('override.somebody'),
    reason: override.reason,
  });
  if (override.endedAt === null) return line;
  return `${line} (${t('override.ended', { at: format.instant(override.endedAt) })})`;
}

/** What the source says by itself, beside an override. */
export function automaticLine(t: Translate, format: Format, detail: KeyResultDetail): string {
  const { automatic } = detail;
  if (automatic === null || automatic.value === null) return t('override.automatic_none');
  const day = format.day(automatic.asOfDay);
  return t('override.automatic', { value: format.full(automatic.value, detail), day });
}

export function waitingLine(t: Translate, waiting: NonNullable<KeyResultRow['newDefinition']>): string {
  const { reason, version } = waiting;
  return t('definition.waiting', {
    version,
    hasReason: reason === null ? 'no' : 'yes',
    reason: reason ?? '',
  });
}

/** "6 of 12 done; 5 of 6 weeks kept". The second half is known while the verdict is about the periods. */
export function rhythmLine(t: Translate, format: Format, row: KeyResultRow): string | null {
  const { currentValue, goal, status, targetValue } = row;
  if (goal.kind !== 'recurring' || currentValue === null || targetValue === null) return null;
  const done = t('web.rhythm', { done: format.number(currentValue), all: format.number(targetValue) });
  const { met, periods } = status.reason.values;
  if (typeof met !== 'number' || typeof periods !== 'number' || periods === 0) return done;
  return `${done}${t.lang === 'en' ? '; ' : '；'}${t('web.rhythm_kept', { met, periods, unit: goal.periodUnit })}`;
}

/** Why a day has no value, by its code; the words alone where the code says nothing more. */
export function noValueText(t: Translate, format: Format, reason: string | null): string {
  const none = t('label.no_value');
  if (reason === null) return none;
  return reasonSentence(
    t,
    format,
    { code: reason, values: {}, text: none },
    { unit: 'count', currency: null },
  );
}

function valueText(t: Translate, format: Format, value: number | null, measure: Measure): string {
  return value === null ? t('label.no_value') : format.full(value, measure);
}
