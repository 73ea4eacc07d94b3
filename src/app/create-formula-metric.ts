import type { Unit } from '../domain/metric.ts';
import { formulaVersion } from './formula-version.ts';
import type { Actor, Deps, MetricRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

export type FormulaDraft = {
  key: string;
  title?: string | undefined;
  formula: string;
  /** What the owner calls a result that has no unit of its own, such as `custom:tickets per user`. */
  unit?: Unit | undefined;
};

/** A metric that combines others, computed at once over all that is stored of them, and anew with whatever they bring. */
export async function createFormulaMetric(
  deps: Deps,
  actor: Actor,
  draft: FormulaDraft,
): Promise<MetricRecord> {
  const { key, formula } = draft;
  const version = await formulaVersion(deps, actor, {
    formula,
    unit: draft.unit ?? null,
    changeReason: null,
  });
  const metric = await deps.atomically(async (inside) => {
    const metric = await inside.sources.createMetric({
      ...version,
      workspaceId: actor.workspace.id,
      source: 'formula',
      connectionId: '',
      key,
      title: draft.title ?? formula,
    });
    await recordChange(inside, actor, 'create', 'metric', metric.id, {
      key,
      formula,
      inputs: version.inputs,
    });
    return metric;
  });
  await deps.definitions.computeFormula(metric.versionId);
  return metric;
}
