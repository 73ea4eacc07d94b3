import { takesBaseline, withoutBaseline } from '../domain/baseline.ts';
import { resolvedStart } from '../domain/goal.ts';
import { refuseClosed } from './closed-cycle.ts';
import { refuseProblems } from './create-key-result.ts';
import { AppError } from './errors.ts';
import { findCycle } from './find.ts';
import type { Actor, Deps, KeyResultRecord } from './ports.ts';
import { findChange, whyNot } from './read-definition-change.ts';
import { recordChange } from './record-change.ts';

/**
 * Moves a Key Result to the newest definition of its metric: a decision of its owner alone, so guards and formulas on
 * the old one stay there.
 *
 * @param version the one that was looked at: a change after that is not accepted along with it
 * @param recapture whether the baseline is captured again from the new series; otherwise the frozen one stays
 */
export async function acceptDefinition(
  deps: Deps,
  actor: Actor,
  key: string,
  { version, recapture }: { version?: number | undefined; recapture: boolean },
): Promise<KeyResultRecord> {
  const { keyResult, from, to } = await findChange(deps, actor, key);
  refuseClosed(await findCycle(deps, actor, keyResult.cycleId));
  if (version !== undefined && version !== to.version) {
    throw new AppError(
      'conflict',
      'definition_moved_on',
      `The newest version of "${to.key}" is ${to.version}, and not ${version} any more.`,
      `Look at it first: \`tidemark kr changes\`.`,
    );
  }
  const problem = whyNot(keyResult, to);
  if (problem !== null) {
    throw new AppError('conflict', 'definition_impossible', problem, 'Nothing was changed.');
  }
  refuseProblems(keyResult.goal, to.unit, to.kind, keyResult.aggregate);
  const bound = await deps.atomically(async (inside) => {
    const bound = await inside.plan.bindKeyResult(keyResult.id, to.versionId, to.unit, to.currency);
    const again = recapture && takesBaseline(keyResult.goal);
    if (again) await inside.plan.updateKeyResult(keyResult.id, { goal: withoutBaseline(keyResult.goal) });
    await recordChange(inside, actor, 'accept_definition', 'key_result', keyResult.id, {
      metric: to.key,
      from: from.version,
      to: to.version,
      reason: to.changeReason,
      ...(again ? { recaptured: resolvedStart(keyResult.goal) } : {}),
    });
    return bound;
  });
  await deps.evaluate([bound.id]);
  await deps.sources.retireUnusedVersions(to.id);
  return bound;
}
