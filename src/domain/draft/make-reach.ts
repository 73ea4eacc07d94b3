import type { Goal } from '../key-result.ts';
import { isRecurring, type Kind, measuredBy, metricAssumptions, type Sentence } from './draft.ts';
import { betterOf } from './lexicon.ts';
import { type Measure, measure, scaled } from './measure.ts';
import { boundProblems } from './problems.ts';
import type { Quantity } from './quantity.ts';
import { npsReading } from './questions.ts';
import type { Assumption, DraftProblem, KeyResultDraft } from './types.ts';
import { speaksOfGain } from './verbs.ts';
import { problem } from './words.ts';

const wayWords = { up: { en: 'up', zh: '上升' }, down: { en: 'down', zh: '下降' } } as const;

/** From a start, known or not, to a target. */
export function makeReach(given: Sentence, reading: Kind<'reach'>): KeyResultDraft {
  const sentence = withScale(given, [reading.start, reading.target]);
  const { blank, entry } = sentence;
  const target = settleRange(reading.target, reading.said ?? betterOf(entry, sentence.scanned.subject));
  const { values, taken } = measured(sentence, reading.start, target.quantity);
  const fits = fitting(sentence, taken);
  const base: KeyResultDraft = {
    ...blank,
    form: 'absolute',
    recurring: isRecurring(sentence),
    start: values.start,
    target: values.target,
    unit: taken.unit,
    unitWords: taken.unitWords,
    currency: taken.currency,
    ...measuredBy(sentence, true, fits),
    direction: directionOf(values, reading, sentence),
  };
  const assumptions: Assumption[] = [
    ...blank.assumptions,
    ...(fits ? metricAssumptions(sentence) : []),
    ...taken.assumptions,
    ...target.assumptions,
    ...alsoSaid(reading, values.target),
  ];
  // Money that no metric names is only counted up when it comes in; else it is a level, such as a price.
  const adds =
    reading.gained &&
    values.start === null &&
    (entry !== null || taken.unit !== 'money' || speaksOfGain(sentence.scanned.text));
  if (adds) return gained(sentence, { ...base, assumptions }, taken.scale, fits);
  const problems = reachProblems(reading, values, base, sentence, fits);
  const start = values.start === null ? null : scaled(values.start, taken.scale);
  const goal: Goal = { kind: 'reach', startValue: start, targetValue: scaled(values.target, taken.scale) };
  return { ...base, assumptions, problems, goal: problems.length > 0 ? null : goal };
}

/** Money or people that come in, counted up from nothing: "generate $10,000". */
function gained(sentence: Sentence, draft: KeyResultDraft, scale: number, fits: boolean): KeyResultDraft {
  const { entry } = sentence;
  const target = draft.target ?? 0;
  const flows = entry?.kind === 'flow' && fits;
  if (draft.period !== null && draft.unit === 'money') {
    return { ...draft, goal: { kind: 'reach', startValue: null, targetValue: scaled(target, scale) } };
  }
  if (entry !== null && fits && !flows) {
    return { ...draft, goal: { kind: 'reach', startValue: null, targetValue: scaled(target, scale) } };
  }
  const problems = target > 0 ? [] : [problem('count_not_positive', { target })];
  return {
    ...draft,
    form: 'count',
    start: 0,
    goalKind: 'accumulate',
    metric: draft.metric === null ? null : { ...draft.metric, aggregate: null },
    assumptions: [
      ...draft.assumptions.filter(({ code }) => code !== 'value_last_month'),
      { code: 'counted_from_zero', values: {} },
    ],
    problems,
    goal: problems.length > 0 ? null : { kind: 'accumulate', targetValue: scaled(target, scale) },
  };
}

/** A change by a plain amount: it needs its start, except of things that are added and can be counted. */
export function makeAmount(given: Sentence, reading: Kind<'amount'>): KeyResultDraft {
  const { by, start, said } = reading;
  const sentence = withScale(given, [start, by]);
  const { blank, entry } = sentence;
  const way = said ?? betterOf(entry, sentence.scanned.subject);
  const taken = measure(start === null ? [by] : [start, by], {
    entry,
    language: blank.language,
    options: sentence.options,
  });
  const amount = taken.written.at(-1) ?? by.value;
  if (start !== null) {
    const from = taken.written[0] ?? start.value;
    const to = Number((from + (way === 'down' ? -amount : amount)).toPrecision(12));
    const target: Quantity = {
      ...by,
      value: to,
      kind: by.kind === 'plain' ? start.kind : by.kind,
      dots: null,
    };
    return makeReach(sentence, {
      kind: 'reach',
      weak: false,
      start,
      target,
      said: way,
      strict: true,
      gained: false,
      also: null,
    });
  }
  if (reading.gained && by.kind !== 'duration') {
    const target = {
      kind: 'reach',
      weak: false,
      start,
      target: by,
      said,
      strict: false,
      gained: true,
      also: null,
    } as const;
    return makeReach({ ...sentence, entry: entry?.kind === 'flow' ? entry : null }, target);
  }
  return {
    ...blank,
    direction: way,
    unit: taken.unit,
    unitWords: taken.unitWords,
    currency: taken.currency,
    ...measuredBy(sentence, true, fitting(sentence, taken)),
    problems: [problem('amount_without_start', { by: `${way === 'down' ? '-' : '+'}${by.written.trim()}` })],
  };
}

/** Of "10-15" the target is the end that is reached first. */
export function settleRange(
  quantity: Quantity,
  way: 'up' | 'down',
): { quantity: Quantity; assumptions: Assumption[] } {
  if (quantity.rangeTo === null) return { quantity, assumptions: [] };
  const low = Math.min(quantity.value, quantity.rangeTo);
  const high = Math.max(quantity.value, quantity.rangeTo);
  const taken = way === 'up' ? low : high;
  return {
    quantity: { ...quantity, value: taken },
    assumptions: [{ code: 'range_end_taken', values: { low, high, taken } }],
  };
}

/** The NPS has two scales and satisfaction several: which metric it is depends on the numbers. */
export function withScale(sentence: Sentence, quantities: readonly (Quantity | null)[]): Sentence {
  const { entry } = sentence;
  const known = quantities.filter((quantity) => quantity !== null);
  if (entry?.key === 'nps') return { ...sentence, entry: npsReading(entry, known).entry };
  const stars =
    known.every(({ kind, value }) => kind === 'plain' && value <= 10) &&
    known.some(({ decimals, value }) => decimals && value > 1);
  if (entry?.key === 'csat' && stars)
    return { ...sentence, entry: { ...entry, unit: 'score', writtenAs: 'number', key: 'score' } };
  return sentence;
}

/** Whether values in this unit can be values of the metric that the words name. */
export function fitting({ entry }: Sentence, { unit }: Pick<Measure, 'unit'>): boolean {
  if (entry === null || entry.key === 'score') return false;
  if (entry.unit === unit) return true;
  if (entry.unit === 'rating' || entry.unit === 'score' || entry.unit.startsWith('custom:')) {
    return unit === 'count' || unit === 'rating' || unit === 'score' || unit.startsWith('custom:');
  }
  return entry.unit === 'count' && unit !== 'ratio' && unit !== 'money' && unit !== 'duration';
}

type Values = { start: number | null; target: number };

function measured(
  { entry, blank, options, scanned }: Sentence,
  start: Quantity | null,
  target: Quantity,
): { values: Values; taken: Measure } {
  const taken = measure(start === null ? [target] : [start, target], {
    entry,
    language: blank.language,
    options,
  });
  const fitted = entry !== null && fitting({ entry } as Sentence, taken) && taken.unit !== entry.unit;
  const scored =
    entry === null && taken.unit === 'count' && /\bscore\b|评分|得分|分数|满意度/i.test(scanned.subject);
  const unit = fitted ? entry.unit : scored ? 'score' : taken.unit;
  const [first = target.value, second] = taken.written;
  const values =
    start === null ? { start: null, target: first } : { start: first, target: second ?? target.value };
  return { values, taken: { ...taken, unit } };
}

function directionOf(
  { start, target }: Values,
  { said }: Kind<'reach'>,
  { entry, scanned }: Sentence,
): 'up' | 'down' {
  if (start !== null && start !== target) return target < start ? 'down' : 'up';
  return said ?? betterOf(entry, scanned.subject);
}

function alsoSaid({ also }: Kind<'reach'>, target: number): Assumption[] {
  return also === null ? [] : [{ code: 'target_over_change', values: { target, percent: also } }];
}

function reachProblems(
  { said, strict }: Kind<'reach'>,
  { start, target }: Values,
  draft: KeyResultDraft,
  { entry }: Sentence,
  fits: boolean,
): DraftProblem[] {
  if (start !== null && start === target) return [problem('start_equals_target', { start: start })];
  const problems: DraftProblem[] = [];
  const opposite =
    start !== null && said !== null && strict && (said === 'up' ? target < start : target > start);
  if (opposite) {
    const difference = Number((target - start).toPrecision(12));
    const values = { start, target, difference };
    problems.push(
      problem(
        'direction_contradicts',
        { ...values, said: wayWords[said].en },
        { ...values, said: wayWords[said].zh },
      ),
    );
  }
  if (fits && entry !== null) problems.push(...boundProblems(entry, draft, [start, target]));
  return problems;
}
