import type { Aggregate } from '../aggregate.ts';
import type { ParamValue, Stage, WindowRule } from '../catalog/types.ts';
import type { Goal, GoalKind } from '../key-result.ts';
import type { Unit } from '../metric.ts';

export type DraftLanguage = 'en' | 'zh';
/** One sentence for a person, in both languages. */
export type Bilingual = Readonly<Record<DraftLanguage, string>>;

/** The casebook's words for what a sentence promises; `goalKind` is how the product judges it. */
export type DraftForm =
  | 'binary'
  | 'count'
  | 'absolute'
  | 'relative'
  | 'milestone'
  | 'recurring'
  | 'threshold';

/** How a value gets in: by itself, by itself once its owner decided something, by tagged entries, or by hand. */
export type Tracking = 'automatic' | 'automatic_after_a_choice' | 'counted_when_tagged' | 'check_in';

/** The five of AARRR; engagement and satisfaction count as retention, work beside the product's life as none. */
export type AarrrStage = 'acquisition' | 'activation' | 'retention' | 'referral' | 'revenue';

export type PeriodUnit = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'sprint' | 'release';

/** `day` is the last day on which the promise can be kept; null when the text names no year and none is known. */
export type Deadline = { text: string; day: string | null };

/** A metric of the catalogue with what the text says about it. `params` holds only what differs or must be seen. */
export type ProposedMetric = {
  key: string;
  params: Readonly<Record<string, ParamValue>>;
  window: WindowRule;
  /** Null where the goal looks at each point by itself. */
  aggregate: Aggregate | null;
};

/** An assumption that its code says in full. */
type Nothing = Readonly<Record<string, never>>;

/** What was decided for the owner, by code, with the values its sentence in `words.ts` needs. */
export type AssumptionValues = {
  nps_mean_0_10: Nothing;
  relative_not_points: { percent: number };
  baseline_days: { days: number };
  baseline_last_month: Nothing;
  baseline_mean_months: { months: number };
  baseline_last_release: Nothing;
  baseline_same_period_last_year: Nothing;
  value_days: { days: number };
  value_last_month: Nothing;
  value_last_sprints: { sprints: number };
  value_months: { months: number };
  judged_within_days: { days: number };
  judged_within_hours: { hours: number };
  trial_grace_days: { days: number };
  retention_bracket: { fromDay: number; toDay: number };
  at_least_times: { times: number };
  referral_attribution: Nothing;
  per_user_day: Nothing;
  per_viewer_month: Nothing;
  ltv_margin_adjusted: Nothing;
  payback_of_acquisition: Nothing;
  rating_since_release: Nothing;
  rating_of_store: Nothing;
  contraction_only: Nothing;
  expansion_mrr: Nothing;
  mean_of_stores: Nothing;
  carts_not_people: Nothing;
  customers_not_revenue: Nothing;
  statistic: { stat: string };
  tagged_entries: { label: string };
  calendar_quarter: { quarter: number };
  periods_assumed: { periods: number };
  extra_carries_over: Nothing;
  once_per_period: { length: string };
  equal_steps: { steps: number };
  direction_assumed: { direction: 'up' | 'down' };
  bound_assumed: { operator: 'at_least' | 'at_most' };
  number_read_as: { written: string; value: number };
  range_end_taken: { low: number; high: number; taken: number };
  magnitude_shared: { written: string; value: number };
  unit_assumed: { unit: string };
  percent_assumed: { written: string; percent: number };
  currency_assumed: { currency: string };
  counted_from_zero: Nothing;
  /** No single metric is meant, but several in one formula. */
  needs_formula: { formula: string };
  target_over_change: { target: number; percent: number };
};
export type AssumptionCode = keyof AssumptionValues;
export type Assumption = {
  [Code in AssumptionCode]: { code: Code; values: AssumptionValues[Code] };
}[AssumptionCode];

export type ProblemCode =
  | 'start_equals_target'
  | 'direction_contradicts'
  | 'points_out_of_range'
  | 'points_need_percentage'
  | 'ratio_out_of_range'
  | 'rating_out_of_range'
  | 'falls_below_zero'
  | 'count_not_positive'
  | 'amount_without_start'
  | 'no_change'
  | 'bounds_swapped'
  | 'rhythm_not_supported';
/** Why the promise cannot be kept or judged, with its own numbers; the draft has no goal then. */
export type DraftProblem = { code: ProblemCode; text: Bilingual };

export type QuestionCode = 'flow_period' | 'falling_revenue' | 'policy_or_share' | 'nps_scale';
/** What a draft becomes when the option is chosen: these fields replace its own. */
export type DraftChange = Partial<
  Pick<
    KeyResultDraft,
    | 'form'
    | 'recurring'
    | 'goalKind'
    | 'goal'
    | 'direction'
    | 'start'
    | 'target'
    | 'unit'
    | 'period'
    | 'metric'
    | 'stage'
    | 'aarrr'
    | 'tracking'
    | 'assumptions'
    | 'problems'
  >
>;
export type QuestionOption = { id: string; label: Bilingual; becomes: DraftChange };
export type DraftQuestion = { code: QuestionCode; text: Bilingual; options: readonly QuestionOption[] };

export type KeyResultDraft = {
  /** As written, without bullet, number and label; the words of the text, not ours. */
  text: string;
  /** Of a row of a table: the sentence that its cells were read as. */
  readAs: string | null;
  label: string | null;
  language: DraftLanguage;
  /** From 1; a sentence that wraps ends on `lastLine`. */
  line: number;
  lastLine: number;
  form: DraftForm;
  /** Judged again and again: "per month" of a flow, "every week" of an activity. */
  recurring: boolean;
  direction: 'up' | 'down' | 'hold';
  /** As the text writes it: percent 0..100, money in major units, durations in `unitWords`. */
  start: number | null;
  target: number | null;
  /** Of "between": both ends, as written. `target` is null then. */
  range: { lower: number; upper: number } | null;
  /** Signed percent, or percentage points when `relativeIn` says so: -30 is "down by 30 %". */
  relative: number | null;
  relativeIn: 'percent' | 'points' | null;
  unit: Unit;
  unitWords: string | null;
  currency: string | null;
  period: PeriodUnit | null;
  deadline: Deadline | null;
  goalKind: GoalKind;
  /** Null while a question is open, or when `problems` says why there cannot be one. */
  goal: Goal | null;
  metric: ProposedMetric | null;
  stage: Stage | null;
  aarrr: AarrrStage | null;
  tracking: Tracking;
  assumptions: readonly Assumption[];
  question: DraftQuestion | null;
  answered: { code: QuestionCode; optionId: string } | null;
  problems: readonly DraftProblem[];
};

export type InitiativeDraft = { text: string; language: DraftLanguage; line: number; lastLine: number };

export type ObjectiveDraft = {
  title: string;
  label: string | null;
  language: DraftLanguage;
  line: number;
  lastLine: number;
  /** The heading it stands under, as written. */
  phase: string | null;
  stage: Stage | null;
  keyResults: readonly KeyResultDraft[];
  initiatives: readonly InitiativeDraft[];
};

export type UnreadCode =
  | 'no_number'
  | 'no_target'
  | 'start_without_target'
  | 'several_targets'
  | 'no_pattern'
  | 'empty_label'
  | 'line_too_long';
export type UnreadLine = { line: number; text: string; why: UnreadCode; reason: Bilingual };
export type IgnoredLine = { line: number; text: string; as: 'heading' | 'prose' | 'layout' };
/** What became of a line. One that holds several things is counted as the first of these that it holds. */
export type LineRole = 'objective' | 'key_result' | 'initiative' | 'not_understood' | 'ignored';

export type RefusalCode = 'text_too_large' | 'too_many_lines';
export type Refusal = { code: RefusalCode; limit: number; found: number; text: Bilingual };

export type ImportedText = {
  /** Why nothing was read; everything else is empty then. */
  refused: Refusal | null;
  objectives: readonly ObjectiveDraft[];
  /** Those that stand outside of any objective. */
  keyResults: readonly KeyResultDraft[];
  initiatives: readonly InitiativeDraft[];
  notUnderstood: readonly UnreadLine[];
  ignored: readonly IgnoredLine[];
  /** Every line that is not blank, once, in order. */
  lines: readonly { line: number; as: LineRole }[];
};

export type ReadTextOptions = {
  /** Half-open, as everywhere; gives a deadline its year and a rhythm its number of periods. */
  cycle?: { startDay: string; endDay: string; timeZone: string };
  /** YYYY-MM-DD; stands in for the cycle where there is none. */
  today?: string;
  /** For money without a currency, and for which dollar "$" is. */
  currency?: string;
};
