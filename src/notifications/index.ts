import type { ChannelKind, ChannelKindId } from './channel.ts';
import { createEmail } from './email.ts';
import type { Picture } from './pictures.ts';
import { createSlack } from './slack.ts';
import { webhook } from './webhook.ts';

export type {
  Accepted,
  ChannelDraft,
  ChannelKind,
  ChannelKindId,
  ChannelTakes,
  Connect,
  Delivery,
  NewSettings,
  SendInput,
} from './channel.ts';
export type { DeliveryErrorClass, DeliveryResult } from './delivery.ts';
export { fitNews } from './fit-news.ts';
export {
  MAX_MESSAGE_BYTES,
  type Message as AlertMessage,
  type Message,
  messageSchema,
  newsSchema,
  serializeMessage,
  testMessage,
} from './message.ts';
export { type MessageContent, messageContent } from './message-content.ts';
export { messageWords } from './message-words.ts';
export type { Lang } from './numbers.ts';
export type { Picture } from './pictures.ts';
export { plainText } from './plain-text.ts';
export type { MessageWords } from './words.ts';

/** All channels. `slackHosts` are the stand-ins for Slack's hosts that the operator has allowed. */
export function createChannels(options: {
  slackHosts: readonly string[];
  /** Draws the charts of messages; without it they have none. */
  picture?: Picture;
}): Record<ChannelKindId, ChannelKind> {
  const picture = options.picture ?? null;
  return {
    webhook,
    slack: createSlack({ extraHosts: options.slackHosts, picture }),
    email: createEmail({ picture }),
  };
}

export const channels: Record<ChannelKindId, ChannelKind> = createChannels({ slackHosts: [] });
