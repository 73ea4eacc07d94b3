import type { Goal } from '../key-result.ts';
import { isRecurring, type Kind, measuredBy, metricAssumptions, type Sentence } from './draft.ts';
import { fitting, withScale } from './make-reach.ts';
import { measure, scaled } from './measure.ts';
import { boundProblems } from './problems.ts';
import type { Assumption, KeyResultDraft } from './types.ts';
import { problem } from './words.ts';

/** A value that stays above, below or between: at least 99.9 %, no more than 2 per month. */
export function makeGuardrail(given: Sentence, reading: Kind<'guardrail'>): KeyResultDraft {
  const quantities = [reading.lower, reading.upper, reading.held].filter((quantity) => quantity !== null);
  const sentence = withScale(given, quantities);
  const { blank, entry, options } = sentence;
  const taken = measure(quantities, { entry, language: blank.language, options });
  const [first = 0, second = null] = taken.written;
  const operator = operatorOf(reading, sentence);
  const lower = operator === 'at_most' ? null : first;
  const upper = operator === 'between' ? second : operator === 'at_most' ? first : null;
  const fits = fitting(sentence, taken);
  const assumed: Assumption[] =
    reading.held === null || operator === 'between' ? [] : [{ code: 'bound_assumed', values: { operator } }];
  const swapped = lower !== null && upper !== null && lower > upper;
  const problems = [
    ...(swapped ? [problem('bounds_swapped', { lower, upper })] : []),
    ...(fits && entry !== null ? boundProblems(entry, { unit: entry.unit }, [lower, upper]) : []),
  ];
  const goal: Goal = {
    kind: 'guardrail',
    operator,
    lower: lower === null ? null : scaled(lower, taken.scale),
    upper: upper === null ? null : scaled(upper, taken.scale),
    method: 'share_of_checks',
    checksPlanned: null,
    startValue: null,
  };
  return {
    ...blank,
    form: 'threshold',
    recurring: isRecurring(sentence),
    direction: 'hold',
    target: operator === 'between' ? null : first,
    range: lower !== null && upper !== null ? { lower, upper } : null,
    unit: fits && entry !== null ? entry.unit : taken.unit,
    unitWords: taken.unitWords,
    currency: taken.currency,
    ...measuredBy(sentence, false, fits),
    assumptions: [
      ...blank.assumptions,
      ...(fits ? metricAssumptions(sentence) : []),
      ...taken.assumptions,
      ...assumed,
    ],
    problems,
    goalKind: 'guardrail',
    goal: problems.length > 0 ? null : goal,
  };
}

function operatorOf(
  { lower, upper }: Kind<'guardrail'>,
  { entry, scanned }: Sentence,
): 'at_least' | 'at_most' | 'between' {
  if (lower !== null && upper !== null) return 'between';
  if (lower !== null) return 'at_least';
  if (upper !== null) return 'at_most';
  // "Maintain NPS at 50" and "hold churn at 3 %": the side that is better.
  const limits =
    /\b(?:limit|cap)\b|限制|控制|incidents?|errors?|bugs?|latency|churn|cost|事故|故障|错误|延迟|成本/i.test(
      scanned.subject,
    );
  return entry?.better === 'down' || (entry === null && limits) ? 'at_most' : 'at_least';
}
