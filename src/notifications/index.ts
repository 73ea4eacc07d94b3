import type { ChannelKind } from './channel.ts';
import { createSlack } from './slack.ts';
import { webhook } from './webhook.ts';

export type { ChannelKind, Delivery, NewSettings, SendInput } from './channel.ts';
export type { DeliveryErrorClass, DeliveryResult } from './delivery.ts';
export {
  type AlertMessage,
  type AlertMessageType,
  alertMessageSchema,
  MAX_MESSAGE_BYTES,
  serializeMessage,
  testMessage,
} from './message.ts';
export type { Lang } from './numbers.ts';
export { plainText, type RenderedMessage, renderMessage } from './render.ts';

export type ChannelKindId = ChannelKind['kind'];

/** All channels. `slackHosts` are the stand-ins for hooks.slack.com that the operator has allowed. */
export function createChannels(options: {
  slackHosts: readonly string[];
}): Record<ChannelKindId, ChannelKind> {
  return { webhook, slack: createSlack(options.slackHosts) };
}

export const channels: Record<ChannelKindId, ChannelKind> = createChannels({ slackHosts: [] });
