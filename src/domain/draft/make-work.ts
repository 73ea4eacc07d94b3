import { addMonths, daysBetween, isDay } from '../day.ts';
import type { Goal } from '../key-result.ts';
import { activityOf } from './activities.ts';
import { aarrr, type Kind, measuredBy, type Sentence } from './draft.ts';
import { settleRange } from './make-reach.ts';
import { readable } from './noun.ts';
import type { Quantity } from './quantity.ts';
import type { Rhythm } from './reading.ts';
import type { Assumption, KeyResultDraft, ReadTextOptions } from './types.ts';
import { speaksOfGain } from './verbs.ts';
import { problem } from './words.ts';

type RecurringUnit = Extract<Goal, { kind: 'recurring' }>['periodUnit'];
const recurringUnits: readonly string[] = ['day', 'week', 'month', 'quarter'];
/** Of a quarter of 91 days, when no cycle is known. */
const inQuarter: Readonly<Record<RecurringUnit, number>> = { day: 91, week: 13, month: 3, quarter: 1 };

/** So many interviews, posts, teams: counted from zero within the cycle. */
export function makeCount(sentence: Sentence, { total, rhythm }: Kind<'count'>): KeyResultDraft {
  const draft = counted(sentence, total);
  if (rhythm === null) return draft;
  const target = draft.target ?? 0;
  const whole = target % rhythm.times === 0;
  const planned = rhythm.length === null && whole ? target / rhythm.times : null;
  const repeated = recurringGoal(sentence, rhythm, planned, true);
  return {
    ...draft,
    recurring: true,
    period: rhythm.unit,
    goalKind: 'recurring',
    assumptions: [...draft.assumptions, { code: 'extra_carries_over', values: {} }, ...repeated.assumptions],
    problems: [...draft.problems, ...repeated.problems],
    goal: draft.problems.length > 0 ? null : repeated.goal,
  };
}

/** Once a week, with no total: judged period by period. */
export function makeRhythm(
  sentence: Sentence,
  { rhythm, counted: quantity }: Kind<'rhythm'>,
): KeyResultDraft {
  const base = counted(sentence, quantity);
  const repeated = recurringGoal(sentence, rhythm, null, false);
  const length = rhythm.length;
  return {
    ...base,
    form: length === null ? 'recurring' : 'binary',
    recurring: true,
    target: rhythm.times,
    period: rhythm.unit,
    tracking: length === null ? base.tracking : 'check_in',
    assumptions: [
      ...base.assumptions.filter(({ code }) => length === null || code !== 'tagged_entries'),
      ...(length === null ? [] : [{ code: 'once_per_period', values: { length } } as const]),
      ...repeated.assumptions,
    ],
    goalKind: 'recurring',
    problems: [...base.problems, ...repeated.problems],
    goal: base.problems.length > 0 ? null : repeated.goal,
  };
}

function counted(sentence: Sentence, quantity: Quantity | null): KeyResultDraft {
  const { blank, entry, scanned } = sentence;
  const settled = quantity === null ? null : settleRange(quantity, 'up');
  const target = settled === null ? 1 : wholeOf(settled.quantity);
  const read: Assumption[] =
    settled?.quantity.dots == null
      ? []
      : [{ code: 'number_read_as', values: { written: settled.quantity.written.trim(), value: target } }];
  const problems = target > 0 ? [] : [problem('count_not_positive', { target })];
  const base: KeyResultDraft = {
    ...blank,
    form: 'count',
    start: 0,
    target,
    unitWords: quantity === null ? null : readable(scanned.text, quantity),
    goalKind: 'accumulate',
    goal: problems.length > 0 ? null : { kind: 'accumulate', targetValue: target },
    problems,
    assumptions: [...blank.assumptions, ...(settled?.assumptions ?? []), ...read],
  };
  // "Acquire 500 new users": what a source counts by itself need not be tagged.
  if (entry?.kind === 'flow' && entry.unit === 'count' && speaksOfGain(scanned.text)) {
    return { ...base, ...measuredBy(sentence, false, true) };
  }
  const activity = activityOf(scanned.text);
  const { label, stage, tracking } = activity;
  const params = label === null ? {} : { label };
  return {
    ...base,
    metric: { key: 'activity_count', params, window: { kind: 'day' }, aggregate: null },
    stage,
    aarrr: aarrr(stage),
    tracking,
    assumptions:
      label === null || tracking !== 'counted_when_tagged'
        ? base.assumptions
        : [...base.assumptions, { code: 'tagged_entries', values: { label } }],
  };
}

function wholeOf({ value, dots }: Quantity): number {
  return dots === null ? value : Math.round(value * 1000);
}

type Repeated = { goal: Goal | null; assumptions: Assumption[]; problems: KeyResultDraft['problems'] };

function recurringGoal(
  sentence: Sentence,
  rhythm: Rhythm,
  planned: number | null,
  carryOver: boolean,
): Repeated {
  const { unit, every, times } = rhythm;
  if (!isRecurringUnit(unit) || every > 1 || !(Number.isInteger(times) && times > 0)) {
    return { goal: null, assumptions: [], problems: [problem('rhythm_not_supported', { every, unit })] };
  }
  const stated = planned ?? statedPeriods(sentence.scanned.text, unit);
  const periods = stated ?? periodsOf(unit, sentence.options);
  const assumed: Assumption[] =
    stated === null && sentence.options.cycle === undefined
      ? [{ code: 'periods_assumed', values: { periods } }]
      : [];
  return {
    goal: { kind: 'recurring', perPeriod: times, periodUnit: unit, periods, carryOver },
    assumptions: assumed,
    problems: [],
  };
}

function isRecurringUnit(unit: string): unit is RecurringUnit {
  return recurringUnits.includes(unit);
}

const SPANS: Readonly<Record<RecurringUnit, RegExp>> = {
  day: /\b(?:for|over|during) (?:the next )?(\d{1,3}) (?:days|consecutive days)\b|(?:连续|持续|共)\s?(\d{1,3})\s?[天日]/i,
  week: /\b(?:for|over|during) (?:the next )?(\d{1,3}) (?:weeks|consecutive weeks)\b|(?:连续|持续|共)\s?(\d{1,3})\s?个?(?:周|星期)/i,
  month:
    /\b(?:for|over|during) (?:the next )?(\d{1,3}) (?:months|consecutive months)\b|(?:连续|持续|共)\s?(\d{1,3})\s?个月/i,
  quarter:
    /\b(?:for|over|during) (?:the next )?(\d{1,3}) (?:quarters|consecutive quarters)\b|(?:连续|持续|共)\s?(\d{1,3})\s?个?季度/i,
};

/** "Every week for 12 weeks" says itself how often in all; null where the text leaves it to the cycle. */
function statedPeriods(text: string, unit: RecurringUnit): number | null {
  const found = SPANS[unit].exec(text);
  const count = Number(found?.[1] ?? found?.[2] ?? 0);
  return count > 0 ? count : null;
}

/** How many whole periods the cycle has; at least one. */
export function periodsOf(unit: RecurringUnit, { cycle }: ReadTextOptions): number {
  if (cycle === undefined || !isDay(cycle.startDay) || !isDay(cycle.endDay)) return inQuarter[unit];
  const { startDay, endDay } = cycle;
  const days = daysBetween(startDay, endDay);
  if (unit === 'day') return Math.max(1, days);
  if (unit === 'week') return Math.max(1, Math.floor(days / 7));
  const months = unit === 'month' ? 1 : 3;
  let periods = 0;
  while (periods < 400 && addMonths(startDay, months * (periods + 1)) <= endDay) periods += 1;
  return Math.max(1, periods);
}

/** Done or not, or in steps: people check it off. */
export function makeDone({ blank, scanned }: Sentence, steps: readonly string[]): KeyResultDraft {
  const { stage } = activityOf(scanned.text);
  const names = steps.length > 0 ? steps : [blank.text];
  return {
    ...blank,
    form: steps.length > 0 ? 'milestone' : 'binary',
    start: 0,
    target: 1,
    stage,
    aarrr: aarrr(stage),
    tracking: 'check_in',
    goalKind: 'milestone',
    assumptions:
      steps.length > 0
        ? [...blank.assumptions, { code: 'equal_steps', values: { steps: steps.length } }]
        : blank.assumptions,
    goal: { kind: 'milestone', steps: names.map((name) => ({ name, weight: 1, doneOnDay: null })) },
  };
}
