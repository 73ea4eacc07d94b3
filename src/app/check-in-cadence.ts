import { CHECK_IN_DAYS } from '../domain/snapshot.ts';
import { refuseClosed } from './closed-cycle.ts';
import { AppError } from './errors.ts';
import { findCycle, findKeyResult } from './find.ts';
import type { Actor, Deps, KeyResultRecord } from './ports.ts';
import type { CadenceStore } from './ports-cadence.ts';
import { recordChange } from './record-change.ts';

export type Cadence = {
  keyResultId: string;
  keyResultKey: string;
  /** As it was chosen; null: as usual. */
  everyDays: number | null;
  /** After how many days without a check-in somebody is asked. */
  remindsAfterDays: number;
};

/** How often a Key Result that only a person updates is asked about. */
export async function readCadence(
  deps: Pick<Deps, 'plan' | 'sources'>,
  cadences: CadenceStore,
  actor: Actor,
  key: string,
): Promise<Cadence> {
  const keyResult = await findKeyResult(deps, actor, key);
  await refuseMeasured(deps, keyResult);
  return cadenceOf(keyResult, await cadences.cadenceOf(keyResult.id));
}

/** @throws AppError for a Key Result that a metric measures: nobody is asked for what is read by itself */
export async function changeCadence(
  deps: Pick<Deps, 'plan' | 'sources' | 'atomically'>,
  actor: Actor,
  key: string,
  everyDays: number | null,
): Promise<Cadence> {
  const keyResult = await findKeyResult(deps, actor, key);
  refuseClosed(await findCycle(deps, actor, keyResult.cycleId));
  await refuseMeasured(deps, keyResult);
  await deps.atomically(async (inside) => {
    await inside.plan.changeCadence(keyResult.id, everyDays);
    await recordChange(inside, actor, 'set_cadence', 'key_result', keyResult.id, { everyDays });
  });
  return cadenceOf(keyResult, everyDays);
}

function cadenceOf({ id, key }: KeyResultRecord, everyDays: number | null): Cadence {
  return { keyResultId: id, keyResultKey: key, everyDays, remindsAfterDays: everyDays ?? CHECK_IN_DAYS };
}

async function refuseMeasured(
  deps: Pick<Deps, 'sources'>,
  { key, metricVersionId }: KeyResultRecord,
): Promise<void> {
  const metric = metricVersionId === null ? null : await deps.sources.metricOfVersion(metricVersionId);
  if (metric === null || metric.source === 'check_in') return;
  throw new AppError(
    'conflict',
    'measured_by_metric',
    `The Key Result "${key}" is measured by the metric "${metric.key}", so nobody is asked to check in.`,
    'A cadence is for Key Results that only a person updates.',
  );
}
