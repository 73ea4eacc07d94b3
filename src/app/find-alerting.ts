import { notFound } from './errors.ts';
import type { Actor, AlertRecord, ChannelRecord, Deps } from './ports.ts';

export async function findAlert(deps: Pick<Deps, 'alerts'>, actor: Actor, id: string): Promise<AlertRecord> {
  const found = await deps.alerts.findAlert(actor.workspace.id, id);
  if (found === null) throw notFound('alert', id, 'List the alerts with `tidemark alert list`.');
  return found;
}

export async function findChannel(
  deps: Pick<Deps, 'alerts'>,
  actor: Actor,
  key: string,
): Promise<ChannelRecord> {
  const found = await deps.alerts.findChannel(actor.workspace.id, key);
  if (found === null) throw notFound('channel', key, 'List the channels with `tidemark channel list`.');
  return found;
}
