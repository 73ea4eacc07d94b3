import { localDay } from '../domain/day.ts';
import { checkOverride } from '../domain/override.ts';
import { refuseClosed } from './closed-cycle.ts';
import { AppError } from './errors.ts';
import { findCycle, findKeyResult } from './find.ts';
import type { Actor, Deps, KeyResultRecord } from './ports.ts';
import type { OverrideRecord } from './ports-definition.ts';
import { recordChange } from './record-change.ts';

export type OverrideDraft = {
  value: number;
  /** Absent: today. */
  fromDay?: string | undefined;
  untilDay: string;
  reason: string;
};

/**
 * States a value in the place of the automatic one for some days. The source is read on as before; both are shown.
 *
 * @throws AppError for a Key Result that is kept by hand, and when the days or the goal do not allow it
 */
export async function overrideValue(
  deps: Deps,
  actor: Actor,
  key: string,
  { value, fromDay, untilDay, reason }: OverrideDraft,
): Promise<OverrideRecord> {
  const keyResult = await findKeyResult(deps, actor, key);
  const cycle = await findCycle(deps, actor, keyResult.cycleId);
  refuseClosed(cycle);
  await refuseByHand(deps, keyResult);
  const today = localDay(await deps.clock.now(), cycle.timeZone);
  const given = { value, fromDay: fromDay ?? today, untilDay };
  refuseProblems(checkOverride(keyResult.goal, given, cycle, today));
  const override = await deps.atomically(async (inside) => {
    const override = await inside.definitions.createOverride({
      ...given,
      workspaceId: actor.workspace.id,
      keyResultId: keyResult.id,
      reason,
      author: actor.name,
    });
    await recordChange(inside, actor, 'override', 'key_result', keyResult.id, {
      ...given,
      override: override.id,
      reason,
    });
    return override;
  });
  await deps.evaluate([keyResult.id]);
  return override;
}

async function refuseByHand(deps: Deps, { key, metricVersionId }: KeyResultRecord): Promise<void> {
  const metric = metricVersionId === null ? null : await deps.sources.metricOfVersion(metricVersionId);
  if (metric !== null && metric.source !== 'check_in') return;
  throw new AppError(
    'conflict',
    'not_automatic',
    `The Key Result "${key}" is kept by hand: it has no automatic value that could be overridden.`,
    'Check in the value instead.',
  );
}

function refuseProblems(problems: { field: string; problem: string }[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const errors = problems.map(({ field, problem }) => ({
    pointer: `/${field}`,
    code: 'override_invalid',
    detail: problem,
  }));
  const fix = 'Change the override, then try again. Nothing was stored.';
  throw new AppError('invalid', 'override_invalid', first.problem, fix, { errors });
}
