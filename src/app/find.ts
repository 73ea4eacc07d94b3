import { notFound } from './errors.ts';
import type {
  Actor,
  ConnectionRecord,
  CycleRecord,
  Deps,
  KeyResultRecord,
  MetricRecord,
  ObjectiveRecord,
} from './ports.ts';

/** Each finds by key or id within the actor's workspace, or says that there is none: another workspace's is none. */

export async function findCycle(deps: Pick<Deps, 'plan'>, actor: Actor, key: string): Promise<CycleRecord> {
  const found = await deps.plan.findCycle(actor.workspace.id, key);
  if (found === null) throw notFound('cycle', key, 'List the cycles with `tidemark cycle list`.');
  return found;
}

export async function findObjective(
  deps: Pick<Deps, 'plan'>,
  actor: Actor,
  key: string,
): Promise<ObjectiveRecord> {
  const found = await deps.plan.findObjective(actor.workspace.id, key);
  if (found === null) throw notFound('objective', key, 'List the objectives with `tidemark objective list`.');
  return found;
}

export async function findKeyResult(
  deps: Pick<Deps, 'plan'>,
  actor: Actor,
  key: string,
): Promise<KeyResultRecord> {
  const found = await deps.plan.findKeyResult(actor.workspace.id, key);
  if (found === null) throw notFound('Key Result', key, 'List the Key Results with `tidemark status`.');
  return found;
}

export async function findConnection(
  deps: Pick<Deps, 'sources'>,
  actor: Actor,
  key: string,
): Promise<ConnectionRecord> {
  const found = await deps.sources.findConnection(actor.workspace.id, key);
  if (found === null)
    throw notFound('connection', key, 'List the connections with `tidemark connection list`.');
  return found;
}

export async function findMetric(
  deps: Pick<Deps, 'sources'>,
  actor: Actor,
  key: string,
): Promise<MetricRecord> {
  const found = await deps.sources.findMetric(actor.workspace.id, key);
  if (found === null) throw notFound('metric', key, 'List the metrics with `tidemark metric list`.');
  return found;
}
