import type { ChannelKindId } from './channel.ts';
import { messageSchema } from './message.ts';
import { messageWords } from './message-words.ts';
import type { Lang } from './numbers.ts';
import { outwardEventBody, outwardEventSchema } from './outward-event.ts';
import { plainText } from './plain-text.ts';
import { webhookBody } from './webhook.ts';

type Kept = { channelKind: ChannelKindId | 'mixpanel'; lang: Lang; payload: unknown };
export type MessageContent = { format: 'text' | 'json'; lang: Lang; text: string };

/**
 * What a message of the outbox says, for whoever looks at the log: the text as people read it, or the body that a webhook
 * is posted. Neither holds a secret: addresses, signatures and tokens are added when it is sent. Null when it is of a
 * shape that nobody knows any more.
 */
export function messageContent({ channelKind, lang, payload }: Kept, appUrl: string): MessageContent | null {
  if (channelKind === 'mixpanel') return json(payload, lang);
  const event = outwardEventSchema.safeParse(payload);
  if (event.success) return json(outwardEventBody(event.data, appUrl), lang);
  const message = messageSchema.safeParse(payload);
  if (!message.success) return null;
  return channelKind === 'webhook'
    ? json(webhookBody(message.data), lang)
    : { format: 'text', lang, text: plainText(messageWords(message.data, lang)) };
}

function json(content: unknown, lang: Lang): MessageContent {
  return { format: 'json', lang, text: JSON.stringify(content, null, 2) };
}
