import type { KeyResultRow, ReasonView } from '../api/contract.ts';
import { type MessageKey, reasonText, type Translate } from '../i18n/index.ts';
import { type Age, ageOf, type Format, type Measure } from './format.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'quiet';
export type StatusState = KeyResultRow['status']['state'];
export type DataState = KeyResultRow['data']['state'];

export const statusStates: readonly StatusState[] = [
  'off_track',
  'at_risk',
  'missed',
  'unknown',
  'too_early',
  'not_started',
  'on_track',
  'achieved',
];
export const dataStates: readonly DataState[] = ['failing', 'stale', 'late', 'none', 'paused', 'fresh'];

const statusTones: Record<StatusState, Tone> = {
  off_track: 'bad',
  missed: 'bad',
  at_risk: 'warn',
  unknown: 'quiet',
  too_early: 'quiet',
  not_started: 'quiet',
  on_track: 'good',
  achieved: 'calm',
};
const dataTones: Record<DataState, Tone> = {
  failing: 'bad',
  stale: 'warn',
  late: 'warn',
  none: 'quiet',
  paused: 'quiet',
  fresh: 'good',
};

/** A state that a newer server invented is shown as unknown. */
export function knownStatus(state: string): StatusState {
  return statusStates.find((known) => known === state) ?? 'unknown';
}

export function knownDataState(state: string): DataState {
  return dataStates.find((known) => known === state) ?? 'stale';
}

export const statusTone = (state: StatusState): Tone => statusTones[state];
export const dataTone = (state: DataState): Tone => dataTones[state];

/**
 * The sentence of a reason in the reader's language. A code or a value that this page does not know, from a newer
 * server, falls back to the server's own English sentence.
 */
export function reasonSentence(t: Translate, format: Format, reason: ReasonView, measure: Measure): string {
  if (!t.knows(`reason.${reason.code}`)) return reason.text;
  try {
    return reasonText(t, reason, {
      fraction: (value) => format.percent(value),
      points: (gap) => t('web.points', { gap: format.points(gap) }),
      value: (value) => format.said(value, measure),
      values: (values) => format.saidTogether(values, measure),
      day: (day) => format.day(day),
      instant: (instant) => format.instant(instant),
    });
  } catch {
    return reason.text;
  }
}

/** "2 h", for a badge. */
export function shortAge(t: Translate, age: Age): string {
  const keys = {
    seconds: 'web.age.now',
    minutes: 'web.age.minutes',
    hours: 'web.age.hours',
    days: 'web.age.days',
  } as const satisfies Record<Age['unit'], MessageKey>;
  return t(keys[age.unit], { count: age.count });
}

/** "fetched 2 hours ago", for a sentence; null when it never was. */
export function agoOf(t: Translate, instant: string | null, now: Date): string | null {
  const age = ageOf(instant, now);
  if (age === null) return null;
  if (age.unit === 'seconds') return t('time.just_now');
  return t('web.ago', { age: t(`time.${age.unit}`, { count: age.count }) });
}

type GoalRow = Pick<KeyResultRow, 'goal' | 'unit' | 'currency' | 'currentValue' | 'targetValue'>;

/** Where it stands; for milestones the steps done of all steps. Null when there is no value. */
export function currentText(format: Format, row: GoalRow, style: 'short' | 'full'): string | null {
  const { goal } = row;
  if (goal.kind === 'milestone')
    return `${goal.steps.filter((step) => step.doneOnDay !== null).length}/${goal.steps.length}`;
  return row.currentValue === null ? null : format[style](row.currentValue, row);
}

/** What the goal asks for, as short as it can be said: "10,000", "≤ 300", "+20%", "3 per week". */
export function targetText(t: Translate, format: Format, row: GoalRow): string {
  const { goal } = row;
  if (goal.kind !== 'guardrail') return targetWords(t, format, row, 'short');
  const lower = format.short(goal.lower, row);
  const upper = format.short(goal.upper, row);
  if (goal.operator === 'at_least') return `≥ ${lower}`;
  return goal.operator === 'at_most' ? `≤ ${upper}` : `${lower} – ${upper}`;
}

/** The same in words, for a sentence. */
export function targetWords(
  t: Translate,
  format: Format,
  row: GoalRow,
  style: 'short' | 'full' = 'full',
): string {
  const { goal } = row;
  const value = (amount: number | null) => format[style](amount, row);
  switch (goal.kind) {
    case 'guardrail': {
      const [lower, upper] = [value(goal.lower), value(goal.upper)];
      if (goal.operator === 'at_least') return t('goal.at_least', { lower });
      return goal.operator === 'at_most' ? t('goal.at_most', { upper }) : t('goal.between', { lower, upper });
    }
    case 'change':
      if (row.targetValue !== null) return value(row.targetValue);
      return `${goal.percent > 0 ? '+' : ''}${format.number(goal.percent)}${goal.mode === 'points' ? ' pp' : '%'}`;
    case 'milestone':
      return format.number(goal.steps.length);
    case 'recurring':
      return t('goal.per_period', { count: goal.perPeriod, unit: goal.periodUnit });
    default:
      return value(row.targetValue);
  }
}
