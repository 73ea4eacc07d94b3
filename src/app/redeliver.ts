import { AppError } from './errors.ts';
import { findChannel } from './find-alerting.ts';
import { findDelivery } from './find-delivery.ts';
import type { Actor, DeliveryRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';

/** Sends a message once more that arrived or was given up: the same content under the same id. */
export async function redeliver(
  deps: Pick<Deps, 'alerts' | 'audit'>,
  actor: Actor,
  id: string,
): Promise<DeliveryRecord> {
  const delivery = await findDelivery(deps, actor, id);
  const channel = await findChannel(deps, actor, delivery.channelKey);
  if (!channel.enabled) {
    throw new AppError(
      'conflict',
      'channel_off',
      `The channel "${channel.key}" is off${channel.disabledReason === null ? '' : ` (${channel.disabledReason})`}.`,
      `Switch it on with \`tidemark channel on ${channel.key}\`, then send the message again.`,
    );
  }
  const sent = await deps.alerts.redeliver(actor.workspace.id, delivery.id);
  if (sent === null) {
    throw new AppError(
      'conflict',
      'delivery_not_over',
      `The delivery ${delivery.deliveryId} is ${delivery.status}, and only one that is delivered or dead can be sent again.`,
      delivery.status === 'pending'
        ? 'Wait for its next attempt: `tidemark delivery show` says when.'
        : 'A newer message has taken its place: see `tidemark delivery list`.',
    );
  }
  await recordChange(deps, actor, 'redeliver', 'delivery', delivery.deliveryId, { channel: channel.key });
  return sent;
}
