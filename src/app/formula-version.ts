import { createHash } from 'node:crypto';
import type { WindowRule } from '../domain/catalog/types.ts';
import {
  type CheckedExpression,
  checkExpression,
  type Expression,
  type ExpressionTraits,
  parse,
  print,
  references,
} from '../domain/expression/index.ts';
import type { Unit } from '../domain/metric.ts';
import { pointWindow } from '../domain/metric-window.ts';
import { AppError, invalidField } from './errors.ts';
import type { Actor, Deps, MetricRecord, SourceStore } from './ports.ts';

/** What a version of a metric says, whatever the metric. */
export type VersionTraits = Parameters<SourceStore['addMetricVersion']>[1];

/**
 * A formula as a version of a metric: read, checked against the newest versions of the metrics that it names, and with
 * the traits that follow from theirs.
 *
 * @throws AppError that lists everything that is wrong with it
 */
export async function formulaVersion(
  deps: Deps,
  actor: Actor,
  { formula, unit, changeReason }: { formula: string; unit: Unit | null; changeReason: string | null },
): Promise<VersionTraits> {
  const parsed = parse(formula);
  if (!parsed.ok) {
    throw invalidField(
      '/formula',
      'formula_unreadable',
      parsed.problem.sentence,
      'Correct it, then try again.',
    );
  }
  const metrics = newestByKey(await deps.sources.listMetrics(actor.workspace.id));
  refuseNested(parsed.tree, metrics);
  const { traits, tree } = checked(parsed.tree, metrics, unit);
  const inputs = references(tree).map((name) => metrics.get(name) as MetricRecord); // the check knows them all
  const most = (of: (input: MetricRecord) => number) => Math.max(...inputs.map(of));
  const text = print(tree);
  const covered = {
    formula: text,
    unit,
    inputs: inputs.map(({ key, definitionHash }) => [key, definitionHash]),
  };
  return {
    connectorMetric: 'formula',
    params: {},
    kind: traits.kind,
    unit: traits.unit,
    currency: traits.currency,
    timeZone: traits.timeZone,
    cadence: traits.cadence,
    settlesAfterHours: most((input) => input.settlesAfterHours),
    rereadDays: most((input) => input.rereadDays),
    staleAfterDays: most((input) => input.staleAfterDays),
    readEveryHours: null,
    history: 'backfill',
    historyStartDay:
      inputs
        .map((input) => input.historyStartDay)
        .toSorted()
        .at(-1) ?? '',
    definitionHash: createHash('sha256').update(JSON.stringify(covered)).digest('hex'),
    definition: {
      kind: 'formula',
      formula: text,
      inputs: inputs.map(({ key, versionId }) => ({ name: key, metricKey: key, versionId })),
    },
    inputs: inputs.map(({ versionId }) => versionId),
    changeReason,
  };
}

/** The newest of the collected versions of each metric. */
export function newestByKey(metrics: MetricRecord[]): Map<string, MetricRecord> {
  const newest = new Map<string, MetricRecord>();
  for (const metric of metrics) {
    const known = newest.get(metric.key);
    if (known === undefined || known.version < metric.version) newest.set(metric.key, metric);
  }
  return newest;
}

/** A formula over a formula would be computed from what is itself just being computed. */
function refuseNested(tree: Expression, metrics: Map<string, MetricRecord>): void {
  for (const name of references(tree)) {
    const definition = metrics.get(name)?.definition;
    if (definition?.kind !== 'formula') continue;
    const detail = `"${name}" is a formula itself, and a formula reads metrics that are measured.`;
    throw invalidField('/formula', 'formula_nested', detail, `Write it out: (${definition.formula}).`);
  }
}

function checked(tree: Expression, metrics: Map<string, MetricRecord>, unit: Unit | null): CheckedExpression {
  const traits = new Map([...metrics].map(([key, metric]) => [key, expressionTraits(metric)]));
  const answer = checkExpression(tree, traits, unit);
  if (answer.ok) return answer.expression;
  const errors = answer.problems.map(({ code, sentence }) => ({
    pointer: '/formula',
    code: `formula_${code}`,
    detail: sentence,
  }));
  const detail = answer.problems.map(({ sentence }) => sentence).join(' ');
  throw new AppError('invalid', 'formula_invalid', detail, 'Change the formula. Nothing was stored.', {
    errors,
  });
}

function expressionTraits({
  kind,
  unit,
  currency,
  timeZone,
  cadence,
  params,
  definition,
}: MetricRecord): ExpressionTraits {
  // What the catalogue stores as a window is one of its rules.
  const window = definition?.kind === 'catalog' ? (definition.window as WindowRule) : null;
  return { kind, unit, currency, timeZone, cadence, window: pointWindow({ cadence, params, window }) };
}
