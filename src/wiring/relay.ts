import type { DeliveryDeps } from '../../jobs/deliver-messages.ts';
import { sealedSecretsOf } from '../db/data-keys.ts';
import { type ClaimedMessage, claimMessages, returnMessages, settleMessage } from '../db/outbox.ts';
import type { AlertMessage } from '../notifications/index.ts';
import type { Services } from './services.ts';
import { writeBack } from './write-back.ts';

/** The outbox behind the relay: secrets are opened for one send, and reach only the hosts they were saved for. */
export function relayDeps(services: Services): DeliveryDeps<ClaimedMessage> {
  const { channelKinds, database, egress, owner, vault } = services;
  return {
    claim: (limit) => claimMessages(database.pool, owner, limit),
    settle: (message, settlement) => settleMessage(database.pool, owner, message, settlement),
    giveBack: () => returnMessages(database.pool, owner),
    async send(message, signal) {
      const { workspaceId, channelId, channelKind, channelConfig, deliveryId, payload } = message;
      if (channelKind === 'mixpanel') return writeBack(services, message, signal);
      const sealed = await sealedSecretsOf(database, workspaceId, 'channel', channelId);
      const result = await channelKinds[channelKind].send({
        config: channelConfig,
        secrets: await vault.open(workspaceId, 'channel', channelId),
        delivery: { id: deliveryId, message: payload as AlertMessage }, // its schema is checked by the channel
        fetch: egress.forHosts([...new Set(sealed.flatMap((secret) => secret.allowedHosts))]),
        signal,
        now: message.now,
      });
      return result;
    },
  };
}
