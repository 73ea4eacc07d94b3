import { createCycle as checkCycle } from '../domain/cycle.ts';
import { AppError } from './errors.ts';
import type { Actor, CycleRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

export type CycleDraft = {
  key: string;
  title?: string | undefined;
  startDay: string;
  endDay: string;
  timeZone?: string | undefined;
};

/** @throws AppError when the days or the zone are not ones, or the end is not after the start */
export async function createCycle(deps: Deps, actor: Actor, draft: CycleDraft): Promise<CycleRecord> {
  const timeZone = draft.timeZone ?? actor.workspace.timeZone;
  const checked = checkCycle(draft.startDay, draft.endDay, timeZone);
  if (!checked.ok) {
    throw new AppError(
      'invalid',
      'cycle_invalid',
      checked.problem,
      'Give a start day and a later end day, the day after the last one.',
      {
        errors: [{ pointer: '/endDay', code: 'cycle_invalid', detail: checked.problem }],
      },
    );
  }
  const cycle = await deps.atomically(async (inside) => {
    const cycle = await inside.plan.createCycle({
      workspaceId: actor.workspace.id,
      key: draft.key,
      title: draft.title ?? draft.key,
      startDay: draft.startDay,
      endDay: draft.endDay,
      timeZone,
    });
    await recordChange(inside, actor, 'create', 'cycle', cycle.id, {
      key: cycle.key,
      startDay: cycle.startDay,
      endDay: cycle.endDay,
    });
    return cycle;
  });
  return cycle;
}
