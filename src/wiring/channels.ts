import type { Channels, MessengerKindName } from '../app/ports.ts';
import type { GuardedSockets } from '../egress/guarded-socket.ts';
import type { Egress } from '../egress/index.ts';
import type { ChannelKind } from '../notifications/index.ts';
import { newWebhookSecret } from '../secrets/index.ts';

/** The ways out, which judge where a channel connects to before that is stored, and again when it does. */
type WaysOut = { egress: Pick<Egress, 'checkUrl'>; sockets: Pick<GuardedSockets, 'check'> };

/** The channels behind the port. */
export function createChannelKinds(kinds: Record<MessengerKindName, ChannelKind>, ways: WaysOut): Channels {
  return {
    find: (kind) => ({
      kind,
      newSigningSecret: () =>
        kinds[kind].secretFields.includes('signingSecret') ? newWebhookSecret() : null,
      accept({ config, secrets, url }) {
        const given = { ...(url === null ? {} : { url }), config, secrets };
        const accepted = kinds[kind].accept(given, newWebhookSecret);
        if (!accepted.ok) return { ...accepted, blocked: false };
        for (const address of accepted.reach) {
          const problem = whyBlocked(ways, new URL(address));
          if (problem !== null)
            return { ok: false, problem: `The address cannot be used: ${problem}.`, blocked: true };
        }
        return accepted;
      },
    }),
  };
}

function whyBlocked({ egress, sockets }: WaysOut, address: URL): string | null {
  if (address.protocol === 'smtp:' || address.protocol === 'smtps:') {
    const checked = sockets.check({ host: address.hostname, port: Number(address.port) });
    return checked.ok ? null : checked.problem;
  }
  const checked = egress.checkUrl(address);
  return checked.ok ? null : checked.message;
}
