import type { Goal } from '../key-result.ts';
import type { Sentence } from './draft.ts';
import type { LexiconEntry } from './lexicon-types.ts';
import { periodsOf } from './make-work.ts';
import type { Quantity } from './quantity.ts';
import type { Reading } from './reading.ts';
import type {
  Assumption,
  DraftChange,
  DraftQuestion,
  KeyResultDraft,
  ProposedMetric,
  QuestionOption,
} from './types.ts';
import { fill, questionWords } from './words.ts';

/** Which of the two scales the numbers fit: "8.0 to 9.5" only the mean, 45 only the score; 8 and 9 fit both. */
export function npsReading(
  entry: LexiconEntry,
  quantities: readonly Quantity[],
): { entry: LexiconEntry; open: boolean } {
  const mean: LexiconEntry = {
    ...entry,
    key: 'nps_average',
    bounds: { min: 0, max: 10 },
    assumptions: [...entry.assumptions, { code: 'nps_mean_0_10', values: {} }],
  };
  const score: LexiconEntry = { ...entry, key: 'nps', bounds: { min: -100, max: 100 } };
  if (quantities.length === 0) return { entry: score, open: true };
  if (quantities.some(({ value }) => value < 0 || value > 10)) return { entry: score, open: false };
  return quantities.some(({ decimals }) => decimals)
    ? { entry: mean, open: false }
    : { entry: score, open: true };
}

/** The one thing that only the owner knows; the draft waits for it. Impossible sentences are refused, not asked about. */
export function withQuestion(draft: KeyResultDraft, sentence: Sentence, reading: Reading): KeyResultDraft {
  if (draft.problems.length > 0) return draft;
  const question =
    fallingRevenue(draft, sentence, reading) ??
    npsScale(draft, sentence, reading) ??
    flowPeriod(draft, sentence, reading);
  if (question === null) return draft;
  const suggested =
    question.code === 'falling_revenue' ? (question.options[0]?.becomes.metric ?? null) : draft.metric;
  return { ...draft, question, goal: null, metric: suggested };
}

function ask(code: DraftQuestion['code'], options: readonly QuestionOption[]): DraftQuestion {
  return { code, text: fill(questionWords[code], {}), options };
}

/** $20,000 in what time? Of a total that flows nothing can be said before its period is known. */
function flowPeriod(draft: KeyResultDraft, { entry }: Sentence, reading: Reading): DraftQuestion | null {
  if (reading.kind !== 'reach' || draft.goalKind !== 'reach' || draft.metric === null) return null;
  if (entry?.needsPeriod !== true || draft.period !== null || draft.goal?.kind !== 'reach') return null;
  const { goal, metric } = draft;
  const known = draft.assumptions.filter(({ code }) => code !== 'value_last_month' && code !== 'value_days');
  const per = (
    id: string,
    label: QuestionOption['label'],
    period: KeyResultDraft['period'],
    change: Pick<ProposedMetric, 'window' | 'aggregate'>,
    assumption: Assumption,
  ): QuestionOption => ({
    id,
    label,
    becomes: {
      goal,
      period,
      recurring: true,
      metric: { ...metric, ...change },
      assumptions: [...known, assumption],
    },
  });
  const options = [
    per(
      'per_month',
      { en: 'Per calendar month', zh: '每个自然月' },
      'month',
      { window: { kind: 'day' }, aggregate: 'last_complete_month' },
      { code: 'value_last_month', values: {} },
    ),
    per(
      'per_quarter',
      { en: 'Per quarter, over the newest 91 days', zh: '每季度（最近 91 天）' },
      'quarter',
      { window: { kind: 'day' }, aggregate: { trailingDays: 91 } },
      { code: 'value_days', values: { days: 91 } },
    ),
    per(
      'last_30_days',
      { en: 'Over any 30 days', zh: '任意 30 天' },
      null,
      { window: { kind: 'day' }, aggregate: { trailingDays: 30 } },
      { code: 'value_days', values: { days: 30 } },
    ),
  ].map((option) =>
    option.id === 'last_30_days' ? { ...option, becomes: { ...option.becomes, recurring: false } } : option,
  );
  const total: DraftChange = {
    form: 'count',
    start: 0,
    recurring: false,
    goalKind: 'accumulate',
    goal: { kind: 'accumulate', targetValue: goal.targetValue },
    metric: { ...metric, window: { kind: 'day' }, aggregate: null },
    assumptions: [...known, { code: 'counted_from_zero', values: {} }],
  };
  const inAll = {
    id: 'in_the_cycle',
    label: { en: 'In all, from zero within the cycle', zh: '周期内从零累计' },
    becomes: total,
  };
  // Nobody adds up losses until a smaller target is "reached".
  return ask('flow_period', draft.direction === 'down' ? options : [...options, inAll]);
}

const falling =
  /(?:下降|下滑|下跌|衰退|缩减|减少)的(?:销售)?(?:收入|营收|销售额|销售)|(?:falling|declining|dropping|decreasing) (?:sales )?(?:revenue|sales)/i;

/** Nobody wants falling revenue to fall: what is meant is what customers cut, and perhaps what leaves with them. */
function fallingRevenue(
  draft: KeyResultDraft,
  { scanned }: Sentence,
  reading: Reading,
): DraftQuestion | null {
  if (
    reading.kind !== 'reach' ||
    draft.unit !== 'money' ||
    draft.direction !== 'down' ||
    !falling.test(scanned.subject)
  )
    return null;
  const { goal, period } = draft;
  const kept = draft.assumptions.filter(
    ({ code }) => code === 'calendar_quarter' || code === 'currency_assumed' || code === 'number_read_as',
  );
  const month: Assumption = { code: 'value_last_month', values: {} };
  const aggregate = period === 'month' || period === null ? 'last_complete_month' : 'latest';
  const as = (key: string, params: ProposedMetric['params'], more: Assumption[]): DraftChange => ({
    goal,
    metric: { key, params, window: { kind: 'day' }, aggregate },
    stage: 'revenue',
    aarrr: 'revenue',
    tracking: 'automatic_after_a_choice',
    assumptions: [...kept, month, ...more],
  });
  return ask('falling_revenue', [
    {
      id: 'contraction',
      label: { en: 'Down-sell: what customers who stay cut', zh: '降级销售：留存客户减少的金额' },
      becomes: as('mrr_contraction', {}, [{ code: 'contraction_only', values: {} }]),
    },
    {
      id: 'contraction_and_churn',
      label: { en: 'Down-sell and what is lost with customers who leave', zh: '降级销售加上流失客户的金额' },
      becomes: {
        ...as('mrr_contraction', {}, [
          { code: 'needs_formula', values: { formula: 'mrr_contraction + mrr_churn' } },
        ]),
        metric: null,
      },
    },
    {
      id: 'sales_revenue',
      label: { en: 'Sales revenue itself shall fall', zh: '销售收入本身要下降' },
      becomes: as('net_revenue', {}, []),
    },
  ]);
}

/** 8 to 9 may be a mean of answers or a score. */
function npsScale(draft: KeyResultDraft, { entry }: Sentence, reading: Reading): DraftQuestion | null {
  if (entry?.key !== 'nps' || draft.metric === null) return null;
  const { open, entry: score } = npsReading(entry, quantitiesOf(reading));
  if (!open) return null;
  const mean: Assumption = { code: 'nps_mean_0_10', values: {} };
  const metric = { ...draft.metric, params: { ...score.params } };
  const same = { goal: draft.goal };
  return ask('nps_scale', [
    {
      id: 'mean',
      label: { en: 'Mean of the answers from 0 to 10', zh: '0 至 10 分回答的平均值' },
      becomes: {
        ...same,
        metric: { ...metric, key: 'nps_average' },
        assumptions: [...draft.assumptions, mean],
      },
    },
    {
      id: 'score',
      label: { en: 'Score from -100 to 100', zh: '-100 至 100 的净推荐值' },
      becomes: { ...same, metric: { ...metric, key: 'nps' } },
    },
  ]);
}

function quantitiesOf(reading: Reading): Quantity[] {
  switch (reading.kind) {
    case 'reach':
      return [reading.start, reading.target].filter((quantity) => quantity !== null);
    case 'guardrail':
      return [reading.lower, reading.upper, reading.held].filter((quantity) => quantity !== null);
    case 'change':
      return reading.start === null ? [] : [reading.start];
    case 'amount':
    case 'count':
    case 'rhythm':
    case 'policy':
    case 'steps':
    case 'done':
      return [];
  }
}

/** "Introduce 10 % learning time": a rule that is there or not, or a share that every month has to show. */
export function policyQuestion(draft: KeyResultDraft, sentence: Sentence, share: Quantity): KeyResultDraft {
  const { entry, options } = sentence;
  const planned = options.cycle === undefined ? null : periodsOf('month', options);
  const guardrail: Goal = {
    kind: 'guardrail',
    operator: 'at_least',
    lower: Number((share.value / 100).toPrecision(12)),
    upper: null,
    method: planned === null ? 'share_of_checks' : 'share_of_planned',
    checksPlanned: planned,
    startValue: null,
  };
  const rule: Goal = { kind: 'milestone', steps: [{ name: draft.text, weight: 1, doneOnDay: null }] };
  const metric =
    entry === null ? null : { key: entry.key, params: {}, window: entry.window, aggregate: null };
  const question = ask('policy_or_share', [
    {
      id: 'policy',
      label: { en: 'A rule: done once it is in place', zh: '制度：推行即完成' },
      becomes: {
        goal: rule,
        goalKind: 'milestone',
        start: 0,
        target: 1,
        unit: 'count',
        metric: null,
        aarrr: null,
        tracking: 'check_in',
        recurring: false,
      },
    },
    {
      id: 'share_each_month',
      label: {
        en: `A share: at least ${share.value} % in every month`,
        zh: `占比：每月不低于 ${share.value}%`,
      },
      becomes: {
        form: 'threshold',
        goal: guardrail,
        goalKind: 'guardrail',
        direction: 'hold',
        target: share.value,
        unit: 'ratio',
        period: 'month',
        metric,
      },
    },
  ]);
  return {
    ...draft,
    form: 'binary',
    recurring: true,
    unit: 'ratio',
    unitWords: '%',
    metric,
    stage: entry?.stage ?? 'people',
    tracking: entry?.tracking ?? 'counted_when_tagged',
    goalKind: 'milestone',
    goal: null,
    question,
  };
}
