import { isRecurring, type Kind, measuredBy, metricAssumptions, type Sentence } from './draft.ts';
import { betterOf } from './lexicon.ts';
import type { LexiconEntry } from './lexicon-types.ts';
import { measure, scaled } from './measure.ts';
import { pointsProblems } from './problems.ts';
import type { Assumption, DraftProblem, KeyResultDraft } from './types.ts';
import { problem } from './words.ts';

/** By so many percent, or percentage points, of a baseline that is mostly still to be captured. */
export function makeChange(sentence: Sentence, reading: Kind<'change'>): KeyResultDraft {
  const { blank, entry, scanned, options } = sentence;
  const { mode, said } = reading;
  const opposed = said === null && betterOf(entry, scanned.subject) === 'down';
  const percent = Number((opposed ? -Math.abs(reading.percent) : reading.percent).toPrecision(12));
  const start =
    reading.start === null ? null : measure([reading.start], { entry, language: blank.language, options });
  const startWritten = start?.written[0] ?? null;
  const unit = start?.unit ?? entry?.unit ?? (isShare(scanned.subject) ? 'ratio' : 'count');
  const by = measuredBy(sentence, true, true);
  const problems = changeProblems({ ...reading, percent }, unit, entry, startWritten);
  const baselineValue = start === null || startWritten === null ? null : scaled(startWritten, start.scale);
  const assumptions: Assumption[] = [
    ...blank.assumptions,
    ...(start?.assumptions ?? []),
    ...(mode === 'relative' && unit === 'ratio'
      ? [{ code: 'relative_not_points', values: { percent } } as const]
      : []),
    ...(baselineValue === null ? [baselineOf(sentence)] : []),
    ...metricAssumptions(sentence),
    ...(said === null
      ? [{ code: 'direction_assumed', values: { direction: percent < 0 ? 'down' : 'up' } } as const]
      : []),
  ];
  return {
    ...blank,
    form: 'relative',
    recurring: isRecurring(sentence),
    direction: percent < 0 ? 'down' : 'up',
    start: startWritten,
    relative: percent,
    relativeIn: mode === 'points' ? 'points' : 'percent',
    unit,
    unitWords: start?.unitWords ?? null,
    currency: start?.currency ?? null,
    ...by,
    // A baseline has to be captured first, which somebody decides once.
    tracking:
      by.tracking === 'automatic' && baselineValue === null ? 'automatic_after_a_choice' : by.tracking,
    assumptions,
    problems,
    goalKind: 'change',
    goal: problems.length > 0 ? null : { kind: 'change', percent, mode, baselineValue },
  };
}

function changeProblems(
  { percent, mode }: Kind<'change'>,
  unit: KeyResultDraft['unit'],
  entry: LexiconEntry | null,
  start: number | null,
): DraftProblem[] {
  if (percent === 0) return [problem('no_change', {})];
  if (mode === 'points') {
    const share = unit === 'ratio' || entry === null;
    return share
      ? pointsProblems(entry, start, percent)
      : [problem('points_need_percentage', { points: Math.abs(percent) })];
  }
  if (percent >= -100) return [];
  return [
    problem('falls_below_zero', { percent: -percent, result: Number((100 + percent).toPrecision(12)) }),
  ];
}

function baselineOf({ scanned, entry }: Sentence): Assumption {
  if (
    /year[- ]over[- ]year|\byoy\b|(?:same|last) (?:period|quarter|month) (?:of )?last year|同比/i.test(
      scanned.text,
    )
  ) {
    return { code: 'baseline_same_period_last_year', values: {} };
  }
  return entry?.baseline ?? { code: 'baseline_last_month', values: {} };
}

function isShare(subject: string): boolean {
  return /\brates?\b|\bratio\b|percentage|\bshare of|率|比例|占比|百分比/i.test(subject);
}
