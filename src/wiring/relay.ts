import type { DeliveryDeps } from '../../jobs/deliver-messages.ts';
import { sealedSecretsOf } from '../db/data-keys.ts';
import {
  type ClaimedMessage,
  claimMessages,
  dropPreviousSecret,
  returnMessages,
  settleMessage,
} from '../db/outbox.ts';
import type { AlertMessage } from '../notifications/index.ts';
import type { Services } from './services.ts';
import { writeBack } from './write-back.ts';

/** The outbox behind the relay: secrets are opened for one send, and reach only the hosts they were saved for. */
export function relayDeps(services: Services): DeliveryDeps<ClaimedMessage> {
  const { channelKinds, database, egress, linkBase, owner, sockets, vault } = services;
  return {
    claim: (limit) => claimMessages(database.pool, owner, limit),
    settle: (message, settlement, durationMs) =>
      settleMessage(database.pool, owner, message, settlement, durationMs),
    giveBack: () => returnMessages(database.pool, owner),
    async send(message, signal) {
      const { workspaceId, channelId, channelKind, channelConfig, deliveryId, payload } = message;
      if (channelKind === 'mixpanel') return writeBack(services, message, signal);
      const sealed = await sealedSecretsOf(database, workspaceId, 'channel', channelId);
      const hosts = [...new Set(sealed.flatMap((secret) => secret.allowedHosts))];
      return channelKinds[channelKind].send({
        config: channelConfig,
        secrets: await signersOf(database.pool, await vault.open(workspaceId, 'channel', channelId), message),
        delivery: { id: deliveryId, message: payload as AlertMessage }, // its schema is checked by the channel
        fetch: egress.forHosts(hosts),
        // A mail server that asks for no password has no secret that names its host.
        connect: hosts.length === 0 ? sockets.connect : sockets.forHosts(hosts),
        alreadyTaken: message.taken,
        appUrl: linkBase,
        signal,
        now: message.now,
      });
    },
  };
}

/** For so long the secret before signs as well, while receivers move to the new one. */
const BOTH_SIGN_HOURS = 24;
const HOUR_MS = 3_600_000;

async function signersOf(
  pool: Services['database']['pool'],
  { previousSigningSecret, ...secrets }: Record<string, string>,
  { channelId, now, secretRotatedAt }: ClaimedMessage,
): Promise<Record<string, string>> {
  if (previousSigningSecret === undefined) return secrets;
  const since =
    secretRotatedAt === null ? Number.POSITIVE_INFINITY : now.getTime() - secretRotatedAt.getTime();
  if (since < BOTH_SIGN_HOURS * HOUR_MS) return { ...secrets, previousSigningSecret };
  await dropPreviousSecret(pool, channelId, BOTH_SIGN_HOURS);
  return secrets;
}
