import { type BaselineRule, checkBaselineRule, takesBaseline, withoutBaseline } from '../domain/baseline.ts';
import { withBaseline } from '../domain/snapshot.ts';
import { ruleOf } from './back-test-rule.ts';
import { refuseClosed } from './closed-cycle.ts';
import type { AlertRuleDraft } from './create-alert-rule.ts';
import { refuseProblems } from './create-key-result.ts';
import {
  type DraftBinding,
  type DraftPoints,
  type DraftSource,
  draftBinding,
  draftPoints,
} from './draft-binding.ts';
import { AppError } from './errors.ts';
import type { EvaluationInput, EvaluationOutput } from './evaluation.ts';
import { findCycle, findKeyResult } from './find.ts';
import type { GoalDay } from './goal-series.ts';
import {
  type DraftTrial,
  draftInput,
  type EarlierPeriod,
  earlierPeriod,
  judgeDraft,
  tryOnDraft,
} from './judge-draft.ts';
import type { Actor, CycleRecord, Deps, KeyResultRecord } from './ports.ts';
import type { Standing } from './ports-definition.ts';
import { capturedStart } from './read-definition-change.ts';

export type BindingPreviewRequest = {
  source: DraftSource;
  /** Another start than the one that would be captured: stated, or captured by another rule. */
  baseline: { value: number } | { rule: BaselineRule } | null;
  /** Tried over the days that are read. */
  rule: Pick<AlertRuleDraft, 'forEvaluations' | 'keepFiringEvaluations' | 'sensitivity'> | null;
  /** Asks the source anew, whatever was read a moment ago. */
  again: boolean;
};
export type BindingPreview = DraftPoints & {
  keyResult: KeyResultRecord;
  cycle: CycleRecord;
  binding: DraftBinding;
  now: Date;
  /** Why saving would be refused, one sentence each; then there is no standing. */
  problems: { code: string; detail: string }[];
  judged: {
    standing: Standing;
    /** What would be captured as the start. */
    baseline: EvaluationOutput['baseline'];
    days: GoalDay[];
    earlier: EarlierPeriod | null;
    trial: DraftTrial | null;
  } | null;
};

/**
 * Everything that somebody wants to know of a binding before it is saved: the values, how the Key Result would stand,
 * how the period before would have gone, and when a rule would have spoken. Nothing is stored and nobody is told.
 *
 * @throws AppError as saving would where there is no value to show
 */
export async function previewBinding(
  deps: Deps,
  actor: Actor,
  key: string,
  request: BindingPreviewRequest,
  signal: AbortSignal,
): Promise<BindingPreview> {
  const keyResult = await findKeyResult(deps, actor, key);
  const cycle = await findCycle(deps, actor, keyResult.cycleId);
  refuseClosed(cycle);
  const binding = await draftBinding(deps, actor, keyResult, request.source);
  const points = await draftPoints(deps, binding, cycle, request.again, signal);
  const now = await deps.clock.now();
  const changed = await startOf(deps, keyResult, binding, request.baseline);
  const problems = problemsOf(binding, changed);
  const [input] = await deps.definitions.replayInputs([keyResult.id]);
  const judged =
    problems.length > 0 || input === undefined
      ? null
      : await judge(deps, actor, draftInput(input, binding, points, changed), request.rule, now);
  return { ...points, keyResult, cycle, binding, now, problems, judged };
}

type Changed = Pick<KeyResultRecord, 'goal' | 'baselineRule'>;

/** The goal as it would be: a start that was captured on another metric says nothing about this one. */
async function startOf(
  deps: Deps,
  keyResult: KeyResultRecord,
  { metric }: DraftBinding,
  wanted: BindingPreviewRequest['baseline'],
): Promise<Changed> {
  const { baselineRule, goal, metricVersionId } = keyResult;
  if (wanted !== null && 'value' in wanted) return { goal: withBaseline(goal, wanted.value), baselineRule };
  if (wanted !== null) return { goal: withoutBaseline(goal), baselineRule: wanted.rule };
  const before = metricVersionId === null ? null : await deps.sources.metricOfVersion(metricVersionId);
  const forgotten =
    before !== null && before.id !== metric.id && (await capturedStart(deps, keyResult)) !== null;
  return { goal: forgotten ? withoutBaseline(goal) : goal, baselineRule };
}

function problemsOf(
  { aggregate, metric }: DraftBinding,
  { baselineRule, goal }: Changed,
): BindingPreview['problems'] {
  const rule = baselineRule === null || !takesBaseline(goal) ? null : checkBaselineRule(goal, baselineRule);
  if (rule !== null) return [{ code: 'baseline_rule_invalid', detail: rule.problem }];
  try {
    refuseProblems(goal, metric.unit, metric.kind, aggregate);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.errors.map(({ code, detail }) => ({ code, detail }));
  }
}

async function judge(
  deps: Deps,
  actor: Actor,
  input: EvaluationInput,
  rule: BindingPreviewRequest['rule'],
  now: Date,
): Promise<NonNullable<BindingPreview['judged']>> {
  const own = judgeDraft(deps, input, now);
  const earlier = earlierPeriod(deps, input, own.standing.startValue, now);
  const tried = [
    ...(earlier === null ? [] : [{ period: 'earlier' as const, input: earlier.input }]),
    { period: 'cycle' as const, input },
  ];
  const trial =
    rule === null
      ? null
      : await tryOnDraft(deps, tried, ruleOf(actor, { ...rule, keyResult: null, objective: null }), now);
  return { ...own, earlier: earlier?.period ?? null, trial };
}
