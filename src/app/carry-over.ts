import { carriedGoal } from '../domain/carry-over.ts';
import { refuseClosed } from './closed-cycle.ts';
import { createKeyResult } from './create-key-result.ts';
import { createObjective } from './create-objective.ts';
import { AppError, invalidField } from './errors.ts';
import { findCycle } from './find.ts';
import type { Actor, CycleRecord, Deps, KeyResultRecord, MetricRecord, ObjectiveRecord } from './ports.ts';
import type { ScorecardContent, ScorecardKeyResult } from './ports-scorecard.ts';
import { recordChange } from './record-change.ts';

export type CarryOverRequest = {
  from: string;
  to: string;
  /** Keys; absent: everything that was not achieved. */
  keyResults: string[] | null;
};
export type CarryOver = {
  carried: { from: string; keyResult: KeyResultRecord }[];
  /** Those that do not go on, and why. */
  left: { key: string; why: 'target_reached' | 'nothing_left' | 'carried_before' }[];
};

/**
 * Goes on in another cycle with what a closed one left open: the same objectives, the same metrics, and goals that start
 * where they ended. Doing it again carries nothing twice.
 */
export async function carryOver(deps: Deps, actor: Actor, request: CarryOverRequest): Promise<CarryOver> {
  const from = await findCycle(deps, actor, request.from);
  const to = await findCycle(deps, actor, request.to);
  refuseClosed(to);
  const scorecard = await deps.scorecards.find(from.id);
  if (scorecard === null) throw notClosed(from);
  const chosen = choose(scorecard.content, request.keyResults);
  const known = await deps.plan.listKeyResults(actor.workspace.id, to.id);
  const sources = await deps.plan.listKeyResults(actor.workspace.id, from.id);
  const objectives = await objectivesOf(deps, actor, scorecard.content, chosen, from, to);
  const result: CarryOver = { carried: [], left: [] };
  for (const row of chosen) {
    const source = sources.find(({ id }) => id === row.id);
    const objective = objectives.get(row.objectiveId);
    if (source === undefined || objective === undefined) continue;
    const goal = carriedGoal(row.goal, row);
    if (known.some(({ carriedFromId }) => carriedFromId === row.id)) {
      result.left.push({ key: row.key, why: 'carried_before' });
    } else if (!goal.ok) {
      result.left.push({ key: row.key, why: goal.why });
    } else {
      const keyResult = await carry(deps, actor, source, objective, goal.goal, [from, to]);
      result.carried.push({ from: row.key, keyResult });
    }
  }
  return result;
}

function notClosed(cycle: CycleRecord): AppError {
  const detail = `The cycle "${cycle.key}" is not closed, so nobody knows yet what is left of it.`;
  return new AppError('conflict', 'cycle_open', detail, `Close it first: tidemark cycle close ${cycle.key}`);
}

function choose(content: ScorecardContent, keys: string[] | null): ScorecardKeyResult[] {
  if (keys === null) return content.keyResults.filter(({ status }) => status !== 'achieved');
  return keys.map((key) => {
    const found = content.keyResults.find((row) => row.key === key || row.id === key);
    if (found !== undefined) return found;
    throw invalidField(
      '/keyResults',
      'not_in_scorecard',
      `The scorecard of "${content.cycle.key}" has no Key Result "${key}".`,
      `Read it: tidemark cycle scorecard ${content.cycle.key}`,
    );
  });
}

/** The objectives in the new cycle, by the id of the old ones; those that are not there yet are made. */
async function objectivesOf(
  deps: Deps,
  actor: Actor,
  content: ScorecardContent,
  chosen: ScorecardKeyResult[],
  from: CycleRecord,
  to: CycleRecord,
): Promise<Map<string, ObjectiveRecord>> {
  const known = await deps.plan.listObjectives(actor.workspace.id, to.id);
  const wanted = new Set(chosen.map(({ objectiveId }) => objectiveId));
  const found = new Map<string, ObjectiveRecord>();
  for (const old of content.objectives.filter(({ id }) => wanted.has(id))) {
    const key = keyIn(old.key, from, to);
    const there = known.find((each) => each.key === key);
    const { title, titles, owner, stage, phase, weight } = old;
    const names = { key, title, titles, description: '' };
    const draft = { ...names, cycle: to.id, parent: null, owner, stage, phase, weight };
    found.set(old.id, there ?? (await createObjective(deps, actor, draft)));
  }
  return found;
}

/** Keys are unique in a workspace: the name of the cycle tells the two apart, and takes the place of the last one's. */
function keyIn(key: string, from: CycleRecord, to: CycleRecord): string {
  const suffix = `.${from.key}`;
  return `${key.endsWith(suffix) ? key.slice(0, -suffix.length) : key}.${to.key}`;
}

/** What is carried means what it meant: a newer definition waits for its owner here as it did there. */
async function keepDefinition(
  deps: Deps,
  keyResult: KeyResultRecord,
  bound: MetricRecord | null,
): Promise<KeyResultRecord> {
  if (bound === null || keyResult.metricVersionId === bound.versionId) return keyResult;
  const kept = await deps.plan.bindKeyResult(keyResult.id, bound.versionId, bound.unit, bound.currency);
  await deps.evaluate([kept.id]);
  return kept;
}

async function carry(
  deps: Deps,
  actor: Actor,
  source: KeyResultRecord,
  objective: ObjectiveRecord,
  goal: KeyResultRecord['goal'],
  [from, to]: [CycleRecord, CycleRecord],
): Promise<KeyResultRecord> {
  const metric =
    source.metricVersionId === null ? null : await deps.sources.metricOfVersion(source.metricVersionId);
  // What people checked in belongs to the Key Result that they checked it in for.
  const bound = metric === null || metric.source === 'check_in' ? null : metric;
  const { title, titles, description, owner, aggregate, baselineRule, definition } = source;
  const { unit, currency, weight } = source;
  const keyResult = await createKeyResult(deps, actor, {
    title,
    titles,
    description,
    owner,
    goal,
    baselineRule,
    definition,
    unit,
    currency,
    weight,
    key: keyIn(source.key, from, to),
    objective: objective.id,
    paceCurve: { kind: 'linear' },
    aggregate: goal.kind === 'reach' || goal.kind === 'change' ? aggregate : null,
    metric: bound?.id ?? null,
    carriedFromId: source.id,
  });
  const kept = await keepDefinition(deps, keyResult, bound);
  if (source.guard === null) return kept;
  const { guard } = source;
  const guarded = await deps.atomically(async (inside) => {
    await recordChange(inside, actor, 'guard', 'key_result', keyResult.id, { key: keyResult.key, guard });
    return inside.plan.updateKeyResult(keyResult.id, { guard });
  });
  await deps.evaluate([guarded.id]);
  return guarded;
}
