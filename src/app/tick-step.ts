import { isDay, localDay } from '../domain/day.ts';
import type { Goal } from '../domain/key-result.ts';
import { refuseClosed } from './closed-cycle.ts';
import { AppError, invalidField } from './errors.ts';
import { findCycle, findKeyResult } from './find.ts';
import type { Actor, Deps, KeyResultRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

type Steps = Extract<Goal, { kind: 'milestone' }>['steps'];
export type StepTick = {
  /** Its name, or its number counted from 1. */
  step: string;
  done: boolean;
  /** When it was done; null: today. */
  day: string | null;
};

/** Marks a step of a milestone goal as done on a day, or takes that back. */
export async function tickStep(
  deps: Deps,
  actor: Actor,
  key: string,
  tick: StepTick,
): Promise<KeyResultRecord> {
  const keyResult = await findKeyResult(deps, actor, key);
  const cycle = await findCycle(deps, actor, keyResult.cycleId);
  refuseClosed(cycle);
  const { goal } = keyResult;
  if (goal.kind !== 'milestone') {
    throw new AppError(
      'conflict',
      'no_steps',
      `"${keyResult.key}" is a ${goal.kind} goal and has no steps.`,
      `Check in a value instead: \`tidemark checkin ${keyResult.key} --value …\`.`,
    );
  }
  const index = indexOf(goal.steps, tick.step, keyResult.key);
  const doneOnDay = tick.done ? dayOf(tick.day, localDay(await deps.clock.now(), cycle.timeZone)) : null;
  const name = goal.steps[index]?.name ?? '';
  const ticked = await deps.atomically(async (inside) => {
    if (!(await inside.ingest.tickStep(keyResult.id, { index, name }, doneOnDay))) return false;
    await recordChange(inside, actor, 'tick_step', 'key_result', keyResult.id, { step: name, doneOnDay });
    return true;
  });
  if (!ticked) {
    throw new AppError(
      'conflict',
      'changed_meanwhile',
      `The steps of "${keyResult.key}" were changed by somebody else at this moment. Nothing was stored.`,
      'Look at them again, then tick the step.',
      { retryable: true },
    );
  }
  await deps.evaluate([keyResult.id]);
  return findKeyResult(deps, actor, keyResult.id);
}

function indexOf(steps: Steps, wanted: string, key: string): number {
  const same = (name: string) => name.trim().toLowerCase() === wanted.trim().toLowerCase();
  const named = steps.flatMap(({ name }, index) => (same(name) ? [index] : []));
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  const number = /^\d+$/.test(wanted.trim()) ? Number(wanted) : 0;
  if (named.length === 0 && number >= 1 && number <= steps.length) return number - 1;
  const list = steps.map(({ name }, index) => `${index + 1} "${name}"`).join(', ');
  const detail =
    named.length === 0
      ? `"${key}" has no step "${wanted}".`
      : `"${key}" has ${named.length} steps "${wanted}".`;
  throw invalidField('/step', 'unknown_step', detail, `Name one of them, or its number: ${list}.`);
}

function dayOf(given: string | null, today: string): string {
  if (given === null) return today;
  const no = (detail: string, fix: string) => invalidField('/day', 'day_invalid', detail, fix);
  if (!isDay(given)) throw no(`"${given}" is not a day of the calendar.`, 'Write it YYYY-MM-DD.');
  if (given > today)
    throw no(`${given} lies in the future, and today is ${today}.`, 'Tick the step once it is done.');
  return given;
}
