import type { Aggregate } from '../domain/aggregate.ts';
import { checkBaselineRule } from '../domain/baseline.ts';
import { findMetric as findCatalogMetric } from '../domain/catalog/index.ts';
import { checkAggregate, checkBinding, checkGoal } from '../domain/goal.ts';
import type { Goal } from '../domain/key-result.ts';
import type { MetricKind } from '../domain/metric.ts';
import { type AskProvider, askProviders } from './accept-metric.ts';
import type { Notice } from './account-notices.ts';
import {
  definitionAsked,
  knownMeasurement,
  type MeasureRequest,
  planMeasurement,
} from './catalog-binding.ts';
import type { NewMetric } from './create-metric.ts';
import { metricKey } from './draft-keys.ts';
import { draftsOf, isAt, type PlacedDraft, type PlacedText } from './draft-place.ts';
import { baselineRuleOf, wantedMetricOf } from './draft-record.ts';
import { AppError, type FieldError } from './errors.ts';
import { newestByKey } from './formula-version.ts';
import type { Actor, Deps, MetricRecord } from './ports.ts';
import type { TakenKeys } from './ports-import.ts';

export type BindingChoice = MeasureRequest & { line: string };

/** A draft that can be stored as it is, with the metric that measures it from the start, if any. */
export type PlannedKeyResult = {
  draft: PlacedDraft;
  goal: Goal;
  aggregate: Aggregate | null;
  metric: NewMetric | MetricRecord | null;
  boundBy: 'asked' | 'same_meaning' | null;
  /** False: the metric's days are others than those that the text was read as. */
  sameWindow: boolean;
  /** What the provider said to its metric, and how that metric's days differ. */
  warnings: Notice[];
};

/**
 * Everything that the drafts need, checked before anything is stored.
 *
 * @throws AppError that lists what stands in the way, with its lines
 */
export async function planDrafts(
  deps: Deps,
  actor: Actor,
  text: PlacedText,
  bindings: readonly BindingChoice[],
  taken: TakenKeys,
): Promise<PlannedKeyResult[]> {
  const drafts = draftsOf(text);
  const problems: FieldError[] = bindings
    .filter(({ line }) => !drafts.some((draft) => isAt(draft, line)))
    .map(({ line }) => at('bindings', line, 'nothing_there', 'begins no Key Result that is imported'));
  const metrics = [...newestByKey(await deps.sources.listMetrics(actor.workspace.id)).values()];
  const made: NewMetric[] = [];
  const ask = await askTogether(deps, actor, drafts, bindings);
  const planned: PlannedKeyResult[] = [];
  for (const draft of drafts) {
    const asked = bindings.find(({ line }) => isAt(draft, line));
    try {
      planned.push(
        asked === undefined
          ? planUnasked(draft, metrics)
          : await planAsked(deps, actor, draft, asked, { made, taken, ask }),
      );
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const [first] = error.errors;
      problems.push(at('bindings', draft.at, first?.code ?? error.code, `${error.message} ${error.fix}`));
    }
  }
  problems.push(...planned.flatMap(problemsOf));
  const [first] = problems;
  if (first === undefined) return planned;
  throw new AppError(
    'invalid',
    'drafts_invalid',
    first.detail,
    'Change that, then try again. Nothing was stored.',
    {
      errors: problems,
    },
  );
}

/** Bound by itself only to what is the very same, of which there is one, and which is about the same thing. */
function planUnasked(draft: PlacedDraft, metrics: readonly MetricRecord[]): PlannedKeyResult {
  const wanted = wantedMetricOf(draft);
  const unbound = { ...started(draft), metric: null, boundBy: null, sameWindow: true, warnings: [] };
  if (wanted === null || draft.tracking === 'check_in') return unbound;
  const known = knownMeasurement(metrics, wanted);
  // The answers of a team and those of customers are the same metric, and not the same number.
  if (known === null || draft.stage !== stageOf(known.metric)) return unbound;
  const aggregate = comparing(draft, known.fit.aggregate);
  return {
    ...started(draft),
    aggregate,
    metric: known.metric,
    boundBy: 'same_meaning',
    sameWindow: true,
    warnings: [],
  };
}

/** One question a connection, however many lines are measured on it: providers count them. */
async function askTogether(
  deps: Deps,
  actor: Actor,
  drafts: readonly PlacedDraft[],
  bindings: readonly BindingChoice[],
): Promise<AskProvider> {
  const known = [];
  for (const draft of drafts) {
    const request = bindings.find(({ line }) => isAt(draft, line));
    const wanted = wantedMetricOf(draft);
    if (request === undefined || wanted === null) continue;
    const asked = await definitionAsked(deps, actor, wanted, request);
    if (asked !== null) known.push(asked);
  }
  return askProviders(deps, actor, { known });
}

async function planAsked(
  deps: Deps,
  actor: Actor,
  draft: PlacedDraft,
  request: MeasureRequest,
  { ask, made, taken }: { ask: AskProvider; made: NewMetric[]; taken: TakenKeys },
): Promise<PlannedKeyResult> {
  const wanted = wantedMetricOf(draft);
  if (wanted === null) {
    const detail = 'It names no metric of the catalogue.';
    throw new AppError(
      'invalid',
      'no_metric',
      detail,
      'Choose one with --metric LINE=METRIC; see tidemark catalog.',
    );
  }
  const names = new Set([...taken.metrics, ...made.map(({ key }) => key)]);
  const { fit, metric, warnings } = await planMeasurement(
    deps,
    actor,
    wanted,
    request,
    metricKey(wanted.metric, names),
    ask,
  );
  const same = made.find(
    (each) => each.connectionId === metric.connectionId && each.definitionHash === metric.definitionHash,
  );
  if (same === undefined && !('id' in metric)) made.push(metric);
  return {
    ...started(draft),
    aggregate: comparing(draft, fit.aggregate),
    metric: same ?? metric,
    boundBy: 'asked',
    sameWindow: fit.same,
    warnings,
  };
}

function started(draft: PlacedDraft): Pick<PlannedKeyResult, 'draft' | 'goal' | 'aggregate'> {
  // A draft without a goal has a question or a problem, and those were refused before.
  if (draft.goal === null) throw new Error(`line ${draft.at} has no goal`);
  return { draft, goal: draft.goal, aggregate: comparing(draft, draft.metric?.aggregate ?? null) };
}

/** Other goals look at each point by itself. */
function comparing({ goalKind }: PlacedDraft, aggregate: Aggregate | null): Aggregate | null {
  return goalKind === 'reach' || goalKind === 'change' ? aggregate : null;
}

function problemsOf({ aggregate, draft, goal, metric }: PlannedKeyResult): FieldError[] {
  const kind: MetricKind | null = metric?.kind ?? null;
  const rule = baselineRuleOf(draft, goal);
  const found = [
    ...checkGoal(goal, draft.unit),
    kind === null ? null : checkBinding(goal, kind),
    aggregate === null ? null : checkAggregate(goal, kind, aggregate),
    rule === null ? null : checkBaselineRule(goal, rule),
  ];
  return found.flatMap((problem) =>
    problem === null ? [] : [at('lines', draft.at, 'goal_invalid', `“${draft.text}”: ${problem.problem}`)],
  );
}

function stageOf({ definition }: MetricRecord): string | null {
  return definition?.kind === 'catalog' ? (findCatalogMetric(definition.metric)?.stage ?? null) : null;
}

function at(list: string, line: string, code: string, detail: string): FieldError {
  return { pointer: `/${list}/${line}`, code, detail: `Line ${line}: ${detail}` };
}
