import { localDay } from '../domain/day.ts';
import { overrideOn } from '../domain/override.ts';
import { refuseClosed } from './closed-cycle.ts';
import { AppError, notFound } from './errors.ts';
import { findCycle, findKeyResult } from './find.ts';
import type { Actor, Deps } from './ports.ts';
import type { OverrideRecord } from './ports-definition.ts';
import { recordChange } from './record-change.ts';

/**
 * Lets the source speak again before the override's last day. The days that were judged with it keep their snapshots.
 *
 * @param id which one; null: the one in force today, else the next one
 */
export async function endOverride(
  deps: Deps,
  actor: Actor,
  key: string,
  id: string | null,
): Promise<OverrideRecord> {
  const keyResult = await findKeyResult(deps, actor, key);
  const cycle = await findCycle(deps, actor, keyResult.cycleId);
  refuseClosed(cycle);
  const today = localDay(await deps.clock.now(), cycle.timeZone);
  const wanted = id ?? (await openOverride(deps, keyResult.id, today))?.id;
  if (wanted === undefined) {
    throw new AppError(
      'conflict',
      'no_override',
      `No override of the Key Result "${keyResult.key}" is in force or to come.`,
      `See all of them with \`tidemark kr show ${keyResult.key}\`.`,
    );
  }
  const ended = await deps.atomically(async (inside) => {
    const found = await inside.definitions.endOverride(keyResult.id, wanted);
    if (found === null) return null;
    await recordChange(inside, actor, 'end_override', 'key_result', keyResult.id, { override: found.id });
    return found;
  });
  if (ended === null) {
    throw notFound(
      'override that runs',
      wanted,
      `See all of them with \`tidemark kr show ${keyResult.key}\`.`,
    );
  }
  await deps.evaluate([keyResult.id]);
  return ended;
}

async function openOverride(deps: Deps, keyResultId: string, today: string): Promise<OverrideRecord | null> {
  const open = (await deps.definitions.overrides(keyResultId)).filter(
    ({ endedAt, untilDay }) => endedAt === null && untilDay >= today,
  );
  return overrideOn(open.toReversed(), today) ?? open.at(-1) ?? null;
}
