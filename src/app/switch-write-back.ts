import { AppError } from './errors.ts';
import { findConnection } from './find.ts';
import { newId } from './ids.ts';
import type { Actor, ChannelRecord, ConnectionRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

/** The only provider that takes events back. */
const WRITABLE = 'mixpanel';

/**
 * Lets every evaluated day of every Key Result be written back as an event through this connection, or no longer. It
 * is off until an owner turns it on. The events go through the outbox with the connection's own credentials.
 */
export async function switchWriteBack(
  deps: Deps,
  actor: Actor,
  connectionKey: string,
  enabled: boolean,
): Promise<ChannelRecord> {
  const connection = await findConnection(deps, actor, connectionKey);
  if (connection.connectorId !== WRITABLE) {
    throw new AppError(
      'invalid',
      'write_back_unsupported',
      `"${connection.key}" is a ${connection.connectorId} connection, and progress can be written back to Mixpanel only.`,
      'Name a Mixpanel connection; `tidemark connection list` shows them.',
    );
  }
  const channel = await deps.atomically(async (inside) => {
    const channel = await channelOf(inside, actor, connection, enabled);
    await recordChange(inside, actor, enabled ? 'switch_on' : 'switch_off', 'write_back', connection.id, {
      channel: channel.key,
    });
    return channel;
  });
  return channel;
}

async function channelOf(
  deps: Deps,
  actor: Actor,
  connection: ConnectionRecord,
  enabled: boolean,
): Promise<ChannelRecord> {
  const workspaceId = actor.workspace.id;
  const channels = await deps.alerts.listChannels(workspaceId);
  const known = channels.find(
    ({ kind, config }) => kind === 'mixpanel' && config['connectionId'] === connection.id,
  );
  const made =
    known ??
    (await deps.alerts.createChannel(
      {
        id: newId('chn'),
        workspaceId,
        key: `write-back.${connection.key}`,
        title: `Progress to ${connection.title}`,
        kind: 'mixpanel',
        config: { connectionId: connection.id, shown: connection.title },
      },
      [],
    ));
  if (made.enabled === enabled) return made;
  const reason = enabled ? null : `switched off by ${actor.name}`;
  return (await deps.alerts.switchChannel(workspaceId, made.id, enabled, reason)) ?? made;
}
