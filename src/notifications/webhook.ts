import { z } from 'zod';
import { type ChannelKind, defineChannel } from './channel.ts';
import { post } from './delivery.ts';
import type { AlertMessage } from './message.ts';
import { isWebhookSecret, webhookHeaders } from './standard-webhooks.ts';

const secret = z.string().refine(isWebhookSecret, 'expected whsec_ and 24 to 64 bytes in base64');

/** Posts signed JSON in the form of Standard Webhooks to an address of the owner's choice. */
export const webhook: ChannelKind = defineChannel({
  kind: 'webhook',
  title: 'Webhook',
  configSchema: z.object({ url: z.url({ protocol: /^https?$/ }).max(2_048) }),
  secretsSchema: z.object({
    signingSecret: secret,
    /** Signs as well while receivers move to the new one. */
    previousSigningSecret: secret.optional(),
  }),
  secretFields: ['signingSecret', 'previousSigningSecret'],
  settingsFor(url, newSigningSecret) {
    const signingSecret = newSigningSecret();
    return { config: { url }, secrets: { signingSecret }, signingSecret };
  },
  address: ({ url }) => new URL(url),
  // A query often holds a token of the receiver.
  showAddress: (url) => url.origin + url.pathname,
  addressProblem: () => null,

  send({ config, secrets, delivery, fetch, signal, now }) {
    const body = JSON.stringify(webhookBody(delivery.message));
    const { signingSecret, previousSigningSecret } = secrets;
    const signers =
      previousSigningSecret === undefined ? [signingSecret] : [signingSecret, previousSigningSecret];
    const headers = {
      'content-type': 'application/json',
      ...webhookHeaders(delivery.id, now, body, signers),
    };
    return post({ fetch, url: new URL(config.url), headers, body, signal, now });
  },
});

/** What receivers rely on. Fields are added, never renamed; titles and names of people are left to the API. */
function webhookBody(message: AlertMessage) {
  const { alertId, keyResult, objective, numbers, reason, data, sandbox, links } = message;
  return {
    type: message.type,
    timestamp: message.occurredAt,
    data: {
      id: keyResult.id,
      key: keyResult.key,
      alertId,
      objectiveId: objective?.id ?? null,
      numbers,
      reason,
      dataThroughDay: data.dataThroughDay,
      fetchedAt: data.fetchedAt,
      sandbox,
      links,
    },
  };
}
