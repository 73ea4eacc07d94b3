import { createCycle as checkCycle, lastDay } from '../domain/cycle.ts';
import { checkPaceCurve } from '../domain/pace.ts';
import { refuseClosed } from './closed-cycle.ts';
import { AppError, invalidField } from './errors.ts';
import { findCycle } from './find.ts';
import type { Actor, CycleRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

export type CycleChange = {
  title?: string | undefined;
  startDay?: string | undefined;
  endDay?: string | undefined;
  timeZone?: string | undefined;
};

/**
 * Changes a cycle that is not closed. Its days can be moved as long as no day that was judged falls out of it, and its
 * zone as long as nothing was judged at all: what a snapshot says of a day stays true.
 *
 * @throws AppError when the days are none, cut off what was judged, or leave a pace curve behind
 */
export async function updateCycle(
  deps: Deps,
  actor: Actor,
  key: string,
  change: CycleChange,
): Promise<CycleRecord> {
  const cycle = await findCycle(deps, actor, key);
  refuseClosed(cycle);
  const { startDay, endDay, timeZone } = { ...cycle, ...given(change) };
  const checked = checkCycle(startDay, endDay, timeZone);
  if (!checked.ok) {
    const next = 'Give a start day and a later end day, the day after the last one.';
    throw invalidField('/endDay', 'cycle_invalid', checked.problem, next);
  }
  await refuseCut(deps, cycle, { startDay, endDay, timeZone });
  const keyResults = await deps.plan.listKeyResults(actor.workspace.id, cycle.id);
  for (const each of keyResults) {
    const pace = checkPaceCurve(each.paceCurve, checked.cycle);
    if (pace === null) continue;
    throw new AppError(
      'conflict',
      'pace_outside',
      `The pace of the Key Result "${each.key}" does not fit: ${pace.problem}`,
      'Change its pace first. Nothing was changed.',
    );
  }
  const changed = await deps.atomically(async (inside) => {
    const before = { title: cycle.title, startDay: cycle.startDay, endDay: cycle.endDay };
    await recordChange(inside, actor, 'update', 'cycle', cycle.id, {
      key: cycle.key,
      before,
      ...given(change),
    });
    return inside.resources.updateCycle(cycle.id, given(change));
  });
  await deps.evaluate(keyResults.map(({ id }) => id));
  return changed;
}

async function refuseCut(
  deps: Deps,
  cycle: CycleRecord,
  wanted: Pick<CycleRecord, 'startDay' | 'endDay' | 'timeZone'>,
): Promise<void> {
  const judged = await deps.resources.evaluatedDays(cycle.id);
  if (judged === null) return;
  const no = (detail: string) =>
    new AppError(
      'conflict',
      'days_evaluated',
      detail,
      'Make another cycle for other days. Nothing was changed.',
    );
  const days = `${judged.first} to ${judged.last}`;
  if (wanted.timeZone !== cycle.timeZone)
    throw no(
      `Days of the cycle "${cycle.key}" were judged already (${days}), in the zone ${cycle.timeZone}.`,
    );
  if (wanted.startDay !== cycle.startDay && judged.first >= cycle.startDay)
    throw no(`The cycle "${cycle.key}" has begun: ${days} were judged from its start on ${cycle.startDay}.`);
  if (judged.last > lastDay({ ...cycle, ...wanted }))
    throw no(`The cycle "${cycle.key}" was judged until ${judged.last}, so it cannot end before.`);
}

function given(
  change: CycleChange,
): Partial<Pick<CycleRecord, 'title' | 'startDay' | 'endDay' | 'timeZone'>> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
