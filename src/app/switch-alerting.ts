import { notFound } from './errors.ts';
import type { Actor, ChannelRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

/** Switches one channel off, or on again: while it is off nothing is written for it or sent to it. */
export async function switchChannel(
  deps: Pick<Deps, 'alerts' | 'audit'>,
  actor: Actor,
  key: string,
  enabled: boolean,
): Promise<ChannelRecord> {
  const reason = enabled ? null : `switched off by ${actor.name}`;
  const channel = await deps.alerts.switchChannel(actor.workspace.id, key, enabled, reason);
  if (channel === null) throw notFound('channel', key, 'List the channels with `tidemark channel list`.');
  await recordChange(deps, actor, enabled ? 'switch_on' : 'switch_off', 'channel', channel.id, {});
  return channel;
}
