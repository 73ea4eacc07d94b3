import type { Channels } from '../app/ports.ts';
import type { Egress } from '../egress/index.ts';
import type { ChannelKind } from '../notifications/index.ts';
import { newWebhookSecret } from '../secrets/index.ts';

/** The channels behind the port; an address is judged by the way out before it is stored. */
export function createChannelKinds(
  kinds: Record<'webhook' | 'slack', ChannelKind>,
  egress: Egress,
): Channels {
  return {
    find: (kind) => ({
      kind,
      accept(url) {
        const checked = egress.checkUrl(url);
        if (!checked.ok) return { ok: false, problem: `The address cannot be used: ${checked.message}.` };
        return kinds[kind].accept(url, newWebhookSecret);
      },
    }),
  };
}
