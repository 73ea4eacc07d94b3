import type { Aggregate } from '../domain/aggregate.ts';
import type { Goal, PaceCurve } from '../domain/key-result.ts';
import { checkPaceCurve } from '../domain/pace.ts';
import type { Titles } from '../domain/titles.ts';
import { refuseClosed } from './closed-cycle.ts';
import { refuseProblems } from './create-key-result.ts';
import { AppError, invalidField } from './errors.ts';
import { findCycle, findKeyResult, findObjective } from './find.ts';
import type { Actor, Deps, KeyResultRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

export type KeyResultChange = {
  title?: string | undefined;
  /** All of them: those that are not named are gone. */
  titles?: Titles | undefined;
  description?: string | undefined;
  owner?: string | null | undefined;
  weight?: number | undefined;
  goal?: Goal | undefined;
  paceCurve?: PaceCurve | undefined;
  aggregate?: Aggregate | null | undefined;
  /** Key or id of another objective of the same cycle. */
  objective?: string | undefined;
  /** Why. It is told with the targets that there were. */
  reason?: string | undefined;
};

/**
 * Changes what is given. Words and the objective change how it is shown; goal, pace and aggregate change what it
 * promises, and raise its version: later snapshots name the definition that they were computed with.
 *
 * @throws AppError that lists every problem of the goal; nothing is stored then
 */
export async function updateKeyResult(
  deps: Deps,
  actor: Actor,
  key: string,
  { objective: objectiveKey, reason = '', ...change }: KeyResultChange,
): Promise<KeyResultRecord> {
  const keyResult = await findKeyResult(deps, actor, key);
  const cycle = await findCycle(deps, actor, keyResult.cycleId);
  refuseClosed(cycle);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const wanted = { ...keyResult, ...given };
  const metric =
    keyResult.metricVersionId === null ? null : await deps.sources.metricOfVersion(keyResult.metricVersionId);
  if (change.goal !== undefined || change.aggregate !== undefined) {
    refuseProblems(wanted.goal, keyResult.unit, metric?.kind ?? null, wanted.aggregate);
  }
  const pace = checkPaceCurve(wanted.paceCurve, cycle);
  if (pace !== null)
    throw invalidField('/paceCurve', 'pace_invalid', pace.problem, 'Name days inside the cycle.');
  const objective =
    objectiveKey === undefined ? null : await otherObjective(deps, actor, keyResult, objectiveKey);
  const before = Object.fromEntries(
    Object.keys(given).map((field) => [field, keyResult[field as keyof KeyResultRecord]]),
  );
  const changed = await deps.atomically(async (inside) => {
    const moved = objective === null ? {} : { objective: objective.key };
    await recordChange(inside, actor, 'update', 'key_result', keyResult.id, {
      key: keyResult.key,
      before,
      ...given,
      ...moved,
      ...(reason === '' ? {} : { reason }),
    });
    if (objective !== null) await inside.resources.moveKeyResult(keyResult.id, objective.id);
    return inside.plan.updateKeyResult(keyResult.id, given);
  });
  await deps.evaluate([keyResult.id]);
  return changed;
}

async function otherObjective(deps: Deps, actor: Actor, keyResult: KeyResultRecord, key: string) {
  const objective = await findObjective(deps, actor, key);
  if (objective.cycleId === keyResult.cycleId) return objective;
  throw new AppError(
    'conflict',
    'other_cycle',
    `The objective "${objective.key}" belongs to another cycle than the Key Result "${keyResult.key}".`,
    'Carry it over instead once its cycle is closed: `tidemark cycle carry-over`.',
  );
}
