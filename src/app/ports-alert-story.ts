import type { AlertSeverity, Told } from '../domain/telling.ts';
import type { ChannelKindName, DeliveryRecord } from './ports.ts';

/** What one channel has been told of an alert. */
export type ToldRecord = Told & { channelKey: string };

/** A piece of news about an alert, on its way to one channel. */
export type SaidRecord = {
  channelKey: string;
  event: string;
  severity: AlertSeverity;
  lane: 'now' | 'digest';
  state: 'waiting' | 'composed' | 'dropped';
  createdAt: Date;
  dueAt: Date;
  /** The message that it went into; null while it waits. */
  delivery: Pick<DeliveryRecord, 'deliveryId' | 'status' | 'deliveredAt'> | null;
};

/** A message as it lies in the outbox: codes and numbers, no secret. `lang`: what its channel is written to in. */
export type MessageRecord = { channelKind: ChannelKindName; lang: 'en' | 'zh-CN'; payload: unknown };

export type AlertStory = { told: ToldRecord[]; messages: SaidRecord[] };

/** What was said of an alert, and what became of it attempt by attempt. */
export type AlertStories = {
  /** The newest message first. */
  storyOf(alertId: string): Promise<AlertStory>;
  /** By its number or its delivery id, with every attempt. */
  findDelivery(workspaceId: string, id: string): Promise<DeliveryRecord | null>;
  /** By its number. */
  messageOf(workspaceId: string, id: string): Promise<MessageRecord | null>;
};
