import { z } from 'zod';
import type { News, NewsItem } from '../app/news.ts';
import { type ChannelKind, defineChannel } from './channel.ts';
import { type DeliveryResult, type PostInput, post } from './delivery.ts';
import type { Message } from './message.ts';
import { outwardEventBody } from './outward-event.ts';
import { isWebhookSecret, webhookHeaders } from './standard-webhooks.ts';

const secret = z.string().refine(isWebhookSecret, 'expected whsec_ and 24 to 64 bytes in base64');

/** Posts signed JSON in the form of Standard Webhooks to an address of the owner's choice. */
export const webhook: ChannelKind = defineChannel({
  kind: 'webhook',
  title: 'Webhook',
  takes: { maxItems: 1, charts: false },
  configSchema: z.object({ url: z.url({ protocol: /^https?$/ }).max(2_048) }),
  secretsSchema: z.object({
    signingSecret: secret,
    /** Signs as well while receivers move to the new one. */
    previousSigningSecret: secret.optional(),
  }),
  secretFields: ['signingSecret', 'previousSigningSecret'],
  settingsFor({ url, config = {} }, newSigningSecret) {
    const signingSecret = newSigningSecret();
    return {
      config: url === undefined ? config : { ...config, url },
      secrets: { signingSecret },
      signingSecret,
    };
  },
  addresses: ({ url }) => [new URL(url)],
  // A query often holds a token of the receiver.
  show({ url }) {
    const { origin, pathname } = new URL(url);
    return origin + pathname;
  },
  addressProblem: () => null,

  send: (input) => postSigned(input, input.delivery.id, webhookBody(input.delivery.message)),
  sendEvent: (input) =>
    postSigned(input, input.delivery.id, outwardEventBody(input.delivery.event, input.appUrl ?? '')),
});

type Settings = {
  config: { url: string };
  secrets: { signingSecret: string; previousSigningSecret?: string | undefined };
};

function postSigned(
  { config, fetch, now, secrets, signal }: Settings & Pick<PostInput, 'fetch' | 'now' | 'signal'>,
  id: string,
  content: unknown,
): Promise<DeliveryResult> {
  const body = JSON.stringify(content);
  const { signingSecret, previousSigningSecret } = secrets;
  const signers =
    previousSigningSecret === undefined ? [signingSecret] : [signingSecret, previousSigningSecret];
  const headers = { 'content-type': 'application/json', ...webhookHeaders(id, now, body, signers) };
  return post({ fetch, url: new URL(config.url), headers, body, signal, now });
}

/**
 * What receivers rely on. Fields are added, never renamed; titles and names of people are left to the API. One piece of
 * news has its event as `type`; several that came as one delivery are `news`, so that nothing is lost.
 */
export function webhookBody(message: Message) {
  const timestamp = message.occurredAt;
  if (message.v === 1) return { type: message.type, timestamp, data: version1Data(message) };
  const { workspace } = message;
  switch (message.type) {
    case 'news': {
      const [first, ...others] = message.items;
      if (first !== undefined && others.length === 0 && message.more === 0) {
        return { type: first.event, timestamp, data: { workspace, ...itemData(first) } };
      }
      const items = message.items.map(listedItem);
      return { type: 'news', timestamp, data: { workspace, items, more: message.more } };
    }
    case 'digest':
      return { type: 'digest', timestamp, data: digestData(message) };
    case 'test':
      return {
        type: 'test',
        timestamp,
        data: { workspace, sandbox: message.sandbox, links: { open: message.appUrl } },
      };
  }
}

function digestData(message: Extract<News, { type: 'digest' }>) {
  const { appUrl, fromDay, period, sections, throughDay, workspace } = message;
  return {
    workspace,
    period,
    fromDay,
    throughDay,
    sections: sections.map(({ items, more, section }) => ({ section, items: items.map(listedItem), more })),
    links: { open: appUrl },
  };
}

function listedItem(item: NewsItem) {
  return { event: item.event, ...itemData(item) };
}

function itemData(item: NewsItem) {
  const { alertId, at, chance, data, forecast, links, numbers, reason, rule, sandbox, severity } = item;
  const { subject, sinceDay } = item;
  const about =
    subject.kind === 'key_result'
      ? { objectiveId: subject.objective?.id ?? null }
      : { keyResultKeys: subject.keyResults.map(({ key }) => key), keyResultCount: subject.keyResultCount };
  return {
    kind: subject.kind,
    id: subject.id,
    key: subject.key,
    ...about,
    alertId,
    severity,
    at,
    sinceDay,
    numbers,
    chance,
    forecast,
    reason,
    rule,
    data,
    sandbox,
    links,
  };
}

function version1Data(message: Extract<Message, { v: 1 }>) {
  const { alertId, data, keyResult, links, numbers, objective, reason, sandbox } = message;
  return {
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
  };
}
