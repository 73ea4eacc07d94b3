import type { NewMetric } from './create-metric.ts';
import { keyResultKey } from './draft-keys.ts';
import { baselineRuleOf, definitionOf, titleOf } from './draft-record.ts';
import type { PlannedKeyResult } from './plan-drafts.ts';
import type { Actor, CycleRecord, KeyResultRecord, MetricRecord, ObjectiveRecord } from './ports.ts';
import type { PlanWriter, TakenKeys } from './ports-import.ts';
import { recordChange } from './record-change.ts';

/** Key Results with the objective that they go under, which may be there already. */
export type DraftGroup = {
  objective: ObjectiveRecord | Parameters<PlanWriter['createObjective']>[0];
  /** Null: it is not in the text. */
  line: number | null;
  planned: PlannedKeyResult[];
  initiatives: readonly { text: string; line: number }[];
};

export type SavedKeyResult = Pick<PlannedKeyResult, 'draft' | 'boundBy' | 'sameWindow' | 'warnings'> & {
  keyResult: KeyResultRecord;
  objective: ObjectiveRecord;
  metric: MetricRecord | null;
};
export type SavedParts = {
  /** With the line of each; those that were there before have Key Results added. */
  objectives: { objective: ObjectiveRecord; line: number; created: boolean }[];
  keyResults: SavedKeyResult[];
  initiatives: { title: string; line: number; keyResultKey: string }[];
  /** Those that were made for it. */
  metrics: MetricRecord[];
  /** Lines of initiatives that had no Key Result to belong to. */
  leftOut: { line: number; text: string }[];
};

/** Writes everything with one writer, in the order of the text. */
export async function writeDrafts(
  writer: PlanWriter,
  actor: Actor,
  groups: readonly DraftGroup[],
  { cycle, taken }: { cycle: CycleRecord; taken: TakenKeys },
): Promise<SavedParts> {
  const saved: SavedParts = { objectives: [], keyResults: [], initiatives: [], metrics: [], leftOut: [] };
  const metrics = await writeMetrics(
    writer,
    actor,
    groups.flatMap(({ planned }) => planned),
  );
  saved.metrics.push(...metrics.values());
  const keys = new Set(taken.keyResults);
  for (const { initiatives, line, objective: wanted, planned } of groups) {
    const created = !('id' in wanted);
    const objective = created ? await writer.createObjective(wanted) : wanted;
    if (created) {
      const { key, title } = objective;
      await recordChange(writer, actor, 'create', 'objective', objective.id, { key, title, imported: line });
    }
    if (line !== null) saved.objectives.push({ objective, line, created });
    const own: SavedKeyResult[] = [];
    for (const [index, plan] of planned.entries()) {
      const metric =
        plan.metric === null ? null : 'id' in plan.metric ? plan.metric : (metrics.get(plan.metric) ?? null);
      const key = keyResultKey(objective.key, plan.draft.text, index + 1, keys);
      keys.add(key);
      const keyResult = await writeKeyResult(writer, actor, objective, {
        plan,
        metric,
        key,
        position: index + 1,
      });
      const { boundBy, draft, sameWindow, warnings } = plan;
      own.push({ draft, boundBy, sameWindow, warnings, keyResult, objective, metric });
    }
    saved.keyResults.push(...own);
    for (const initiative of initiatives) {
      const under = keyResultOf(own, initiative.line);
      if (under === null) {
        saved.leftOut.push({ line: initiative.line, text: initiative.text });
        continue;
      }
      const title = titleOf(initiative.text);
      await writer.createInitiative(under.id, { title, startDay: cycle.startDay, endDay: null });
      saved.initiatives.push({ title, line: initiative.line, keyResultKey: under.key });
    }
  }
  return saved;
}

async function writeMetrics(
  writer: PlanWriter,
  actor: Actor,
  planned: readonly PlannedKeyResult[],
): Promise<Map<NewMetric, MetricRecord>> {
  const made = new Map<NewMetric, MetricRecord>();
  for (const { metric } of planned) {
    if (metric === null || 'id' in metric || made.has(metric)) continue;
    const record = await writer.createMetric(metric);
    const { connectorMetric, id, key, params, timeZone } = record;
    await recordChange(writer, actor, 'create', 'metric', id, {
      key,
      metric: connectorMetric,
      params,
      timeZone,
    });
    made.set(metric, record);
  }
  return made;
}

async function writeKeyResult(
  writer: PlanWriter,
  actor: Actor,
  objective: ObjectiveRecord,
  {
    key,
    metric,
    plan,
    position,
  }: { plan: PlannedKeyResult; metric: MetricRecord | null; key: string; position: number },
): Promise<KeyResultRecord> {
  const { aggregate, draft, goal } = plan;
  const title = titleOf(draft.text);
  const keyResult = await writer.createKeyResult({
    workspaceId: actor.workspace.id,
    objectiveId: objective.id,
    cycleId: objective.cycleId,
    key,
    title,
    titles: {},
    description: '',
    owner: null,
    goal,
    paceCurve: { kind: 'linear' },
    aggregate,
    baselineRule: baselineRuleOf(draft, goal),
    guard: null,
    definition: definitionOf(draft),
    unit: metric?.unit ?? draft.unit,
    currency: metric?.currency ?? draft.currency?.toLowerCase() ?? null,
    weight: 1,
    metricVersionId: metric?.versionId ?? null,
    carriedFromId: null,
    position,
  });
  const details = { key, title, goal, line: draft.at, metric: metric?.key ?? null };
  await recordChange(writer, actor, 'create', 'key_result', keyResult.id, details);
  return keyResult;
}

/** An initiative belongs to a Key Result: the one above it, else the first of its objective. */
function keyResultOf(saved: readonly SavedKeyResult[], line: number): KeyResultRecord | null {
  const above = saved.filter(({ draft }) => draft.line < line).at(-1);
  return (above ?? saved[0])?.keyResult ?? null;
}
